/** Looks a whole film through for cuts. */
import type { FrameRange } from '../../contract/schemas.ts'
import type { Film } from '../film/film.ts'
import { decodeSmallLuma } from '../reading/decodeSmall.ts'
import { CutDetector, LOOK_AHEAD } from '../shots/detectCuts.ts'
import type { JobReport } from './jobReport.ts'

/** Frames before a gap that the detector is shown, so that it knows how restless the shot is. */
const LEAD = 12

/** What was looked at before is not looked at again. */
export async function runFindShots(film: Film, context: { readonly signal: AbortSignal; readonly turn: () => Promise<void> }, report: JobReport): Promise<void> {
  await context.turn()
  report.setState('running')
  const whole = { from: 0, to: film.info.frameCount }
  const gaps = film.cuts.unknownIn(whole)
  report.setKnownCount(gaps.reduce((left, { from, to }) => left - (to - from), whole.to))
  try {
    for (const gap of gaps) await lookThrough(film, gap, context, report)
  } finally {
    film.cuts.save()
  }
}

async function lookThrough(film: Film, gap: FrameRange, context: { readonly signal: AbortSignal; readonly turn: () => Promise<void> }, report: JobReport): Promise<void> {
  const range = { from: Math.max(0, gap.from - LEAD), to: Math.min(film.info.frameCount, gap.to + LOOK_AHEAD) }
  const detector = new CutDetector()
  let frame = range.from
  const take = (decisions: readonly boolean[]): void => {
    for (const isCut of decisions) {
      if (frame >= gap.from && frame < gap.to) {
        film.noteCut(frame, isCut)
        report.addFrame(frame)
      }
      frame++
    }
  }
  for await (const picture of decodeSmallLuma(film.tools, film.footage, range, context.signal)) {
    await context.turn()
    take(detector.push(picture))
  }
  take(detector.finish())
}
