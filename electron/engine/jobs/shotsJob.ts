/** Looks a film through for cuts: all of it, or just the shots that lie around a part. */
import type { FrameRange } from '../../contract/schemas.ts'
import type { Film } from '../film/film.ts'
import { decodeSmallLuma } from '../reading/decodeSmall.ts'
import { CutDetector, LOOK_AHEAD, type LumaPicture } from '../shots/detectCuts.ts'
import type { JobContext } from './jobLine.ts'
import type { JobReport } from './jobReport.ts'
import { newDamage, tellDamage } from './tellDamage.ts'

/**
 * A detector sees this many frames and no more, counted from the film's first, however much is looked through in one
 * go: so the same film has the same cuts whichever part was looked at first.
 */
const CHUNK = 512
/** Frames before a chunk that its detector is shown, so that it knows how restless the shot is. */
const LEAD = 12

/**
 * What was looked at before is not looked at again.
 * @param asked the shots that these frames lie in are looked for, from cut to cut
 */
export async function runFindShots(film: Film, asked: FrameRange, context: JobContext, report: JobReport): Promise<void> {
  await context.turn()
  const { frameCount } = film.info
  const damage = newDamage(film)
  const isAsked = (frame: number): boolean => frame >= asked.from && frame < asked.to
  report.setKnownCount(film.cuts.unknownIn(asked).reduce((left, { from, to }) => left - (to - from), asked.to - asked.from))
  try {
    for (let missing = film.cuts.missingAround(asked, frameCount); missing; missing = film.cuts.missingAround(asked, frameCount)) {
      const from = missing.from - (missing.from % CHUNK)
      const to = Math.min(frameCount, Math.ceil(missing.to / CHUNK) * CHUNK)
      await lookThrough(film, { from, to }, context, (frame, isCut) => {
        const isNew = !film.cuts.isKnown(frame)
        film.cuts.note(frame, isCut)
        if (isNew && isAsked(frame)) report.addFrame(frame)
      })
    }
    await tellDamage(film, report, context.signal, damage)
  } finally {
    film.cuts.save()
  }
}

type Decide = (frame: number, isCut: boolean) => void

/** @param range whole chunks */
async function lookThrough(film: Film, range: FrameRange, context: JobContext, decide: Decide): Promise<void> {
  const end = film.info.frameCount
  const shown = { from: Math.max(0, range.from - LEAD), to: Math.min(end, range.to + LOOK_AHEAD) }
  const detectors: ChunkDetector[] = []
  let frame = shown.from
  for await (const picture of decodeSmallLuma(film.tools, film.footage, shown, context.signal)) {
    await context.turn()
    const next = detectors.length === 0 ? range.from : detectors.at(-1)!.to
    if (next < range.to && frame === Math.max(0, next - LEAD)) {
      detectors.push(new ChunkDetector(frame, next, Math.min(end, next + CHUNK), decide))
    }
    for (const detector of detectors) detector.push(picture)
    frame++
    if (detectors[0]!.isDone(frame)) detectors.shift()!.finish()
  }
  for (const detector of detectors) detector.finish()
}

/** Decides of the frames of one chunk. Neighbors overlap, so two of them may be at work. */
class ChunkDetector {
  readonly #detector = new CutDetector()
  #frame: number

  constructor(
    shownFrom: number,
    private readonly from: number,
    readonly to: number,
    private readonly decide: Decide,
  ) {
    this.#frame = shownFrom
  }

  push(picture: LumaPicture): void {
    this.#take(this.#detector.push(picture))
  }

  /** Whether it has seen all that it needs when this frame comes next. */
  isDone(next: number): boolean {
    return next >= this.to + LOOK_AHEAD
  }

  finish(): void {
    this.#take(this.#detector.finish())
  }

  #take(decisions: readonly boolean[]): void {
    for (const isCut of decisions) {
      if (this.#frame >= this.from && this.#frame < this.to) this.decide(this.#frame, isCut)
      this.#frame++
    }
  }
}
