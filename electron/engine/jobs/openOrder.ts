/**
 * An order that may be written while it is worked on: its parts are handed on in the order in which they come. What is
 * left of it can be taken back, for others to come in its place.
 */
export class OpenOrder<T> {
  #parts: T[] = []
  #isWhole: boolean
  #isOver = false
  /** How often it was taken back. */
  #version = 0
  #wake: () => void = () => undefined

  /** @param isWhole nothing is to be added, unless it is taken back */
  constructor(isWhole: boolean) {
    this.#isWhole = isWhole
  }

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

  /** What is left of it is not wanted any more, and others are to be added. @returns whether anybody is still at it */
  takeBack(): boolean {
    if (this.#isOver) return false
    this.#parts = []
    this.#isWhole = false
    this.#version++
    return true
  }

  /** For a part that is taken on now. @returns what tells whether it is still wanted */
  taken(): () => boolean {
    const version = this.#version
    return () => version === this.#version
  }

  /** The part that comes next; null after the last one. One asks at a time. */
  async next(): Promise<T | null> {
    while (this.#parts.length === 0 && !this.#isWhole) await new Promise<void>((resolve) => (this.#wake = resolve))
    const part = this.#parts.shift() ?? null
    this.#isOver = part === null
    return part
  }
}
