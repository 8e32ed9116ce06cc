/**
 * A clock that always goes forward, made of the times that a film stores. Pictures are told apart by their order, never
 * by their time: two may share one (a clock too coarse, a broken muxer), and times run back or leap where recordings
 * were joined. Every picture keeps its place and gets a time of its own. Pure.
 */

/** Where the stored clock does not go on as it went; the pictures follow one another there without a gap. */
export interface ClockBreak {
  /** The first frame on the other side. */
  readonly frame: number
  /**
   * Stored time of this frame less that of the one before: negative where the clock runs back. Of a clock that begins
   * again when it is full, the nearer way round.
   */
  readonly ticks: number
}

export interface RisingTimes {
  /** Strictly rising, whole numbers of ticks of 1/refined of the stored ones. */
  readonly pts: Float64Array
  /** Into how many parts stored ticks had to be cut to give every picture a time of its own; mostly 1. */
  readonly refined: number
  readonly breaks: readonly ClockBreak[]
}

export interface ClockOptions {
  /** A step in ticks for films whose own times tell none. */
  readonly fallbackStep: number
  /** Steps longer than this, in ticks, are leaps of the clock rather than pictures held. */
  readonly longestHold: number
  /**
   * The film's first times were made up by the reader: where the stored ones begin, they count and the others go before
   * them.
   */
  readonly startsUntimed: boolean
  /** Ticks after which the stored clock is full and begins again at zero; none when left out. */
  readonly full?: number | null
}

/** The step that most pictures take: the median of those that go forward. */
export function usualStep(times: ArrayLike<number>, longestHold = Infinity): number | null {
  const steps = new Float64Array(times.length)
  let count = 0
  for (let n = 1; n < times.length; n++) {
    const step = times[n]! - times[n - 1]!
    if (step > 0 && step <= longestHold) steps[count++] = step
  }
  if (count === 0) return null
  return steps.subarray(0, count).sort()[count >> 1]!
}

export function isRising(times: ArrayLike<number>, longestHold = Infinity): boolean {
  for (let n = 1; n < times.length; n++) {
    const step = times[n]! - times[n - 1]!
    if (!(step > 0 && step <= longestHold)) return false
  }
  return true
}

/** One picture that is out of line with its neighbors, which agree, is put beside the one before. */
function withoutStrays(stored: ArrayLike<number>): number[] {
  const times = Array.from(stored)
  for (let n = 1; n + 1 < times.length; n++) {
    const [before, time, after] = [times[n - 1]!, times[n]!, times[n + 1]!]
    if (before < after && (time > after || time < before)) times[n] = before
  }
  return times
}

/** Pictures of one time share the span up to the next one, at most what they would take at the usual step. */
function spread(times: readonly number[], step: number): number[] {
  const out = [...times]
  for (let from = 0; from < times.length;) {
    let to = from + 1
    while (to < times.length && times[to] === times[from]) to++
    const count = to - from
    const room =
      to < times.length
        ? Math.min(times[to]! - times[from]!, count * step)
        : count * (usualStep(out.slice(0, from + 1)) ?? step)
    for (let n = 1; n < count; n++) out[from + n] = times[from]! + (n * room) / count
    from = to
  }
  return out
}

/** The finest division that is tried; beyond it times are rounded. */
const FINEST = 60

function refinement(times: readonly number[]): number {
  for (let parts = 1; parts < FINEST; parts++) {
    if (times.every((time) => Math.abs(time * parts - Math.round(time * parts)) < 1e-6)) return parts
  }
  return FINEST
}

/** A difference of two times of a clock that begins again when it is full. */
function nearer(ticks: number, full: number | null = null): number {
  return full === null ? ticks : ticks - full * Math.round(ticks / full)
}

export function risingTimes(stored: ArrayLike<number>, options: ClockOptions): RisingTimes {
  if (isRising(stored, options.longestHold)) return { pts: Float64Array.from(stored), refined: 1, breaks: [] }
  const step = usualStep(stored, options.longestHold) ?? options.fallbackStep
  const times = withoutStrays(stored)
  const runs: { readonly from: number; readonly times: number[] }[] = []
  times.forEach((time, n) => {
    const gone = n === 0 ? -1 : time - times[n - 1]!
    if (gone < 0 || gone > options.longestHold) runs.push({ from: n, times: [time] })
    else runs[runs.length - 1]!.times.push(time)
  })
  const joined: number[] = []
  let next = runs[0]?.times[0] ?? 0
  for (const run of runs) {
    const own = spread(run.times, step)
    const shift = next - own[0]!
    for (const time of own) joined.push(time + shift)
    next = joined[joined.length - 1]! + (usualStep(own) ?? step)
  }
  // The stored times begin with the second run; everything is laid on them.
  const truth = options.startsUntimed ? runs[1] : undefined
  const back = truth === undefined ? 0 : truth.times[0]! - joined[truth.from]!
  const laid = joined.map((time) => time + back)
  const refined = refinement(laid)
  const pts = new Float64Array(laid.length)
  laid.forEach(
    (time, n) =>
      (pts[n] = n === 0 ? Math.round(time * refined) : Math.max(pts[n - 1]! + 1, Math.round(time * refined))),
  )
  const breaks = runs
    .slice(1)
    .flatMap((run) =>
      run === truth ? [] : [{ frame: run.from, ticks: nearer(times[run.from]! - times[run.from - 1]!, options.full) }],
    )
  return { pts, refined, breaks }
}
