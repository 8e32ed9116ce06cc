/** A frame, and what stands on it, in few words: beside the pointer, and for those who do not see the timeline. */
import type { Marker } from '../../electron/contract/projectDocument.ts'
import { holdsFrame, includesFrame } from '../../electron/contract/ranges.ts'
import type { Rational } from '../../electron/contract/schemas.ts'
import { formatTimecode } from '../../electron/contract/timecode.ts'
import type { OpenFilm } from '../state/film.svelte.ts'
import { text } from './catalog.ts'

/** Letters of a note that are shown on its line. */
const MOST_NOTE = 80
const BETWEEN = '  ·  '

/** @param confidence how sure the pass is of it (0..1); NaN or undefined where that is not known */
export function frameInWords(film: OpenFilm, frame: number, confidence: number | undefined): string {
  return [formatTimecode(frame, film.info.rate), String(frame), ...knownOf(film, frame, confidence)].join(BETWEEN)
}

/** Where the playhead stands, in which shot, what is known of it, and on which marker. */
export function positionInWords(
  film: OpenFilm | null,
  frame: number,
  rate: Rational,
  confidence: number | undefined,
): string {
  const marker = film?.markerAt(frame)
  const shot = film?.clip?.shots.findIndex((each) => holdsFrame(each, frame)) ?? -1
  return [
    text.timeline.position(frame, formatTimecode(frame, rate)),
    ...(shot < 0 ? [] : [text.timeline.shot(shot + 1)]),
    ...(film ? knownOf(film, frame, confidence) : []),
    ...(marker ? [text.about(text.markers.unnamed, marker.name)] : []),
  ].join(', ')
}

/** What is known of a marker, on one line. */
export function markerInWords({ frame, name, note = '' }: Marker, rate: Rational): string {
  const words = name || text.markers.unnamed
  return [formatTimecode(frame, rate), words, note.replace(/\s+/g, ' ').slice(0, MOST_NOTE)]
    .filter(Boolean)
    .join(BETWEEN)
}

/** What there is to say of a frame beside its place, each in few words. */
function knownOf(film: OpenFilm, frame: number, confidence = NaN): string[] {
  const t = text.timeline
  const state = film.isPinned(frame)
    ? t.pinned
    : includesFrame(film.stale, frame)
      ? t.stale
      : includesFrame(film.colored, frame)
        ? t.colored
        : ''
  const sure = Number.isNaN(confidence)
    ? ''
    : includesFrame(film.guessed, frame)
      ? t.guessed
      : t.confidence(Math.round(confidence * 100))
  const damage = includesFrame(film.damaged, frame) ? t.damaged : ''
  const shot = film.markedShots.find((each) => holdsFrame(each, frame))
  const kind = [shot?.transition && t.transition, shot?.keepsOwn ? t.keepsOwn : shot?.source && t.source[shot.source]]
    .filter(Boolean)
    .join(', ')
  return [kind, damage, state, sure].filter(Boolean)
}
