/**
 * What the engine is told of a clip's document: enough to draw, export and color every frame of it. Plain data without
 * zod, since it never comes from the window: whoever owns the engine makes it of a project
 * (electron/project/passes/filmEdits.ts). Pictures are named by their paths, colorings by the key under which the
 * cache, or a lock, holds them.
 */
import type { AssetId, Grade, Operation, RegionShape } from './operations.ts'
import type { FrameRange } from './schemas.ts'

/** The coloring that a frame's operations start from; see frameBaseSchema. 'path' is a picture or a frozen coloring. */
export type FrameBaseFile =
  | { readonly kind: 'automatic' }
  | { readonly kind: 'picture'; readonly path: string }
  | { readonly kind: 'frozen'; readonly path: string; readonly pictures?: readonly FinePictureFile[] }

/** A picture that was pinned to this frame, and whose fine color is seen in others. */
export interface FinePictureFile {
  readonly frame: number
  readonly path: string
}

/** A frame that the artist has touched. */
export interface FrameColoring {
  readonly base: FrameBaseFile
  /** Disabled ones are left out. */
  readonly operations: readonly Operation[]
  readonly pinned: boolean
}

/** Frames that show the coloring which is held under 'key'. */
export interface ShownResult extends FrameRange {
  readonly key: string
}

/**
 * How frames are to be colored, and the key that their colorings then have.
 *   automatic  no pin is read; colors run forward from the start of the shot
 *   pin        one pinned frame, never computed
 *   forward    from its first pin on, reading that pin and, where a second is named, that one too, whose colors come
 *              back to them. The pins need not lie right beside the range (what lies between may be wanted otherwise):
 *              colors then still come from them by way of every frame between, under the same key
 *   backward   from its pin, at 'to' or later, back to 'from', reading that pin; without one from the frame at 'start'
 *   mixed      a dissolve or a wipe: of its sides, of each as much as every place shows of it
 *   kept       locked: what is held under the key, whatever the pins say now
 *   own        the film's own colors, or its gray: never computed
 */
export interface PlannedSegment extends FrameRange {
  readonly kind: 'automatic' | 'pin' | 'forward' | 'backward' | 'mixed' | 'kept' | 'own'
  /** Frame numbers of the pins it reads, ascending. */
  readonly pins: readonly number[]
  /**
   * The frame that colors set out from on their way through the shot, which may lie before 'from' (backward: after
   * 'to'): the shot's first, or the one beside the pin. What a frame's colors are depends on how far it is from here.
   */
  readonly start: number
  readonly key: string
  /**
   * Of 'mixed' ones: how the shot before goes on through the whole transition, and how the shot after reaches back.
   * Their ranges are the transition's, of which 'from' to 'to' may be a part.
   */
  readonly sides?: readonly [before: PlannedSegment, after: PlannedSegment]
}

/** A part of the picture that keeps the colors it had, on all frames of the range. */
export interface RegionLock extends FrameRange {
  readonly shape: RegionShape
  readonly inverted: boolean
  readonly feather: number
  readonly kept: readonly ShownResult[]
}

export interface FilmLayout {
  /** In order, not overlapping. Frames in none of them show no coloring unless they have one of their own. */
  readonly shown: readonly ShownResult[]
  /** Covers the film without gaps: how each frame is colored where it has to be (again), by an export for one. */
  readonly wanted: readonly PlannedSegment[]
  /** Looks that change something, in order, not overlapping. */
  readonly looks: readonly (FrameRange & { readonly grade: Grade })[]
  readonly regionLocks: readonly RegionLock[]
  /**
   * Files that hold the colorings of locks, by the key that 'shown', 'wanted' and 'regionLocks' name them by. All other
   * keys are the cache's.
   */
  readonly locked: Readonly<Record<string, string>>
  /** Where locked frames have fine color of pinned pictures. In order, not overlapping. */
  readonly lockedPictures?: readonly (FrameRange & { readonly pictures: readonly FinePictureFile[] })[]
}

/** One change of what the engine knows of a clip. */
export interface FilmEdits {
  /** True: 'frames' is all there is. False: only those that have changed. */
  readonly complete: boolean
  /** Null: the frame has no edit any more. */
  readonly frames: readonly (readonly [frame: number, coloring: FrameColoring | null])[]
  /** Files of the pictures that reference operations name. Added to those known. */
  readonly pictures: Readonly<Record<AssetId, string>>
  /** Left out: as it was. */
  readonly layout?: FilmLayout
}
