/** Files that are read now and then, open while they are: the ones not read for longest are closed first. */
import { closeSync, openSync } from 'node:fs'

export class OpenFiles {
  readonly #files = new Map<string, number>()

  /** @param count files open at one time, at most */
  constructor(private readonly count: number) {}

  /** A descriptor to read by, good until the next call. Throws what the system throws. */
  get(path: string): number {
    const fd = this.#files.get(path) ?? openSync(path, 'r')
    this.#files.delete(path)
    this.#files.set(path, fd)
    if (this.#files.size > this.count) this.close(this.#files.keys().next().value!)
    return fd
  }

  close(path: string): void {
    const fd = this.#files.get(path)
    if (fd === undefined) return
    this.#files.delete(path)
    closeSync(fd)
  }

  closeAll(): void {
    for (const path of [...this.#files.keys()]) this.close(path)
  }
}
