/** Colors what is not colored yet and puts it into the cache. */
import type { PlannedSegment } from '../../contract/filmEdits.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { within } from '../../contract/ranges.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import type { Film } from '../film/film.ts'
import type { FilmView } from '../film/filmView.ts'
import type { ColoringContext } from './coloring.ts'
import type { JobReport } from './jobReport.ts'
import { coloringOf } from './mixedColoring.ts'
import { storedFramesIn } from './segmentColors.ts'
import { newDamage, tellDamage } from './tellDamage.ts'

export interface ColorizePlan {
  /** The document as it was when the job was ordered: its pins are read, whatever becomes of them meanwhile. */
  readonly view: FilmView
  readonly segments: readonly PlannedSegment[]
  /** In order, disjoint. */
  readonly ranges: readonly FrameRange[]
  /** The segment that holds this frame is done first, then those after it, then those before. */
  readonly first?: number | undefined
  /** False once what is left of it is not to be done any more. */
  readonly isWanted: () => boolean
}

/**
 * Runs until every frame of the ranges is colored. Frames outside of them that had to be colored on the way are kept
 * but not counted. Throws UserError 'disk-full' or 'target-not-writable' where the cache takes nothing more.
 * @param more what is to be done after the first plan, and after each that it gives; null: nothing
 */
export async function runColorize(
  film: Film,
  plan: ColorizePlan,
  context: ColoringContext,
  report: JobReport,
  more: () => Promise<ColorizePlan | null> = () => Promise.resolve(null),
): Promise<void> {
  await context.turn()
  const damage = newDamage(film)
  let lost = 0
  for (let next: ColorizePlan | null = plan; next; next = await more()) {
    lost += await colorPlanned(film, next, context, report)
  }
  if (lost > 0) report.addNotes([keptSentence(lost)])
  await tellDamage(film, report, context.signal, damage)
}

/** @returns how many locked frames had lost their colors */
async function colorPlanned(
  film: Film,
  plan: ColorizePlan,
  context: ColoringContext,
  report: JobReport,
): Promise<number> {
  // What is told from here on counts for the plan that has taken its place.
  if (!plan.isWanted()) return 0
  for (const frame of knownFrames(film, plan)) report.addKnown({ from: frame, to: frame + 1 })
  let lost = 0
  for (const segment of inTurn(plan.segments, plan.first)) {
    if (!plan.isWanted()) return lost
    const parts = missingParts(film, segment, plan.ranges)
    if (parts.length === 0) continue
    const coloring = await coloringOf(film, segment, plan.view, context)
    try {
      for (const part of parts) {
        for await (const { frame } of coloring.colorMissing(part)) {
          // Whoever took the plan back knows what was finished by it: this frame is kept, and not among them.
          if (!plan.isWanted()) return lost
          // Hours of colors that nobody will see are not worth the wait.
          if (!storedFramesIn(film, segment).has(frame)) throw film.notKept()
          if (segment.kind === 'kept') lost++
          report.addFrame(frame)
        }
      }
    } finally {
      coloring.dispose()
    }
  }
  return lost
}

/** The parts of a segment that were asked for and hold a frame without colors, in the order of its way. */
function missingParts(film: Film, segment: PlannedSegment, ranges: readonly FrameRange[]): FrameRange[] {
  const stored = storedFramesIn(film, segment)
  const isWhole = ({ from, to }: FrameRange): boolean => {
    for (let frame = from; frame < to; frame++) if (!stored.has(frame)) return false
    return true
  }
  const parts = within(ranges, segment).filter((part) => !isWhole(part))
  return segment.kind === 'backward' ? parts.reverse() : parts
}

/** Told of locked frames whose colors are lost: the file of the lock is gone, or an old project trusted the cache. */
export function keptSentence(count: number): Sentence {
  return count === 1
    ? sentence`The colors of one locked frame were no longer there; the color model has colored it anew. Look whether it fits.`
    : sentence`The colors of ${count} locked frames were no longer there; the color model has colored them anew. Look whether they fit.`
}

/** Frames asked for that need no work. */
function knownFrames(film: Film, { segments, ranges }: ColorizePlan): number[] {
  const known: number[] = []
  for (const segment of segments) {
    const stored = storedFramesIn(film, segment)
    for (const part of within(ranges, segment)) {
      for (let frame = part.from; frame < part.to; frame++) if (stored.has(frame)) known.push(frame)
    }
  }
  return known
}

/** Transitions come last: then the shots on both sides have their colors, which theirs are made of. */
function inTurn(segments: readonly PlannedSegment[], first: number | undefined): PlannedSegment[] {
  const isMixed = ({ kind }: PlannedSegment): boolean => kind === 'mixed'
  return [
    ...fromFrame(
      segments.filter((each) => !isMixed(each)),
      first,
    ),
    ...fromFrame(segments.filter(isMixed), first),
  ]
}

function fromFrame(segments: readonly PlannedSegment[], first: number | undefined): PlannedSegment[] {
  const sorted = [...segments].sort((a, b) => a.from - b.from)
  const start = first === undefined ? 0 : sorted.findIndex(({ to }) => to > first)
  return start <= 0 ? sorted : [...sorted.slice(start), ...sorted.slice(0, start)]
}
