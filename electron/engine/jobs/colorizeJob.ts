/** Colors what is not colored yet and puts it into the cache. */
import type { FrameRange } from '../../contract/schemas.ts'
import type { Film } from '../film/film.ts'
import { colorBackward, colorForward, findCutsAround, missingRuns, type ColoringContext } from './coloring.ts'
import type { JobReport } from './jobReport.ts'

/**
 * Runs until every frame of the range is colored. Frames outside the range that had to be colored on the way are kept
 * but not counted.
 */
export async function runColorize(film: Film, range: FrameRange, context: ColoringContext, report: JobReport): Promise<void> {
  await context.turn()
  report.setState('running')
  await findCutsAround(film, range, context)
  const counted = (frame: number): boolean => frame >= range.from && frame < range.to
  const runs = missingRuns(film, range)
  const missing = runs.reduce((sum, run) => sum + Math.max(0, Math.min(run.to, range.to) - Math.max(run.from, range.from)), 0)
  report.addKnown(range.to - range.from - missing)
  for (const run of runs) {
    if (run.segment.kind === 'backward') {
      for await (const { frame } of colorBackward(film, run.segment, run, context)) if (counted(frame)) report.addFrame(frame)
    } else {
      for await (const { source } of colorForward(film, run.segment, run, context)) if (counted(source.number)) report.addFrame(source.number)
    }
    film.cuts.save()
  }
}
