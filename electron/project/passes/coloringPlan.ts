/** What a coloring has to do by the document, and whether an edit has made it other work. Pure. */
import { countFrames, intersect, overlapping, subtract, unite } from '../../contract/ranges.ts'
import type { Clip, PassMode } from '../../contract/projectDocument.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { framesToDo } from '../dependents.ts'
import { passOver, wantedSegments, type ModedSegment } from './filmEdits.ts'

/** What is asked for, but for how it is to be done. */
export interface ColoringWish {
  readonly mode: PassMode
  readonly range: FrameRange
  /** Frames of the film as it is now: it may have become shorter than the document says. */
  readonly end: number
  /** Frames that count as not colored, whatever the document says. */
  readonly lost: readonly FrameRange[]
}

export interface ColoringPlan {
  /** Those that hold a frame to be done, but for pins. */
  readonly segments: readonly ModedSegment[]
  /** Frames to be done: in order, disjoint. */
  readonly ranges: readonly FrameRange[]
}

/** @returns the plan, and how many frames are left out, since what they read lies behind the film's end */
export function planColoring(
  clip: Clip,
  { mode, range, end, lost }: ColoringWish,
): ColoringPlan & { readonly leftOut: number } {
  const toDo = unite([...framesToDo(clip, range), ...lost.flatMap((part) => intersect([range], part))])
  const planned =
    mode === 'between' ? { segments: wantedSegments(clip), ranges: toDo } : passOver(clip, mode, range, toDo)
  const segments = planned.segments.filter((segment) => isWithin(end, segment))
  const ranges = unite(segments.flatMap((segment) => intersect(overlapping(planned.ranges, segment), segment)))
  return {
    segments: segments.filter((segment) => segment.kind !== 'pin' && overlapping(ranges, segment).length > 0),
    ranges,
    leftOut: countFrames(subtract(intersect(planned.ranges, { from: 0, to: end }), ranges)),
  }
}

/**
 * Whether what is left of a plan is not what is to be done now.
 * @param finished frames that were done by the plan, and that the document does not know of yet; in order, disjoint
 */
export function isOtherWork(plan: ColoringPlan, finished: readonly FrameRange[], now: ColoringPlan): boolean {
  const [planned, wanted] = [framesByName(plan), framesByName(now)]
  const isMore = [...wanted].some(([name, frames]) => subtract(frames, planned.get(name) ?? []).length > 0)
  if (isMore) return true
  return [...planned].some(([name, frames]) => {
    // Of thousands of shots each looks at what lies in it alone.
    const done = overlapping(finished, { from: frames[0]!.from, to: frames.at(-1)!.to })
    return subtract(frames, [...done, ...(wanted.get(name) ?? [])]).length > 0
  })
}

/** The frames that are colored alike, by a name for how. */
function framesByName({ segments, ranges }: ColoringPlan): Map<string, FrameRange[]> {
  const named = new Map<string, FrameRange[]>()
  for (const segment of segments) {
    const name = `${segment.kind} ${segment.key}`
    const frames = intersect(overlapping(ranges, segment), segment)
    const known = named.get(name)
    named.set(name, known ? unite([...known, ...frames]) : frames)
  }
  return named
}

/** Whether all that a segment is colored by lies before the film's end: of a pin behind it nothing can be read. */
function isWithin(
  end: number,
  { kind, to, start, pins, sides }: Pick<ModedSegment, 'kind' | 'to' | 'start' | 'pins' | 'sides'>,
): boolean {
  const isCut = kind === 'mixed' && to > end
  return !isCut && start < end && pins.every((pin) => pin < end) && (sides ?? []).every((side) => isWithin(end, side))
}
