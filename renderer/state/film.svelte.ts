/** The clip in view: its film, its document, and which of its frames show colors. */
import { orientationOf, type Orientation } from '../../electron/contract/orientation.ts'
import { neutralGrade, type Grade } from '../../electron/contract/operations.ts'
import type { ClipCoverage } from '../../electron/contract/project.ts'
import type { Clip, FrameEdit, Marker, Shot } from '../../electron/contract/projectDocument.ts'
import type { FootageInfo, FrameRange } from '../../electron/contract/schemas.ts'
import { addRange, countFrames, holdsFrame, subtract } from '../../electron/contract/ranges.ts'

export interface MarkedShot extends FrameRange {
  /** It has a look of its own. */
  readonly styled: boolean
  /** A dissolve or a wipe. */
  readonly transition: boolean
  /** What its pictures have of their own. */
  readonly source: 'tinted' | 'color' | null
  readonly keepsOwn: boolean
}

export class OpenFilm {
  /** The clip as the document has it now; null when it was taken out of the project. */
  clip = $state.raw<Clip | null>(null)
  coverage = $state.raw<ClipCoverage | null>(null)
  /** Frames whose shown coloring is at hand. */
  present = $state.raw<readonly FrameRange[]>([])
  /** Frames that the running job has finished, and that the document does not know of yet. */
  fresh = $state.raw<readonly FrameRange[]>([])

  /** Frames that do not decode, or not whole, as far as is known by now. */
  damaged = $state.raw<readonly FrameRange[]>([])

  readonly pins: readonly number[] = $derived(pinsOf(this.clip))
  /** They show a coloring whose pins or shot have changed since. */
  readonly stale: readonly FrameRange[] = $derived(subtract(this.coverage?.stale ?? [], this.fresh))
  /** Up to date. */
  readonly colored: readonly FrameRange[] = $derived(subtract(this.present, this.stale))

  /** In order. */
  readonly markers: readonly Marker[] = $derived(this.clip?.markers ?? [])

  /** Frames locked as a whole. */
  readonly locked: readonly FrameRange[] = $derived(this.clip?.locks.filter((lock) => lock.region === null) ?? [])
  /** Frames that the artist has edited without pinning them. */
  readonly edited: readonly number[] = $derived(
    Object.entries(this.clip?.frames ?? {}).flatMap(([frame, edit]) =>
      !edit.pinned && (edit.operations.length > 0 || edit.base.kind !== 'automatic') ? [Number(frame)] : [],
    ),
  )
  /** Shots with what the timeline marks them by. */
  readonly markedShots: readonly MarkedShot[] = $derived(
    this.clip?.shots.map(({ from, to, look, transition, source, keepsOwn }) => ({
      from,
      to,
      styled: Object.entries(look).some(([name, value]) => value !== neutralGrade[name as keyof Grade]),
      transition: transition ?? false,
      source: source ?? null,
      keepsOwn: keepsOwn ?? false,
    })) ?? [],
  )

  /** Frames that keep the film's own colors, and are never colored. */
  readonly own: readonly FrameRange[] = $derived(
    this.markedShots.filter(({ keepsOwn }) => keepsOwn).map(({ from, to }) => ({ from, to })),
  )

  /** Shots without a pin: their colors are the color model's guesses. */
  readonly guessed: readonly FrameRange[] = $derived(
    this.clip?.shots
      .filter(({ from, to, keepsOwn }) => !keepsOwn && !this.pins.some((pin) => pin >= from && pin < to))
      .map(({ from, to }) => ({ from, to })) ?? [],
  )

  constructor(readonly info: FootageInfo) {
    this.damaged = info.damaged
  }

  get id(): string {
    return this.info.id
  }

  get fullyColored(): boolean {
    return countFrames(this.#open([{ from: 0, to: this.info.frameCount }])) === 0
  }

  /** What of some parts has no color that is up to date, and is to have one. */
  #open(parts: readonly FrameRange[]): FrameRange[] {
    return subtract(subtract(parts, this.colored), this.own)
  }

