/** Blocks of the film's sound, fetched from the engine where they are wanted; the latest are kept. */
import { BLOCK_SAMPLES, SOUND_CHANNELS } from '../../electron/contract/sound.ts'

/** Half seconds that are kept: enough for four-fold speed. */
const KEPT = 48
/** Blocks that are asked for at a time: an engine that is busy answers late, and all of them together. */
const AT_ONCE = 6
/** Where one could not be had, none is asked for again for so long, in ms. */
const REST_MS = 2000

/** A channel each, -1..1; null for silence. */
export type Block = readonly [left: Float32Array<ArrayBuffer>, right: Float32Array<ArrayBuffer>] | null

/** Interleaved samples of 16 bits as channels of their own. */
function channelsOf(samples: Int16Array): NonNullable<Block> {
  const left = new Float32Array(BLOCK_SAMPLES)
  const right = new Float32Array(BLOCK_SAMPLES)
  for (let n = 0; n < BLOCK_SAMPLES; n++) {
    left[n] = samples[n * SOUND_CHANNELS]! / 32768
    right[n] = samples[n * SOUND_CHANNELS + 1]! / 32768
  }
  return [left, right]
}

export class SoundBlocks {
  readonly #kept = new Map<number, Block>()
  readonly #asked = new Map<number, Promise<void>>()
  #generation = 0
  #restsUntil = -Infinity

  /**
   * @param fetch a block of the film in view; null for silence
   * @param fail is told why one could not be had
   */
  constructor(
    private readonly fetch: (block: number) => Promise<Int16Array | null>,
    private readonly fail: (error: unknown) => void,
  ) {}

  clear(): void {
    this.#generation++
    this.#kept.clear()
    this.#asked.clear()
    this.#restsUntil = -Infinity
  }

  /** Undefined until it is there. */
  get(block: number): Block | undefined {
    const kept = this.#kept.get(block)
    if (kept !== undefined) this.#keep(block, kept)
    return kept
  }

  /** Asks for those that are not there, the first ones first. */
  want(blocks: readonly number[]): void {
    for (const block of blocks) if (this.#asked.size < AT_ONCE) void this.load(block)
  }

  /** Resolves when it is there, or could not be had. */
  async load(block: number): Promise<void> {
    if (block < 0 || this.#kept.has(block) || performance.now() < this.#restsUntil) return
    const asked = this.#asked.get(block) ?? this.#load(block)
    this.#asked.set(block, asked)
    await asked
  }

  async #load(block: number): Promise<void> {
    const generation = this.#generation
    try {
      const samples = await this.fetch(block)
      if (generation === this.#generation) this.#keep(block, samples && channelsOf(samples))
    } catch (error) {
      if (generation !== this.#generation) return
      this.#restsUntil = performance.now() + REST_MS
      this.fail(error)
    } finally {
      if (generation === this.#generation) this.#asked.delete(block)
    }
  }

  #keep(block: number, samples: Block): void {
    this.#kept.delete(block)
    this.#kept.set(block, samples)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break
      this.#kept.delete(oldest)
    }
  }
}
