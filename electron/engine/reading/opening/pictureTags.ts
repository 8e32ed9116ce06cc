/**
 * What is taken for true of a film's pictures by what it says of them: their range, their matrix, and whether they are
 * of fields. Pure.
 */
import type { ColorMatrix, ColorRange } from '../../../contract/schemas.ts'
import type { DecodedFormat } from '../decoding/pixelFormats.ts'
import type { BannerStream, ColorTags, FieldOrder, ShownFrame } from './probeText.ts'

/**
 * What luma range a film without a range tag has: gray pictures are full by custom, everything else limited (ITU-R
 * BT.601/709).
 */
function untaggedRange(gray: boolean): ColorRange {
  return gray ? 'full' : 'limited'
}

/** @returns whether it is guessed as well: the film does not say it */
export function rangeOf(format: DecodedFormat, tags: ColorTags): { range: ColorRange; guessed: boolean } {
  if (format.fullByName || tags.range === 'pc') return { range: 'full', guessed: false }
  if (tags.range === 'tv') return { range: 'limited', guessed: false }
  return { range: untaggedRange(format.sampling === 'gray'), guessed: true }
}

/**
 * BT.601 for small and BT.709 for large pictures is what players assume of films that do not say. Nothing is lost by a
 * wrong guess: the colors are ours, and an export says in which matrix they are written.
 */
export function matrixOf(format: DecodedFormat, tags: ColorTags, height: number): ColorMatrix {
  if (format.fromRgb) return 'bt709'
  if (tags.space === 'bt709') return 'bt709'
  if (tags.space.startsWith('bt2020')) return 'bt2020'
  if (['smpte170m', 'bt470bg', 'fcc'].includes(tags.space)) return 'bt601'
  return height >= 720 ? 'bt709' : 'bt601'
}

/** Codecs whose pictures say themselves whether they are of fields, so that a progressive one is what it says. */
const tellsFields = /^(mpeg[12]video|mpeg4|h264|hevc|vc1|wmv3|prores|dvvideo|dnxhd|ffv1)$/

/** Of other codecs (UT Video, Huffyuv, JPEG 2000) the container alone knows it. */
export function fieldOf(frame: ShownFrame, stream: BannerStream | undefined): FieldOrder {
  return frame.field === 'progressive' && stream && !tellsFields.test(stream.codec) ? stream.field : frame.field
}
