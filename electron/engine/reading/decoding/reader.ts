/** Any frame of a film, exactly; going forward is a stream, going back keeps what it passes. */
import { pictureBytes } from '../../picture/pixelLayout.ts'
import { cancelled, UserError } from '../../../contract/userError.ts'
import { decodeFrames } from './decode.ts'
import { seekFrame } from './decodeArgs.ts'
import { isSoonerOn } from './readingStarts.ts'
import type { Footage, FrameReader, SourceFrame } from '../footage.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'

/**
 * A decoder nobody has asked for this long is ended; one that was far to get to is kept, since stepping on must not
 * wait for that again.
 */
const IDLE_MS = 4000
const IDLE_FAR_MS = 10 * 60_000
/** This many frames to be passed on the way to one that is asked for are far. */
const FAR = 500
/** Frames kept for stepping back and forth: at most this many bytes, but always a handful. */
const KEPT_BYTES = 160 * 1024 * 1024
const KEPT_LEAST = 4
/** How far back a step backward starts, so that the next steps find their frames kept. */
const BACK_STEP = 8
/** The same where every new start is far. */
const FAR_BACK_STEP = 240

/** A frame was not waited for. */
export class GivenUp extends Error {}

interface Stream {
  readonly frames: AsyncGenerator<SourceFrame, void, void>
  readonly abort: AbortController
  /** The frame that it gives next. */
  next: number
  /** Where it begins to decode, until it has given a frame; then null. */
  start: number | null
  /** Asked for, and not there yet when it was given up: whoever goes on from here waits for it first. */
  coming: Promise<IteratorResult<SourceFrame, void>> | null
}

class StreamingReader implements FrameReader {
  #stream: Stream | null = null
  #queue: Promise<unknown> = Promise.resolve()
  #idle: NodeJS.Timeout | null = null
  #lastRead = -1
  #closed = false
  readonly #kept = new Map<number, SourceFrame>()
  readonly #keepCount: number

  constructor(
    private readonly tools: FfmpegTools,
    private readonly footage: Footage,
    keptBytes: number,
    private readonly toShow: boolean,
  ) {
    this.#keepCount = Math.max(KEPT_LEAST, Math.floor(keptBytes / pictureBytes(footage.layout)))
  }

  read(frame: number, giveUp?: AbortSignal): Promise<SourceFrame> {
    const result = this.#queue.then(() => this.#read(frame, giveUp))
    this.#queue = result.catch(() => {})
    return result
  }

