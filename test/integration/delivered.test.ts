/** What an export is asked for beyond its format, read back by ffmpeg alone. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Delivery } from '../../electron/contract/delivery.ts'
import { exportFormat, type ExportFormatId } from '../../electron/contract/formats.ts'
import { english } from '../material/english.ts'
import { drawFilm, ffmpeg, type Film } from '../material/films.ts'
import { describe as describeFile, firstFrame } from '../material/inspect.ts'
import { recolor } from '../material/recolor.ts'
import { workFolder } from '../material/workFolder.ts'

/** Exports of one film, each with what is asked for; 'first' is what ffmpeg is to read of it. */
async function exportsOf(film: Film) {
  const folder = workFolder()
  const source = await drawFilm(folder, 'film.mkv', film)
  let count = 0
  return async (format: ExportFormatId, delivery: Delivery) => {
    const target = join(folder, `${count++}${exportFormat(format).endings[0] ?? ''}`)
    const { path, found } = await recolor(source, target, format, { delivery })
    const first = exportFormat(format).pictures ? join(path, readdirSync(path).sort()[0]!) : path
    return { path, first, found: found === null ? null : english(found) }
  }
}

/** Luma of the middle row, or column, of the first picture, 0 to 255. */
async function middle(path: string, along: 'row' | 'column', width: number, height: number): Promise<Uint8Array> {
  const cut = along === 'row' ? `crop=${width}:1:0:${height >> 1}` : `crop=1:${height}:${width >> 1}:0`
  const raw = `${path}.${along}`
  await ffmpeg(['-i', path, '-frames:v', '1', '-vf', `format=gray,${cut}`, '-f', 'rawvideo', raw])
  return readFileSync(raw)
}

describe('an export', () => {
  it('has the quality, or the bit rate, that is asked for', async () => {
    const exported = await exportsOf({ size: '160x96', frames: 48 })
    const bytes = async (format: ExportFormatId, delivery: Delivery): Promise<number> =>
      statSync((await exported(format, delivery)).path).size
    for (const format of ['h264-mp4', 'h265-mp4'] as const) {
      expect(await bytes(format, { quality: 10 })).toBeGreaterThan(3 * (await bytes(format, { quality: 40 })))
    }
    const { found, path } = await exported('h264-mp4', { bitRate: 0.4 })
    const said = Number(/take ([\d.]+) Mbit/.exec(found ?? '')?.[1])
    expect(said).toBeGreaterThan(0.2)
    expect(said).toBeLessThan(0.8)
    expect(Math.abs((8 * statSync(path).size) / 2e6 - said)).toBeLessThan(0.1)
  })

  it('has the bits, the profile, the sound and the size that are asked for, and black beside its picture', async () => {
    // White, in pixels that are wider than high: 4:3 as it is shown.
    const white = { size: '120x96', frames: 3, filters: 'drawbox=t=fill:c=white,setsar=16/15' }
    const exported = await exportsOf({ ...white, sound: ['-c:a', 'mp3', '-b:a', '64k'] })
    const [wide, tall] = [
      { width: 96, height: 48 },
      { width: 64, height: 96 },
    ] as const
    const cases: [ExportFormatId, Delivery, RegExp, RegExp | null][] = [
      ['ffv1-mkv', { depth: 10, sound: 'flac', size: wide }, /ffv1.*yuv420p10le/, /Audio: flac/],
      ['h264-mp4', { sound: 'aac', size: tall }, /h264.*yuv420p/, /Audio: aac/],
      [
        'dnxhr-mov',
        { profile: 'sq', sound: 'pcm', size: { width: 400, height: 120 }, enlarge: true },
        /DNXHR SQ\).*yuv422p\(/,
        /Audio: pcm_s16le/,
      ],
      ['dpx-sequence', { depth: 12, size: tall }, /dpx, gbrp12/, null],
      ['tiff-sequence', { depth: 8, size: wide }, /tiff, rgb24/, null],
      ['exr-sequence', { depth: 32, size: { width: null, height: 48 } }, /exr, gbrpf32/, null],
    ]
    for (const [format, delivery, pictures, sound] of cases) {
      const { first, found } = await exported(format, delivery)
      const asked = JSON.stringify([format, delivery])
      const about = await describeFile(first)
      expect(about, asked).toMatch(pictures)
      if (sound) expect(about, asked).toMatch(sound)
      const { height } = delivery.size!
      const width = delivery.size!.width ?? 64
      expect(about, asked).toMatch(new RegExp(` ${width}x${height}[ ,]`))
      expect((await firstFrame(first)).shape, asked).toMatch(/^(1\/1|0\/1)$/)
      expect(found, asked).toMatch(/Read back/)
      if (format === 'ffv1-mkv') expect(found).toMatch(/luma is not the film’s bit for bit/)
      for (const [along, side, picture] of [
        ['row', width, Math.min(width, (height * 4) / 3)],
        ['column', height, Math.min(height, (width * 3) / 4)],
      ] as const) {
        const luma = await middle(first, along, width, height)
        const bar = (side - picture) / 2
        expect(luma.length, asked).toBe(side)
        if (bar > 0) expect(Math.max(...luma.slice(0, bar - 1), ...luma.slice(side - bar + 1)), asked).toBeLessThan(4)
        expect(Math.min(...luma.slice(bar + 4, side - bar - 4)), asked).toBeGreaterThan(235)
      }
    }
    await expect(exported('h264-mp4', { size: { width: null, height: 480 } })).rejects.toThrow(/to be enlarged/)
  })
})
