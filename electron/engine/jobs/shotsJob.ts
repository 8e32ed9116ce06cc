/** Looks a film through for shots: all of it, or just the shots that lie around a part. */
import type { ShotsWish } from '../../contract/foundShots.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import type { Film } from '../film/film.ts'
import type { StandIns } from '../film/standIns.ts'
import { decodeSmall } from '../reading/decoding/decodeSmall.ts'
import { hasFarJumps } from '../reading/decoding/farJumps.ts'
import { ShotDetector, type FoundPart } from '../shots/shotDetector.ts'
import { foundColorSentences } from './foundColor.ts'
import type { JobContext } from './jobLine.ts'
import type { JobReport } from './jobReport.ts'
import { newDamage, tellDamage } from './tellDamage.ts'

/**
 * A detector decides of this many frames and no more, counted from the film's first, however much is looked through in
 * one go: so the same film has the same shots whichever part was looked at first.
 */
const CHUNK = 512
/** What a detector is certain of is taken down every so many frames. */
const NOTED_EVERY = 48

/**
 * What was looked at before is not looked at again.
 * @param asked the shots that these frames lie in are looked for, from cut to cut
 * @param withStandIns small pictures are kept on the way of a film in which jumps are far
 */
export async function runFindShots(
  film: Film,
  asked: ShotsWish,
  context: JobContext,
  report: JobReport,
  withStandIns = false,
): Promise<void> {
  await context.turn()
  const { frameCount } = film.info
  const damage = newDamage(film)
  report.setKnownCount(
    film.cuts.unknownIn(asked).reduce((left, { from, to }) => left - (to - from), asked.to - asked.from),
  )
  const standIns = withStandIns && hasFarJumps(film.footage) ? film.standIns : null
  const isNews = (frame: number): boolean => frame >= asked.from && frame < asked.to && !film.cuts.isKnown(frame)
  try {
    for (
      let missing = film.cuts.missingAround(asked, frameCount);
      missing;
      missing = film.cuts.missingAround(asked, frameCount)
    ) {
      const from = missing.from - (missing.from % CHUNK)
      const to = Math.min(frameCount, Math.ceil(missing.to / CHUNK) * CHUNK)
      const range = { from, to, enough: asked.isOpen ? missing.to : to }
      await lookThrough(film, range, standIns, context, (frame) => {
        if (isNews(frame)) report.addFrame(frame)
      })
    }
    await tellDamage(film, report, context.signal, damage)
  } finally {
    film.cuts.save()
    standIns?.finish()
  }
  report.addNotes(foundColorSentences(film.cuts.found.colored, asked))
}

/**
 * @param range whole chunks; those frames are enough that lie before 'enough'
 * @param onFrame is told of each frame of them that was looked at
 */
async function lookThrough(
  film: Film,
  range: FrameRange & { readonly enough: number },
  standIns: StandIns | null,
  context: JobContext,
  onFrame: (frame: number) => void,
): Promise<void> {
  const end = film.info.frameCount
  const shown = {
    from: Math.max(0, range.from - ShotDetector.LEAD),
    to: Math.min(end, range.to + ShotDetector.LOOK_AHEAD),
  }
  const detectors: ShotDetector[] = []
  let next = range.from
  const note = ({ from, frames, transitions }: FoundPart): void => {
    if (frames.length > 0) film.cuts.note(from, frames, transitions)
  }
  let frame = shown.from
  const reading = {
    signal: context.signal,
    ...(standIns && { standIns: (frame: number, jpeg: Uint8Array) => standIns.add(frame, jpeg) }),
  }
  for await (const picture of decodeSmall(film.tools, film.footage, shown, reading)) {
    await context.turn()
    // Neighbors overlap, so several may be at work.
    while (next < range.to && frame === Math.max(0, next - ShotDetector.LEAD)) {
      detectors.push(new ShotDetector(frame, { from: next, to: Math.min(end, next + CHUNK) }))
      next += CHUNK
    }
    // Another search of the same film, under another name, may have gone on while this one stood still.
    if (frame % NOTED_EVERY === 0 && film.cuts.unknownIn({ from: range.from, to: range.enough }).length === 0) return
    for (const detector of detectors) detector.push(picture)
    if (frame >= range.from && frame < range.to) onFrame(frame)
    frame++
    // Coloring begins with what is known.
    if (frame % NOTED_EVERY === 0 && detectors[0]) note(detectors[0].settled)
    while (detectors[0]?.isDone(frame)) note(detectors.shift()!.finish())
    if (frame >= range.enough && detectors.every((detector) => detector.isSettled(range.enough))) {
      for (const detector of detectors) note(detector.settled)
      return
    }
  }
  for (const detector of detectors) note(detector.finish())
}
