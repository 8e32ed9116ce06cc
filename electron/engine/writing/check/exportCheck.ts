/** Looks at an export before it gets its name: whether all that was to be written is there, and where it belongs. */
import { sentence, type Sentence } from '../../../contract/sentence.ts'
import { UserError } from '../../../contract/userError.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { secondsOf } from '../../reading/index/indexLookup.ts'
import { noLight, saysLight, type LightLevels } from '../../reading/opening/lightLevels.ts'
import type { Carried } from '../carried/carriedStreams.ts'
import { areBeside, compareCaptions } from '../carried/exportCaptions.ts'
import { shownSeconds } from '../frameTimes.ts'
import type { JoinOrder } from '../carried/joinCommand.ts'
import { exportTags } from '../filters/colorTags.ts'
import { rangeOf } from '../filters/pictureFilters.ts'
import { readBackFiles } from './readBackFiles.ts'
import { readsApart } from '../carried/sideClock.ts'
import { countWholePictures } from './wholePictures.ts'
import {
  differences,
  emptySounds,
  listStreams,
  packetsAbout,
  readBack,
  readBackPictures,
  unheardOf,
  type Expected,
  type HeardPacket,
  type SoundStart,
  type StreamPackets,
  type Written,
} from './readBack.ts'

/** What lasts less than a packet in a part is in none that begins there. */
const LEAST_SOUND_SECONDS = 0.2

/** Where a part begins, the film's sound is looked at as far as this to both sides. */
const ABOUT_SECONDS = 10

/**
 * Between which times a part's sound begins, in seconds from the part's start on; null where nothing is known of it.
 * @param packets about that start, in order
 * @param from when the part begins, on their clock
 * @param isCopied it is cut by whole packets, else by samples
 */
export function soundStart(packets: readonly HeardPacket[], from: number, isCopied: boolean): SoundStart | null {
  const next = packets.find((packet) => packet.from >= from)
  if (!next) return null
  const later = next.from - from
  const before = packets.filter((packet) => packet.from < from).at(-1)
  if (!before) return { earliest: later, latest: later }
  // Not everybody says how long a packet lasts.
  const to = before.to > before.from ? before.to : next.from
  const isThrough = to > from
  if (isCopied) return { earliest: isThrough ? before.from - from : later, latest: later }
  // What is missing between may be filled.
  return { earliest: 0, latest: isThrough ? 0 : later }
}

export interface Comparison {
  /** What is not as it was ordered; null where pictures are missing. */
  readonly differs: readonly Sentence[] | null
  /** Why something could not be compared. */
  readonly note: Sentence | null
  /** What of the film the container, or this ffmpeg, has no place for. */
  readonly lost: readonly Sentence[]
  /** Mean of the pictures in Mbit/s; null where that is not known. */
  readonly bitRate: number | null
}

/** What ffmpeg calls the pictures of an encoder, where that is another name. */
const codecs: Readonly<Record<string, string>> = { prores_ks: 'prores', libx264: 'h264', libx265: 'hevc' }

export class ExportCheck {
  readonly #abort = new AbortController()
  readonly #source: Promise<ReadonlyMap<number, StreamPackets>>
  /** Of a part, the packets of the film's sound about where it begins. */
  readonly #about: Promise<ReadonlyMap<number, readonly HeardPacket[]>>

  /** The film's packets are listed while the export is written. */
  constructor(
    private readonly tools: FfmpegTools,
    private readonly order: JoinOrder,
  ) {
    const { footage, times, laid, hidden } = order
    const sounds = this.#sounds.map(({ stream }) => stream.index).filter((stream) => !laid.has(stream))
    const compared = times.sourceFrom === null && order.pieces === null && sounds.length > 0
    const reading = { signal: this.#abort.signal, apart: readsApart(footage), hidden }
    this.#source = compared ? listStreams(tools, footage.inputArgs, sounds, reading) : Promise.resolve(new Map())
    this.#source.catch(() => undefined)
    this.#about = this.#packetsAbout(sounds)
    this.#about.catch(() => undefined)
  }

  /** Of a part, whose sound is cut somewhere within its packets. That of MXF begins with the pictures in any case. */
  async #packetsAbout(sounds: readonly number[]): Promise<ReadonlyMap<number, readonly HeardPacket[]>> {
    const { footage, times, pieces, format } = this.order
    if (times.sourceFrom === null || pieces !== null || format.container === 'mxf' || sounds.length === 0)
      return new Map()
    const [from, to] = [times.sourceFrom - ABOUT_SECONDS, times.sourceFrom + ABOUT_SECONDS]
    const isHead = from <= Math.max(footage.source.banner.startSeconds, secondsOf(footage.index, 0))
    const about = { from: isHead ? null : from, to, signal: this.#abort.signal }
    return to > 0 ? packetsAbout(this.tools, footage.inputArgs, sounds, about) : new Map()
  }

  get #sounds(): readonly Carried[] {
    return this.order.carried.carried.filter(({ kind }) => kind === 'sound')
  }

  stop(): void {
    this.#abort.abort()
  }

