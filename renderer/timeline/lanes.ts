/** What lies where on the timeline, from top to bottom, and what is under the pointer. Pure; CSS pixels. */
import { holdsFrame } from '../../electron/contract/ranges.ts'
import type { FrameRange } from '../../electron/contract/schemas.ts'
import { frameToX, type TimelineScale } from '../state/timelineScale.ts'

export interface Lane {
  readonly top: number
  readonly height: number
}

export interface Lanes {
  readonly ruler: Lane
  /** Of no height where there are none. */
  readonly markers: Lane
  readonly shots: Lane
  readonly thumbnails: Lane
  /** Colored, out of date, waiting, locked. */
  readonly states: Lane
  readonly confidence: Lane
  readonly flicker: Lane
  /** How loud the film is; of no height where that is not shown. */
  readonly sound: Lane
}

/** Lanes that are there only where they have something to show. */
export interface FurtherLanes {
  readonly markers: boolean
  readonly sound: boolean
}

const MARKERS_HEIGHT = 15
const SOUND_HEIGHT = 32

/** How much taller the timeline is with them. */
export const furtherHeight = ({ markers, sound }: FurtherLanes): number =>
  (markers ? MARKERS_HEIGHT : 0) + (sound ? SOUND_HEIGHT : 0)

/** The lanes share the height; thumbnails take what is left. */
export function lanesOf(height: number, { markers, sound }: FurtherLanes): Lanes {
  const heights = {
    ruler: 20,
    markers: markers ? MARKERS_HEIGHT : 0,
    shots: 15,
    states: 7,
    confidence: 15,
    flicker: 24,
    sound: sound ? SOUND_HEIGHT : 0,
  }
  const fixed = Object.values(heights).reduce((sum, value) => sum + value, 0)
  let top = 0
  const lane = (tall: number): Lane => {
    const made = { top, height: tall }
    top += tall
    return made
  }
  return {
    ruler: lane(heights.ruler),
    markers: lane(heights.markers),
    shots: lane(heights.shots),
    thumbnails: lane(Math.max(16, height - fixed)),
    states: lane(heights.states),
    confidence: lane(heights.confidence),
    flicker: lane(heights.flicker),
    sound: lane(heights.sound),
  }
}

export const PIN_HALF = 6
export const MARKER_HALF = 5

/** The middle of a pin's mark: at the lower border of the thumbnails. */
export const pinY = ({ thumbnails }: Lanes): number => thumbnails.top + thumbnails.height - PIN_HALF - 2

/** Where a mark on a frame stands: in the middle of its cell, or where it begins when the cell is wide. */
export const markX = (scale: TimelineScale, frame: number): number =>
  frameToX(scale, frame) + Math.min(scale.pixels / 2, 48)

export type Hit =
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'pin'; readonly frame: number }
  | { readonly kind: 'marker'; readonly frame: number }
  | { readonly kind: 'suggestion'; readonly frame: number }
  | { readonly kind: 'shot'; readonly index: number }
  | { readonly kind: 'film' }

export interface Targets {
  readonly scale: TimelineScale
  readonly lanes: Lanes
  readonly shots: readonly FrameRange[]
  readonly pins: readonly number[]
  /** The frames of markers. */
  readonly markers: readonly number[]
  readonly suggestion: number | null
}

const inLane = (y: number, { top, height }: Lane): boolean => y >= top && y < top + height

export function hitAt(x: number, y: number, { scale, lanes, shots, pins, markers, suggestion }: Targets): Hit {
  if (inLane(y, lanes.markers)) {
    const marker = nearest(markers, (frame) => Math.abs(markX(scale, frame) - x), MARKER_HALF + 2)
    if (marker !== null) return { kind: 'marker', frame: marker }
  }
  if (Math.abs(y - pinY(lanes)) <= PIN_HALF + 2) {
    const pin = nearest(pins, (frame) => Math.abs(markX(scale, frame) - x), PIN_HALF + 1)
    if (pin !== null) return { kind: 'pin', frame: pin }
  }
  if (suggestion !== null && inLane(y, lanes.confidence) && Math.abs(markX(scale, suggestion) - x) <= 8) {
    return { kind: 'suggestion', frame: suggestion }
  }
  if (inLane(y, lanes.shots)) {
    const cuts = shots.slice(1).map((shot) => shot.from)
    const cut = nearest(cuts, (at) => Math.abs(frameToX(scale, at) - x), 5)
    if (cut !== null) return { kind: 'cut', at: cut }
    const frame = Math.floor(scale.start + x / scale.pixels)
    const index = shots.findIndex((shot) => holdsFrame(shot, frame))
    if (index >= 0) return { kind: 'shot', index }
  }
  return { kind: 'film' }
}

function nearest(values: readonly number[], distance: (value: number) => number, within: number): number | null {
  let best: number | null = null
  let least = within
  for (const value of values) {
    const d = distance(value)
    if (d > least) continue
    least = d
    best = value
  }
  return best
}

/** A frame, or the playhead where it is as near as `within` pixels: what is dragged snaps to it. */
export function snapped(frame: number, playhead: number, scale: TimelineScale, within = 6): number {
  return Math.abs(frame - playhead) * scale.pixels <= within ? playhead : frame
}

/** The frames between which a cut can be moved, both included: the shots beside it keep a frame at least. */
export function cutLimits(
  shots: readonly FrameRange[],
  cut: number,
  frameCount: number,
): { readonly first: number; readonly last: number } {
  const others = shots.slice(1).map((shot) => shot.from)
  return {
    first: Math.max(0, ...others.filter((at) => at < cut)) + 1,
    last: Math.min(frameCount, ...others.filter((at) => at > cut)) - 1,
  }
}

/**
 * One value per pixel column of a curve over frames, from `width` columns: `join` of all frames in the column, NaN
 * where none is known. Frames wider than a pixel repeat.
 */
export function columns(
  values: ArrayLike<number>,
  scale: TimelineScale,
  width: number,
  join: (a: number, b: number) => number,
): Float32Array {
  const made = new Float32Array(width).fill(NaN)
  for (let x = 0; x < width; x++) {
    const from = Math.max(0, Math.floor(scale.start + x / scale.pixels))
    const to = Math.min(values.length, Math.max(from + 1, Math.floor(scale.start + (x + 1) / scale.pixels)))
    let joined = NaN
    for (let frame = from; frame < to; frame++) {
      const value = values[frame]!
      if (Number.isNaN(value)) continue
      joined = Number.isNaN(joined) ? value : join(joined, value)
    }
    made[x] = joined
  }
  return made
}
