/** Which samples of a film are to be heard when, for a run of it. Pure. */
import { BLOCK_SAMPLES, SOUND_RATE } from '../../electron/contract/sound.ts'
import type { Run } from '../state/playback.svelte.ts'

/** A part of one block that is played in one go. */
export interface Planned {
  readonly block: number
  /** Samples of the block, [from, to). */
  readonly from: number
  readonly to: number
  /** The first of them to be heard is due so many seconds after the run began. */
  readonly after: number
}

const sampleOf = (seconds: number): number => Math.round(seconds * SOUND_RATE)

/** Where a run is in the film so many seconds after it began, in samples. */
export const placeOf = (run: Run, after: number): number => sampleOf(run.from + after * run.speed)

/**
 * Whether a run is the one before but for its end, which marks have changed, and that does not lie before what was
 * planned of it already.
 * @param place see plan()
 */
export function isContinued(before: Run, run: Run, place: number): boolean {
  const { from, time, speed, until } = run
  const isSame = from === before.from && time === before.time && speed === before.speed
  return isSame && (speed > 0 ? place <= sampleOf(until) : place >= sampleOf(until))
}

/**
 * What follows on `place` up to the end of its block, or of the run; null where the run has ended.
 * @param place sample of the film: forward the first that was not planned yet, backward the one behind it
 */
export function plan(run: Run, place: number): Planned | null {
  const isForward = run.speed > 0
  const end = sampleOf(run.until)
  if (isForward ? place >= end : place <= end) return null
  const block = Math.floor((isForward ? place : place - 1) / BLOCK_SAMPLES)
  const first = block * BLOCK_SAMPLES
  const after = (place - sampleOf(run.from)) / SOUND_RATE / run.speed
  return isForward
    ? { block, from: place - first, to: Math.min(BLOCK_SAMPLES, end - first), after }
    : { block, from: Math.max(0, end - first), to: place - first, after }
}

/** The blocks of so many seconds from `after` on, in the order in which they are heard. */
export function blocksAhead(run: Run, after: number, seconds: number): number[] {
  const isForward = run.speed > 0
  const [start, end] = [placeOf(run, after), placeOf(run, after + seconds)]
  const until = isForward ? Math.min(end, sampleOf(run.until)) : Math.max(end, sampleOf(run.until))
  const blocks: number[] = []
  if (isForward) for (let b = Math.floor(start / BLOCK_SAMPLES); b * BLOCK_SAMPLES < until; b++) blocks.push(b)
  else for (let b = Math.ceil(start / BLOCK_SAMPLES) - 1; (b + 1) * BLOCK_SAMPLES > until; b--) blocks.push(b)
  return blocks
}

/** The place that is to be planned next. */
export const behind = (run: Run, { block, from, to }: Planned): number =>
  block * BLOCK_SAMPLES + (run.speed > 0 ? to : from)
