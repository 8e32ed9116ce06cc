/** What an export has to be: what its format promises, and what the film had that the format can hold. */
import { exportFormat, type ExportFormat, type ExportFormatId } from '../../electron/contract/formats.ts'
import type { ColorMatrix } from '../../electron/contract/schemas.ts'
import { unknown, type Facts } from './facts.ts'
import { FRAMES, HEIGHT, shapeOf, shownRate, timecodeOf, WIDTH, type Source } from './sources.ts'

/** Matrix, primaries and transfer of films in each matrix, ITU-T H.273. */
const colorNumbers: Readonly<Record<ColorMatrix, string>> = { bt709: '1/1/1', bt601: '6/6/6', bt2020: '9/9/14' }

/** Codec, sampling where the film's is not kept, and bits as they can be read. */
const promised: Readonly<Record<ExportFormatId, readonly [codec: string, samples?: string, bits?: string | null]>> = {
  'ffv1-mkv': ['FFV1'],
  'ffv1-mxf': ['FFV1'],
  'dpx-sequence': ['DPX', 'RGB'],
  'tiff-sequence': ['TIFF', 'RGB'],
  'prores-mov': ['ProRes 422 HQ', '4:2:2'],
  'prores-mxf': ['ProRes 422 HQ', '4:2:2'],
  'prores4444-mov': ['ProRes 4444', '4:4:4'],
  'prores4444-mxf': ['ProRes 4444', '4:4:4'],
  'dnxhr-mov': ['DNxHR HQX', '4:2:2'],
  'dnxhr-mxf': ['DNxHR HQX', '4:2:2'],
  'dnxhr444-mov': ['DNxHR 444', '4:4:4'],
  'dnxhr444-mxf': ['DNxHR 444', '4:4:4'],
  'exr-sequence': ['OpenEXR', 'RGB'],
  'png-sequence': ['PNG', 'RGB'],
  'h264-mp4': ['H.264 High', '4:2:0'],
  'h264-10bit-mp4': ['H.264 High 10', '4:2:0'],
  'h265-mp4': ['H.265 Main 10', '4:2:0'],
  'h265-8bit-mp4': ['H.265 Main', '4:2:0'],
}

/** A film that a format refuses, since its container knows other rates alone: that is asked of it, and no file. */
export function isRefused({ rate }: Source, { rates }: ExportFormat): boolean {
  const same = rates?.some(({ num, den }) => rate === (den === 1 ? `${num}` : `${num}/${den}`))
  return same === false
}

export function askedOf(source: Source, id: ExportFormatId): Facts {
  const format = exportFormat(id)
  const { container, depth, range, matrix, wholeFramesOnly } = format
  const [codec, samples] = promised[id]
  const own = source.sampling === 'gray' ? '444' : source.sampling
  const about = {
    ...unknown,
    codec,
    samples: samples ?? own.split('').join(':'),
    bits: String(depth ?? source.depth),
    size: `${WIDTH}x${HEIGHT}`,
    shape: shapeOf(source),
    frames: String(FRAMES),
    picture: 'near',
  }
  const rate = shownRate(source)
  const timecode = source.timecode ? timecodeOf(source) : ''
  if (container === 'image2') {
    // These two say at which rate and from which time of day on they are shown; TIFF and PNG have no place for it.
    const isTimed = id === 'dpx-sequence' || id === 'exr-sequence'
    return isTimed ? { ...about, rate: rate === 'varying' ? null : rate, timecode } : about
  }
  const compressed = container === 'mp4' ? 'AAC' : container === 'mxf' ? 'PCM' : null
  return {
    ...about,
    range: range ?? source.range,
    rate,
    scan: wholeFramesOnly ? 'progressive' : source.scan,
    colors: matrix === 'bt709' ? `1${colorNumbers[source.matrix].slice(1)}` : colorNumbers[source.matrix],
    timecode,
    sounds: source.sounds ? `${compressed ?? 'PCM'} eng, ${compressed ?? 'AAC'} ger` : '',
    captions: source.captions ? 'text fre' : '',
  }
}
