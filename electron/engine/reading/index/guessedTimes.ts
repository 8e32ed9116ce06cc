/**
 * Sets right the times of films that store none to show their pictures at: bare streams, and containers that count
 * packets in their order of decoding. What ffmpeg reckons for those goes wrong where a film begins and where it ends.
 * Pure.
 */
import { isRising, usualStep } from './risingTimes.ts'

/** A decoder keeps at most so many pictures back for their order of showing (H.264 and H.265), one more is in hand. */
const HELD_BACK = 17
/** Ends are set right where the times between them are even and are the most. */
const MOSTLY = 2 / 3
/** No film shows so many pictures while its packets say that one is shown: its times are their numbers. */
const COUNTED = 200

/** The longest run of steps that are as long as the usual one: its first and its last picture. */
function evenRun(times: readonly number[], step: number): { from: number; to: number } {
  const best = { from: 0, to: 0 }
  for (let from = 0, n = 1; n < times.length; n++) {
    if (Math.abs(times[n]! - times[n - 1]! - step) > 0.001 * step) from = n
    if (n - from > best.to - best.from) Object.assign(best, { from, to: n })
  }
  return best
}

/**
 * Times of a film some of whose packets store none. In its midst they follow from the order of decoding, and are right.
 * The first picture may stand where it is decoded, before its time; those that a decoder gives out at the end follow
 * each other by the duration of a packet, which in some containers is that of one field. Where all between is even, the
 * ends are as well. Others, which may be held on purpose, are left as they are.
 * @param times in ticks, in the order of showing
 */
export function withEvenEnds(times: readonly number[]): readonly number[] {
  const step = usualStep(times)
  if (step === null || !isRising(times)) return times
  const { from, to } = evenRun(times, step)
  const last = times.length - 1
  const isEarly = from === 1 && times[1]! - times[0]! <= 3 * step
  const isHurried = last - to <= HELD_BACK && times.every((time, n) => n <= to || time - times[n - 1]! < step)
  if ((from > 0 && !isEarly) || !isHurried || to - from < MOSTLY * last) return times
  return times.map((_, n) => times[from]! + (n - from) * step)
}

/**
 * Times that number the pictures instead, as those of Dirac's streams do, in ticks of a clock that is far finer.
 * @param durations of the same pictures, in ticks; 0 where nobody says
 */
export function withDurations(times: readonly number[], durations: readonly number[]): readonly number[] {
  const step = usualStep(times)
  const duration = durations[0] ?? 0
  if (step === null || durations.some((other) => other !== duration)) return times
  // All of them lie that close, not some: pictures of a coarse clock may share a time but for a tick.
  const meanStep = (times.at(-1)! - times[0]!) / (times.length - 1)
  return duration < COUNTED * meanStep ? times : times.map((time) => (time / step) * duration)
}
