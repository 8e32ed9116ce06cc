/** Who may compute: one job at a time, in the order of their start, paused ones aside. Messages get in between frames. */
import { UserError } from '../../contract/userError.ts'

export function cancelledError(): UserError {
  return new UserError('cancelled', 'Cancelled.', '')
}

export class Turns {
  readonly #waiting: Ticket[] = []
  #wake: (() => void)[] = []

  /** A place at the end of the line. */
  join(signal: AbortSignal): Ticket {
    const ticket = new Ticket(this, signal)
    this.#waiting.push(ticket)
    signal.addEventListener('abort', () => this.changed(), { once: true })
    return ticket
  }

  leave(ticket: Ticket): void {
    const at = this.#waiting.indexOf(ticket)
    if (at >= 0) this.#waiting.splice(at, 1)
    this.changed()
  }

  isFirst(ticket: Ticket): boolean {
    return this.#waiting.find((other) => !other.paused) === ticket
  }

  changed(): void {
    const wake = this.#wake
    this.#wake = []
    for (const resolve of wake) resolve()
  }

  nextChange(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve))
  }
}

export class Ticket {
  #paused = false

  constructor(
    private readonly turns: Turns,
    private readonly signal: AbortSignal,
  ) {}

  get paused(): boolean {
    return this.#paused
  }

  set paused(value: boolean) {
    this.#paused = value
    this.turns.changed()
  }

  /** Resolves when this job may do one more frame. Throws UserError 'cancelled' once the signal has aborted. */
  async wait(): Promise<void> {
    // Lets whatever came in meanwhile be handled first: a pause, a frame for the viewer.
    await new Promise<void>((resolve) => setImmediate(resolve))
    while (!this.signal.aborted && (this.#paused || !this.turns.isFirst(this))) await this.turns.nextChange()
    if (this.signal.aborted) throw cancelledError()
  }
}
