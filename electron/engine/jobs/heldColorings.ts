/** Colorings that were computed ahead and that the cache did not take: held in memory, as long as there is room. */
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { StoredColoring } from '../cache/coloringCodec.ts'

/** Beyond that there is no way to go on. */
const MOST = 1500

export class HeldColorings {
  readonly #held = new Map<number, StoredColoring>()

  /** Throws UserError 'disk-full' where there are too many. */
  hold(frame: number, coloring: StoredColoring): void {
    this.#held.set(frame, coloring)
    if (this.#held.size <= MOST) return
    throw new UserError(
      'disk-full',
      sentence`There is no room left for the colors that were computed.`,
      sentence`Free some space on the disk that holds the color cache, then start again.`,
    )
  }

  get(frame: number): StoredColoring | undefined {
    return this.#held.get(frame)
  }

  forget(frame: number): void {
    this.#held.delete(frame)
  }
}
