/**
 * Interlaced films from opening to export: the colors of each field lie on that field's own lines, and the file says
 * so.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Delivery } from '../../electron/contract/delivery.ts'
import type { ExportFormatId } from '../../electron/contract/formats.ts'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { decodeSmall } from '../../electron/engine/reading/decoding/decodeSmall.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import { SceneColor } from '../../electron/engine/shots/sceneColor.ts'
import { unwritableFormats } from '../../electron/engine/writing/files/writable.ts'
import { english } from '../material/english.ts'
import { drawFieldFilm, drawFieldPin, edgesOf, type FieldFilm } from '../material/fields.ts'
import { drawFilm, ffmpeg, ffv1 } from '../material/films.ts'
import { describe as describeFile, firstFrame, lumaHashes } from '../material/inspect.ts'
import { recolor } from '../material/recolor.ts'
import { startTestEngine, type TestEngine } from '../material/testEngine.ts'
import { workFolder } from '../material/workFolder.ts'

const [WIDTH, HEIGHT, FRAMES, PINNED] = [256, 128, 3, 1]
const interlacedMpeg2 = ['-c:v', 'mpeg2video', '-q:v', '2', '-flags', '+ildct+ilme'] as const
const interlacedH264 = ['-c:v', 'libx264', '-crf', '8', '-flags', '+ildct', '-x264-params', 'bff=1'] as const
const dv = { width: 720, height: 576, codec: ['-c:v', 'dvvideo'] } as const

const film = (mode: FieldFilm['mode'], codec: readonly string[], more: Partial<FieldFilm> = {}): FieldFilm => ({
  mode,
  width: WIDTH,
  height: HEIGHT,
  frames: FRAMES,
  codec,
  ...more,
})

/** Opens a film whose one frame is pinned to its own colors. */
async function openPinned(test: TestEngine, folder: string, name: string, drawing: FieldFilm): Promise<void> {
  const source = await drawFieldFilm(folder, name, drawing)
  const picturePath = await drawFieldPin(join(folder, `${name}.png`), drawing, PINNED)
  await test.open(source, name, { keyframes: [{ frame: PINNED, picturePath }] })
}

async function exported(
  test: TestEngine,
  folder: string,
  footageId: string,
  format: ExportFormatId,
  ending: string,
  delivery: Delivery = {},
): Promise<{ path: string; notes: string }> {
  const { deinterlace = '' } = delivery
  const target = join(folder, `${footageId} as ${format} ${deinterlace}${ending}`)
  const end = await test.export({ jobId: target, footageId, target, format, overwrite: false, delivery })
  expect(end.state, JSON.stringify(end.error)).toBe('done')
  return { path: target, notes: english(...(end.notes ?? [])) }
}

/**
 * How far the colors of each row lie from the luma edge of the very lines that it belongs to, over all frames, in luma
 * samples.
 */
async function strayed(
  path: string,
  { width, height, mode, frames }: FieldFilm,
  sampling: '420' | '422',
): Promise<number> {
  const raw = `${path}.raw`
  // In the film's own sampling nothing is converted but the depth.
  await ffmpeg([
    '-noautorotate',
    '-i',
    path,
    '-fps_mode',
    'passthrough',
    '-f',
    'rawvideo',
    '-pix_fmt',
    `yuv${sampling}p`,
    raw,
  ])
  const bytes = new Uint8Array(await readFile(raw))
  const [cw, ch] = [width / 2, sampling === '420' ? height / 2 : height]
  const size = width * height + 2 * cw * ch
  expect(bytes.length).toBe(frames * size)
  let most = 0
  for (let n = 0; n < frames; n++) {
    const luma = edgesOf(bytes.subarray(n * size, n * size + width * height), width)
    const lineOf = (row: number): number =>
      sampling === '422' ? row : mode === 'prog' ? 2 * row : 4 * (row >> 1) + (row & 1)
    for (const at of [width * height, width * height + cw * ch]) {
      for (const [row, edge] of edgesOf(bytes.subarray(n * size + at, n * size + at + cw * ch), cw).entries()) {
        most = Math.max(most, Math.abs(2 * edge - luma[lineOf(row)]!))
      }
    }
  }
  return most
}

