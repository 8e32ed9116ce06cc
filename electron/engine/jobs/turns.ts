/**
 * Who may compute: one job at a time, in the order of their start; those are passed over that are paused or wait for
 * something else, and the more patient come behind all others. Messages get in between frames, and what somebody is
 * waiting to see goes first.
 */
import { setTimeout as passed } from 'node:timers/promises'
import { untilAborted } from '../../contract/untilAborted.ts'
import { cancelled } from '../../contract/userError.ts'

/** A job waits this long at most with its next frame, so that it goes on while a film plays. */
const GIVE_WAY_MS = 250

export class Turns {
  readonly #waiting: Ticket[] = []
  #wake: (() => void)[] = []
  #urgent: Promise<unknown> | null = null

  /** A place at the end of the line, before those of more patience. */
  join(signal: AbortSignal, patience = 0): Ticket {
    const ticket = new Ticket(this, signal, patience)
    const behind = this.#waiting.findIndex((other) => other.patience > patience)
    this.#waiting.splice(behind < 0 ? this.#waiting.length : behind, 0, ticket)
    signal.addEventListener('abort', () => this.changed(), { once: true })
    return ticket
  }

  leave(ticket: Ticket): void {
    const at = this.#waiting.indexOf(ticket)
    if (at >= 0) this.#waiting.splice(at, 1)
    this.changed()
  }

  isFirst(ticket: Ticket): boolean {
    return this.#waiting.find((other) => !other.paused && !other.isAside) === ticket
  }

  /** The next frame of whoever's turn it is waits for this work, though not for long. */
  giveWay(work: Promise<unknown>): void {
    const urgent = work
      .catch(() => undefined)
      .finally(() => {
        if (this.#urgent === urgent) this.#urgent = null
      })
    this.#urgent = urgent
  }

  async nothingUrgent(): Promise<void> {
    if (this.#urgent) await Promise.race([this.#urgent, passed(GIVE_WAY_MS)])
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
  #isAside = false

  constructor(
    private readonly turns: Turns,
    private readonly signal: AbortSignal,
    readonly patience: number,
  ) {}

  get paused(): boolean {
    return this.#paused
  }

  set paused(value: boolean) {
    this.#paused = value
    this.turns.changed()
  }

  get isAside(): boolean {
    return this.#isAside
  }

  /** Others go first until this is there. Throws UserError 'cancelled' once the signal has aborted. */
  async aside<T>(work: Promise<T>): Promise<T> {
    this.#setAside(true)
    try {
      return await untilAborted(this.signal, work)
    } finally {
      this.#setAside(false)
    }
  }

  #setAside(value: boolean): void {
    this.#isAside = value
    this.turns.changed()
  }

  /** Resolves when this job may do one more frame. Throws UserError 'cancelled' once the signal has aborted. */
  async wait(): Promise<void> {
    // Lets whatever came in meanwhile be handled first: a pause, a frame for the viewer.
    await new Promise<void>((resolve) => setImmediate(resolve))
    await this.turns.nothingUrgent()
    while (!this.signal.aborted && (this.#paused || !this.turns.isFirst(this))) await this.turns.nextChange()
    if (this.signal.aborted) throw cancelled()
  }
}
