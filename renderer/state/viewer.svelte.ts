/**
 * How the viewer looks at a frame: what is compared, how large, and which part of it. Geometry only; drawing is gl/.
 */

import type { CompareMode } from '../../electron/contract/preferences.ts'

export type { CompareMode }

/** Zoom from which single pixels are shown as squares. */
const PIXEL_ZOOM = 2
/** A key that is down for longer than this was held, not tapped. */
const HOLD_MS = 300
/** What a picture that is fitted may seem larger than its view, by arithmetic alone. */
const ROUNDING = 0.01
/** Longest side that is worth sending whole 24 times a second. */
const MOST_IN_MOTION = 2048
const LEAST_ZOOM = 0.05
const MOST_ZOOM = 32

export interface Placement {
  /** Left top corner and size of the shown picture, in screen pixels (not CSS pixels). */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export class Viewer {
  mode = $state<CompareMode>('color')
  /** Place of the wipe's edge, 0..1 of the picture's width: left is color, right is gray. */
  wipe = $state(0.5)
  /** Share of the other picture in 'onion', 0..1. */
  onion = $state(0.5)
  /** True shows what networks and pins gave, without the artist's operations and looks. */
  beforeEdits = $state(false)
  /** When the key of `beforeEdits` went down, while it is down. */
  #heldSince: number | null = null
  /** Screen pixels per picture pixel; null fits the picture into the view. */
  zoom = $state<number | null>(null)
  /** Center of the view in the picture, 0..1. */
  centerX = $state(0.5)
  centerY = $state(0.5)
  /** Size of the view in screen pixels. */
  viewWidth = $state(1)
  viewHeight = $state(1)
  /** Size of the picture as shown: pixel aspect and rotation applied. */
  pictureWidth = $state(1)
  pictureHeight = $state(1)

  /**
   * A tap on the key of 'before edits' switches it; held, it switches for as long as it is held. `now` in milliseconds.
   */
  pressBeforeEdits(now: number): void {
    this.#heldSince = now
    this.beforeEdits = !this.beforeEdits
  }

  releaseBeforeEdits(now: number): void {
    if (this.#heldSince !== null && now - this.#heldSince > HOLD_MS) this.beforeEdits = !this.beforeEdits
    this.#heldSince = null
  }

  /** Whatever its key does. */
  leaveBeforeEdits(): void {
    this.beforeEdits = false
    this.#heldSince = null
  }

  load(width: number, height: number): void {
    this.pictureWidth = width
    this.pictureHeight = height
    this.fit()
  }

  fit(): void {
    this.zoom = null
    this.centerX = 0.5
    this.centerY = 0.5
  }

  /** In side-by-side each picture has half the view. */
  get #paneWidth(): number {
    return this.mode === 'side' ? this.viewWidth / 2 : this.viewWidth
  }

  get fitZoom(): number {
    return Math.min(this.#paneWidth / this.pictureWidth, this.viewHeight / this.pictureHeight)
  }

  get effectiveZoom(): number {
    return this.zoom ?? this.fitZoom
  }

  /** Single pixels as squares: only where the artist zoomed in; a small film that is fitted stays smooth. */
  get sharp(): boolean {
    return this.zoom !== null && this.zoom >= PIXEL_ZOOM
  }

  /** Where the picture lies in the view; `pane` 1 is the right half in side-by-side. */
  placement(pane: 0 | 1 = 0): Placement {
    const width = this.pictureWidth * this.effectiveZoom
    const height = this.pictureHeight * this.effectiveZoom
    const place = (view: number, size: number, center: number): number =>
      size <= view ? (view - size) / 2 : view / 2 - center * size
    const x = place(this.#paneWidth, width, this.centerX) + pane * this.#paneWidth
    // Whole screen pixels, so that 100 % is sharp.
    return { x: Math.round(x), y: Math.round(place(this.viewHeight, height, this.centerY)), width, height }
  }

  /** Zooms so that the picture's point under (x, y), in screen pixels of the view, stays there. */
  zoomAt(factor: number, x: number, y: number): void {
    const pane = this.mode === 'side' && x > this.#paneWidth ? 1 : 0
    const before = this.placement(pane)
    const u = (x - before.x) / before.width
    const v = (y - before.y) / before.height
    this.zoom = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, this.effectiveZoom * factor))
    const width = this.pictureWidth * this.zoom
    const height = this.pictureHeight * this.zoom
    this.#center(u - (x - pane * this.#paneWidth - this.#paneWidth / 2) / width, v - (y - this.viewHeight / 2) / height)
  }

  zoomBy(factor: number): void {
    this.zoomAt(factor, this.#paneWidth / 2, this.viewHeight / 2)
  }

  setZoom(zoom: number): void {
    this.zoomBy(zoom / this.effectiveZoom)
  }

  /** Moves the picture by screen pixels, in the directions in which it is larger than its view. */
  pan(dx: number, dy: number): void {
    const { width, height } = this.placement()
    this.#center(
      width > this.#paneWidth + ROUNDING ? this.centerX - dx / width : this.centerX,
      height > this.viewHeight + ROUNDING ? this.centerY - dy / height : this.centerY,
    )
  }

  /** The picture's point, 0..1, under a point of the view. */
  pictureAt(x: number, y: number): { u: number; v: number } {
    const place = this.placement(this.mode === 'side' && x > this.#paneWidth ? 1 : 0)
    return { u: (x - place.x) / place.width, v: (y - place.y) / place.height }
  }

  /**
   * Longest side of the picture worth asking for, rounded up to steps so that small changes of size ask for nothing
   * new.
   */
  get wantedSide(): number {
    const longest = Math.max(this.pictureWidth, this.pictureHeight)
    const wanted = longest * this.effectiveZoom
    return wanted >= longest * 0.9 ? longest : Math.min(longest, Math.ceil(wanted / 128) * 128)
  }

  /**
   * The same while the film runs: a whole picture costs the engine less than a shrunk one, and the graphics card
   * shrinks down to half without harm. A standing picture gets the engine's finer averaging.
   */
  get wantedSideInMotion(): number {
    const longest = Math.max(this.pictureWidth, this.pictureHeight)
    return this.wantedSide >= longest / 2 && longest <= MOST_IN_MOTION ? longest : this.wantedSide
  }

  #center(x: number, y: number): void {
    this.centerX = Math.min(1, Math.max(0, x))
    this.centerY = Math.min(1, Math.max(0, y))
  }
}
