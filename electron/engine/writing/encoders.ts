/**
 * How the encoder of each export format is asked, and for what pixels. What the formats are is in contract/formats.ts.
 */
import { wholeName, type ExportFormat, type ExportFormatId } from '../../contract/formats.ts'
import { isSameRate } from '../../contract/frameRate.ts'
import type { FootageInfo, Rational } from '../../contract/schemas.ts'
import { listed, sentence, type Sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { PixelLayout } from '../picture/pixelLayout.ts'
import { canBeRaw, planarName } from '../reading/pixelFormats.ts'
import type { FieldOrder } from '../reading/probeText.ts'
import { fieldName } from './pictureFilters.ts'

interface Encoding {
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
type Asking = (layout: PixelLayout, field: FieldOrder) => Encoding

/** Archive master: RFC 9043, version 3 with slices and checksums, every frame on its own. */
const ffv1: Asking = (layout, field) => {
  // A slice smaller than a few macroblocks costs more than it gives.
  const slices = layout.width >= 640 && layout.height >= 360 ? 16 : layout.width >= 64 && layout.height >= 64 ? 4 : 0
  // Level 3 always cuts pictures into slices. Where a plane's slice would be a single sample wide or high, ffmpeg ruins
  // it or refuses the picture; chroma has a quarter of the luma's samples at the least.
  const level = Math.min(layout.width, layout.height) < 16 ? ['-level', '1'] : ['-level', '3', '-slicecrc', '1']
  const intra = ['-coder', '1', '-context', '0', '-g', '1']
  return {
    pixelFormat: layout.ffmpegName,
    args: [...level, ...intra, ...(slices > 0 ? ['-slices', `${slices}`] : []), ...fieldOrder(field)],
  }
}

const prores =
  (profile: 'hq' | '4444', pixelFormat: string): Asking =>
  (_layout, field) => ({ pixelFormat, args: ['-profile:v:0', profile, '-vendor', 'apl0', ...fieldArgs(field)] })

const dnxhr =
  (profile: 'dnxhr_hqx' | 'dnxhr_444', pixelFormat: string): Asking =>
  (_layout, field) => ({ pixelFormat, args: ['-profile:v:0', profile, ...fieldOrder(field)] })

const h264 =
  (pixelFormat: string): Asking =>
  (_layout, field) => {
    const fields = field === 'progressive' ? [] : ['-x264-params', `${fieldName(field)}=1`]
    return { pixelFormat, args: ['-crf', '16', '-preset', 'medium', ...fieldArgs(field), ...fields] }
  }

// Asked for interlaced pictures, x265 marks every frame as a single field, the next one's order the other way round. So
// only the container says which lines come first.
const h265 =
  (pixelFormat: string): Asking =>
  (_layout, field) => ({
    pixelFormat,
    args: [
      ...['-crf', '18', '-preset', 'medium', '-tag:v:0', 'hvc1'],
      '-x265-params',
      'log-level=error',
      ...fieldOrder(field),
    ],
  })

const picture =
  (pixelFormat: string, ...args: readonly string[]): Asking =>
  () => ({ pixelFormat, args })

export const encodings: Readonly<Record<ExportFormatId, Asking>> = {
  'ffv1-mkv': ffv1,
  'ffv1-mxf': ffv1,
  'prores-mov': prores('hq', 'yuv422p10le'),
  'prores-mxf': prores('hq', 'yuv422p10le'),
  'prores4444-mov': prores('4444', 'yuv444p10le'),
  'prores4444-mxf': prores('4444', 'yuv444p10le'),
  'dnxhr-mov': dnxhr('dnxhr_hqx', 'yuv422p10le'),
  'dnxhr-mxf': dnxhr('dnxhr_hqx', 'yuv422p10le'),
  'dnxhr444-mov': dnxhr('dnxhr_444', 'yuv444p10le'),
  'dnxhr444-mxf': dnxhr('dnxhr_444', 'yuv444p10le'),
  'h264-mp4': h264('yuv420p'),
  'h264-10bit-mp4': h264('yuv420p10le'),
  'h265-mp4': h265('yuv420p10le'),
  'h265-8bit-mp4': h265('yuv420p'),
  'dpx-sequence': picture('gbrp10be'),
  // Uncompressed, which every reader takes.
  'tiff-sequence': picture('rgb48le', '-compression_algo', 'raw'),
  // Line by line, so that compositors read a part of a picture without the rest.
  'exr-sequence': picture('gbrpf32le', '-format', 'half', '-compression', 'zip1'),
  'png-sequence': picture('rgb48be', '-pred', 'mixed'),
}

/** Throws UserError 'unsupported-picture' when the format can't hold pictures of this size, or a film of this rate. */
export function checkFilmFits(
  format: ExportFormat,
  { width, height }: Pick<PixelLayout, 'width' | 'height'>,
  { rate, variableRate }: Pick<FootageInfo, 'rate' | 'variableRate'>,
): void {
  const { name, least = [1, 1], even, rates } = format
  const needs: Sentence[] = []
  if (width < least[0] || height < least[1]) needs.push(sentence`at least ${least[0]} × ${least[1]} pixels`)
  if (even === 'both' && (width % 2 !== 0 || height % 2 !== 0)) needs.push(sentence`an even width and height`)
  else if (even === 'width' && width % 2 !== 0) needs.push(sentence`an even width`)
  const [first, second] = needs
  if (first) {
    throw new UserError(
      'unsupported-picture',
      sentence`${name} needs ${second ? sentence`${first} and ${second}` : first}; this film is ${width} × ${height}.`,
      sentence`Choose FFV1 in Matroska or PNG, which take every size.`,
    )
  }
  if (rates === undefined) return
  const advice = sentence`Choose the same in QuickTime, or FFV1 in Matroska, which take every rate.`
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
