/**
 * How the encoder of each export format is asked, and for what pixels. What the formats are is in contract/formats.ts.
 */
import type { Delivery } from '../../../contract/delivery.ts'
import {
  exportFormats,
  wholeName,
  type BitDepth,
  type ExportFormat,
  type ExportFormatId,
} from '../../../contract/formats.ts'
import { isSameRate } from '../../../contract/frameRate.ts'
import type { FootageInfo, Rational } from '../../../contract/schemas.ts'
import { listed, sentence, type Sentence } from '../../../contract/sentence.ts'
import { UserError } from '../../../contract/userError.ts'
import type { PixelLayout } from '../../picture/pixelLayout.ts'
import { canBeRaw, planarName } from '../../reading/decoding/pixelFormats.ts'
import type { FieldOrder } from '../../reading/opening/probeText.ts'
import { slicesOf } from './ffv1Slices.ts'
import { fieldName } from '../filters/pictureFilters.ts'

export interface Encoding {
  /** ffmpeg's name of what the encoder is given. */
  readonly pixelFormat: string
  readonly args: readonly string[]
}

/** Both fields coded as what they are, in the order of showing. */
function fieldArgs(field: FieldOrder): string[] {
  return field === 'progressive' ? [] : ['-flags', '+ildct+ilme', ...fieldOrder(field)]
}

/** What the container says of the fields. */
function fieldOrder(field: FieldOrder): string[] {
  return field === 'progressive' ? [] : ['-field_order', field === 'top first' ? 'tt' : 'bb']
}

/** For planes of this layout, whose lines are of two fields unless they are progressive. */
type Asking = (layout: PixelLayout, field: FieldOrder, delivery: Delivery) => Encoding

/** Of a mean that is asked for: how much more a moment of it may take, and of how many seconds it is the mean. */
const [PEAK, PEAK_SECONDS] = [1.5, 2]

/** How good pictures of H.264 and H.265 are. */
function qualityArgs({ quality, bitRate }: Delivery, usual: number): string[] {
  if (bitRate === undefined) return ['-crf', `${quality ?? usual}`]
  const bits = (share: number): string => `${Math.round(bitRate * 1e6 * share)}`
  return ['-b:v:0', bits(1), '-maxrate:v:0', bits(PEAK), '-bufsize:v:0', bits(PEAK_SECONDS)]
}

/**
 * Archive master: RFC 9043, version 3 with slices and checksums, every frame on its own. Samples of 8 bits are written
 * in Golomb-Rice codes, as ffmpeg does where it is not asked: that takes a quarter off writing and off reading back,
 * for files of -1 to 12 % more bytes. Of deeper ones ffmpeg's encoder knows the range coder alone.
 */
const ffv1: Asking = (layout, field) => {
  const slices = slicesOf(layout)
  // Level 3 always cuts pictures into slices. Where a plane's slice would be a single sample wide or high, ffmpeg ruins
  // it or refuses the picture; chroma has a quarter of the luma's samples at the least.
  const isWhole = slices === null || Math.min(layout.width, layout.height) < 16
  const level = isWhole ? ['-level', '1'] : ['-level', '3', '-slicecrc', '1', '-slices', `${slices}`]
  const intra = ['-coder', layout.bitDepth > 8 ? '1' : '0', '-context', '0', '-g', '1']
  return {
    pixelFormat: layout.ffmpegName,
    args: [...level, ...intra, ...fieldOrder(field)],
  }
}

const prores =
  (profile: 'hq' | '4444', pixelFormat: string): Asking =>
  (_layout, field) => ({ pixelFormat, args: ['-profile:v:0', profile, '-vendor', 'apl0', ...fieldArgs(field)] })

/** Smaller profiles than HQX have 8 bits. */
const dnxhr: Asking = (_layout, field, { profile = 'hqx' }) => ({
  pixelFormat: profile === 'hqx' ? 'yuv422p10le' : 'yuv422p',
  args: ['-profile:v:0', `dnxhr_${profile}`, ...fieldOrder(field)],
})

const dnxhr444: Asking = (_layout, field) => ({
  pixelFormat: 'yuv444p10le',
  args: ['-profile:v:0', 'dnxhr_444', ...fieldOrder(field)],
})

const h264 =
  (pixelFormat: string): Asking =>
  (_layout, field, delivery) => {
    const fields = field === 'progressive' ? [] : ['-x264-params', `${fieldName(field)}=1`]
    const quality = qualityArgs(delivery, exportFormats['h264-mp4'].usualQuality)
    return { pixelFormat, args: [...quality, '-preset', 'medium', ...fieldArgs(field), ...fields] }
  }

// Asked for interlaced pictures, x265 marks every frame as a single field, the next one's order the other way round. So
// only the container says which lines come first.
const h265 =
  (pixelFormat: string): Asking =>
  (_layout, field, delivery) => ({
    pixelFormat,
    args: [
      ...qualityArgs(delivery, exportFormats['h265-mp4'].usualQuality),
      ...['-preset', 'medium', '-tag:v:0', 'hvc1'],
      '-x265-params',
      'log-level=error',
      ...fieldOrder(field),
    ],
  })

/** @param pixelFormats by the bits of a sample that are asked for; those of the usual depth first */
const picture =
  (pixelFormats: ReadonlyMap<BitDepth, string>, ...args: readonly string[]): Asking =>
  (_layout, _field, { depth }) => ({
    pixelFormat: (depth && pixelFormats.get(depth)) ?? [...pixelFormats.values()][0]!,
    args,
  })

