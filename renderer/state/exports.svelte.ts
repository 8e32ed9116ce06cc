/** Ordered exports, as the main process has them: its queue is mirrored whole, of whatever project they are. */
import { isEnded, isUnderWay, type QueuedExport } from '../../electron/contract/exportQueue.ts'

export class Exports {
  /** In the order in which they are written. */
  entries = $state.raw<readonly QueuedExport[]>([])
  /** The artist does not want to be asked about those that an earlier run has left. */
  isOfferPast = $state(false)
  /** Main takes a moment to hear what was told. */
  readonly #told = new Set<string>()

  /**
   * Takes main's list.
   * @returns what has ended, or is on hold, without the artist having been told; each once
   */
  receive(entries: readonly QueuedExport[]): QueuedExport[] {
    this.entries = entries
    // Whatever is begun again has news again.
    for (const entry of entries) if (!isNews(entry)) this.#told.delete(entry.id)
    const news = entries.filter((entry) => isNews(entry) && !entry.told && !this.#told.has(entry.id))
    for (const { id } of news) this.#told.add(id)
    return news
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

function isNews(entry: QueuedExport): boolean {
  return isEnded(entry) || entry.state === 'held'
}
