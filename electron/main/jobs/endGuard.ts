/** Whatever would end a film that is being written, or lose edits that are not, asks first. */
import type { JobEntry } from '../../contract/jobs.ts'
import { sentence, noWords } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { Jobs } from './jobs.ts'

/** Asks the artist whether these may be ended. */
export type AskToEnd = (exports: readonly JobEntry[]) => Promise<boolean>

/** Edits that no disk holds (see unwrittenEdits.ts). */
export interface EditsToKeep {
  readonly areNone: boolean
  /** False where the artist would rather stay than lose them. */
  readonly mayLeave: () => Promise<boolean>
}

export class EndGuard {
  constructor(
    private readonly jobs: Jobs,
    private readonly ask: AskToEnd,
    private readonly unwritten: EditsToKeep,
  ) {}

  /**
   * Does 'work', which takes these clips away. At once where nothing of theirs is being written; else after the artist
   * has agreed and the exports have ended. Rejects with UserError 'cancelled' where the artist has not; then nothing
   * was done.
   */
  removing<T>(clips: () => readonly string[], work: () => T): T | Promise<Awaited<T>> {
    if (this.jobs.exportsOf().length === 0) return work()
    const exports = this.jobs.exportsOf(clips())
    return exports.length === 0 ? work() : this.#removingAfterAsking(exports, work)
  }

  async #removingAfterAsking<T>(exports: readonly JobEntry[], work: () => T): Promise<Awaited<T>> {
    await this.#mayEnd(exports)
    await this.jobs.cancelAll(exports)
    return await work()
  }

  /** The same for work that leaves the whole project. It ends what runs by itself, once it has found where it goes. */
  leaving<T>(work: () => T): T | Promise<Awaited<T>> {
    const exports = this.jobs.exportsOf()
    return exports.length === 0 && this.unwritten.areNone ? work() : this.#leavingAfterAsking(exports, work)
  }

  async #leavingAfterAsking<T>(exports: readonly JobEntry[], work: () => T): Promise<Awaited<T>> {
    if (exports.length > 0) await this.#mayEnd(exports)
    if (!(await this.unwritten.mayLeave())) throw new UserError('cancelled', sentence`The project stays open.`, noWords)
    return await work()
  }

  async #mayEnd(exports: readonly JobEntry[]): Promise<void> {
    if (!(await this.ask(exports))) throw new UserError('cancelled', sentence`The export goes on.`, noWords)
  }
}
