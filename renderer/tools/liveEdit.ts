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

export class LiveEdit {
  #open = false
  #waiting: ProjectCommand[] = []
  #sending: Promise<void> | null = null

  constructor(private readonly target: EditTarget) {}

  get open(): boolean {
    return this.#open
  }

  /** Shows a change at once. The first one opens the step. */
  change(command: ProjectCommand): void {
    if (!this.#open) {
      this.#open = true
      void this.target.begin()
    }
    // What makes an object must reach main; of what only changes it, the newest is enough.
    const last = this.#waiting.at(-1)
    if (last && last.type === command.type && last.type !== 'add-operation') this.#waiting[this.#waiting.length - 1] = command
    else this.#waiting.push(command)
    this.#sending ??= this.#sendAll().finally(() => (this.#sending = null))
  }

  async #sendAll(): Promise<void> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) await this.target.edit(next)
  }

  /** Closes the step; what waits is sent before. */
  async end(): Promise<void> {
    if (!this.#open) return
    await this.#sending
    this.#open = false
    await this.target.commit()
  }

  /** Takes all of it back. */
  async cancel(): Promise<void> {
    if (!this.#open) return
    this.#waiting = []
    await this.#sending
    this.#open = false
    await this.target.cancel()
  }
}