describe('an interlaced film with a pin', () => {
  const sources: readonly [name: string, film: FieldFilm][] = [
    ['mpeg2.mpg', film('tff', interlacedMpeg2)],
    ['h264.mp4', film('bff', interlacedH264)],
    ['dv.avi', film('bff', dv.codec, dv)],
    ['prores.mov', film('tff', ['-c:v', 'prores_ks', '-flags', '+ildct+ilme'], { pixelFormat: 'yuv422p10le' })],
    ['only its container says.mkv', film('bff', ['-c:v', 'utvideo'])],
    ['progressive.mkv', film('prog', ffv1)],
  ]
  const targets = [
    ['prores-mov', '.mov', '422'],
    ['dnxhr-mov', '.mov', '422'],
    ['h264-mp4', '.mp4', '420'],
    ['h265-mp4', '.mp4', '420'],
  ] as const
  const order = { tff: 'top first', bff: 'bottom first', prog: 'progressive' } as const

  it('keeps the colors of each field on its own lines, whatever it is stored as', async () => {
    const folder = workFolder()
    const test = startTestEngine(folder)
    for (const [name, drawing] of sources) {
      await openPinned(test, folder, name, drawing)
      const { path, notes } = await exported(test, folder, name, 'ffv1-mkv', '.mkv')
      expect((await firstFrame(path)).fields, name).toBe(order[drawing.mode])
      // Newer versions of ffmpeg mark that the lines of both fields are stored in turns.
      const said = /Video: .*\b(top|bottom) (?:coded )?first/.exec(await describeFile(path))?.[1] ?? 'progressive'
      expect(said, name).toBe(order[drawing.mode].split(' ')[0])
      expect(await strayed(path, drawing, drawing.pixelFormat ? '422' : '420'), name).toBeLessThanOrEqual(2)
      expect(notes, name).toBe('')
    }
  })

  it('is exported in every format with both fields as they lie, and said to be interlaced where the format can', async () => {
    const folder = workFolder()
    const test = startTestEngine(folder)
    for (const mode of ['tff', 'bff', 'prog'] as const) {
      const drawing = film(mode, ffv1)
      const name = `${mode}.mkv`
      await openPinned(test, folder, name, drawing)
      for (const [format, ending, sampling] of targets) {
        const { path, notes } = await exported(test, folder, name, format, ending)
        const wholeFrames = mode !== 'prog' && (format === 'dnxhr-mov' || format === 'h265-mp4')
        expect(notes, `${mode} ${format}`).toMatch(wholeFrames ? /no interlaced form/ : /^$/)
        expect((await firstFrame(path)).fields, `${mode} ${format}`).toBe(wholeFrames ? 'progressive' : order[mode])
        expect(await strayed(path, drawing, sampling), `${mode} ${format}`).toBeLessThanOrEqual(2)
      }
      if (mode === 'prog') continue
      const { path } = await exported(test, folder, name, 'ffv1-mkv', '.mkv', { deinterlace: 'double' })
      expect((await firstFrame(path)).fields).toBe('progressive')
      const whole = { ...drawing, mode: 'prog', frames: 2 * FRAMES } as const
      expect(await strayed(path, whole, '420'), `${mode} deinterlaced`).toBeLessThanOrEqual(2)
    }
  })
})

describe('an interlaced film without color', () => {
  const drawn = (folder: string, name: string, size: string, pixelFormat = 'yuv420p'): Promise<string> =>
    drawFilm(folder, name, {
      ...{ size, pixelFormat, frames: 2, range: 'full' },
      filters: 'lutyuv=u=(minval+maxval)/2:v=(minval+maxval)/2,setfield=tff',
      output: ['-field_order', 'tt'],
    })

  it('is found to have none, also where small pictures of it would have an odd number of lines', async () => {
    const folder = workFolder()
    const tools = await locateFfmpeg()
    for (const size of ['320x236', '322x240', '64x49']) {
      const footage = await openFootage(tools, await drawn(folder, `${size}.mkv`, size))
      expect(footage.layout.interlaced, size).toBe(true)
      const found: string[] = []
      for await (const frame of decodeSmall(tools, footage, { from: 0, to: 2 }, {})) {
        found.push(new SceneColor().of(frame))
      }
      expect(found, size).toEqual(['gray', 'gray'])
    }
  })

  it('keeps its last line in pictures, also where that has no other field’s beside it', async () => {
    const folder = workFolder()
    const lastLine = async (path: string): Promise<readonly number[]> => {
      const filters = 'scale=out_range=full,format=gray,crop=64:1:0:48:exact=1'
      await ffmpeg(['-i', path, '-frames:v', '1', '-vf', filters, '-f', 'rawvideo', `${path}.raw`])
      return [...(await readFile(`${path}.raw`))]
    }
    for (const pixelFormat of ['yuv420p', 'yuv422p', 'yuv444p10le']) {
      const source = await drawn(folder, `${pixelFormat}.mkv`, '64x49', pixelFormat)
      const { path } = await recolor(source, join(folder, pixelFormat), 'tiff-sequence')
      const [written, own] = await Promise.all([lastLine(join(path, 'frame_000000.tif')), lastLine(source)])
      const most = Math.max(...written.map((value, n) => Math.abs(value - own[n]!)))
      expect(most, pixelFormat).toBeLessThanOrEqual(2)
    }
  })
})

describe('a film whose fields become pictures of their own', () => {
  it('has all of them in every container, be it one segment or several', async () => {
    const folder = workFolder()
    const unwritable = await unwritableFormats(await locateFfmpeg())
    for (const rate of ['25', '30000/1001']) {
      const source = await drawFilm(folder, `fields at ${rate.replace('/', ' ')}.mkv`, {
        ...{ rate, frames: 9, size: '256x128', filters: 'setfield=tff', output: ['-field_order', 'tt'] },
      })
      for (const format of ['dnxhr-mxf', 'ffv1-mxf', 'prores-mov', 'ffv1-mkv'] as const) {
        if (unwritable.has(format)) continue
        for (const segmentPictures of [240, 6]) {
          const name = `${segmentPictures} of ${rate.replace('/', ' ')}.${format.replace('-', '.')}`
          const { path, warnings } = await recolor(source, join(folder, name), format, {
            delivery: { deinterlace: 'double' },
            range: { from: 1, to: 8 },
            segmentPictures,
          })
          const times = (await lumaHashes(path)).map(({ seconds }) => seconds)
          const step = 1 / (2 * (Number(rate.split('/')[0]) / Number(rate.split('/')[1] ?? 1)))
          expect(times, name).toHaveLength(14)
          times.forEach((time, n) => expect(Math.abs(time - n * step), name).toBeLessThan(0.0015))
          expect(english(...warnings), name).toBe('')
        }
      }
    }
  })
})
