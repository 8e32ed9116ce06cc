/**
 * Edits while something is dragged: one of them is on its way at a time, what comes meanwhile waits as one, and all of
 * them are one step of the history.
 */
import { joinedCommands } from '../../electron/contract/joinedCommands.ts'
import type { ProjectCommand } from '../../electron/contract/projectCommands.ts'

/**
 * Carries edits out. An open edit is named by whoever begins it: nothing else can end it, and it takes in nothing else.
 */
export interface EditTarget {
  begin(edit: string): Promise<boolean>
  edit(command: ProjectCommand, edit?: string): Promise<boolean>
  commit(edit: string): Promise<boolean>
  cancel(edit: string): Promise<boolean>
}

interface Sent {
  readonly edit: string
  readonly what: 'begin' | 'commit' | 'cancel' | ProjectCommand
}

export class LiveEdit {
  /** The name of the step that is open. */
  #open: string | null = null
  /** What is still to be sent, in order. */
  readonly #queue: Sent[] = []
  #sending: Promise<void> | null = null

  constructor(private readonly target: EditTarget) {}

  /** Between the first change and its end. */
  get open(): boolean {
    return this.#open !== null
  }

  /** Shows a change at once. The first one opens the step. */
  change(command: ProjectCommand): void {
    if (this.#open === null) {
      this.#open = crypto.randomUUID()
      this.#queue.push({ edit: this.#open, what: 'begin' })
    }
    // What still waits is joined with what comes: of a slider the newest is enough, of a stroke all points in one go.
    const last = this.#queue.at(-1)?.what
    const both = typeof last === 'object' ? joinedCommands(last, command) : null
    if (both) this.#queue.pop()
    this.#send({ edit: this.#open, what: both ?? command })
  }

  /** Closes the step; what waits is sent before, and nothing takes it back any more. Resolves when main has it. */
  async end(): Promise<void> {
    if (this.#open !== null) this.#send({ edit: this.#open, what: 'commit' })
    this.#open = null
    await this.#sending
  }

  /** Resolves when main has everything up to here. */
  async settled(): Promise<void> {
    await this.#sending
  }

  /** Takes back all of the step that is open. */
  async cancel(): Promise<void> {
    if (this.#open !== null) {
      while (typeof this.#queue.at(-1)?.what === 'object') this.#queue.pop()
      // Where main has not even heard of it, there is nothing to take back.
      if (this.#queue.at(-1)?.what === 'begin') this.#queue.pop()
      else this.#send({ edit: this.#open, what: 'cancel' })
    }
    this.#open = null
    await this.#sending
  }

  #send(next: Sent): void {
    this.#queue.push(next)
    this.#sending ??= this.#sendAll().finally(() => (this.#sending = null))
  }

  async #sendAll(): Promise<void> {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const { edit, what } = next
      if (typeof what === 'object') await this.target.edit(what, edit)
      else await this.target[what](edit)
    }
  }
}
