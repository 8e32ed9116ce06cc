/** Pictures that are files: each is compared, sample for sample, with what was to be written into it. */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Delivery } from '../../electron/contract/delivery.ts'
import { exportFormat, type ExportFormatId } from '../../electron/contract/formats.ts'
import type { Planes } from '../../electron/engine/picture/pixelLayout.ts'
import { decodeFrames } from '../../electron/engine/reading/decoding/decode.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import { encodings, writtenLayout } from '../../electron/engine/writing/segments/encoders.ts'
import { endToGoOn } from '../../electron/engine/writing/segments/segmentFolder.ts'
import { writePicture } from '../../electron/engine/writing/writePicture.ts'
import { locateFfmpeg, type FfmpegTools } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { alteringFfmpeg, endedFfmpeg, exchangingFfmpeg, unreadFfmpeg } from '../material/alteringFfmpeg.ts'
import { english } from '../material/english.ts'
import { drawFilm } from '../material/films.ts'
import { recolor } from '../material/recolor.ts'
import { sharedFolder, workFolder } from '../material/workFolder.ts'

const folder = sharedFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const FRAMES = 5
/** Of odd sides: lines of some formats are filled up to whole words. */
const SIZE = '37x29'
let film: string
let fields: string
beforeAll(async () => {
  film = await drawFilm(folder, 'film.mkv', { size: SIZE, frames: FRAMES, pixelFormat: 'yuv444p' })
  const filters = 'setfield=tff,setsar=16/15'
  fields = await drawFilm(folder, 'fields.mkv', { size: '64x48', frames: FRAMES, rate: '25', filters })
})

type Written = readonly [format: ExportFormatId, depth: NonNullable<Delivery['depth']>]
const compared: readonly Written[] = [
  ['png-sequence', 8],
  ['png-sequence', 16],
  ['tiff-sequence', 8],
  ['tiff-sequence', 16],
  ['dpx-sequence', 8],
  ['dpx-sequence', 10],
  ['dpx-sequence', 12],
  ['dpx-sequence', 16],
  ['exr-sequence', 32],
]
const said = /^Read back: \d+ pictures, each sample for sample as it was to be written\./

/** ffmpeg's arguments that write a picture of a format once more. */
async function argsOf(format: ExportFormatId, delivery: Delivery): Promise<string[]> {
  const { layout } = await openFootage(await locateFfmpeg(), film)
  return ['-c:v', exportFormat(format).encoder, ...encodings[format](layout, 'progressive', delivery).args]
}

/** An ffmpeg that finds one sample of a picture altered when it reads an export back. */
function altered(format: ExportFormatId, depth: Written[1], number: number): Promise<FfmpegTools> {
  return argsOf(format, { depth }).then((args) => alteringFfmpeg(workFolder(), { number, size: SIZE, args }))
}

describe.each(compared)('%s of %d bits', (format, depth) => {
  it('is the very pictures that were to be written, and says so', async () => {
    const { found, warnings } = await recolor(film, join(folder, `it's [${format}], ${depth}; 100%d`), format, {
      delivery: { depth },
      label: { program: { name: 'ColoRNN Studio', version: '1.2' }, words: 'Colored.' },
    })
    expect(english(found!)).toMatch(said)
    expect(english(...warnings)).not.toMatch(/read back/)
  })
})

describe.each<Written>([
  ['png-sequence', 8],
  ['tiff-sequence', 16],
  ['dpx-sequence', 10],
  ['dpx-sequence', 12],
  ['exr-sequence', 32],
])('%s of %d bits', (format, depth) => {
  it('has failed, and is kept under another name, where a single sample of one is another', async () => {
    const name = `altered ${format} ${depth}`
    const refused = recolor(film, join(folder, name), format, {
      tools: await altered(format, depth, 3),
      delivery: { depth },
    })
    await expect(refused).rejects.toThrow(
      `“frame_000003${exportFormat(format).pictures}” of the export is not the picture that was to be written, sample for sample.`,
    )
    expect(readdirSync(folder).filter((each) => each.startsWith(name))).toEqual([`${name} (failed)`])
    expect(readdirSync(join(folder, `${name} (failed)`))).toHaveLength(FRAMES)
  })
})

