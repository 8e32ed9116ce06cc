/**
 * Where a decoder has to start so that a frame comes out whole, and how far one that runs already is the shorter way.
 * Looked up, not searched for: a film may have one keyframe in forty thousand frames. Pure.
 */
import type { FrameIndex } from './footage.ts'

/**
 * Of each frame the keyframe before the last one up to it, past leading frames of open groups of pictures; 0 where
 * there is none. Never descends.
 * @param seekable 1 for keyframes
 */
export function startsOf(seekable: ArrayLike<number>): Int32Array {
  const starts = new Int32Array(seekable.length)
  let last = 0
  let before = 0
  for (let n = 1; n < starts.length; n++) {
    if (seekable[n] === 1) [last, before] = [n, last]
    starts[n] = before
  }
  return starts
}

const known = new WeakMap<FrameIndex, Int32Array>()

/** startsOf an index, made once. */
export function readingStarts(index: FrameIndex): Int32Array {
  let starts = known.get(index)
  if (!starts) known.set(index, (starts = startsOf(index.seekable)))
  return starts
}

/**
 * The last frame that a new decoder could reach only by passing what one that gives frame 'next' now still has before
 * it. Takes as many steps as a number of frames has binary digits.
 */
export function reachFrom(starts: ArrayLike<number>, next: number): number {
  let low = Math.min(next, starts.length - 1)
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! < next) low = middle
    else high = middle - 1
  }
  return low
}
