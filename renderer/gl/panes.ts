/** The parts of a view: which pixels show the picture, where it lies there, and whether with its coloring. */
import type { CompareMode, Placement } from '../state/viewer.svelte.ts'

/** What decides about the panes of a view. Lengths in screen pixels. */
export interface PaneLook {
  readonly width: number
  readonly height: number
  readonly mode: CompareMode
  readonly left: Placement
  readonly right: Placement
  /** 0..1 of the picture's width. */
  readonly wipe: number
}

/** A rectangle of whole screen pixels, none of them outside the picture or the view; y points downward. */
export interface Pane {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Where the whole picture lies. */
  readonly place: Placement
  readonly isColored: boolean
}

/** Those of a view, from left to right, without empty ones. */
export function panesOf({ width, height, mode, left, right, wipe }: PaneLook): Pane[] {
  const pane = (from: number, to: number, place: Placement, isColored: boolean): Pane => {
    const x = Math.max(from, firstPixel(place.x))
    const y = Math.max(0, firstPixel(place.y))
    return {
      ...{ x, y, place, isColored },
      width: Math.min(to, firstPixel(place.x + place.width)) - x,
      height: Math.min(height, firstPixel(place.y + place.height)) - y,
    }
  }
  const split = (edge: number, panes: (edge: number) => Pane[]): Pane[] =>
    panes(Math.min(width, Math.max(0, firstPixel(edge))))
  const panes =
    mode === 'side'
      ? split(width / 2, (edge) => [pane(0, edge, left, false), pane(edge, width, right, true)])
      : mode === 'wipe'
        ? split(left.x + wipe * left.width, (edge) => [pane(0, edge, left, true), pane(edge, width, left, false)])
        : [pane(0, width, left, mode !== 'gray')]
  return panes.filter((each) => each.width > 0 && each.height > 0)
}

/** The first pixel whose center is not before a place. */
const firstPixel = (place: number): number => Math.ceil(place - 0.5)
