/** The timecode that an export starts with (SMPTE ST 12-1). Pure. */
import type { Rational } from '../../contract/schemas.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { hasDropFrame, laterTimecode, parsePosition, readTimecode, type Timecode } from '../../contract/timecode.ts'
import { UserError } from '../../contract/userError.ts'

export interface StartTimecode {
  /** hh:mm:ss:ff, a semicolon before the frames in drop-frame; null where the export gets none. */
  readonly timecode: string | null
  readonly note: Sentence | null
}

interface FilmRate {
  readonly rate: Rational
  readonly variableRate: boolean
}

/**
 * @param wish what was typed for the export's first frame; null for what follows from the film's own
 * @param ofFilm the film's own start timecode, null where it has none
 * @param frame of the film that the export starts with
 * @throws UserError 'bad-argument' where what was typed does not exist at the film's rate
 */
export function startTimecode(
  wish: string | null,
  ofFilm: string | null,
  frame: number,
  { rate, variableRate }: FilmRate,
): StartTimecode {
  if (wish !== null) return { timecode: laterTimecode(typedTimecode(wish, rate), 0, rate), note: null }
  if (ofFilm === null) return { timecode: null, note: null }
  const first = filmTimecode(ofFilm, rate)
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
  const timecode = laterTimecode(first, frame, rate)
  if (isDropFrame(ofFilm) && !first.dropFrame) {
    return {
      timecode,
      note: sentence`The film’s timecode “${ofFilm}” counts as drop-frame, which its frame rate does not have; the export’s starts at “${timecode}”.`,
    }
  }
  return { timecode, note: null }
}

const isDropFrame = (timecode: string): boolean => /[;.]\d+$/.test(timecode)

/**
 * What stands in a film is taken as it is meant: what drop-frame leaves out as the next one, drop-frame where there is
 * none without.
 */
function filmTimecode(text: string, rate: Rational): Timecode | null {
  const drop = isDropFrame(text) && hasDropFrame(rate)
  const read = readTimecode(drop ? text : text.replace(/[;.](\d+)$/, ':$1'), rate)
  if ('frame' in read) return read
  const frame = drop ? parsePosition(text, rate) : null
  return frame === null ? null : { frame, dropFrame: true }
}

/** @throws UserError 'bad-argument' */
export function typedTimecode(text: string, rate: Rational): Timecode {
  const read = readTimecode(text, rate)
  if ('frame' in read) return read
  throw new UserError('bad-argument', read, sentence`Correct the start timecode.`)
}

/** The timecode n frames behind one that exists; null where there is none. */
export function timecodeFrom(timecode: string | null, n: number, rate: Rational): string | null {
  const first = timecode === null ? null : readTimecode(timecode, rate)
  return first && 'frame' in first ? laterTimecode(first, n, rate) : null
}
