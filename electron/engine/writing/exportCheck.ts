/** Looks at an export before it gets its name: whether all that was to be written is there, and where it belongs. */
import { readdir } from 'node:fs/promises'
import type { ExportFormat } from '../../contract/formats.ts'
import type { ColorRange, FrameRange } from '../../contract/schemas.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import type { Footage } from '../reading/footage.ts'
import { secondsOf } from '../reading/frameIndex.ts'
import type { Carried } from './carriedStreams.ts'
import type { FrameTimes } from './frameTimes.ts'
import type { ColorNumbers } from './rawMatroska.ts'
import { readsApart, type Laid } from './sideClock.ts'
import { differences, listStreams, readBack, type Expected, type StreamPackets } from './readBack.ts'

export interface CheckedExport {
  readonly footage: Footage
  readonly format: ExportFormat
  readonly range: FrameRange
  readonly times: FrameTimes
  readonly carried: readonly Carried[]
  readonly laid: ReadonlyMap<number, Laid>
  /** Packets at the head of each sound that are left out (hiddenLead.ts). */
  readonly hidden: ReadonlyMap<number, number>
  readonly colors: ColorNumbers
  readonly colorRange: ColorRange
  readonly timecode: string | null
}

export class ExportCheck {
  readonly #abort = new AbortController()
  readonly #source: Promise<ReadonlyMap<number, StreamPackets>>

  /** The film's packets are listed while the export is written. */
  constructor(
    private readonly tools: FfmpegTools,
    private readonly order: CheckedExport,
  ) {
    const { footage, times, laid, hidden } = order
    const sounds = this.#sounds.map(({ stream }) => stream.index).filter((stream) => !laid.has(stream))
    // A part is cut somewhere within a packet; there is nothing to compare it with.
    const compared = times.sourceFrom === null && sounds.length > 0
    const reading = { signal: this.#abort.signal, apart: readsApart(footage), hidden }
    this.#source = compared ? listStreams(tools, footage.inputArgs, sounds, reading) : Promise.resolve(new Map())
    this.#source.catch(() => undefined)
  }

  get #sounds(): readonly Carried[] {
    return this.order.carried.filter(({ kind }) => kind === 'sound')
  }

  stop(): void {
    this.#abort.abort()
  }

  /**
   * What differs; null where pictures are missing.
   * @param part the file, or the folder of pictures
   */
  async run(part: string): Promise<Sentence[] | null> {
    const { format, range } = this.order
    if (format.container === 'image2') return (await readdir(part)).length === range.to - range.from ? [] : null
    try {
      const written = await readBack(this.tools, part, this.#abort.signal)
      return written && differences(written, await this.#expected(), format)
    } catch (error) {
      // What could not be compared is no worse for it: ffmpeg itself has met no trouble.
      if (!(error instanceof UserError) || error.code !== 'footage-changed') throw error
      return [sentence`The export is finished, but could not be compared with the film: ${error.said}`]
    }
  }

  async #expected(): Promise<Expected> {
    const { footage, range, times, carried, laid, colors, colorRange, timecode } = this.order
    const source = await this.#source
    const at = (n: number): number => Number(times.nanoseconds(n)) / 1e9 + times.pipeShift + times.outputShift
    const first = secondsOf(footage.index, range.from)
    // Matroska counts milliseconds, and so do the edit lists of movie files.
    const step = Math.max(1 / times.ticksPerSecond, 0.0011)
    const count = range.to - range.from
    // Where decoding runs ahead, a picture's length is another's.
    const endIsSaid = times.lastIsHeld || !footage.info.variableRate
    return {
      frames: count,
      from: at(0),
      to: endIsSaid ? at(count - 1) + times.lastTicks / times.ticksPerSecond : null,
      step,
      field: footage.source.field,
      aspect: footage.info.pixelAspect,
      colors,
      colorRange,
      timecode,
      sounds: this.#sounds.map(({ stream, label, way }) => {
        const packets = laid.get(stream.index) ?? source.get(stream.index)
        const placed = packets ? { offset: packets.from - first, end: packets.to - first, count: packets.count } : null
        return { label, copied: way.codec === 'copy', placed }
      }),
      subtitles: carried.filter(({ kind }) => kind === 'subtitle').length,
      covers: carried.filter(({ kind }) => kind === 'cover').length,
    }
  }
}
