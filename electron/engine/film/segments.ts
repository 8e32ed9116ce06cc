/** Which way colors run through a film: what each frame's coloring is computed from, given the cuts and the pins. */
import type { PlannedSegment } from '../../contract/filmEdits.ts'
import type { FrameRange } from '../../contract/schemas.ts'

/** A segment as the engine plans it by itself; the key of its colorings is put to it later. */
export type Segment = Omit<PlannedSegment, 'key'>

/**
 * Covers 0..frameCount without gaps, in order.
 * @param cuts first frames of shots, ascending; 0 may be left out
 * @param pins frame numbers, ascending
 */
export function planSegments(frameCount: number, cuts: readonly number[], pins: readonly number[]): Segment[] {
  const segments: Segment[] = []
  const add = (kind: Segment['kind'], from: number, to: number, read: readonly number[]): void => {
    if (from < to) segments.push({ kind, from, to, pins: read })
  }
  const starts = [0, ...cuts.filter((cut) => cut > 0 && cut < frameCount)]
  let next = 0
  for (let shot = 0; shot < starts.length; shot++) {
    const start = starts[shot]!
    const end = starts[shot + 1] ?? frameCount
    const inside: number[] = []
    while (next < pins.length && pins[next]! < end) {
      if (pins[next]! >= start) inside.push(pins[next]!)
      next++
    }
    const first = inside[0]
    if (first === undefined) {
      add('automatic', start, end, [])
      continue
    }
    add('backward', start, first, [first])
    inside.forEach((pin, n) => {
      const following = inside[n + 1]
      add('pin', pin, pin + 1, [pin])
      add('forward', pin + 1, following ?? end, following === undefined ? [pin] : [pin, following])
    })
  }
  return segments
}

/** The segment that holds a frame. */
export function segmentAt<T extends FrameRange>(segments: readonly T[], frame: number): T {
  let low = 0
  let high = segments.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (segments[middle]!.from <= frame) low = middle
    else high = middle - 1
  }
  const found = segments[low]
  if (!found || frame < found.from || frame >= found.to) throw new RangeError(`frame ${frame} lies outside the film`)
  return found
}

/** Adds a frame to a list of ranges that is built in ascending order. */
export function extendRanges(ranges: FrameRange[], frame: number): void {
  const last = ranges[ranges.length - 1]
  if (last && last.to === frame) ranges[ranges.length - 1] = { from: last.from, to: frame + 1 }
  else ranges.push({ from: frame, to: frame + 1 })
}
