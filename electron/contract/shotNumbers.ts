/** Shots as somebody names them: '1, 3, 5-7', counted from 1. Pure. */
import type { FrameRange } from './schemas.ts'

/** The numbers that are named, as spans; null where it is no list of numbers. */
function spansOf(text: string): (readonly [first: number, last: number])[] | null {
  const spans: (readonly [number, number])[] = []
  for (const part of text.split(',')) {
    const [, first, last = first] = /^\s*(\d{1,6})\s*(?:[-–]\s*(\d{1,6})\s*)?$/.exec(part) ?? []
    if (first === undefined || Number(first) < 1 || Number(first) > Number(last)) return null
    spans.push([Number(first), Number(last)])
  }
  return spans
}

/** Whether it can be a list of shots, however many there are. */
export const isShotList = (text: string): boolean => spansOf(text) !== null

/**
 * The frames of these shots in the order of the film; those that lie side by side are one piece.
 * @returns null where that is no list of shots that there are
 */
export function shotPieces(text: string, shots: readonly FrameRange[]): FrameRange[] | null {
  const spans = spansOf(text)
  if (spans === null || spans.some(([, last]) => last > shots.length)) return null
  const chosen = new Set<number>()
  for (const [first, last] of spans) for (let number = first; number <= last; number++) chosen.add(number)
  const pieces: FrameRange[] = []
  for (const number of [...chosen].sort((a, b) => a - b)) {
    const { from, to } = shots[number - 1]!
    const before = pieces.at(-1)
    if (before?.to === from) pieces[pieces.length - 1] = { from: before.from, to }
    else pieces.push({ from, to })
  }
  return pieces
}

/** From the first frame of pieces to the last one. */
export function spanOf(pieces: readonly FrameRange[]): FrameRange {
  return { from: pieces[0]?.from ?? 0, to: pieces.at(-1)?.to ?? 0 }
}
