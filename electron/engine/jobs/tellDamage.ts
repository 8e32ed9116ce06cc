/** What a job has met of damage in the film, for the artist: sentences in its notes, and frames for the timeline. */
import type { FrameRange } from '../../contract/schemas.ts'
import type { Sentence } from '../../contract/sentence.ts'
import type { Film } from '../film/film.ts'
import { damageSentences } from '../reading/decoding/damage.ts'
import { examineSuspects } from '../reading/decoding/examine.ts'
import type { JobReport } from './jobReport.ts'

/**
 * Looks once more at frames during which ffmpeg complained, then tells. Never fails: where the film can't be read any
 * more, all that was asked for has come by now.
 */
export async function tellDamage(
  film: Film,
  report: JobReport,
  signal: AbortSignal,
  sentences: () => readonly Sentence[],
): Promise<void> {
  const { damage } = film.footage.source
  try {
    await examineSuspects(film.tools, film.footage, signal)
  } catch (error) {
    if (signal.aborted) throw error
  }
  report.addNotes(sentences())
  report.setDamaged(damage.ranges)
}

/**
 * For jobs that leave nothing behind: what was not known when they began is enough. To be asked before; gives the
 * sentences afterwards.
 */
export function newDamage({ footage }: Film): () => readonly Sentence[] {
  const { damage } = footage.source
  const [missing, flawed] = [new Set(damage.missing), new Set(damage.flawed)]
  return () =>
    damageSentences(
      [...damage.missing].filter((frame) => !missing.has(frame)),
      [...damage.flawed].filter((frame) => !flawed.has(frame)),
    )
}

/** For films that are written: all that is damaged in them. */
export function allDamage({ footage }: Film, range: FrameRange): () => readonly Sentence[] {
  return () => footage.source.damage.sentences(range)
}
