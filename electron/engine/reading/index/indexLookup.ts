/** Looks frames up in the index of a film: which one a stored time is of, and when each is. Pure. */
import type { FrameIndex } from '../footage.ts'
import { isRising } from './risingTimes.ts'

/** True where frames can be told by their stored times alone. */
export function toldByTime({ stored }: FrameIndex): boolean {
  return isRising(stored)
}

/** Finds frames by the time that is stored with them. */
export interface FrameFinder {
  /**
   * The number of the first frame behind 'after' that is stored with the time 'pts', or -1 when none is within half a
   * tick of it.
   */
  (pts: number, after: number): number
}

export function frameFinder(index: FrameIndex): FrameFinder {
  const { stored } = index
  if (toldByTime(index)) {
    return (pts, after) => {
      const found = placeOf(stored, pts)
      return found > after ? found : -1
    }
  }
  return (pts, after) => {
    for (let n = after + 1; n < stored.length; n++) if (Math.abs(stored[n]! - pts) < 0.5) return n
    return -1
  }
}

function placeOf(rising: Float64Array, time: number): number {
  let low = 0
  let high = rising.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = rising[middle]!
    if (Math.abs(found - time) < 0.5) return middle
    if (found < time) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** Seconds of a frame on the film's clock. */
export function secondsOf(index: FrameIndex, frame: number): number {
  return ((index.pts[frame] ?? 0) * index.timeBase.num) / index.timeBase.den
}

/** Seconds of a frame on the file's own clock, to find it in the file. */
export function storedSecondsOf(index: FrameIndex, frame: number): number {
  return ((index.stored[frame] ?? 0) * index.timeBase.num) / index.timeBase.den
}
