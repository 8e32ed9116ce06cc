/**
 * The pass's confidence as the timeline's strip shows it and as suggestions of pins read it: alike in window and main.
 */
import type { FrameRange } from './schemas.ts'

/** Frames on each side that the median and the mean read. */
const MEDIAN_RADIUS = 4
const MEAN_RADIUS = 2

/**
 * Takes out the jitter from frame to frame and keeps what lasts: the median of nine frames, then the mean of five; a
 * single frame's doubt (a flash, a splice) is no reason for a pin. Never looks across a cut. A two-hour film takes a
 * few hundredths of a second.
 * @param confidences 0..1 by frame from `range.from` on; NaN where a frame has none, and there stays so
 * @param shots in order, covering the range
 */
export function smoothConfidence(
  confidences: Float32Array,
  range: FrameRange,
  shots: readonly FrameRange[],
): Float32Array<ArrayBuffer> {
  const steady = overWindows(confidences, range, shots, MEDIAN_RADIUS, medianOfFirst)
  return overWindows(steady, range, shots, MEAN_RADIUS, meanOfFirst)
}

/** @param join of the first `count` values, which it may put into another order */
function overWindows(
  values: Float32Array,
  range: FrameRange,
  shots: readonly FrameRange[],
  radius: number,
  join: (values: Float32Array, count: number) => number,
): Float32Array<ArrayBuffer> {
  const result = new Float32Array(values.length).fill(NaN)
  const around = new Float32Array(2 * radius + 1)
  for (const shot of shots) {
    const from = Math.max(0, shot.from - range.from)
    const to = Math.min(values.length, shot.to - range.from)
    for (let n = from; n < to; n++) {
      if (Number.isNaN(values[n]!)) continue
      let count = 0
      const last = Math.min(to - 1, n + radius)
      for (let m = Math.max(from, n - radius); m <= last; m++) {
        const value = values[m]!
        if (!Number.isNaN(value)) around[count++] = value
      }
      result[n] = join(around, count)
    }
  }
  return result
}

function meanOfFirst(values: Float32Array, count: number): number {
  let sum = 0
  for (let n = 0; n < count; n++) sum += values[n]!
  return sum / count
}

/** Of so few, sorting by insertion is the fastest. */
function medianOfFirst(values: Float32Array, count: number): number {
  for (let n = 1; n < count; n++) {
    const value = values[n]!
    let m = n - 1
    for (; m >= 0 && values[m]! > value; m--) values[m + 1] = values[m]!
    values[m + 1] = value
  }
  return middleOf(values, count)
}

/** 0 of no values. Sorts them in their place. */
export function median(values: Float32Array): number {
  return values.length === 0 ? 0 : middleOf(values.sort(), values.length)
}

function middleOf(sorted: Float32Array, count: number): number {
  const middle = count >> 1
  return count % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
