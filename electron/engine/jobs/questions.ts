/** Questions that take long enough for whoever has asked not to want the answer any more. */
import { untilAborted } from '../../contract/untilAborted.ts'
import { cancelled } from '../../contract/userError.ts'

/** How a question is worked on. */
export interface QuestionContext {
  readonly signal: AbortSignal
  /** Awaited before each step: lets messages in, throws UserError 'cancelled' where the question was given up. */
  readonly turn: () => Promise<void>
  /** Waits for something that goes on without this question. Throws like 'turn'. */
  readonly aside: <T>(work: Promise<T>) => Promise<T>
}

export class Questions {
  readonly #open = new Map<string, AbortController>()

  /** @param asked a name of its own by which it may be given up; without one it is answered in any case */
  async answer<T>(asked: string | undefined, work: (context: QuestionContext) => Promise<T>): Promise<T> {
    const abort = new AbortController()
    const { signal } = abort
    if (asked !== undefined) this.#open.set(asked, abort)
    const turn = async (): Promise<void> => {
      await new Promise<void>((resolve) => setImmediate(resolve))
      if (signal.aborted) throw cancelled()
    }
    try {
      return await work({ signal, turn, aside: (other) => untilAborted(signal, other) })
    } finally {
      if (asked !== undefined) this.#open.delete(asked)
    }
  }

  /** Nobody waits for the answer any more: the next step of it is not taken. */
  giveUp(asked: string): void {
    this.#open.get(asked)?.abort()
  }
}
