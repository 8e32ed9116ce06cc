/** Ordered exports, as the main process has them: its queue is mirrored whole, of whatever project they are. */
import { isEnded, isUnderWay, type QueuedExport } from '../../electron/contract/exportQueue.ts'
import { OnceTold } from './onceTold.ts'

export class Exports {
  /** In the order in which they are written. */
  entries = $state.raw<readonly QueuedExport[]>([])
  /** The artist does not want to be asked about those that an earlier run has left. */
  isOfferPast = $state(false)
  /** Whatever is begun again has news again. */
  readonly #told = new OnceTold<QueuedExport>((entry) => isEnded(entry) || entry.state === 'held')

  /**
   * Takes main's list.
   * @returns what has ended, or is on hold, without the artist having been told; each once
   */
  receive(entries: readonly QueuedExport[]): QueuedExport[] {
    this.entries = entries
    return this.#told.news(entries)
  }

  find(id: string): QueuedExport | null {
    return this.entries.find((entry) => entry.id === id) ?? null
  }

  /** What is to be written still, in order. */
  get open(): QueuedExport[] {
    return this.entries.filter((entry) => !isEnded(entry))
  }

  get ended(): QueuedExport[] {
    return this.entries.filter(isEnded)
  }

  /** What goes on by itself, in order. */
  get underWay(): QueuedExport[] {
    return this.entries.filter(isUnderWay)
  }

  /** What an earlier run has left, for as long as nobody has said what is to become of it. */
  get offered(): QueuedExport[] {
    return this.isOfferPast ? [] : this.entries.filter(({ left }) => left)
  }
}
