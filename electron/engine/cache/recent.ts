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
}
