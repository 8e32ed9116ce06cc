import { afterAll, describe, expect, it } from 'vitest'
import { rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import { english } from '../material/english.ts'
import { drawFilm, ffmpeg, longGopH264 } from '../material/films.ts'
import { describe as describeFile, lumaHashes } from '../material/inspect.ts'
import { recolor } from '../material/recolor.ts'
import { sharedFolder } from '../material/workFolder.ts'

const folder = sharedFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const samplings = [
  'yuv420p',
  'yuv422p',
  'yuv444p',
  'gray',
  'yuv420p10le',
  'yuv422p10le',
  'yuv444p10le',
  'gray10le',
  'yuv420p12le',
  'gray12le',
  'yuv422p16le',
  'gray16le',
  'yuv440p',
  'yuv411p',
]

describe('a lossless export', () => {
  for (const pixelFormat of samplings) {
    for (const range of ['limited', 'full'] as const) {
      it(`keeps every luma sample of ${pixelFormat}, ${range} range`, async () => {
        const source = await drawFilm(folder, `${pixelFormat}-${range}.mkv`, {
          pixelFormat,
          range,
          frames: 6,
          size: '50x38',
        })
        const { path, footage } = await recolor(source, join(folder, `${pixelFormat}-${range}.out.mkv`))
        expect(footage.info.range).toBe(range)
        expect(footage.info.warnings).toEqual([])
        expect(await lumaHashes(path)).toEqual(await lumaHashes(source))
        expect(await describeFile(path)).toMatch(range === 'full' ? /ffv1\b.*\(pc, bt709/ : /ffv1\b.*\(tv, bt709/)
      })
    }
  }

  it('keeps the luma of a film that calls its pictures of another range midway', async () => {
    const parts: Buffer[] = []
    for (const range of ['limited', 'full'] as const) {
      const pixelFormat = range === 'full' ? 'yuvj420p' : 'yuv420p'
      const film = { pixelFormat, range, frames: 6, codec: [...longGopH264, '-bf', '0'] }
      parts.push(await readFile(await drawFilm(folder, `${range}.h264`, film)))
    }
    const source = join(folder, 'both ranges.h264')
    await writeFile(source, Buffer.concat(parts))
    const { path, footage } = await recolor(source, join(folder, 'both ranges.mkv'))
    expect(footage.info).toMatchObject({ range: 'limited', frameCount: 12 })
    const luma = async (of: string): Promise<string[]> => (await lumaHashes(of)).map(({ md5 }) => md5)
    expect(await luma(path)).toEqual(await luma(source))
    expect(english(...footage.info.warnings)).toBe(
      'Within the film, pictures are called of another tonal range (full) than the first ones (limited). ' +
        'All are taken for what the first ones are, and keep their samples.',
    )
    // With times it is known where.
    const inTime = async (name: string, stream: string): Promise<string> => {
      const clock = 'setts=pts=N*48000:dts=N*48000'
      await ffmpeg(['-i', stream, '-c', 'copy', '-bsf:v', clock, join(folder, name)])
      return join(folder, name)
    }
    const timed = await inTime('both ranges.ts', source)
    const { info } = await openFootage(await locateFfmpeg(), timed)
    expect(english(...info.warnings)).toMatch(/^From frame 6 on, pictures are called of another tonal range \(full\)/m)
    const alike = await openFootage(await locateFfmpeg(), await inTime('limited.ts', join(folder, 'limited.h264')))
    expect(english(...alike.info.warnings)).toBe('')
  })

  it('writes gray films as 4:4:4 of the same depth', async () => {
    const source = await drawFilm(folder, 'gray.mkv', { pixelFormat: 'gray10le', range: 'limited', frames: 2 })
    const { path } = await recolor(source, join(folder, 'gray.out.mkv'))
    expect(await describeFile(path)).toContain('yuv444p10le(tv')
  })

  it('keeps the luma of full-range H.264 and of monochrome H.264', async () => {
    for (const [pixelFormat, range] of [
      ['yuvj420p', 'full'],
      ['gray', 'limited'],
      ['gray10le', 'limited'],
    ] as const) {
      const source = await drawFilm(folder, `${pixelFormat}.mp4`, { pixelFormat, range, frames: 5, codec: longGopH264 })
      const { path } = await recolor(source, join(folder, `${pixelFormat}.h264.mkv`))
      expect((await lumaHashes(path)).map((frame) => frame.md5)).toEqual(
        (await lumaHashes(source)).map((frame) => frame.md5),
      )
    }
  })

  it('keeps the luma of pictures whose samples lie in another order', async () => {
    for (const [pixelFormat, codec, name] of [
      ['uyvy422', ['-c:v', 'rawvideo'], 'uyvy.avi'],
      ['nv12', ['-c:v', 'rawvideo'], 'nv12.avi'],
      ['yuv422p10le', ['-c:v', 'v210'], 'v210.mov'],
      ['yuva420p', ['-c:v', 'ffv1'], 'alpha.mkv'],
      ['gray16be', ['-c:v', 'rawvideo'], 'gray16be.nut'],
    ] as const) {
      const source = await drawFilm(folder, name, { pixelFormat, codec, frames: 3, size: '48x32' })
      const { path, footage } = await recolor(source, join(folder, `${name}.out.mkv`))
      const planar = join(folder, `${name}.planar.mkv`)
      await ffmpeg(['-i', source, '-c:v', 'ffv1', '-pix_fmt', footage.layout.ffmpegName, planar])
      expect(
        (await lumaHashes(path)).map((frame) => frame.md5),
        name,
      ).toEqual((await lumaHashes(planar)).map((frame) => frame.md5))
    }
  })

  it('keeps the luma of pictures whose pixels are not square, whatever they are stored as', async () => {
    for (const ending of ['png', 'tif']) {
      const pixelFormat = ending === 'png' ? 'gray' : 'gray16le'
      const pictures = { pixelFormat, filters: 'setsar=16/15', frames: 3, size: '64x48', codec: [] }
      const first = await drawFilm(folder, `wide_%d.${ending}`, pictures)
      const { path, footage } = await recolor(first, join(folder, `wide ${ending}.mkv`))
      // ffmpeg calls pictures of PNG tall that are wide, and writes them so.
      const aspect = ending === 'png' ? { num: 15, den: 16 } : { num: 16, den: 15 }
      expect(footage.info).toMatchObject({ frameCount: 3, pixelAspect: aspect })
      const lumas = async (of: string): Promise<string[]> => (await lumaHashes(of)).map(({ md5 }) => md5)
      expect(await lumas(path), ending).toEqual(await lumas(first))
    }
  })

  it('takes odd sizes, down to one pixel', async () => {
    const films = [
      ['1x1', 'gray'],
      ['3x5', 'yuv444p'],
      ['33x17', 'yuv444p'],
      ['2x1', 'yuv422p'],
      ['1x33', 'yuv422p10le'],
      ['3x4', 'yuv420p'],
      ['7x9', 'yuv411p'],
    ] as const
    for (const [size, pixelFormat] of films) {
      // Not in slices, which ffmpeg ruins where they are so small.
      const source = await drawFilm(folder, `${size}.${pixelFormat}.mkv`, {
        size,
        frames: 3,
        pixelFormat,
        codec: ['-c:v', 'ffv1', '-level', '1'],
      })
      const { path, footage } = await recolor(source, join(folder, `${size}.${pixelFormat}.out.mkv`))
      expect(`${footage.info.width}x${footage.info.height}`).toBe(size)
      expect(await lumaHashes(path)).toEqual(await lumaHashes(source))
    }
    const odd = await drawFilm(folder, 'odd420.mkv', { size: '35x19', frames: 3 })
    expect(await lumaHashes((await recolor(odd, join(folder, 'odd420.out.mkv'))).path)).toEqual(await lumaHashes(odd))
  })

  it('takes odd sizes whose samples of color end within a slice', async () => {
    const films = [
      ['162x119', 'yuv420p'],
      ['163x119', 'yuv410p'],
      ['642x365', 'yuv420p'],
      ['653x367', 'yuv420p16le'],
      ['709x360', 'yuv411p'],
    ] as const
    for (const [size, pixelFormat] of films) {
      const source = await drawFilm(folder, `${size}.${pixelFormat}.mkv`, {
        size,
        frames: 2,
        pixelFormat,
        codec: ['-c:v', 'ffv1'],
      })
      const { path } = await recolor(source, join(folder, `${size}.${pixelFormat}.out.mkv`))
      expect(await lumaHashes(path), size).toEqual(await lumaHashes(source))
    }
  })

  it('takes a picture 8192 wide', async () => {
    const source = await drawFilm(folder, 'wide.mkv', { size: '8192x64', frames: 2 })
    expect(await lumaHashes((await recolor(source, join(folder, 'wide.out.mkv'))).path)).toEqual(
      await lumaHashes(source),
    )
  })
})
