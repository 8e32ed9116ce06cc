/**
 * Edits that no disk holds are never lost without a question: at the end of the program, and where another project
 * takes their place.
 */
import { noWords, sentence } from '../contract/sentence.ts'
import { UserError } from '../contract/userError.ts'
import type { ProjectSession } from '../project/session/projectSession.ts'

/**
 * 'again': the disk may have room by now; 'elsewhere': the project is saved in another place; 'lose': they are given
 * up.
 */
export type UnwrittenAnswer = 'stay' | 'again' | 'elsewhere' | 'lose'

export interface UnwrittenQuestion {
  /** @param trouble how many edits of which project, and why they can not be written */
  readonly ask: (trouble: UserError) => Promise<UnwrittenAnswer>
  /** A new place for the project; null where the artist has chosen none. */
  readonly choosePlace: () => Promise<string | null>
}

/** The artist would rather stay. */
export const staysOpen = (): UserError => new UserError('cancelled', sentence`The project stays open.`, noWords)

export class UnwrittenEdits {
  /** All that leaves a project, or has. */
  #leaving: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly session: ProjectSession,
    private readonly question: UnwrittenQuestion,
  ) {}

  /** False where the disk has to be asked before anything may end. */
  get areNone(): boolean {
    return this.session.unwrittenEdits === 0 && this.session.state?.trouble == null
  }

  /**
   * Does what leaves the project. At once where nothing would be lost by it; else after the artist has agreed. Rejects
   * with UserError 'cancelled' where the artist has not; then nothing was done.
   */
  leaving<T>(work: () => T): T | Promise<Awaited<T>> {
    const left = this.areNone ? work() : this.#leavingAfterAsking(work)
    this.#leaving = Promise.allSettled([this.#leaving, left])
    return left
  }

  /** Ends when no project is being left any more: what comes then meets the one that is open in the end. */
  async settled(): Promise<void> {
    await this.#leaving
  }

  async #leavingAfterAsking<T>(work: () => T): Promise<Awaited<T>> {
    if (!(await this.mayLeave())) throw staysOpen()
    return await work()
  }

  /** Tries to write them, and asks for as long as that fails. False where the artist would rather stay. */
  async mayLeave(): Promise<boolean> {
    for (
      let trouble = await this.session.unwrittenTrouble();
      trouble;
      trouble = await this.session.unwrittenTrouble()
    ) {
      const answer = await this.question.ask(trouble)
      if (answer === 'stay') return false
      if (answer === 'lose') this.session.loseUnwritten()
      if (answer === 'elsewhere') await this.#saveElsewhere()
    }
    return true
  }

  async #saveElsewhere(): Promise<void> {
    const place = await this.question.choosePlace()
    // Where that fails as well, the edits are as unwritten as before, and it is asked again.
    if (place !== null) await this.session.saveAs(place).catch(() => undefined)
  }
}
