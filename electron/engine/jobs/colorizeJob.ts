/** Colors what is not colored yet and puts it into the cache. */
import type { FrameRange } from '../../contract/schemas.ts'
import type { Film } from '../film/film.ts'
import { colorBackward, colorForward, findCutsAround, missingRuns, type ColoredSourceFrame, type ColoringContext } from './coloring.ts'
import type { JobReport } from './jobReport.ts'

/**
 * Runs until every frame of the range is colored. Frames outside the range that had to be colored on the way are kept
 * but not counted. When the pins change meanwhile it goes on by the new ones.
 */
export async function runColorize(film: Film, range: FrameRange, context: ColoringContext, report: JobReport): Promise<void> {
  await context.turn()
  report.setState('running')
  let planned: number
  do {
    planned = film.pinsVersion
    await colorMissing(film, range, context, report)
    film.cuts.save()
  } while (film.pinsVersion !== planned)
}

/** Stops early when the pins change. */
async function colorMissing(film: Film, range: FrameRange, context: ColoringContext, report: JobReport): Promise<void> {
  await findCutsAround(film, range, context)
  const { pinsVersion } = film
  const runs = missingRuns(film, range)
  const missing = runs.reduce((sum, run) => sum + Math.max(0, Math.min(run.to, range.to) - Math.max(run.from, range.from)), 0)
  report.setKnown(range.to - range.from - missing)
  for (const run of runs) {
    const frames = run.segment.kind === 'backward' ? colorBackward(film, run.segment, run, context) : numbered(colorForward(film, run.segment, run, context))
    for await (const { frame } of frames) {
      if (frame >= range.from && frame < range.to) report.addFrame(frame)
      if (film.pinsVersion !== pinsVersion) return
    }
  }
}

async function* numbered(frames: AsyncIterable<ColoredSourceFrame>): AsyncGenerator<{ frame: number }, void, void> {
  for await (const { source } of frames) yield { frame: source.number }
}