  #lost(written: LightLevels): Sentence[] {
    if (saysLight(written, this.order.footage.source.light)) return []
    return [
      sentence`What the film says of the light it was made for (mastering display, MaxCLL, MaxFALL) could not be written into the export; enter it where the export is used.`,
    ]
  }

  /**
   * @param part the file, or the folder of pictures
   * @param onPicture hears the hash of each picture, in the order of showing; null of formats that do not keep them
   */
  async run(part: string, onPicture: ((hash: string) => void) | null): Promise<Comparison> {
    const { format, range, footage } = this.order
    if (format.container === 'image2') {
      const whole = await countWholePictures(part, format, footage.info, this.#abort.signal)
      if (onPicture) await readBackFiles(this.tools, this.order, part, onPicture, this.#abort.signal)
      const differs = whole === range.to - range.from ? [] : null
      return { differs, note: null, bitRate: null, lost: this.#lost(noLight) }
    }
    try {
      const written = onPicture
        ? await readBackPictures(this.tools, part, onPicture, this.#abort.signal)
        : await readBack(this.tools, part, this.#abort.signal)
      if (written === null) return { differs: null, note: null, bitRate: null, lost: [] }
      const expected = await this.#expected(written)
      const captions = await this.order.captions.found
      const shown = shownSeconds(this.order.times, range)
      const signal = this.#abort.signal
      const said = await compareCaptions(this.tools, { path: part, codec: expected.codec, shown }, captions, signal)
      const differs = differences(written, expected, format)
      return {
        differs: differs && [...differs, ...said.differs],
        note: null,
        bitRate: this.#bitRate(written),
        lost: [...this.#lost(written.light), ...said.lost],
      }
    } catch (error) {
      // What could not be compared is no worse for it: ffmpeg itself has met no trouble.
      if (!(error instanceof UserError) || error.code !== 'footage-changed') throw error
      return {
        differs: [],
        note: sentence`The export is finished, but could not be compared with the film: ${error.said}`,
        bitRate: null,
        lost: [],
      }
    }
  }

  #bitRate({ banner, packets }: Written): number | null {
    const video = banner.streams.find(({ kind, isCover }) => kind === 'video' && !isCover)
    const bytes = video && packets.get(video.index)?.bytes
    return bytes === undefined ? null : (8 * bytes) / this.order.times.span / 1e6
  }

  /** The sounds of which nothing lies in the part of the film that was ordered; where the export has them all, none. */
  async #silent(written: Written): Promise<ReadonlySet<number>> {
    const { footage, range, times, hidden } = this.order
    const empty = emptySounds(written, this.#sounds.length).map((n) => this.#sounds[n]!.stream.index)
    const isPart = range.from > 0 || range.to < footage.info.frameCount
    if (!isPart || empty.length === 0) return new Set()
    const reading = { signal: this.#abort.signal, apart: readsApart(footage), hidden }
    const source = await listStreams(this.tools, footage.inputArgs, empty, reading)
    const from = secondsOf(footage.index, range.from)
    return new Set(
      empty.filter((stream) => {
        const packets = source.get(stream)
        if (!packets || packets.count === 0) return true
        return Math.min(packets.to, from + times.span) - Math.max(packets.from, from) < LEAST_SOUND_SECONDS
      }),
    )
  }

  async #expected(written: Written): Promise<Expected> {
    const { footage, layout, format, range, times, laid, start, captions } = this.order
    const { carried } = this.order.carried
    const [source, about] = [await this.#source, await this.#about]
    const silent = await this.#silent(written)
    const shown = shownSeconds(times, range)
    const first = secondsOf(footage.index, range.from)
    // Matroska counts milliseconds, and so do the edit lists of movie files.
    const step = Math.max(1 / times.ticksPerSecond, 0.0011)
    const count = range.to - range.from
    // Sound of pieces is as long as their pictures.
    const piecesPlaced = this.order.pieces ? { offset: 0, end: times.span, count: 0 } : null
    // Where decoding runs ahead, a picture's length is another's.
    const endIsSaid = times.lastIsHeld || !footage.info.variableRate
    return {
      frames: count,
      size: { width: footage.info.width, height: footage.info.height },
      codec: codecs[format.encoder] ?? format.encoder,
      from: shown(0),
      to: endIsSaid ? shown(count) : null,
      step,
      frame: footage.info.rate.den / footage.info.rate.num,
      field: footage.source.field,
      aspect: footage.info.pixelAspect,
      colors: exportTags(layout, footage.source, format),
      colorRange: rangeOf(format, layout),
      timecode: start.timecode,
      sounds: this.#sounds.map(({ stream, label, way }) => {
        const packets = laid.get(stream.index) ?? source.get(stream.index)
        const placed = packets
          ? { offset: packets.from - first, end: packets.to - first, count: packets.count }
          : piecesPlaced
        const copied = way.codec === 'copy'
        const begins = soundStart(about.get(stream.index) ?? [], first, copied)
        return {
          label,
          copied,
          placed,
          begins,
          isSilent: silent.has(stream.index),
          codec: copied ? null : way.codec,
          unheard: unheardOf(stream),
        }
      }),
      subtitles: carried.filter(({ kind }) => kind === 'subtitle').length + (areBeside(await captions.found) ? 1 : 0),
      covers: carried.filter(({ kind }) => kind === 'cover').length,
    }
  }
}
