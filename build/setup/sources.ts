/** The one pattern of every part: an ordered list of places to get it from, the first that works is taken. */
import { reasonOf, say, SetupProblem } from './report.ts'

export interface Source<Result> {
  /** As it reads in "Set-up: TensorFlow: <name>". */
  readonly name: string
  /** False passes over this source without a word: it is not for this machine. */
  readonly fits?: () => boolean | Promise<boolean>
  /** @throws anything: the next source is tried */
  readonly fetch: () => Promise<Result>
}

/**
 * Tries sources in their order.
 * @throws SetupProblem of the last source that knew a line to run, or `giveUp` with all the reasons
 */
export async function firstThatWorks<Result>(
  what: string,
  sources: readonly Source<Result>[],
  giveUp: (reasons: string) => SetupProblem,
): Promise<Result> {
  const reasons: string[] = []
  let advice: SetupProblem | null = null
  for (const source of sources) {
    if (source.fits && !(await source.fits())) continue
    say(`${what}: ${source.name}`)
    try {
      return await source.fetch()
    } catch (error) {
      if (error instanceof SetupProblem) advice = error
      const reason = error instanceof SetupProblem ? error.sentence : reasonOf(error)
      reasons.push(`${source.name}: ${reason}`)
      say(`${what}: ${source.name} did not work (${reason})`)
    }
  }
  throw advice ?? giveUp(reasons.join('; '))
}
