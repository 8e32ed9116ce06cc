/**
 * How the encoder of each export format is asked, and for what pixels. What the formats are is in contract/formats.ts.
 */
import { exportFormats, type ExportFormat, type ExportFormatId } from '../../contract/formats.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { PixelLayout } from '../picture/pixelLayout.ts'
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
export const encodings: Readonly<Record<ExportFormatId, (layout: PixelLayout, field: FieldOrder) => Encoding>> = {
  /** Archive master: RFC 9043, version 3 with slices and checksums, every frame on its own. */
  'ffv1-mkv': (layout, field) => {
    // A slice smaller than a few macroblocks costs more than it gives.
    const slices = layout.width >= 640 && layout.height >= 360 ? 16 : layout.width >= 64 && layout.height >= 64 ? 4 : 0
    // Level 3 always cuts pictures into slices. Where a plane's slice would be a single sample wide or high, ffmpeg
    // ruins it or refuses the picture; chroma has a quarter of the luma's samples at the least.
    const level = Math.min(layout.width, layout.height) < 16 ? ['-level', '1'] : ['-level', '3', '-slicecrc', '1']
    return {
      pixelFormat: layout.ffmpegName,
      args: [
        ...level,
        '-coder',
        '1',
        '-context',
        '0',
        '-g',
        '1',
        ...(slices > 0 ? ['-slices', `${slices}`] : []),
        ...fieldOrder(field),
      ],
    }
  },
  'prores-mov': (_layout, field) => ({
    pixelFormat: 'yuv422p10le',
    args: ['-profile:v:0', 'hq', '-vendor', 'apl0', ...fieldArgs(field)],
  }),
  'dnxhr-mov': (layout, field) => {
    const deep = layout.bitDepth > 8
    return {
      pixelFormat: deep ? 'yuv422p10le' : 'yuv422p',
      args: ['-profile:v:0', deep ? 'dnxhr_hqx' : 'dnxhr_hq', ...fieldOrder(field)],
    }
  },
  'h264-mp4': (_layout, field) => ({
    pixelFormat: 'yuv420p',
    args: [
      '-crf',
      '16',
      '-preset',
      'medium',
      ...fieldArgs(field),
      ...(field === 'progressive' ? [] : ['-x264-params', `${fieldName(field)}=1`]),
    ],
  }),
  // Asked for interlaced pictures, x265 marks every frame as a single field, the next one's order the other way round.
  // So only the container says which lines come first.
  'h265-mp4': (layout, field) => ({
    pixelFormat: layout.bitDepth > 8 ? 'yuv420p10le' : 'yuv420p',
    args: [
      '-crf',
      '18',
      '-preset',
      'medium',
      '-tag:v:0',
      'hvc1',
      '-x265-params',
      'log-level=error',
      ...fieldOrder(field),
    ],
  }),
  'png-sequence': (layout) => ({ pixelFormat: layout.bitDepth > 8 ? 'rgb48be' : 'rgb24', args: ['-pred', 'mixed'] }),
}

/** The formats whose encoder an ffmpeg with these encoders has. */
export function possibleFormats(encoders: ReadonlySet<string>): ExportFormatId[] {
  return (Object.keys(exportFormats) as ExportFormatId[]).filter((id) => encoders.has(exportFormats[id].encoder))
}

/** Throws UserError 'unsupported-picture' when the format can't hold pictures of this size. */
export function checkPictureFits(
  { name, least = [1, 1], even }: ExportFormat,
  { width, height }: Pick<PixelLayout, 'width' | 'height'>,
): void {
  const needs: Sentence[] = []
  if (width < least[0] || height < least[1]) needs.push(sentence`at least ${least[0]} × ${least[1]} pixels`)
  if (even === 'both' && (width % 2 !== 0 || height % 2 !== 0)) needs.push(sentence`an even width and height`)
  else if (even === 'width' && width % 2 !== 0) needs.push(sentence`an even width`)
  const [first, second] = needs
  if (!first) return
  throw new UserError(
    'unsupported-picture',
    sentence`${name} needs ${second ? sentence`${first} and ${second}` : first}; this film is ${width} × ${height}.`,
    sentence`Choose FFV1 or PNG pictures, which take every size.`,
  )
}

/**
 * The layout in which colored frames are written: the film's own, and for gray films 4:4:4 at the same depth and range.
 */
export function coloredLayout(layout: PixelLayout): PixelLayout {
  if (layout.sampling !== 'gray') return layout
  const suffix = layout.bitDepth > 8 ? `${layout.bitDepth}le` : ''
  return { ...layout, sampling: '444', ffmpegName: `yuv444p${suffix}` }
}