describe('pictures', () => {
  it('that bear each other’s names are named', async () => {
    const tools = await exchangingFfmpeg(workFolder(), 1002, 1004)
    const refused = recolor(film, join(folder, 'exchanged'), 'tiff-sequence', { tools, firstNumber: 1000 })
    await expect(refused).rejects.toThrow('“frame_001002.tif” of the export is not the picture')
  })

  it.each<readonly [string, ExportFormatId, Delivery]>([
    ['a picture for each field', 'png-sequence', { deinterlace: 'double' }],
    ['a smaller size between bars', 'dpx-sequence', { size: { width: 40, height: 40 } }],
    ['bars beside samples that stay as they are', 'tiff-sequence', { shape: { num: 2, den: 1 } }],
  ])('are compared as they are delivered: %s', async (name, format, delivery) => {
    const options = { delivery, content: 'drawn', segmentPictures: 2 }
    const { found } = await recolor(fields, join(folder, name), format, options)
    expect(english(found!)).toMatch(said)
  })

  it('of an export that is gone on with are compared as well where they were written before', async () => {
    const target = join(folder, 'resumed')
    const tools = await altered('dpx-sequence', 10, 0)
    const options = { tools, content: 'drawn', segmentPictures: 2 }
    const abort = new AbortController()
    const onFrame = (n: number): void => void (n === 3 && endToGoOn(abort))
    const ended = recolor(film, target, 'dpx-sequence', { ...options, signal: abort.signal, onFrame })
    await expect(ended).rejects.toMatchObject({ code: 'cancelled' })
    const frames: number[] = []
    const refused = recolor(film, target, 'dpx-sequence', { ...options, onFrame: (n) => frames.push(n) })
    await expect(refused).rejects.toThrow('“frame_000000.dpx” of the export is not the picture')
    expect(frames[0]).toBeGreaterThanOrEqual(2)
  })

  it.each([
    ['dpx-sequence', 'is ended from outside', endedFfmpeg],
    ['dpx-sequence', 'fails', unreadFfmpeg],
    ['ffv1-mkv', 'is ended from outside', endedFfmpeg],
  ] as const)('of %s are not called others where reading them back %s: that is said', async (format, _, tools) => {
    const target = join(folder, `unread-${format}-${_}.mkv`)
    const { found, warnings } = await recolor(film, target, format, { tools: await tools(workFolder()) })
    expect(found).toBeNull()
    expect(english(...warnings)).toMatch(/The export is finished, but could not be (read back|compared)/)
  })

  it('of half floats, which their encoder rounds, are said to be whole and no more', async () => {
    const { found } = await recolor(film, join(folder, 'halves'), 'exr-sequence')
    expect(english(found!)).toBe(`Read back: ${FRAMES} pictures, all whole.`)
  })
})

describe('a still', () => {
  async function still(target: string, tools: FfmpegTools): Promise<string> {
    const footage = await openFootage(tools, film)
    const layout = writtenLayout(footage.layout, exportFormat('png-sequence'))
    const { value } = await decodeFrames(tools, footage, { from: 0, to: 1 }).next()
    const [y, u, v] = [value!.y, value!.u!, value!.v!].map((plane) => Uint16Array.from(plane, (sample) => sample << 8))
    const planes: Planes = { layout, y: y!, u: u!, v: v! }
    return (await writePicture(tools, footage, planes, target, { overwrite: false })).path
  }

  it.each(['png', 'tif'] as const)('as %s is compared likewise, and not kept where it is another', async (ending) => {
    const place = workFolder()
    const target = join(place, `still.${ending}`)
    const tools = await altered(ending === 'png' ? 'png-sequence' : 'tiff-sequence', 16, 0)
    await expect(still(target, tools)).rejects.toThrow('is not the one that was to be written, sample for sample')
    const ended = still(target, await endedFfmpeg(workFolder()))
    await expect(ended).rejects.toThrow('The picture could not be written')
    expect(readdirSync(place)).toEqual([])
    expect(await still(target, await locateFfmpeg())).toBe(target)
  })
})