  /** How many frames of some parts of the film have to be colored (again) before it can be exported. */
  toColor(parts: readonly FrameRange[]): { readonly uncolored: number; readonly stale: number } {
    const current = this.#open(parts)
    const uncolored = countFrames(subtract(current, this.stale))
    return { uncolored, stale: countFrames(current) - uncolored }
  }

  /** How the stored picture is brought upright. */
  get orientation(): Orientation {
    return orientationOf(this.info)
  }

  /** In how many stretches of one size or format the pictures of a part come. */
  sizesIn({ from, to }: FrameRange): number {
    const { sizes = [] } = this.info
    return Math.max(1, sizes.filter((size, n) => size.from < to && (sizes[n + 1]?.from ?? Infinity) > from).length)
  }

  /** Width and height as the picture is shown: square pixels, upright. */
  get shownSize(): [width: number, height: number] {
    const { width, height, pixelAspect, rotation } = this.info
    const wide = (width * pixelAspect.num) / pixelAspect.den
    return rotation % 180 === 0 ? [wide, height] : [height, wide]
  }

  /** What the document says now. What has become out of date by it is so, whatever a job had finished before. */
  takeCoverage(coverage: ClipCoverage | null): void {
    const newlyStale = subtract(coverage?.stale ?? [], this.coverage?.stale ?? [])
    if (newlyStale.length > 0) this.fresh = subtract(this.fresh, newlyStale)
    this.coverage = coverage
  }

  /** The running job has finished these. */
  markFinished(range: FrameRange): void {
    this.present = addRange(this.present, range)
    this.fresh = addRange(this.fresh, range)
  }

  editOf(frame: number): FrameEdit | undefined {
    return this.clip?.frames[frame]
  }

  /** Whether operations, a look or a lock make the frame look other than networks and pins would have it. */
  showsEdits(frame: number): boolean {
    const covers = (range: FrameRange): boolean => holdsFrame(range, frame)
    return (
      (this.editOf(frame)?.operations.some(({ enabled }) => enabled) ?? false) ||
      this.markedShots.some((shot) => shot.styled && covers(shot)) ||
      (this.clip?.locks.some(covers) ?? false)
    )
  }

  isPinned(frame: number): boolean {
    return this.editOf(frame)?.pinned ?? false
  }

  markerAt(frame: number): Marker | undefined {
    return this.markers.find((marker) => marker.frame === frame)
  }

  shotAt(frame: number): Shot | null {
    return this.clip?.shots.find((shot) => holdsFrame(shot, frame)) ?? null
  }

  /** The frame of the next marker, or of the one before; null where there is none. */
  neighborMarker(frame: number, direction: 1 | -1): number | null {
    return nearest(
      this.markers.map((marker) => marker.frame),
      frame,
      direction,
    )
  }

  /** The nearest pin before (-1) or after (1) a frame; null where there is none. */
  neighborPin(frame: number, direction: 1 | -1): number | null {
    return nearest(this.pins, frame, direction)
  }

  /** The pin nearest to a frame, itself not counted; null where there is none. */
  nearestPin(frame: number): number | null {
    const others = this.pins.filter((pin) => pin !== frame)
    return others.length === 0
      ? null
      : others.reduce((best, pin) => (Math.abs(pin - frame) < Math.abs(best - frame) ? pin : best))
  }

  /** The first frame of the next shot; backward that of this one, or of the one before. */
  neighborShot(frame: number, direction: 1 | -1): number | null {
    return nearest(this.clip?.shots.map((shot) => shot.from) ?? [], frame, direction)
  }
}

function pinsOf(clip: Clip | null): number[] {
  if (!clip) return []
  const frames = Object.entries(clip.frames).flatMap(([frame, edit]) => (edit.pinned ? [Number(frame)] : []))
  return frames.sort((a, b) => a - b)
}

function nearest(frames: readonly number[], frame: number, direction: 1 | -1): number | null {
  const candidates = frames.filter((one) => (direction > 0 ? one > frame : one < frame))
  if (candidates.length === 0) return null
  return direction > 0 ? Math.min(...candidates) : Math.max(...candidates)
}
