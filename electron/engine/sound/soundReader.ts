/** Any block of a film's sound; going forward is a stream, and what was heard lately is kept. */
import { BLOCK_SAMPLES, SOUND_CHANNELS } from '../../contract/sound.ts'
import type { SoundPiece, SoundPieces } from './decodeSound.ts'

/** Blocks that are kept: two minutes, 23 MB. */
const KEPT_BLOCKS = 240
/** Reading on over this many blocks is sooner done than starting anew. */
const NEAR_BLOCKS = 40
/** How far before a block that lies behind the one before reading begins: a film that runs backward wants them next. */
const BACK_BLOCKS = 16
/** A decoder that nobody has asked for this long, in ms, is ended. */
const IDLE_MS = 8000
/** Sound that begins this many samples behind where it was looked for may have been jumped over. */
const LATE = 12_000
/** How far before a place reading begins, in seconds: at first, and where that came out too late. */
const PREROLLS = [1, 12] as const

/** Gives pieces from some way before sample `from` on, and at last whether that was all there is. */
export type ReadSound = (from: number, signal: AbortSignal, preroll: number) => SoundPieces

interface Stream {
  readonly pieces: SoundPieces
  readonly abort: AbortController
  /** Samples up to here are known. */
  known: number
  /** The first block that was read from its first sample on. */
  readonly first: number
}

export class SoundReader {
  #stream: Stream | null = null
  #queue: Promise<unknown> = Promise.resolve()
  #idle: NodeJS.Timeout | null = null
  #closed = false
  /** The block that was asked for last. */
  #last = -1
  /** Null for silence; in the order of their use. */
  readonly #kept = new Map<number, Int16Array | null>()
  /** Behind this sample there is nothing more, as far as known. */
  #soundEnd = Infinity

  constructor(private readonly read: ReadSound) {}

  /** Left and right in turns; null for a block of silence. Answered in the order asked. */
  block(block: number): Promise<Int16Array | null> {
    const isBackward = block === this.#last - 1
    this.#last = block
    const kept = this.#known(block)
    if (kept !== undefined) return Promise.resolve(kept)
    const result = this.#queue.then(() => this.#block(block, isBackward))
    this.#queue = result.catch(() => undefined)
    return result
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#stream?.abort.abort()
    await this.#queue
    await this.#end()
    this.#kept.clear()
  }

  /** Undefined where it has to be read. */
  #known(block: number): Int16Array | null | undefined {
    if (block * BLOCK_SAMPLES >= this.#soundEnd) return null
    const kept = this.#kept.get(block)
    const stream = this.#stream
    // Only the one that is being filled is there in part.
    const isBegun = stream !== null && block === Math.floor(stream.known / BLOCK_SAMPLES)
    return kept === undefined || isBegun ? undefined : this.#keep(block, kept)
  }

  async #block(block: number, isBackward: boolean): Promise<Int16Array | null> {
    if (this.#idle) clearTimeout(this.#idle)
    try {
      const kept = this.#known(block)
      if (kept !== undefined || this.#closed) return kept ?? null
      const to = (block + 1) * BLOCK_SAMPLES
      const start = isBackward ? Math.max(0, block - BACK_BLOCKS) : block
      const now = this.#stream
      const isAhead = now !== null && block >= now.first && to > now.known
      if (!isAhead || to - now.known > NEAR_BLOCKS * BLOCK_SAMPLES) await this.#start(start)
      while (this.#stream && this.#stream.known < to && !this.#closed) await this.#readOn(this.#stream)
      return this.#keep(block, this.#kept.get(block) ?? null)
    } catch (error) {
      await this.#end()
      throw error
    } finally {
      this.#idle = setTimeout(() => {
        this.#queue = this.#queue.then(() => this.#end())
      }, IDLE_MS)
      // An idle decoder is no reason to keep the program running.
      this.#idle.unref()
    }
  }

  async #start(block: number): Promise<void> {
    const from = block * BLOCK_SAMPLES
    for (const preroll of PREROLLS) {
      await this.#end()
      const abort = new AbortController()
      this.#stream = { pieces: this.read(from, abort.signal, preroll), abort, known: from, first: block }
      const first = await this.#readOn(this.#stream)
      if (first !== null && first.at < from + LATE) return
    }
  }

  /** @returns what came; null at the end */
  async #readOn(stream: Stream): Promise<SoundPiece | null> {
    const next = await stream.pieces.next()
    if (next.done !== true) {
      this.#take(stream, next.value)
      return next.value
    }
    if (next.value) this.#soundEnd = Math.min(this.#soundEnd, stream.known)
    stream.known = Infinity
    return null
  }

  /** Puts a piece into the blocks that it lies in. */
  #take(stream: Stream, { at, samples }: SoundPiece): void {
    const count = samples.length / SOUND_CHANNELS
    const end = at + count
    // A gap of the sound's own.
    const gap = Math.ceil(stream.known / BLOCK_SAMPLES)
    for (let block = gap; (block + 1) * BLOCK_SAMPLES <= at && block < gap + KEPT_BLOCKS / 2; block++)
      this.#keep(block, null)
    for (let from = Math.max(at, stream.first * BLOCK_SAMPLES, 0); from < end;) {
      const block = Math.floor(from / BLOCK_SAMPLES)
      const to = Math.min(end, (block + 1) * BLOCK_SAMPLES)
      const into = this.#kept.get(block) ?? new Int16Array(BLOCK_SAMPLES * SOUND_CHANNELS)
      const part = samples.subarray((from - at) * SOUND_CHANNELS, (to - at) * SOUND_CHANNELS)
      into.set(part, (from - block * BLOCK_SAMPLES) * SOUND_CHANNELS)
      this.#keep(block, into)
      from = to
    }
    stream.known = Math.max(stream.known, end)
  }

  #keep(block: number, samples: Int16Array | null): Int16Array | null {
    this.#kept.delete(block)
    this.#kept.set(block, samples)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT_BLOCKS) break
      this.#kept.delete(oldest)
    }
    return samples
  }

  async #end(): Promise<void> {
    const stream = this.#stream
    this.#stream = null
    if (stream === null) return
    // What was only begun would be taken for whole.
    if (Number.isFinite(stream.known)) this.#kept.delete(Math.floor(stream.known / BLOCK_SAMPLES))
    stream.abort.abort()
    await stream.pieces.return(false).catch(() => undefined)
  }
}
