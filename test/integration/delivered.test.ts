/** What an export is asked for beyond its format, read back by ffmpeg alone. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Delivery } from '../../electron/contract/delivery.ts'
import { exportFormat, type ExportFormatId } from '../../electron/contract/formats.ts'
import { english } from '../material/english.ts'
import { PartRegister } from '../../electron/engine/writing/files/partFiles.ts'
import { endToGoOn } from '../../electron/engine/writing/segments/segmentFolder.ts'
import { drawFieldFilm, edgeAt, edgesOf } from '../material/fields.ts'
import { drawFilm, ffmpeg, ffv1, type Film } from '../material/films.ts'
import { describe as describeFile, firstFrame, lumaHashes, pictureHashes } from '../material/inspect.ts'
import { recolor } from '../material/recolor.ts'
import { workFolder } from '../material/workFolder.ts'

/** Exports of one film, each with what is asked for; 'first' is what ffmpeg is to read of it. */
async function exportsOf(film: Film) {
  const folder = workFolder()
  const source = await drawFilm(folder, 'film.mkv', film)
  let count = 0
  const exported = async (format: ExportFormatId, delivery: Delivery) => {
    const target = join(folder, `${count++}${exportFormat(format).endings[0] ?? ''}`)
    const { path, found } = await recolor(source, target, format, { delivery })
    const first = exportFormat(format).pictures ? join(path, readdirSync(path).sort()[0]!) : path
    return { path, first, found: found === null ? null : english(found) }
  }
  return { exported, source }
}

/** Luma of the middle row, or column, of the first picture, 0 to 255. */
async function middle(path: string, along: 'row' | 'column', width: number, height: number): Promise<Uint8Array> {
  const cut = along === 'row' ? `crop=${width}:1:0:${height >> 1}` : `crop=1:${height}:${width >> 1}:0`
  const raw = `${path}.${along}`
  await ffmpeg(['-i', path, '-frames:v', '1', '-vf', `format=gray,${cut}`, '-f', 'rawvideo', raw])
  return readFileSync(raw)
}

/** Where the bright part of each line of each picture ends. */
async function edges(path: string, width: number, height: number): Promise<number[][]> {
  await ffmpeg(['-i', path, '-fps_mode', 'passthrough', '-vf', 'extractplanes=y', '-f', 'rawvideo', `${path}.raw`])
  const bytes = new Uint8Array(readFileSync(`${path}.raw`))
  const size = width * height
  return Array.from({ length: bytes.length / size }, (_, n) => edgesOf(bytes.subarray(n * size, (n + 1) * size), width))
}

describe('an interlaced film', () => {
  it('becomes whole pictures, one of each frame or of each field, without a seam wherever it was gone on with', async () => {
    const drawing = { mode: 'bff', width: 128, height: 64, frames: 5, codec: ffv1 } as const
    const folder = workFolder()
    const source = await drawFieldFilm(folder, 'fields.mkv', drawing)
    for (const [deinterlace, perFrame] of [
      ['same', 1],
      ['double', 2],
    ] as const) {
      const delivery: Delivery = { deinterlace }
      const whole = await recolor(source, join(folder, `${deinterlace}.mkv`), 'ffv1-mkv', { delivery })
      expect(english(whole.found!)).toMatch(new RegExp(`${5 * perFrame} pictures at ${25 * perFrame} .*deinterlaced`))
      expect((await firstFrame(whole.path)).fields).toBe('progressive')
      const found = await edges(whole.path, drawing.width, drawing.height)
      expect(found).toHaveLength(5 * perFrame)
      // The lines of the bottom field show the earlier moment, and those of the top field the later one.
      for (const [n, rows] of found.entries()) {
        const shown = edgeAt(drawing, Math.floor(n / perFrame), n % perFrame === 0 ? 1 : 0)
        for (const edge of rows) expect(Math.abs(edge - shown), `${deinterlace} ${n}`).toBeLessThanOrEqual(1)
      }
      if (perFrame === 1) continue
      // In segments of two frames, ended in the second one and gone on with: with the frame before it as well.
      const abort = new AbortController()
      const target = join(folder, `${deinterlace} in segments.mkv`)
      const parts = new PartRegister(join(folder, 'parts'))
      const inSegments = { delivery, segmentPictures: 2, content: deinterlace, parts }
      const frames: number[] = []
      const ended = recolor(source, target, 'ffv1-mkv', {
        ...inSegments,
        signal: abort.signal,
        onFrame: (n) => void (n === 3 && endToGoOn(abort)),
      })
      await expect(ended).rejects.toMatchObject({ code: 'cancelled' })
      const later = await recolor(source, target, 'ffv1-mkv', { ...inSegments, onFrame: (n) => frames.push(n) })
      expect(frames[0]).toBe(1)
      expect(await pictureHashes(later.path)).toEqual(await pictureHashes(whole.path))
    }
    const progressive = await drawFilm(folder, 'progressive.mkv')
    const asked = recolor(progressive, join(folder, 'none.mkv'), 'ffv1-mkv', { delivery: { deinterlace: 'same' } })
    await expect(asked).rejects.toThrow(/not interlaced/)
  })
})

