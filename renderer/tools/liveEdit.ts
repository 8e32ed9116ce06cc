/**
 * Edits while something is dragged: one of them is on its way at a time, the newest waits and replaces the one that
 * waited before, and all of them are one step of the history.
 */
import type { ProjectCommand } from '../../electron/contract/projectCommands.ts'

export interface EditTarget {
  begin(): Promise<boolean>
  edit(command: ProjectCommand): Promise<boolean>
  commit(): Promise<boolean>
  cancel(): Promise<boolean>
}

type Sent = 'begin' | 'commit' | 'cancel' | ProjectCommand

export class LiveEdit {
  #open = false
  /** What is still to be sent, in order. */
  readonly #queue: Sent[] = []
  #sending: Promise<void> | null = null

  constructor(private readonly target: EditTarget) {}

  /** Between the first change and its end. */
  get open(): boolean {
    return this.#open
  }

  /** Shows a change at once. The first one opens the step. */
  change(command: ProjectCommand): void {
    if (!this.#open) this.#queue.push('begin')
    this.#open = true
    // What makes an object must reach main; of what only changes it, the newest is enough.
    const last = this.#queue.at(-1)
    if (typeof last === 'object' && last.type === command.type && last.type !== 'add-operation') this.#queue.pop()
    this.#send(command)
  }

  /** Closes the step; what waits is sent before, and nothing takes it back any more. Resolves when main has it. */
  async end(): Promise<void> {
    if (this.#open) {
      this.#open = false
      this.#send('commit')
    }
    await this.#sending
  }

  /** Takes back all of the step that is open. */
  async cancel(): Promise<void> {
    if (this.#open) {
      this.#open = false
      while (typeof this.#queue.at(-1) === 'object') this.#queue.pop()
      // Where main has not even heard of it, there is nothing to take back.
      if (this.#queue.at(-1) === 'begin') this.#queue.pop()
      else this.#send('cancel')
    }
    await this.#sending
  }

  #send(next: Sent): void {
    this.#queue.push(next)
    this.#sending ??= this.#sendAll().finally(() => (this.#sending = null))
  }

  async #sendAll(): Promise<void> {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      if (typeof next === 'object') await this.target.edit(next)
      else await this.target[next]()
    }
  }
}
