/**
 * Where a decoder has to start so that a frame comes out whole, and whether one that runs already is the shorter way.
 * Looked up, not searched for: a film may have one keyframe in forty thousand frames. Pure.
 */
import type { FrameIndex } from '../footage.ts'

/**
 * Of each frame the last keyframe up to it where groups of pictures are closed; else the keyframe before that, past
 * leading frames of open groups, and pictures that are refreshed bit by bit. 0 where there is none. Never descends.
 * @param seekable 1 for keyframes
 */
export function startsOf(seekable: ArrayLike<number>, isClosed: boolean): Int32Array {
  const starts = new Int32Array(seekable.length)
  let last = 0
  let before = 0
  for (let n = 1; n < starts.length; n++) {
    if (seekable[n] === 1) [last, before] = [n, last]
    starts[n] = isClosed ? last : before
  }
  return starts
}

const known = new WeakMap<FrameIndex, Int32Array>()

/** startsOf an index, made once. */
export function readingStarts(index: FrameIndex): Int32Array {
  let starts = known.get(index)
  if (!starts) known.set(index, (starts = startsOf(index.seekable, index.isClosed)))
  return starts
}

/**
 * A frame that is handed over and passed by costs about as much as so many that ffmpeg decodes and passes over itself.
 */
const HANDED_OVER = 2
/** Starting a decoder costs as much as about so many frames handed over. */
const START = 12

/**
 * Whether a decoder that gives frame 'next' now gets to a later one sooner than a new one.
 * @param start where a new one would begin
 */
export function isSoonerOn(next: number, frame: number, start: number): boolean {
  return frame - next <= START + (frame - start) / HANDED_OVER
}
