/** Where a new pin would help most. */
import type { Clip } from '../../contract/projectDocument.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { lockedFrames } from '../commands/pinCommands.ts'
import { stretchesOf } from './passKeys.ts'
import { subtract } from '../../contract/ranges.ts'

export interface PinSuggestion {
  readonly frame: number
  /** Doubt that a pin here would take away: the sum of 1 - confidence over the frames that would read it. */
  readonly gain: number
}

/**
 * A pin serves the frames around it up to the next pins, the nearer the better: its worth at frame f is the doubt
 * (1 - confidence, 0..1) of each frame of its stretch, weighted by exp(-distance / reach). Frames without a confidence
 * (NaN, or beyond the array) count as half sure. The frame of the greatest worth is suggested; ties go to the earlier
 * one. Null where all frames are pinned, locked, or as good as certain (worth below 0.05). Linear in the number of
 * frames: exponential weights are two running sums.
 */
export function suggestNextPin(
  clip: Clip,
  confidences: ArrayLike<number>,
  within?: FrameRange,
  reach = 48,
): PinSuggestion | null {
  const decay = Math.exp(-1 / reach)
  let best: PinSuggestion | null = null
  for (const stretch of stretchesOf(clip)) {
    for (const part of subtract([stretch], lockedFrames(clip))) {
      const { from, to } = part
      const doubt = new Float64Array(to - from)
      for (let frame = from; frame < to; frame++) {
        const confidence = confidences[frame]
        doubt[frame - from] =
          confidence === undefined || Number.isNaN(confidence) ? 0.5 : 1 - Math.min(1, Math.max(0, confidence))
      }
      const worth = Float64Array.from(doubt)
      for (let index = 0, sum = 0; index < doubt.length; index++) {
        worth[index]! += sum
        sum = (sum + doubt[index]!) * decay
      }
      for (let index = doubt.length - 1, sum = 0; index >= 0; index--) {
        worth[index]! += sum
        sum = (sum + doubt[index]!) * decay
      }
      for (let index = 0; index < worth.length; index++) {
        const frame = from + index
        if (within && (frame < within.from || frame >= within.to)) continue
        if (worth[index]! >= 0.05 && (!best || worth[index]! > best.gain + 1e-9)) best = { frame, gain: worth[index]! }
      }
    }
  }
  return best
}
