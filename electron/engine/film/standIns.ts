/**
 * Small pictures of some of a film's frames, JPEG, that stand in for frames which take long to get to. They are made
 * while the film is looked through for its shots, kept in the cache, and lost with it: a jump then waits as before.
 */
import { digest } from '../../content/digest.ts'
import type { ColorCache } from '../cache/colorCache.ts'
import { STAND_IN_EVERY } from '../reading/decoding/standInOutput.ts'
import type { CutMap } from './cutMap.ts'

/** Changes when other pictures would be made. */
const VERSION = 1
/** A picture stands in for frames up to so many away. */
export const STAND_IN_REACH = STAND_IN_EVERY

export interface StandIn {
  /** The frame that it is a picture of. */
  readonly of: number
  readonly jpeg: Uint8Array
}

export class StandIns {
  /** Packs of their own: colorings do not go with them, nor they with colorings, when room is needed. */
  readonly #owner: string
  readonly #recipe = digest('stand-ins', VERSION)
  #isFull = false

  /**
   * @param film names it in the cache
   * @param cuts across which no picture stands in
   */
  constructor(
    private readonly cache: ColorCache,
    film: string,
    private readonly cuts: Pick<CutMap, 'hasCutBetween'>,
  ) {
    this.#owner = digest('stand-ins', film)
  }

  /** One of every twelve frames is enough, whichever it is. Where there is no room there are none until finish(). */
  add(frame: number, jpeg: Uint8Array): void {
    if (this.#isFull) return
    const first = frame - (frame % STAND_IN_EVERY)
    const known = this.cache.framesOf(this.#owner, this.#recipe)
    for (let n = first; n < first + STAND_IN_EVERY; n++) if (known.has(n)) return
    this.#isFull = !this.cache.putBytes(this.#owner, this.#recipe, frame, Buffer.from(jpeg))
  }

  /** All that are to come for now have come. */
  finish(): void {
    this.#isFull = false
    this.cache.finish(this.#owner)
  }

  /** The nearest one of the same shot, as far as that is known; null where there is none near. */
  near(frame: number): StandIn | null {
    const known = this.cache.framesOf(this.#owner, this.#recipe)
    for (let away = 0; away <= STAND_IN_REACH; away++) {
      for (const of of away === 0 ? [frame] : [frame - away, frame + away]) {
        if (of < 0 || !known.has(of) || this.cuts.hasCutBetween(of, frame)) continue
        const jpeg = this.cache.read(this.#owner, this.#recipe, of)
        if (jpeg) return { of, jpeg: Uint8Array.from(jpeg) }
      }
    }
    return null
  }
}
