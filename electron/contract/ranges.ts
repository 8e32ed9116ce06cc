/** Sets of frames as ranges [from, to): sorted, not overlapping, not touching. Pure. */
import type { FrameRange } from './schemas.ts'

/** Any ranges, in any order, as a proper set. */
export function unite(ranges: readonly FrameRange[]): FrameRange[] {
  const sorted = ranges.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from)
  const united: FrameRange[] = []
  for (const { from, to } of sorted) {
    const last = united.at(-1)
    if (last && from <= last.to) united[united.length - 1] = { from: last.from, to: Math.max(last.to, to) }
    else united.push({ from, to })
  }
  return united
}

/** The frames of the first set that are not in the second. */
export function subtract(ranges: readonly FrameRange[], taken: readonly FrameRange[]): FrameRange[] {
  const left: FrameRange[] = []
  const holes = unite(taken)
  let hole = 0
  for (const { from, to } of unite(ranges)) {
    let start = from
    while (hole < holes.length && holes[hole]!.to <= start) hole++
    for (let index = hole; index < holes.length && holes[index]!.from < to; index++) {
      if (start < holes[index]!.from) left.push({ from: start, to: holes[index]!.from })
      start = holes[index]!.to
    }
    if (start < to) left.push({ from: start, to })
  }
  return left
}

/** The set with a range in it. */
export const addRange = (set: readonly FrameRange[], added: FrameRange): FrameRange[] => unite([...set, added])

/** The set without the frames of a range. */
export const removeRange = (set: readonly FrameRange[], taken: FrameRange): FrameRange[] => subtract(set, [taken])

export const countFrames = (ranges: readonly FrameRange[]): number =>
  ranges.reduce((sum, { from, to }) => sum + to - from, 0)

export const framesOf = ({ from, to }: FrameRange): number[] => Array.from({ length: to - from }, (_, n) => from + n)

/** Frames in any order as ranges. */
export function rangesOf(frames: Iterable<number>): FrameRange[] {
  const ranges: FrameRange[] = []
  for (const frame of [...new Set(frames)].sort((a, b) => a - b)) extendRanges(ranges, frame)
  return ranges
}

/** Adds a frame to a list of ranges that is built in ascending order. */
export function extendRanges(ranges: FrameRange[], frame: number): void {
  const last = ranges.at(-1)
  if (last && last.to === frame) ranges[ranges.length - 1] = { from: last.from, to: frame + 1 }
  else ranges.push({ from: frame, to: frame + 1 })
}

export const holdsFrame = ({ from, to }: FrameRange, frame: number): boolean => frame >= from && frame < to

/** Whether one of any ranges, in any order, holds a frame. */
export const includesFrame = (set: readonly FrameRange[], frame: number): boolean =>
  set.some((range) => holdsFrame(range, frame))

/** Those of any frames that a range holds, in their order. */
export const framesWithin = (frames: Iterable<number>, range: FrameRange): number[] =>
  [...frames].filter((frame) => holdsFrame(range, frame))

/** The record of a list (in order, not overlapping) that holds a frame. */
export function recordAt<T extends FrameRange>(records: readonly T[], frame: number): T | undefined {
  const found = records[firstAfter(records, frame)]
  return found && found.from <= frame ? found : undefined
}

export function intersect(ranges: readonly FrameRange[], within: FrameRange): FrameRange[] {
  return unite(ranges.map(({ from, to }) => ({ from: Math.max(from, within.from), to: Math.min(to, within.to) })))
}

/** Like intersect for records in order that carry more than their range. */
export function within<T extends FrameRange>(records: readonly T[], range: FrameRange): T[] {
  return overlapping(records, range).map((record) => ({
    ...record,
    from: Math.max(record.from, range.from),
    to: Math.min(record.to, range.to),
  }))
}

/** Like subtract for records that carry more than their range: what is left of each keeps the rest of its record. */
export function carveOut<T extends FrameRange>(records: readonly T[], taken: readonly FrameRange[]): T[] {
  const holes = unite(taken)
  return records.flatMap((record) => {
    const near = overlapping(holes, record)
    return near.length === 0 ? [record] : subtract([record], near).map((part) => ({ ...record, ...part }))
  })
}

/** Those of many ranges, in order and without overlaps, that have frames in common with one; looks at no others. */
export function overlapping<T extends FrameRange>(ranges: readonly T[], { from, to }: FrameRange): T[] {
  const found: T[] = []
  for (let index = firstAfter(ranges, from); index < ranges.length && ranges[index]!.from < to; index++)
    found.push(ranges[index]!)
  return found
}

/** Index of the first of such ranges that ends after a frame. */
function firstAfter(ranges: readonly FrameRange[], frame: number): number {
  let [low, high] = [0, ranges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ranges[middle]!.to > frame) high = middle
    else low = middle + 1
  }
  return low
}