  wayTo(frame: number): number {
    if (this.#kept.has(frame)) return 0
    const stream = this.#stream
    if (!stream || !isOnWay(stream, frame, seekFrame(this.footage, frame)))
      return frame - seekFrame(this.footage, this.#startFor(frame, this.#lastRead)) + 1
    return frame - (stream.start ?? stream.next) + 1
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#stopIdle()
    this.#stream?.abort.abort()
    await this.#queue
    await this.#endStream()
    this.#kept.clear()
  }

  async #read(frame: number, giveUp: AbortSignal | undefined): Promise<SourceFrame> {
    if (this.#closed) throw cancelled()
    const { frameCount } = this.footage.info
    if (!Number.isInteger(frame) || frame < 0 || frame >= frameCount)
      throw new RangeError(`frame ${frame} of ${frameCount}`)
    this.#stopIdle()
    try {
      const before = this.#lastRead
      this.#lastRead = frame
      const kept = this.#kept.get(frame)
      if (kept) {
        this.#keep(kept)
        return kept
      }
      try {
        return await this.#readOn(frame, before, giveUp)
      } catch (error) {
        // A single decoder may be ended from outside, or a share hiccup; what fails twice is said.
        if (!(error instanceof UserError) || error.code !== 'footage-changed') throw error
        return await this.#readOn(frame, before, giveUp)
      }
    } finally {
      this.#startIdle()
    }
  }

  /** @param before the frame that was read before */
  async #readOn(frame: number, before: number, giveUp: AbortSignal | undefined): Promise<SourceFrame> {
    try {
      if (this.#stream === null || !isOnWay(this.#stream, frame, seekFrame(this.footage, frame))) {
        if (giveUp?.aborted) throw new GivenUp()
        await this.#endStream()
        this.#startStream(this.#startFor(frame, before))
      }
      for (;;) {
        const stream = this.#stream
        if (stream === null) throw cancelled()
        const got = await nextOf(stream, giveUp)
        if (got.done === true) throw new Error(`frame ${frame} was not delivered`)
        stream.next = got.value.number + 1
        stream.start = null
        this.#keep(got.value)
        if (got.value.number === frame) return got.value
      }
    } catch (error) {
      // The next one to be asked for may lie on its way.
      if (!(error instanceof GivenUp)) await this.#endStream()
      throw error
    }
  }

  /** Some frames before one are read and kept as well, for steps back from it. */
  #startFor(frame: number, before: number): number {
    const room = this.#keepCount - 2
    if (this.#keepCount <= KEPT_LEAST) return frame
    // What is decoded on the way in any case.
    const passed = frame - seekFrame(this.footage, frame)
    if (passed > FAR) return Math.max(0, frame - Math.min(FAR_BACK_STEP, room >> 1))
    if (frame >= before) return frame
    const isStep = before - frame <= BACK_STEP
    // Just behind a keyframe a jump would wait for the whole group before it.
    return Math.max(0, frame - Math.min(BACK_STEP, room, isStep ? Infinity : passed))
  }

  #keep(frame: SourceFrame): void {
    this.#kept.delete(frame.number)
    this.#kept.set(frame.number, frame)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#keepCount) break
      this.#kept.delete(oldest)
    }
  }

  #startStream(from: number): void {
    const abort = new AbortController()
    const range = { from, to: this.footage.info.frameCount }
    const frames = decodeFrames(this.tools, this.footage, range, { signal: abort.signal, toShow: this.toShow })
    this.#stream = { frames, abort, next: from, start: seekFrame(this.footage, from), coming: null }
  }

  async #endStream(): Promise<void> {
    const stream = this.#stream
    this.#stream = null
    if (stream === null) return
    stream.abort.abort()
    await stream.frames.return().catch(() => {})
  }

  #startIdle(): void {
    if (this.#closed || this.#stream === null) return
    const { next } = this.#stream
    const isFar = next < this.footage.info.frameCount && next - seekFrame(this.footage, next) > FAR
    this.#idle = setTimeout(
      () => {
        this.#queue = this.#queue.then(() => this.#endStream())
      },
      isFar ? IDLE_FAR_MS : IDLE_MS,
    )
    // An idle decoder is no reason to keep the program running.
    this.#idle.unref()
  }

  #stopIdle(): void {
    if (this.#idle !== null) clearTimeout(this.#idle)
    this.#idle = null
  }
}

/** @param start where a decoder of its own would begin */
function isOnWay({ next }: Stream, frame: number, start: number): boolean {
  return frame >= next && isSoonerOn(next, frame, start)
}

/** Throws GivenUp where it is not there by then; the stream goes on to it. */
async function nextOf(stream: Stream, giveUp?: AbortSignal): Promise<IteratorResult<SourceFrame, void>> {
  const coming = (stream.coming ??= stream.frames.next())
  // Where it fails and nobody waits, nobody is told.
  coming.catch(() => undefined)
  let hear = (): void => undefined
  const ended = new Promise<never>((_, reject) => {
    hear = () => reject(new GivenUp())
    if (giveUp?.aborted) hear()
    else giveUp?.addEventListener('abort', hear, { once: true })
  })
  try {
    const got = await Promise.race([coming, ended])
    stream.coming = null
    return got
  } finally {
    giveUp?.removeEventListener('abort', hear)
  }
}

/**
 * A reader of single frames: for stepping, jumping and playing, or for work that needs a few. Reads are answered in the
 * order asked; the frames handed out may be shared between reads and must not be written to. What is asked of one that
 * is closed, or closed meanwhile, throws UserError 'cancelled'.
 * @param keptBytes that frames kept for coming back to them may take; always a handful is kept
 * @param toShow see DecodeOptions
 */
export function createFrameReader(
  tools: FfmpegTools,
  footage: Footage,
  keptBytes = KEPT_BYTES,
  toShow = true,
): FrameReader {
  return new StreamingReader(tools, footage, keptBytes, toShow)
}
