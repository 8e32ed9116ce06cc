/** What ffmpeg says while it decodes a film (decodeArgs.ts): each picture's time, and what went wrong before it. */
import type { Readable } from 'node:stream'
import { eachClockedLine } from '../../ffmpeg/frameClock.ts'
import { isIdleTalk, LogTail } from '../../ffmpeg/runFfmpeg.ts'
import { TagLines } from '../../ffmpeg/tagLines.ts'
import { bystanders, isDamageTalk } from './damageTalk.ts'
import { parseScaleLine, type ScaledPicture } from '../opening/filmSizes.ts'
import type { FootageSource } from '../footage.ts'
import { decodedFormat } from './pixelFormats.ts'
import { FailureWatch } from './readEnd.ts'

/** A picture's time, and what ffmpeg had said by then. */
export interface Tick {
  /** Null where it has none. */
  readonly pts: number | null
  /** Nothing was said since the picture before. */
  readonly clean: boolean
  /** Damage was spoken of since then. */
  readonly suspect: boolean
  /** The film could not be read on. */
  readonly failed: boolean
  readonly scaled: ScaledPicture | null
}

/** What ffmpeg says where a picture's size is another, which the scale filter says as well. */
function isSizeTalk(line: string): boolean {
  return /Changing video frame properties on the fly|filter context - w:/.test(line)
}

export class DecoderTalk {
  readonly #ticks: Tick[] = []
  readonly #log = new LogTail()
  readonly #tags = new TagLines()
  readonly #watch: FailureWatch
  readonly #others: readonly string[]
  readonly #isLinear: boolean
  /** Of the last picture that came to the scale filter. */
  #scaled: ScaledPicture | null = null
  #clean = true
  #suspect = false
  #wake: (() => void) | null = null

  /**
   * @param stderr of the child; it is read here, from now on
   * @param shift is added to times: what comes first of a sequence is counted as 0
   * @param isBeside whether a line speaks of another output
   */
  constructor(
    private readonly stderr: Readable,
    private readonly source: FootageSource,
    shift: number,
    private readonly isBeside: (line: string) => boolean,
  ) {
    this.#watch = new FailureWatch(source.file)
    this.#others = bystanders(source.banner, source.stream)
    this.#isLinear = decodedFormat(source.decodedName).linear
    eachClockedLine(
      stderr,
      (line) => this.#hear(line),
      (pts) => this.#tick(pts === null ? null : pts + shift),
    )
    stderr.once('close', () => this.#wake?.())
  }

  #hear(line: string): void {
    if (this.#tags.isTag(line)) return
    const scaled = parseScaleLine(line, this.source.file)
    // Filters before it have brought light to another format.
    if (scaled && this.#isLinear)
      this.#scaled = { ...scaled, size: { ...scaled.size, format: this.source.decodedName } }
    else if (scaled) this.#scaled = scaled
    if (isIdleTalk(line) || isSizeTalk(line) || this.isBeside(line)) return
    this.#log.add(`${line}\n`)
    this.#watch.hear(line)
    this.#clean = false
    this.#suspect ||= isDamageTalk(line, this.#others)
  }

  #tick(pts: number | null): void {
    this.#ticks.push({
      pts,
      clean: this.#clean,
      suspect: this.#suspect,
      failed: this.failure !== null,
      scaled: this.#scaled,
    })
    this.#clean = true
    this.#suspect = false
    this.#wake?.()
  }

  /** Of the next picture: ffmpeg says its time before it writes it, but on another pipe. */
  async next(): Promise<Tick> {
    while (this.#ticks.length === 0) {
      if (this.stderr.destroyed || this.stderr.readableEnded)
        return { pts: null, clean: false, suspect: true, failed: this.failure !== null, scaled: null }
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
    return this.#ticks.shift()!
  }

  /** Why the film could not be read on; null where nothing was said of that. */
  get failure(): string | null {
    return this.#watch.failure
  }

  /** The last that was said, for the details of an error. */
  get lastWords(): string {
    return this.#log.lines(6)
  }
}
