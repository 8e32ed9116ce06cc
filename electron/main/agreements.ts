/** Files that the artist has agreed to replace. */
export class Agreements {
  readonly #agreed = new Set<string>()

  add(target: string): void {
    this.#agreed.add(target)
  }

  /** @param write is told whether it may replace the file; where it fails the agreement stands for the next try */
  async use<T>(target: string, write: (agreed: boolean) => Promise<T>): Promise<T> {
    const agreed = this.#agreed.delete(target)
    try {
      return await write(agreed)
    } catch (error) {
      if (agreed) this.#agreed.add(target)
      throw error
    }
  }
}
