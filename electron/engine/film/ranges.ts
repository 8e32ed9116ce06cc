/** Looking frames up in lists of ranges, and building such lists. */
import type { FrameRange } from '../../contract/schemas.ts'

/** The record of a list (in order, not overlapping) that holds a frame. */
export function recordAt<T extends FrameRange>(records: readonly T[], frame: number): T | undefined {
  let low = 0
  let high = records.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (records[middle]!.to <= frame) low = middle + 1
    else high = middle
  }
  const found = records[low]
  return found && found.from <= frame ? found : undefined
}

/** Adds a frame to a list of ranges that is built in ascending order. */
export function extendRanges(ranges: FrameRange[], frame: number): void {
  const last = ranges[ranges.length - 1]
  if (last && last.to === frame) ranges[ranges.length - 1] = { from: last.from, to: frame + 1 }
  else ranges.push({ from: frame, to: frame + 1 })
}
