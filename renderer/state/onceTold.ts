/** Which entries of a list of main's have news that the artist has not been told. */
interface Entry {
  readonly id: string
  /** The artist was told; main takes a moment to hear of it. */
  readonly told: boolean
}

export class OnceTold<T extends Entry> {
  readonly #told = new Set<string>()

  constructor(private readonly isNews: (entry: T) => boolean) {}

  /** @returns those with news, each once until it has none and then some again */
  news(entries: readonly T[]): T[] {
    for (const entry of entries) if (!this.isNews(entry)) this.#told.delete(entry.id)
    const news = entries.filter((entry) => this.isNews(entry) && !entry.told && !this.#told.has(entry.id))
    for (const { id } of news) this.#told.add(id)
    return news
  }
}
