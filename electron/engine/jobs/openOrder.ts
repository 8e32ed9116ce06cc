/** An order that is written while it is worked on: its parts are handed on in the order in which they come. */
export class OpenOrder<T> {
  readonly #parts: T[] = []
  #isWhole = false
  #wake: () => void = () => undefined

  /** The last part was added. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  add(part: T, isLast: boolean): void {
    if (this.#isWhole) return
    this.#parts.push(part)
    this.#isWhole = isLast
    this.#wake()
  }

  /** The part that comes next; null after the last one. One asks at a time. */
  async next(): Promise<T | null> {
    while (this.#parts.length === 0 && !this.#isWhole) await new Promise<void>((resolve) => (this.#wake = resolve))
    return this.#parts.shift() ?? null
  }
}
