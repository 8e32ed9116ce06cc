/** The colorings of one segment of a plan in the cache: where they are, and where they are put. */
import type { PlannedSegment } from '../../contract/filmEdits.ts'
import type { StoredColoring } from '../cache/coloringCodec.ts'
import type { Film } from '../film/film.ts'
import { substituteFor } from '../film/filmView.ts'

/** What the cache has lost of locked frames is colored anew, but not under the name of what was locked. */
export const writtenKey = ({ kind, key }: PlannedSegment): string => (kind === 'kept' ? substituteFor(key) : key)

/** Pins have colorings of their own, and what keeps the film's colors has none. */
export const hasNone = ({ kind }: PlannedSegment): boolean => kind === 'pin' || kind === 'own'

export function storedIn(film: Film, segment: PlannedSegment, frame: number): StoredColoring | null {
  if (hasNone(segment)) return null
  return film.stored(segment.key, frame) ?? (segment.kind === 'kept' ? film.stored(writtenKey(segment), frame) : null)
}

/** For asking about many frames at once; good until something is stored. */
export function storedFramesIn(film: Film, segment: PlannedSegment): { has(frame: number): boolean } {
  if (hasNone(segment)) return { has: () => true }
  const frames = film.storedFrames(segment.key)
  if (segment.kind !== 'kept') return frames
  const substitutes = film.storedFrames(writtenKey(segment))
  return { has: (frame) => frames.has(frame) || substitutes.has(frame) }
}