const dpx: ReadonlyMap<BitDepth, string> = new Map([
  [10, 'gbrp10be'],
  [8, 'rgb24'],
  [12, 'gbrp12be'],
  [16, 'rgb48be'],
])
const tiff: ReadonlyMap<BitDepth, string> = new Map([
  [16, 'rgb48le'],
  [8, 'rgb24'],
])
const png: ReadonlyMap<BitDepth, string> = new Map([
  [16, 'rgb48be'],
  [8, 'rgb24'],
])

/** Line by line, so that compositors read a part of a picture without the rest. */
const exr: Asking = (_layout, _field, { depth }) => ({
  pixelFormat: 'gbrpf32le',
  args: ['-format', depth === 32 ? 'float' : 'half', '-compression', 'zip1'],
})

export const encodings: Readonly<Record<ExportFormatId, Asking>> = {
  'ffv1-mkv': ffv1,
  'ffv1-mxf': ffv1,
  'prores-mov': prores('hq', 'yuv422p10le'),
  'prores-mxf': prores('hq', 'yuv422p10le'),
  'prores4444-mov': prores('4444', 'yuv444p10le'),
  'prores4444-mxf': prores('4444', 'yuv444p10le'),
  'dnxhr-mov': dnxhr,
  'dnxhr-mxf': dnxhr,
  'dnxhr444-mov': dnxhr444,
  'dnxhr444-mxf': dnxhr444,
  'h264-mp4': h264('yuv420p'),
  'h264-10bit-mp4': h264('yuv420p10le'),
  'h265-mp4': h265('yuv420p10le'),
  'h265-8bit-mp4': h265('yuv420p'),
  'dpx-sequence': picture(dpx),
  // Uncompressed, which every reader takes.
  'tiff-sequence': picture(tiff, '-compression_algo', 'raw'),
  'exr-sequence': exr,
  'png-sequence': picture(png, '-pred', 'mixed'),
}

/**
 * Throws UserError 'unsupported-picture' when the format can't hold pictures of this size, or a film of this rate.
 * The size is that which would be written: cropped, scaled, an odd side cut to an even one.
 */
export function checkFilmFits(
  format: ExportFormat,
  { width, height, rate, variableRate }: Pick<FootageInfo, 'width' | 'height' | 'rate' | 'variableRate'>,
): void {
  const { name, least = [1, 1], even, rates } = format
  const needs: Sentence[] = []
  const isSmall = width < least[0] || height < least[1]
  if (isSmall) needs.push(sentence`at least ${least[0]} × ${least[1]} pixels`)
  if (even === 'both' && (width % 2 !== 0 || height % 2 !== 0)) needs.push(sentence`an even width and height`)
  else if (even === 'width' && width % 2 !== 0) needs.push(sentence`an even width`)
  const [first, second] = needs
  if (first) {
    throw new UserError(
      'unsupported-picture',
      sentence`${name} needs ${second ? sentence`${first} and ${second}` : first}; its pictures would be ${width} × ${height}.`,
      isSmall
        ? sentence`Choose FFV1 in Matroska or PNG, which take every size, or have the picture enlarged.`
        : sentence`Choose FFV1 in Matroska or PNG, which take every size; of an odd side, a line can be cropped.`,
    )
  }
  if (rates === undefined) return
  const isInQuickTime = Object.values<Pick<ExportFormat, 'name' | 'container'>>(exportFormats).some(
    ({ name: other, container }) => other === name && container === 'mov',
  )
  const advice = isInQuickTime
    ? sentence`Choose the same in QuickTime, or FFV1 in Matroska, which take every rate.`
    : sentence`Choose FFV1 in Matroska, which takes every rate.`
  if (variableRate) {
    throw new UserError(
      'unsupported-picture',
      sentence`${wholeName(format)} needs one steady frame rate, and this film’s varies.`,
      advice,
    )
  }
  if (!rates.some((each) => isSameRate(each, rate))) {
    const inThousandths = ({ num, den }: Rational): number => Math.round((1000 * num) / den) / 1000
    throw new UserError(
      'unsupported-picture',
      sentence`${wholeName(format)} knows ${listed(rates.map(inThousandths))} frames/s; this film has ${inThousandths(rate)}.`,
      advice,
    )
  }
}

/** The layout of a colored film: the film's own, and for gray films 4:4:4 at the same depth and range. */
export function coloredLayout(layout: PixelLayout): PixelLayout {
  return layout.sampling === 'gray' ? inLayout(layout, { sampling: '444' }) : layout
}

/**
 * The layout in which a format is given the pictures of a film: as deep as the format is and in its range, so that
 * nothing is left for ffmpeg but to bring chroma to the format's sampling, and RGB. Its own conversions of depth and
 * range are not exact, and differ from version to version: white comes out up to 0.4 % too dark.
 */
export function writtenLayout(
  layout: PixelLayout,
  { depth, range }: Pick<ExportFormat, 'depth' | 'range'>,
): PixelLayout {
  const colored = coloredLayout(layout)
  const written = inLayout(colored, { bitDepth: depth ?? colored.bitDepth, range: range ?? colored.range })
  return canBeRaw(written) ? written : colored
}

function inLayout(
  layout: PixelLayout,
  changes: Partial<Pick<PixelLayout, 'sampling' | 'bitDepth' | 'range'>>,
): PixelLayout {
  const changed = { ...layout, ...changes }
  return { ...changed, ffmpegName: planarName(changed.sampling, changed.bitDepth) }
}
