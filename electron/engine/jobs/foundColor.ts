/** What an artist is told of the colors that a film has already. */
import type { FoundShots } from '../../contract/foundShots.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { listed, sentence, type Sentence, type SentenceValue } from '../../contract/sentence.ts'

/** So few frames are a title, a splice or a doubt: nothing to speak of. */
const LEAST_FRAMES = 6
const NAMED = 3

/** At most one sentence of colors, and one of tints, about the frames of a range. */
export function foundColorSentences(colored: FoundShots['colored'], { from, to }: FrameRange): Sentence[] {
  const of = (kind: 'tinted' | 'color'): FrameRange[] =>
    colored
      .filter((range) => range.kind === kind && range.from < to && range.to > from)
      .map((range) => ({ from: Math.max(from, range.from), to: Math.min(to, range.to) }))
      .filter((range) => range.to - range.from >= LEAST_FRAMES)
  const [colors, tints] = [of('color'), of('tinted')]
  return [
    ...(colors.length > 0
      ? [
          sentence`Frames ${named(colors)} are in color already. They are colored anew, unless their shots are told to keep their own colors.`,
        ]
      : []),
    ...(tints.length > 0
      ? [
          sentence`Frames ${named(tints)} are tinted. The tint is taken for none of the picture’s colors; they are colored like gray ones.`,
        ]
      : []),
  ]
}

/** '0–47, 96–143 and 2 more'; last frames are named, not those after them. */
function named(ranges: readonly FrameRange[]): SentenceValue {
  const words = ranges.slice(0, NAMED).map(({ from, to }) => `${from}–${to - 1}`)
  return listed(ranges.length > NAMED ? [...words, sentence`${ranges.length - NAMED} more`] : words)
}
