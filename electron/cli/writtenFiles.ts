/**
 * The files that the jobs of one command line have come to, as they follow one another. A later job whose film has the
 * name of an earlier one's shot or part would else be passed over as done, or write over it.
 */
import { basename } from 'node:path'
import { sentence } from '../contract/sentence.ts'
import { UserError } from '../contract/userError.ts'
import type { FilmOrder } from './arguments.ts'
import { namesOf } from './givenFilms.ts'

interface Job {
  readonly number: number
  readonly source: string
}

export class WrittenFiles {
  /** Of which job a file is, by each of its names. */
  readonly #jobs = new Map<string, Job>()
  #job: Job = { number: 0, source: '' }

  /** Of this job are the files from here on. @param n from 0 */
  begin(n: number, { source }: Pick<FilmOrder, 'source'>): void {
    this.#job = { number: n + 1, source }
  }

  /** A file that the job has written, or has found there and left. */
  async add(path: string): Promise<void> {
    for (const name of await namesOf(path)) if (!this.#jobs.has(name)) this.#jobs.set(name, this.#job)
  }

  /** Throws UserError 'target-not-writable' where a file is there that is an earlier job's. */
  async refuse(target: string): Promise<void> {
    const jobs = (await namesOf(target)).map((name) => this.#jobs.get(name))
    const other = jobs.find((job) => job !== undefined && job.number !== this.#job.number)
    if (!other) return
    throw new UserError(
      'target-not-writable',
      sentence`“${basename(target)}” is what job ${other.number} (“${basename(other.source)}”) was written to.`,
      sentence`Name another target in one of the two jobs.`,
      target,
    )
  }
}
