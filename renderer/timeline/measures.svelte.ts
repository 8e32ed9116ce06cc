/** Confidence and mean color of the clip's frames, fetched where they are looked at and kept until they change. */
import type { FrameMeasures, FrameRange } from '../../electron/contract/schemas.ts'
import { addRange, removeRange, subtract } from '../../electron/contract/ranges.ts'
import { Curves } from './curves.ts'

/** Frames asked for at a time. */
const CHUNK = 4096

export class Measures {
  /** Grows when something new is known. */
  revision = $state(0)
  confidence: Float32Array<ArrayBufferLike> = new Float32Array(0)
  u: Float32Array<ArrayBufferLike> = new Float32Array(0)
  v: Float32Array<ArrayBufferLike> = new Float32Array(0)
  #curves = new Curves(0)
  /** Fetched since the curves were asked for. */
  #changed: FrameRange[] = []
  #known: FrameRange[] = []
  #wanted: FrameRange | null = null
  #busy = false
  #generation = 0

  /** @param fetch asks the engine for a range */
  constructor(private readonly fetch: (range: FrameRange) => Promise<FrameMeasures>) {}

  /** Forgets all and makes room for another clip. */
  clear(frameCount: number): void {
    this.#generation++
    this.#known = []
    this.#wanted = null
    this.confidence = new Float32Array(frameCount).fill(NaN)
    this.u = new Float32Array(frameCount).fill(NaN)
    this.v = new Float32Array(frameCount).fill(NaN)
    this.#curves = new Curves(frameCount)
    this.#changed = []
    this.revision++
  }

  /** These frames have changed; their old values are shown until they are fetched again. */
  outdate(range: FrameRange): void {
    this.#known = removeRange(this.#known, range)
    this.revision++
  }

  /** Curves over the frames that are known; the same object each time, as of 'revision'. */
  curves(shots: readonly FrameRange[]): Curves {
    this.#curves.follow(this, this.#changed, shots)
    this.#changed = []
    return this.#curves
  }

  /** Says what is in sight; the newest wish wins. */
  want(range: FrameRange): void {
    const clipped = { from: Math.max(0, range.from), to: Math.min(this.confidence.length, range.to) }
    this.#wanted = clipped.from < clipped.to ? clipped : null
    void this.#fetchNext()
  }

  /** Resolves when all of a range is known, or the clip is another one. */
  async ensure(range: FrameRange): Promise<void> {
    const generation = this.#generation
    for (const missing of subtract([range], this.#known)) {
      for (let from = missing.from; from < missing.to; from += CHUNK) {
        await this.#fetchOne({ from, to: Math.min(missing.to, from + CHUNK) })
        // Nobody wants to know the rest of another clip.
        if (generation !== this.#generation) return
      }
    }
  }

  async #fetchNext(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    for (;;) {
      const missing = this.#wanted && subtract([this.#wanted], this.#known)[0]
      if (!missing) break
      await this.#fetchOne({ from: missing.from, to: Math.min(missing.to, missing.from + CHUNK) }).catch(() => {
        // The strip stays empty there; a change or another look asks again.
        this.#wanted = null
      })
    }
    this.#busy = false
  }

  async #fetchOne(range: FrameRange): Promise<void> {
    const generation = this.#generation
    // Noted before asking: what changes while the answer is on its way is asked for once more.
    this.#known = addRange(this.#known, range)
    try {
      const { from, confidence, u, v } = await this.fetch(range)
      if (generation !== this.#generation) return
      this.confidence.set(confidence, from)
      this.u.set(u, from)
      this.v.set(v, from)
      this.#changed = addRange(this.#changed, { from, to: from + confidence.length })
      this.revision++
    } catch (error) {
      // What could not be had of another clip is nothing to this one.
      if (generation !== this.#generation) return
      this.#known = removeRange(this.#known, range)
      throw error
    }
  }
}
