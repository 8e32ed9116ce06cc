/** Sets of frames as sorted, separate ranges [from, to). */
import type { FrameRange } from '../../electron/contract/schemas.ts'

/** @returns `set` with `added` in it */
export function addRange(set: readonly FrameRange[], added: FrameRange): FrameRange[] {
  let { from, to } = added
  const apart: FrameRange[] = []
  for (const range of set) {
    if (range.to < from || range.from > to) apart.push(range)
    else {
      from = Math.min(from, range.from)
      to = Math.max(to, range.to)
    }
  }
  return [...apart, { from, to }].sort((a, b) => a.from - b.from)
}

/** @returns `set` without the frames of `taken` */
export function removeRange(set: readonly FrameRange[], taken: FrameRange): FrameRange[] {
  return set.flatMap((range) => {
    if (range.to <= taken.from || range.from >= taken.to) return [range]
    return [
      { from: range.from, to: taken.from },
      { from: taken.to, to: range.to },
    ].filter(({ from, to }) => from < to)
  })
}

export function includesFrame(set: readonly FrameRange[], frame: number): boolean {
  return set.some(({ from, to }) => frame >= from && frame < to)
}

export function countFrames(set: readonly FrameRange[]): number {
  return set.reduce((sum, { from, to }) => sum + to - from, 0)
}

/** @returns `set` without the frames of all of `taken`; linear in both */
export function subtractRanges(set: readonly FrameRange[], taken: readonly FrameRange[]): FrameRange[] {
  const left: FrameRange[] = []
  let first = 0
  for (const { from, to } of set) {
    let start = from
    while (first < taken.length && taken[first]!.to <= from) first++
    for (let n = first; n < taken.length && taken[n]!.from < to; n++) {
      if (start < taken[n]!.from) left.push({ from: start, to: taken[n]!.from })
      start = Math.max(start, taken[n]!.to)
    }
    if (start < to) left.push({ from: start, to })
  }
  return left
}
