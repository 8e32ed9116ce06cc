/** The last few values made, by what they were made of. */
export class Recent<V> {
  readonly #values = new Map<string, V>()

  /** @param count values kept; the one not asked for longest goes first */
  constructor(private readonly count: number) {}

  get(key: string): V | undefined {
    const value = this.#values.get(key)
    if (value === undefined) return undefined
    this.#values.delete(key)
    this.#values.set(key, value)
    return value
  }

  set(key: string, value: V): V {
    this.#values.delete(key)
    this.#values.set(key, value)
    if (this.#values.size > this.count) this.#values.delete(this.#values.keys().next().value!)
    return value
  }

  delete(key: string): void {
    this.#values.delete(key)
  }

  clear(): void {
    this.#values.clear()
  }
}

/** The last few values that took work to make: whoever asks while one is made waits for the same. */
export class RecentlyMade<V> {
  readonly #values: Recent<Promise<V>>

  /** @param count values kept; the one not asked for longest goes first */
  constructor(count: number) {
    this.#values = new Recent(count)
  }

  /** Rejects as `make` does; the next one who asks has it tried again. */
  get(key: string, make: () => Promise<V>): Promise<V> {
    const known = this.#values.get(key)
    if (known) return known
    const making = make()
    void this.#values.set(key, making)
    making.catch(() => {
      if (this.#values.get(key) === making) this.#values.delete(key)
    })
    return making
  }
}