describe('pieces of a film', () => {
  it('follow one another in one file with their own sound, to the sample', async () => {
    const folder = workFolder()
    // Its sound is a ramp: each sample says where in the film it was heard.
    const ramp = join(folder, 'ramp.wav')
    await ffmpeg(['-f', 'lavfi', '-i', "aevalsrc='t/4':s=48000:d=2", '-c:a', 'pcm_s16le', ramp])
    const drawn = await drawFilm(folder, 'drawn.mkv', { frames: 48 })
    const source = join(folder, 'film.mkv')
    await ffmpeg(['-i', drawn, '-i', ramp, '-c', 'copy', source])
    const pieces = [
      { from: 6, to: 12 },
      { from: 30, to: 33 },
      { from: 40, to: 48 },
    ]
    const frames = pieces.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, n) => from + n))
    const film = await lumaHashes(source)
    for (const [format, ending] of [
      ['ffv1-mkv', '.mkv'],
      ['prores-mov', '.mov'],
    ] as const) {
      const { path, found, warnings } = await recolor(source, join(folder, `pieces${ending}`), format, { pieces })
      expect(english(found!)).toMatch(/17 pictures at 24/)
      expect(english(...warnings)).toMatch(/cut into pieces/)
      const written = await lumaHashes(path)
      if (format === 'ffv1-mkv') expect(written.map(({ md5 }) => md5)).toEqual(frames.map((n) => film[n]!.md5))
      written.forEach(({ seconds }, n) => expect(Math.abs(seconds - n / 24)).toBeLessThan(0.002))
      await ffmpeg(['-i', path, '-map', '0:a', '-f', 's16le', `${path}.raw`])
      const bytes = readFileSync(`${path}.raw`)
      expect(Math.abs(bytes.length / 2 - (17 / 24) * 48_000)).toBeLessThan(3)
      // In the middle of each picture is heard what was heard in the middle of it in the film.
      frames.forEach((frame, n) => {
        const heard = bytes.readInt16LE(2 * Math.round(((n + 0.5) / 24) * 48_000)) / 32_768
        expect(Math.abs(heard - (frame + 0.5) / 24 / 4), `${format} ${n}`).toBeLessThan(0.0002)
      })
    }
    const pieced = recolor(source, join(folder, 'none.mkv'), 'ffv1-mkv', { pieces: [{ from: 3, to: 60 }] })
    await expect(pieced).rejects.toThrow(/frames 0 to 47/)
  })
})

describe('an export', () => {
  it('has the quality, or the bit rate, that is asked for', async () => {
    const { exported } = await exportsOf({ size: '160x96', frames: 48 })
    const bytes = async (format: ExportFormatId, delivery: Delivery): Promise<number> =>
      statSync((await exported(format, delivery)).path).size
    expect(await bytes('h264-mp4', { quality: 10 })).toBeGreaterThan(3 * (await bytes('h264-mp4', { quality: 40 })))
    const { found, path } = await exported('h265-mp4', { bitRate: 0.4 })
    const said = Number(/take ([\d.]+) Mbit/.exec(found ?? '')?.[1])
    expect(said).toBeGreaterThan(0.2)
    expect(said).toBeLessThan(0.8)
    expect(Math.abs((8 * statSync(path).size) / 2e6 - said)).toBeLessThan(0.1)
  })

  it('has the bits, the profile, the sound and the size that are asked for, and black beside its picture', async () => {
    // White, in pixels that are wider than high: 4:3 as it is shown.
    const white = { size: '120x96', frames: 3, filters: 'drawbox=t=fill:c=white,setsar=16/15' }
    const { exported, source } = await exportsOf({ ...white, sound: ['-c:a', 'mp3', '-b:a', '64k'] })
    const [wide, tall] = [
      { width: 96, height: 48 },
      { width: 64, height: 96 },
    ] as const
    const cases: [ExportFormatId, Delivery, RegExp, RegExp | null][] = [
      ['ffv1-mkv', { depth: 10, sound: 'flac', size: wide }, /ffv1.*yuv420p10le/, /Audio: flac/],
      ['h264-mp4', { sound: 'flac', size: tall }, /h264.*yuv420p/, /Audio: flac/],
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
    // Between bars alone the picture's samples are the film's.
    const barred = await exported('ffv1-mkv', { shape: { num: 16, den: 9 } })
    expect(await describeFile(barred.first)).toMatch(/ 160x96[ ,].*SAR 16:15/)
    const samples = async (path: string, cut: string): Promise<string> =>
      ffmpeg(['-i', path, '-map', '0:v', '-vf', `${cut}extractplanes=y`, '-f', 'md5', '-'])
    expect(await samples(barred.first, 'crop=120:96:20:0,')).toBe(await samples(source, ''))
    await expect(exported('h264-mp4', { size: { width: null, height: 480 } })).rejects.toThrow(/to be enlarged/)
  })
})
