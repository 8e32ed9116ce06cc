/** Colors what is not colored yet and puts it into the cache. */
import type { PlannedSegment } from '../../contract/filmEdits.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import type { Film } from '../film/film.ts'
import type { FilmView } from '../film/filmView.ts'
import { colorBackward, colorForward, type ColoringContext, type PassedFrame } from './coloring.ts'
import { findCutsAround } from './cutWatch.ts'
import type { JobReport } from './jobReport.ts'
import { missingRuns, storedFramesIn } from './segmentColors.ts'

export interface ColorizePlan {
  /** The document as it was when the job was ordered: its pins are read, whatever becomes of them meanwhile. */
  readonly view: FilmView
  readonly segments: readonly PlannedSegment[]
  /** In order, disjoint. */
  readonly ranges: readonly FrameRange[]
  /** The segment that holds this frame is done first, then those after it, then those before. */
  readonly first?: number | undefined
}

/** Runs until every frame of the ranges is colored. Frames outside of them that had to be colored on the way are kept but not counted. */
export async function runColorize(film: Film, plan: ColorizePlan, context: ColoringContext, report: JobReport): Promise<void> {
  await context.turn()
  report.setState('running')
  await colorMissing(film, plan, context, report, () => false)
}

/** The same by the engine's own plan; when the pins or cuts change meanwhile it goes on by the new ones. */
export async function runColorizeByOwnPlan(film: Film, order: Pick<ColorizePlan, 'ranges' | 'first'>, context: ColoringContext, report: JobReport): Promise<void> {
  await context.turn()
  report.setState('running')
  let planned: number
  do {
    planned = film.version
    for (const range of order.ranges) await findCutsAround(film, range, context)
    const { view } = film
    await colorMissing(film, { ...order, view, segments: view.wanted }, context, report, () => film.version !== planned)
    film.cuts.save()
  } while (film.version !== planned)
}

async function colorMissing(film: Film, plan: ColorizePlan, context: ColoringContext, report: JobReport, isOutdated: () => boolean): Promise<void> {
  const segments = inTurn(plan.segments, plan.first)
  const isAsked = (frame: number): boolean => plan.ranges.some(({ from, to }) => frame >= from && frame < to)
  report.setKnown(knownFrames(film, plan))
  let lost = 0
  for (const segment of segments) {
    for (const run of missingRuns(film, segment, plan.ranges)) {
      const frames = segment.kind === 'backward' ? colorBackward(film, segment, run, plan.view, context) : numbered(colorForward(film, segment, run, plan.view, context))
      for await (const { frame } of frames) {
        if (segment.kind === 'kept') lost++
        if (isAsked(frame)) report.addFrame(frame)
        if (isOutdated()) return
      }
    }
  }
  if (lost > 0) report.addNotes([keptSentence(lost)])
}

/** Told of locked frames whose colors the cache had lost. */
export function keptSentence(count: number): Sentence {
  return count === 1
    ? sentence`The color cache no longer held the colors of one locked frame; the color model has colored it anew. Look whether it fits.`
    : sentence`The color cache no longer held the colors of ${count} locked frames; the color model has colored them anew. Look whether they fit.`
}

/** Frames asked for that need no work. */
function knownFrames(film: Film, { segments, ranges }: ColorizePlan): number[] {
  const known: number[] = []
  for (const segment of segments) {
    const stored = storedFramesIn(film, segment)
    for (const range of ranges) {
      for (let frame = Math.max(range.from, segment.from); frame < Math.min(range.to, segment.to); frame++) if (stored.has(frame)) known.push(frame)
    }
  }
  return known
}

function inTurn(segments: readonly PlannedSegment[], first: number | undefined): PlannedSegment[] {
  const sorted = [...segments].sort((a, b) => a.from - b.from)
  const start = first === undefined ? 0 : sorted.findIndex(({ to }) => to > first)
  return start <= 0 ? sorted : [...sorted.slice(start), ...sorted.slice(0, start)]
}

async function* numbered(frames: AsyncIterable<PassedFrame>): AsyncGenerator<{ frame: number }, void, void> {
  for await (const { source } of frames) yield { frame: source.number }
}
