/**
 * Flicker of color: how far a frame's mean color is from where its neighbors in the shot would have it. Slow changes
 * and colors that come into the picture evenly are none; a frame that jumps away, or from which on the color is
 * another, is.
 */
import type { FrameRange } from './schemas.ts'
import { median } from './smoothConfidence.ts'

/** Odd is what stands out of the shot's own unrest by this many standard deviations (as estimated by the median). */
const STANDS_OUT = 6
/** Changes of mean chroma smaller than this are not seen: about half a step of 8 bits. */
const SEEN = 0.002
/** Median absolute deviation to standard deviation, for a normal distribution. */
const NORMAL = 1.4826

/** Mean chroma by frame, -0.5..0.5; NaN where a frame is not colored. */
export interface MeanColors {
  readonly u: ArrayLike<number>
  readonly v: ArrayLike<number>
}

/**
 * Flicker of the frames `part` of a shot, written to the same places of `flicker`: distance in the plane of U and V;
 * NaN where it can not be told. Reads up to two frames on each side of the part, but nothing beyond the shot.
 */
export function measureFlicker(colors: MeanColors, shot: FrameRange, part: FrameRange, flicker: Float32Array): void {
  const to = Math.min(shot.to, part.to, flicker.length)
  for (let frame = Math.max(shot.from, part.from); frame < to; frame++)
    flicker[frame] = strangeness(colors, shot, frame)
}

function strangeness({ u, v }: MeanColors, shot: FrameRange, frame: number): number {
  const known = (at: number): boolean => at >= shot.from && at < shot.to && !Number.isNaN(u[at] ?? NaN)
  const [before, after] = [known(frame - 1), known(frame + 1)]
  if (!known(frame) || (!before && !after)) return NaN
  const [hereU, hereV] = [u[frame]!, v[frame]!]
  if (before && after)
    return length(hereU - (u[frame - 1]! + u[frame + 1]!) / 2, hereV - (v[frame - 1]! + v[frame + 1]!) / 2)
  // At an end of a shot, and beside frames without color, a line through the two on the other side says what is
  // expected. It says so with half the weight: if the nearer of the two is odd itself, that one is to be found.
  const toward = before ? -1 : 1
  const [near, far] = [frame + toward, frame + 2 * toward]
  const step = length(hereU - u[near]!, hereV - v[near]!)
  if (!known(far)) return step / 2
  return Math.min(step, length(hereU - 2 * u[near]! + u[far]!, hereV - 2 * v[near]! + v[far]!)) / 2
}

const length = (u: number, v: number): number => Math.sqrt(u * u + v * v)

/**
 * Frames of a shot to look at, ascending. Of neighboring odd frames the oddest stands for all: a jump shows in the
 * frames beside it, too.
 * @param flicker by frame of the film
 */
export function oddFramesOf(flicker: Float32Array, shot: FrameRange): number[] {
  const inShot = flicker.subarray(shot.from, shot.to)
  const known = inShot.filter((value) => !Number.isNaN(value))
  const usual = median(known)
  const threshold = Math.max(SEEN, usual + STANDS_OUT * NORMAL * median(known.map((value) => Math.abs(value - usual))))
  const odd: number[] = []
  for (let n = 0; n < inShot.length; n++) {
    if (!(inShot[n]! > threshold)) continue
    const last = odd[odd.length - 1]
    if (last === undefined || n - last > 1) odd.push(n)
    else if (inShot[n]! > inShot[last]!) odd[odd.length - 1] = n
  }
  return odd.map((n) => shot.from + n)
}

/** The next odd frame in a direction, around the end to the other side; null where there is none. */
export function nextOddFrame(oddFrames: readonly number[], from: number, direction: 1 | -1): number | null {
  if (oddFrames.length === 0) return null
  const beyond =
    direction > 0 ? oddFrames.find((frame) => frame > from) : [...oddFrames].reverse().find((frame) => frame < from)
  return beyond ?? (direction > 0 ? oddFrames[0]! : oddFrames[oddFrames.length - 1]!)
}
