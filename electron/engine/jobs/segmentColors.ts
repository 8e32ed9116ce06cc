/** The colorings of one segment of a plan in the cache: where they are, and where they are put. */
import type { PlannedSegment } from '../../contract/filmEdits.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import type { StoredColoring } from '../cache/coloringCodec.ts'
import type { Film } from '../film/film.ts'
import { substituteFor } from '../film/filmView.ts'

/** What the cache has lost of locked frames is colored anew, but not under the name of what was locked. */
export const writtenKey = ({ kind, key }: PlannedSegment): string => (kind === 'kept' ? substituteFor(key) : key)

export function storedIn(film: Film, segment: PlannedSegment, frame: number): StoredColoring | null {
  if (segment.kind === 'pin') return null
  return film.stored(segment.key, frame) ?? (segment.kind === 'kept' ? film.stored(writtenKey(segment), frame) : null)
}

/** For asking about many frames at once; good until something is stored. */
export function storedFramesIn(film: Film, segment: PlannedSegment): { has(frame: number): boolean } {
  if (segment.kind === 'pin') return { has: () => true }
  const frames = film.storedFrames(segment.key)
  if (segment.kind !== 'kept') return frames
  const substitutes = film.storedFrames(writtenKey(segment))
  return { has: (frame) => frames.has(frame) || substitutes.has(frame) }
}

/** The frames that a segment's colors may run through: up to the pin they come from, wherever the segment itself begins. */
function reachOf({ kind, from, to, pins }: PlannedSegment): FrameRange {
  const pin = pins[0]
  if (kind === 'forward' && pin !== undefined) return { from: Math.min(from, pin + 1), to }
  if (kind === 'backward' && pin !== undefined) return { from, to: Math.max(to, pin) }
  return { from, to }
}

/** Frames without a color of their own between two parts are colored on the way if they are no more than this. */
const JOINED = 24

/**
 * What has to be computed so that the parts of a segment that lie in 'ranges' are colored: runs in ascending order. They
 * hold the way from the pin too, as far as the cache does not know it: colors arrive by way of every frame.
 */
export function missingRuns(film: Film, segment: PlannedSegment, ranges: readonly FrameRange[]): FrameRange[] {
  if (segment.kind === 'pin') return []
  const parts = ranges
    .map(({ from, to }) => ({ from: Math.max(from, segment.from), to: Math.min(to, segment.to) }))
    .filter(({ from, to }) => from < to)
  if (parts.length === 0) return []
  const reach = reachOf(segment)
  const stored = storedFramesIn(film, segment)
  const needed = new Uint8Array(reach.to - reach.from)
  const need = (frame: number): void => {
    if (!stored.has(frame)) needed[frame - reach.from] = 1
  }
  const isNeeded = (frame: number): boolean => needed[frame - reach.from] === 1
  parts.forEach((part, n) => {
    for (let frame = part.from; frame < part.to; frame++) need(frame)
    const next = parts[n + 1]
    if (segment.kind === 'automatic' && next && next.from - part.to <= JOINED) for (let frame = part.to; frame < next.from; frame++) need(frame)
  })
  if (segment.kind === 'forward') for (let frame = reach.to - 1; frame > reach.from; frame--) if (isNeeded(frame)) need(frame - 1)
  if (segment.kind === 'backward') for (let frame = reach.from; frame < reach.to - 1; frame++) if (isNeeded(frame)) need(frame + 1)
  const runs: FrameRange[] = []
  let start = -1
  for (let frame = reach.from; frame <= reach.to; frame++) {
    const inRun = frame < reach.to && isNeeded(frame)
    if (inRun && start < 0) start = frame
    if (!inRun && start >= 0) {
      runs.push({ from: start, to: frame })
      start = -1
    }
  }
  return runs
}
