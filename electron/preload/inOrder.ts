/**
 * Answers and events come to the page by two ways, and an answer may overtake an event that was sent before it. Whoever
 * has the answer to an edit would then still see the document without it; so an answer waits for those events.
 */
import type { SentEvents } from '../contract/bridge.ts'

export class InOrder {
  /** This load of the page, whichever it is: what was sent to the one before does not count. */
  readonly page = crypto.getRandomValues(new Uint32Array(4)).join('-')
  #seen = 0
  #waiting: { readonly sent: number; readonly goOn: () => void }[] = []

  /** An event has been heard by all who listen for it. */
  heard(sent: SentEvents | undefined): void {
    if (sent?.page !== this.page) return
    this.#seen = sent.count
    const due = this.#waiting.filter((each) => each.sent <= this.#seen)
    this.#waiting = this.#waiting.filter((each) => each.sent > this.#seen)
    for (const { goOn } of due) goOn()
  }

  /** Resolves when as many events have been heard. */
  async caughtUp(sent: number): Promise<void> {
    if (sent > this.#seen) await new Promise<void>((goOn) => this.#waiting.push({ sent, goOn }))
  }
}
