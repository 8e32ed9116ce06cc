/** Sets of frames as ranges [from, to): sorted, not overlapping, not touching. */
import type { PassResult } from '../contract/projectDocument.ts'
import type { FrameRange } from '../contract/schemas.ts'

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

export const countFrames = (ranges: readonly FrameRange[]): number =>
  ranges.reduce((sum, { from, to }) => sum + to - from, 0)

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

/** In order, and neighbors with one key and mode as one record. */
export function mergeResults(results: readonly PassResult[]): PassResult[] {
  const merged: PassResult[] = []
  for (const result of [...results].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last && last.to === result.from && last.key === result.key && last.mode === result.mode) {
      merged[merged.length - 1] = { ...last, to: result.to }
    } else merged.push(result)
  }
  return merged
}
