/** Which pictures are the film, how fast they go, and what is said of those that can't be read. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { openFootage } from '../../electron/engine/reading/probe.ts'
import { english } from '../material/english.ts'
import { drawFilm, ffmpeg, longGopH264 } from '../material/films.ts'
import { describe as describeFile, pictureHashes } from '../material/inspect.ts'
import { grayTiff, stampDpx } from '../material/pictures.ts'
import { recolor } from '../material/recolor.ts'
import { sharedFolder } from '../material/workFolder.ts'

const folder = sharedFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the film among the pictures of a file', () => {
  it('is the stream that lasts, wherever it stands, and the others are named', async () => {
    const film = await drawFilm(folder, 'film.mkv', { frames: 24, size: '128x96', codec: longGopH264 })
    const thumbnail = await drawFilm(folder, 'thumbnail.mkv', { frames: 1, size: '64x48', codec: ['-c:v', 'mjpeg'], pixelFormat: 'yuvj420p' })
    const proxy = await drawFilm(folder, 'proxy.mkv', { frames: 24, size: '64x48', codec: longGopH264 })
    const source = join(folder, 'several.mkv')
    await ffmpeg(['-i', thumbnail, '-i', proxy, '-i', film, '-map', '0', '-map', '1', '-map', '2', '-c', 'copy', source])
    const { path, footage } = await recolor(source, join(folder, 'several.out.mkv'))
    expect(footage.info).toMatchObject({ width: 128, height: 96, frameCount: 24, codec: 'h264' })
    const said = english(...footage.info.warnings)
    expect(said).toMatch(/stream 0 \(64 x 48, one picture, mjpeg\) and stream 1 \(64 x 48, 24 pictures, h264\)\. The film that is opened is stream 2/)
    expect((await pictureHashes(path)).length).toBe(24)
  })
})

describe('a sequence of pictures', () => {
  async function scans(name: string, rename: (number: string) => string, numbers: readonly number[]): Promise<string> {
    const run = join(folder, name)
    mkdirSync(run)
    const one = await drawFilm(run, 'one.dpx', { frames: 1, pixelFormat: 'gbrp10be', codec: ['-c:v', 'dpx'] })
    const dpx = readFileSync(one)
    rmSync(one)
    numbers.forEach((number, n) => writeFileSync(join(run, rename(String(number).padStart(7, '0'))), stampDpx(dpx, 16, `01:00:00:${String(n).padStart(2, '0')}`)))
    return run
  }

  it('runs at the rate of its header, keeps its timecode, and its numbers in the names of exported pictures', async () => {
    const run = await scans('reel', (number) => `${number}_scan.dpx`, [86400, 86401, 86402, 86403])
    const movie = await recolor(join(run, '0086401_scan.dpx'), join(folder, 'reel.mov'), 'prores-mov')
    expect(movie.footage.info).toMatchObject({ frameCount: 4, rate: { num: 16, den: 1 }, durationSeconds: 0.25 })
    expect(english(...movie.footage.info.warnings)).not.toMatch(/frames per second/)
    expect(await describeFile(movie.path)).toContain('01:00:00:00')
    const pictures = await recolor(join(run, '0086401_scan.dpx'), join(folder, 'reel pictures'), 'png-sequence', { range: { from: 1, to: 3 } })
    expect(readdirSync(pictures.path).sort()).toEqual(['frame_0086401.png', 'frame_0086402.png'])
    const wanted = await openFootage(await locateFfmpeg(), join(run, '0086400_scan.dpx'), { rate: { num: 24000, den: 1001 } })
    expect(wanted.info.rate).toEqual({ num: 24000, den: 1001 })
  })

  it('is told apart from its brothers beyond a gap, even where one picture is left', async () => {
    const run = await scans('gap', (number) => `f${number}.dpx`, [1, 3, 4])
    const { info } = await openFootage(await locateFfmpeg(), join(run, 'f0000001.dpx'))
    expect(info.frameCount).toBe(1)
    expect(english(...info.warnings)).toContain('“f0000002.dpx” is missing, so only the picture “f0000001.dpx” is opened.')
  })
})

describe('what can not be read though it is whole', () => {
  it.each([
    ['a photograph of a telephone', 'photo.heic', /HEIC/, () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x10meta\0\0\0\0\0\0\0\0', 'latin1')],
    ['a TIFF of an odd depth', 'odd.tif', /in a form that this ffmpeg can not decode/, () => grayTiff(32, 32, { bits: 14, sampleFormat: 1 })],
    ['a TIFF of half floats', 'half.tif', /half-float/, () => grayTiff(32, 32, { bits: 16, sampleFormat: 3 })],
  ])('is called by what it is, not damaged: %s', async (_title, name, said, bytes) => {
    const path = join(folder, name)
    writeFileSync(path, bytes())
    const error = await openFootage(await locateFfmpeg(), path).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'unsupported-picture' })
    expect(String(error)).toMatch(said)
  })

  it('is called encrypted where it is', async () => {
    const plain = await drawFilm(folder, 'plain.mp4', { frames: 12, codec: longGopH264 })
    const locked = join(folder, 'locked.mp4')
    await ffmpeg(['-i', plain, '-c', 'copy', '-encryption_scheme', 'cenc-aes-ctr', '-encryption_key', '00112233445566778899aabbccddeeff', '-encryption_kid', '00112233445566778899aabbccddeeff', locked])
    const error = await openFootage(await locateFfmpeg(), locked).catch((thrown: unknown) => thrown)
    expect(String(error)).toContain('is encrypted')
  })
})
