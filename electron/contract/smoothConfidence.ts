/** The pass's confidence as the timeline's strip shows it and as suggestions of pins read it: alike in window and main. */
import type { FrameRange } from './schemas.ts'

/**
 * Takes out the jitter from frame to frame and keeps what lasts: the median of nine frames, then the mean of five; a
 * single frame's doubt (a flash, a splice) is no reason for a pin. Never looks across a cut.
 * @param confidences 0..1 by frame from `range.from` on; NaN where a frame has none, and there stays so
 * @param shots in order, covering the range
 */
export function smoothConfidence(confidences: Float32Array, range: FrameRange, shots: readonly FrameRange[]): Float32Array {
  const steady = overWindows(confidences, range, shots, 4, median)
  return overWindows(steady, range, shots, 2, (values) => values.reduce((sum, value) => sum + value, 0) / values.length)
}

function overWindows(
  values: Float32Array,
  range: FrameRange,
  shots: readonly FrameRange[],
  radius: number,
  join: (values: readonly number[]) => number,
): Float32Array {
  const result = new Float32Array(values.length).fill(NaN)
  for (const shot of shots) {
    const from = Math.max(0, shot.from - range.from)
    const to = Math.min(values.length, shot.to - range.from)
    for (let n = from; n < to; n++) {
      if (Number.isNaN(values[n]!)) continue
      const around = values.subarray(Math.max(from, n - radius), Math.min(to, n + radius + 1))
      result[n] = join([...around].filter((value) => !Number.isNaN(value)))
    }
  }
  return result
}

/** 0 of no values. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return 0
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
