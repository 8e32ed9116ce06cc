/** At which rate the frames of a film come, and whether they come evenly. Pure. */
import type { Rational } from '../../../contract/schemas.ts'
import { reduced } from '../../ffmpeg/rational.ts'
import { usualStep } from './risingTimes.ts'

export interface Pace {
  readonly rate: Rational
  readonly variable: boolean
}

type Times = { readonly timeBase: Rational; readonly pts: ArrayLike<number> }

/**
 * What cameras, scanners and broadcasters use, silent film's rates among them; measured rates are taken for one of
 * these where they fit.
 */
const usualRates: readonly Rational[] = [
  [24, 1],
  [25, 1],
  [24000, 1001],
  [30, 1],
  [30000, 1001],
  [50, 1],
  [60, 1],
  [60000, 1001],
  [16, 1],
  [18, 1],
  [20, 1],
  [22, 1],
  [12, 1],
  [15, 1],
  [48, 1],
  [48000, 1001],
  [100, 1],
  [120, 1],
  [120000, 1001],
  [10, 1],
  [8, 1],
  [12000, 1001],
  [15000, 1001],
].map(([num, den]) => ({ num: num!, den: den! }))

/** Steps after which a pulldown may repeat: 2:3, 2:3:3:2, and one film rate within another one's ticks. */
const LONGEST_PATTERN = 40
/**
 * Steps that differ by more are pictures held on purpose; a field of television takes a fiftieth or a sixtieth of a
 * second.
 */
const LONGEST_FIELD_SECONDS = 0.05
/** Share of steps that are as long as the usual one, for it to name the rate of a film that varies. */
const MOSTLY = 0.5
/** By how much the rate of such a film may be off for its steps having been rounded apart from each other. */
const ROUNDED = 0.002

/** Share by which a stated rate may be off the usual one that it stands for: Matroska states it in nanoseconds. */
const STATED_ROUNDED = 3e-7

/** The usual rate that a stated one is but for its rounding; else that itself. */
function meant(stated: Rational): Rational {
  const value = ({ num, den }: Rational): number => num / den
  return usualRates.find((usual) => Math.abs(value(stated) / value(usual) - 1) < STATED_ROUNDED) ?? stated
}

function stepOf(rate: Rational, timeBase: Rational): number {
  return (timeBase.den * rate.den) / (timeBase.num * rate.num)
}

/**
 * Times may be off by the one tick that rounding costs; a tick that is coarse against a frame would let anything pass.
 */
const toleranceOf = (step: number): number => (step >= 4 ? 1.001 : 0.001)

function isEven({ pts, timeBase }: Times, rate: Rational): boolean {
  const step = stepOf(rate, timeBase)
  const tolerance = toleranceOf(step)
  const start = pts[0] ?? 0
  for (let n = 1; n < pts.length; n++) if (Math.abs(pts[n]! - start - n * step) > tolerance) return false
  return true
}

/**
 * Frames over the ticks they take where the steps repeat, as film does in the fields of television: the pictures are
 * even, only the ticks to show them on were not. Null where they don't.
 */
function patternSpan({ pts, timeBase }: Times): { frames: number; ticks: number; longSteps: number } | null {
  const start = pts[0] ?? 0
  let [shortest, longest] = [Infinity, 0]
  for (let n = 1; n < pts.length; n++) {
    shortest = Math.min(shortest, pts[n]! - pts[n - 1]!)
    longest = Math.max(longest, pts[n]! - pts[n - 1]!)
  }
  if ((longest - shortest) * timeBase.num > LONGEST_FIELD_SECONDS * timeBase.den) return null
  for (let period = 2; period <= LONGEST_PATTERN && pts.length > 2 * period; period++) {
    const ticks = pts[period]! - start
    const step = ticks / period
    const tolerance = toleranceOf(step)
    const repeats = (): boolean => {
      for (let n = 0; n < pts.length; n++) {
        if (n + period < pts.length && Math.abs(pts[n + period]! - pts[n]! - ticks) > 2 * tolerance) return false
        if (Math.abs(pts[n % period]! - start - (n % period) * step) > longest - shortest + tolerance) return false
      }
      return true
    }
    if (!repeats()) continue
    const frames = Math.floor((pts.length - 1) / period) * period
    const long = (n: number): boolean => 2 * (pts[n + 1]! - pts[n]!) > shortest + longest
    const longSteps = Array.from({ length: period }, (_, n) => n).filter(long).length
    return { frames, ticks: pts[frames]! - start, longSteps }
  }
  return null
}

/** The rate among the stated and the usual ones at which 'frames' take 'ticks'; else the very quotient. */
function named(frames: number, ticks: number, timeBase: Rational, stated: Rational | null, slack = 0): Rational {
  const tolerance = Math.max(2 * toleranceOf(ticks / frames), slack * ticks)
  const fits = (rate: Rational): boolean => Math.abs(frames * stepOf(rate, timeBase) - ticks) <= tolerance
  return (
    [...(stated === null ? [] : [stated]), ...usualRates].find(fits) ??
    reduced(frames * timeBase.den, ticks * timeBase.num)
  )
}

/** @param statedRate by the container; null where it says nothing */
export function pace(times: Times, statedRate: Rational | null): Pace {
  const { pts, timeBase } = times
  const stated = statedRate && meant(statedRate)
  const count = pts.length
  const span = (pts[count - 1] ?? 0) - (pts[0] ?? 0)
  if (count < 2 || span <= 0) return { rate: stated ?? { num: 24, den: 1 }, variable: false }
  if (stated !== null && isEven(times, stated)) return { rate: stated, variable: false }
  const average = named(count - 1, span, timeBase, stated)
  if (isEven(times, average)) return { rate: average, variable: false }
  const pattern = patternSpan(times)
  if (pattern) {
    const rate = named(pattern.frames, pattern.ticks, timeBase, stated)
    // A camera that leaves out every n-th picture has a pattern as well, of one long step, and of a rate that is none.
    if (usualRates.includes(rate) || pattern.longSteps > 1) return { rate, variable: false }
  }
  return {
    rate:
      usualRate(times) ??
      reduced(Math.max(1, Math.round((((count - 1) * timeBase.den) / (span * timeBase.num)) * 1000)), 1000),
    variable: true,
  }
}

/**
 * The rate of the frames that do keep step, where they are most of the film: a title that is held makes it no slower.
 */
function usualRate({ pts, timeBase }: Times): Rational | null {
  const usual = usualStep(pts)
  if (usual === null) return null
  const tolerance = toleranceOf(usual)
  let frames = 0
  let ticks = 0
  for (let n = 1; n < pts.length; n++) {
    const step = pts[n]! - pts[n - 1]!
    if (Math.abs(step - usual) > tolerance) continue
    frames++
    ticks += step
  }
  return frames <= MOSTLY * (pts.length - 1) ? null : named(frames, ticks, timeBase, null, ROUNDED)
}
