/**
 * Flicker of color: how far a frame's mean color is from where its neighbors in the shot would have it. Slow changes and
 * colors that come into the picture evenly are none; a frame that jumps away, or from which on the color is another, is.
 */
import { median } from '../../electron/contract/smoothConfidence.ts'
import type { FrameRange } from '../../electron/contract/schemas.ts'

interface MeanColor {
  readonly u: number
  readonly v: number
}

/** Odd is what stands out of the shot's own unrest by this many standard deviations (as estimated by the median). */
const STANDS_OUT = 6
/** Changes of mean chroma smaller than this are not seen: about half a step of 8 bits. */
const SEEN = 0.002
/** Median absolute deviation to standard deviation, for a normal distribution. */
const NORMAL = 1.4826

export interface FlickerCurve {
  /** From the first frame of the range on: distance in the plane of U and V; NaN where it can not be told. */
  readonly flicker: Float32Array
  /** Frames to look at, ascending. */
  readonly oddFrames: readonly number[]
}

/**
 * @param means mean chroma by frame from `range.from` on; NaN where a frame is not colored
 * @param shots in order, covering the range
 */
export function flickerCurve({ u, v }: { readonly u: ArrayLike<number>; readonly v: ArrayLike<number> }, range: FrameRange, shots: readonly FrameRange[]): FlickerCurve {
  const colorAt = (n: number): MeanColor | null => (Number.isNaN(u[n] ?? NaN) ? null : { u: u[n]!, v: v[n]! })
  const flicker = new Float32Array(range.to - range.from).fill(NaN)
  const oddFrames: number[] = []
  for (const shot of shots) {
    const from = Math.max(shot.from, range.from)
    const to = Math.min(shot.to, range.to)
    for (let frame = from; frame < to; frame++) {
      const at = (n: number): MeanColor | null => (n >= from && n < to ? colorAt(n - range.from) : null)
      flicker[frame - range.from] = strangeness(at, frame)
    }
    oddFrames.push(...oddIn(flicker.subarray(Math.max(0, from - range.from), Math.max(0, to - range.from))).map((n) => from + n))
  }
  return { flicker, oddFrames }
}

function strangeness(at: (frame: number) => MeanColor | null, frame: number): number {
  const [here, before, after] = [at(frame), at(frame - 1), at(frame + 1)]
  if (!here || (!before && !after)) return NaN
  if (before && after) return Math.hypot(here.u - (before.u + after.u) / 2, here.v - (before.v + after.v) / 2)
  // At an end of a shot, and beside frames without color, a line through the two on the other side says what is expected.
  // It says so with half the weight: if the nearer of the two is odd itself, that one is to be found.
  const [near, far] = before ? [before, at(frame - 2)] : [after!, at(frame + 2)]
  const step = Math.hypot(here.u - near.u, here.v - near.v)
  if (!far) return step / 2
  return Math.min(step, Math.hypot(here.u - 2 * near.u + far.u, here.v - 2 * near.v + far.v)) / 2
}

/** Of neighboring odd frames the oddest stands for all: a jump shows in the frames beside it, too. */
function oddIn(flicker: Float32Array): number[] {
  const known = [...flicker].filter((value) => !Number.isNaN(value))
  const usual = median(known)
  const threshold = Math.max(SEEN, usual + STANDS_OUT * NORMAL * median(known.map((value) => Math.abs(value - usual))))
  const odd: number[] = []
  for (let n = 0; n < flicker.length; n++) {
    if (!(flicker[n]! > threshold)) continue
    const last = odd[odd.length - 1]
    if (last === undefined || n - last > 1) odd.push(n)
    else if (flicker[n]! > flicker[last]!) odd[odd.length - 1] = n
  }
  return odd
}

/** The next odd frame in a direction, around the end to the other side; null where there is none. */
export function nextOddFrame(oddFrames: readonly number[], from: number, direction: 1 | -1): number | null {
  if (oddFrames.length === 0) return null
  const beyond = direction > 0 ? oddFrames.find((frame) => frame > from) : [...oddFrames].reverse().find((frame) => frame < from)
  return beyond ?? (direction > 0 ? oddFrames[0]! : oddFrames[oddFrames.length - 1]!)
}
