/** The timecode that an export starts with (SMPTE ST 12-1). Pure. */
import type { Rational } from '../../contract/schemas.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { formatTimecode, hasDropFrame, nominalRate, parsePosition } from '../../contract/timecode.ts'

export interface StartTimecode {
  /** hh:mm:ss:ff, a semicolon before the frames in drop-frame; null where the export gets none. */
  readonly timecode: string | null
  readonly note: Sentence | null
}

const HOURS = 24

/**
 * @param ofFilm the film's own start timecode, null where it has none
 * @param frame of the film that the export starts with
 */
export function startTimecode(
  ofFilm: string | null,
  frame: number,
  { rate, variableRate }: { readonly rate: Rational; readonly variableRate: boolean },
): StartTimecode {
  if (ofFilm === null) return { timecode: null, note: null }
  const counted = /[;.]\d+$/.test(ofFilm) ? 'drop' : 'all'
  // Without drop-frame codes count as at the whole rate.
  const drop = counted === 'drop' && hasDropFrame(rate)
  const by = drop ? rate : { num: nominalRate(rate), den: 1 }
  const first = /^\d{2}:\d{2}:\d{2}[:;.]\d{2,3}$/.test(ofFilm) ? parsePosition(ofFilm, by) : null
  if (first === null) {
    return {
      timecode: null,
      note: sentence`The film’s timecode “${ofFilm}” does not exist at its frame rate; the export has none.`,
    }
  }
  if (variableRate && frame > 0) {
    return {
      timecode: null,
      note: sentence`The frame rate varies, so what the timecode is at the start of this part is not known; the export has none.`,
    }
  }
  const day =
    parsePosition(`${HOURS - 1}:59:59:${by.num === rate.num && drop ? nominalRate(rate) - 1 : by.num - 1}`, by)! + 1
  const timecode = formatTimecode((first + frame) % day, by)
  if (counted === 'drop' && !drop) {
    return {
      timecode,
      note: sentence`The film’s timecode “${ofFilm}” counts as drop-frame, which its frame rate does not have; the export’s starts at “${timecode}”.`,
    }
  }
  return { timecode, note: null }
}
