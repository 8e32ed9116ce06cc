/**
 * A film whose fields become whole pictures: one of each frame or, at twice the rate, of each field. The filter bwdif
 * (edges as yadif finds them, and the BBC's filter of three fields, PH-2071) makes the missing lines of the fields
 * before and after as well: so it is given a frame more on each side of a segment, which then has no seam. Chroma is
 * treated as luma is: of both fields the color of each line belongs to it. Pure.
 */
import type { Delivery } from '../../../contract/delivery.ts'
import type { Rational } from '../../../contract/schemas.ts'
import { sentence } from '../../../contract/sentence.ts'
import { hasDropFrame, laterTimecode, readTimecode } from '../../../contract/timecode.ts'
import { UserError } from '../../../contract/userError.ts'
import { DEINTERLACER } from '../../ffmpeg/locateFfmpeg.ts'
import type { PixelLayout } from '../../picture/pixelLayout.ts'
import type { Footage, FrameIndex } from '../../reading/footage.ts'
import type { FieldOrder } from '../../reading/opening/probeText.ts'
import { readsApart } from '../carried/sideClock.ts'

export interface Deinterlacing {
  /** Of the film's frames. */
  readonly field: Exclude<FieldOrder, 'progressive'>
  /** Pictures that are made of each frame. */
  readonly perFrame: 1 | 2
}

/**
 * @returns null where nobody has asked for it
 * @throws UserError 'bad-argument' where the film has no fields, or no clock that could be doubled
 */
export function deinterlacingOf(footage: Footage, { deinterlace }: Delivery): Deinterlacing | null {
  const { field } = footage.source
  if (deinterlace === undefined) return null
  if (field === 'progressive') {
    throw new UserError(
      'bad-argument',
      sentence`This film is not interlaced; there is nothing to deinterlace.`,
      sentence`Leave that out.`,
    )
  }
  if (deinterlace === 'double' && readsApart(footage)) {
    throw new UserError(
      'bad-argument',
      sentence`The clock of this film breaks, so its frame rate can not be doubled.`,
      sentence`Deinterlace it at its own rate.`,
    )
  }
  return { field, perFrame: deinterlace === 'double' ? 2 : 1 }
}

/** Each frame's own time, and the moment half way to the next one. */
function doubledIndex(index: FrameIndex): FrameIndex {
  const { timeBase, pts, end } = index
  const twice = new Float64Array(2 * pts.length)
  for (let n = 0; n < pts.length; n++) {
    twice[2 * n] = 2 * pts[n]!
    twice[2 * n + 1] = pts[n]! + (pts[n + 1] ?? end)
  }
  return { ...index, timeBase: { num: timeBase.num, den: 2 * timeBase.den }, pts: twice, end: 2 * end }
}

export const twice = ({ num, den }: Rational): Rational =>
  den % 2 === 0 ? { num, den: den / 2 } : { num: 2 * num, den }

/** The film as its deinterlaced pictures make it. */
export function deinterlacedFootage(footage: Footage, { perFrame }: Deinterlacing): Footage {
  const progressive = { ...footage, source: { ...footage.source, field: 'progressive' as const } }
  if (perFrame === 1) return progressive
  const { info, index } = footage
  return {
    ...progressive,
    info: { ...info, rate: twice(info.rate), frameCount: 2 * info.frameCount },
    index: doubledIndex(index),
  }
}

export function progressiveLayout({ interlaced: _, ...layout }: PixelLayout): PixelLayout {
  return layout
}

/** The same moment, where frames are counted twice as fast; null where there is none. */
export function doubledTimecode(timecode: string | null, rate: Rational): string | null {
  const read = timecode === null ? null : readTimecode(timecode, rate)
  if (!read || !('frame' in read)) return null
  const { frame, dropFrame } = read
  return laterTimecode({ frame: 2 * frame, dropFrame: dropFrame && hasDropFrame(twice(rate)) }, 0, twice(rate))
}

/** What a segment is given beside its own frames. */
export interface SegmentEdges {
  /** The frame before its first one. */
  readonly lead: boolean
  /** Pictures that it is to have. */
  readonly count: number
}

export function deinterlaceFilters({ field, perFrame }: Deinterlacing, { lead, count }: SegmentEdges): string[] {
  const parity = field === 'top first' ? 'tff' : 'bff'
  const first = lead ? perFrame : 0
  return [
    `${DEINTERLACER}=mode=${perFrame === 2 ? 'send_field' : 'send_frame'}:parity=${parity}:deint=all`,
    `trim=start_frame=${first}:end_frame=${first + count}`,
  ]
}
