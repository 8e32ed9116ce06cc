/**
 * Reads an export back and compares it with what was to be written: packets alone, and nothing is decoded but one
 * picture, or all of them where the format keeps them bit for bit. ffmpeg's exit code does not say that what it was
 * told is in the file; versions leave things out without a word.
 */
import { basename } from 'node:path'
import type { ExportFormat } from '../../../contract/formats.ts'
import type { ColorRange } from '../../../contract/schemas.ts'
import { decimal, sentence, type Sentence } from '../../../contract/sentence.ts'
import { filmGuards } from '../../ffmpeg/inputGuards.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { PacketLines, type ListedPacket } from '../../ffmpeg/packetLines.ts'
import { lastLines, runFfmpeg, type FinishedRun } from '../../ffmpeg/runFfmpeg.ts'
import { FirstWords } from '../../reading/opening/firstWords.ts'
import type { Banner, BannerStream, ColorTags, FieldOrder, ShownFrame } from '../../reading/opening/probeText.ts'
import { saysColors } from '../filters/colorTags.ts'
import { FRAME_HASH } from './pictureCheck.ts'
import type { ColorNumbers } from '../segments/rawMatroska.ts'
import { fileUrl, inputUrl } from '../../reading/inputFile.ts'
import type { LightLevels } from '../../reading/opening/lightLevels.ts'
import { failedRead, readFailure } from '../../reading/decoding/readEnd.ts'

/** Packets of one stream: as many as there are, and the times of the first and the last in the order of showing. */
export interface StreamPackets {
  readonly count: number
  readonly bytes: number
  readonly from: number
  /** Of the last packet's end, where its duration is known. */
  readonly to: number
  /** No two pictures share a time, and none lies below zero. */
  readonly rising: boolean
}

export interface Written {
  readonly banner: Banner
  readonly frame: ShownFrame | null
  readonly colors: ColorTags | null
  readonly light: LightLevels
  /** By the number of the stream. */
  readonly packets: ReadonlyMap<number, StreamPackets>
}

interface ListOptions {
  readonly signal?: AbortSignal | undefined
  readonly apart?: boolean
  readonly hidden?: ReadonlyMap<number, number>
}

/**
 * All packets of a file's streams. Times are on the file's own clock. 'apart' reads each stream by itself
 * (broadcastClock.ts); 'hidden' packets at the head of a stream, by its number, don't count (hiddenLead.ts).
 * @throws UserError 'footage-changed' where the file could not be read to its end, or 'cancelled'
 */
export async function listStreams(
  tools: FfmpegTools,
  inputArgs: readonly string[],
  streams: readonly number[],
  { signal, apart = false, hidden }: ListOptions = {},
): Promise<Map<number, StreamPackets>> {
  const url = inputUrl(inputArgs)
  const list = new PacketListing(streams, hidden)
  let failure: string | null = null
  const run = await runFfmpeg(
    tools,
    [
      '-v',
      'level+error',
      '-copyts',
      ...streams.flatMap((_, n) => (n === 0 || apart ? inputArgs : [])),
      ...streams.flatMap((stream, n) => ['-map', `${apart ? n : 0}:${stream}`]),
      '-c',
      'copy',
      '-copyinkf',
      '-f',
      'framecrc',
      '-',
    ],
    {
      signal,
      onStderrLine: (line) => void (failure ??= readFailure(line, inputArgs)),
      onStdoutLine: (line) => list.hear(line),
    },
  )
  throwIfUnread(run, failure, url)
  return list.found
}

function throwIfUnread(run: FinishedRun, failure: string | null, url: string): void {
  if (failure === null && run.signal === null) return
  const reason = run.endedFor ?? (run.signal === null ? 'unreadable' : 'killed')
  throw failedRead(basename(url), reason, lastLines(run.stderr))
}

/** When a packet is heard, in seconds of the file's own clock. */
export interface HeardPacket {
  readonly from: number
  readonly to: number
}

/**
 * The packets of some streams about a place of a file, by the stream's number, in the order of showing.
 * @param from seconds of the file's own clock, where reading begins; null for the file's head, since some containers
 * (FLV) land behind it where that is sought
 * @param to seconds of the same clock, above zero
 * @throws UserErrors of listStreams
 */
export async function packetsAbout(
  tools: FfmpegTools,
  inputArgs: readonly string[],
  streams: readonly number[],
  { from, to, signal }: { from: number | null; to: number; signal?: AbortSignal },
): Promise<Map<number, HeardPacket[]>> {
  const lines = new PacketLines()
  const found = new Map(streams.map((stream): [number, HeardPacket[]] => [stream, []]))
  let failure: string | null = null
  const sought = from === null ? [] : ['-noaccurate_seek', '-seek_timestamp', '1', '-ss', from.toFixed(6)]
  const run = await runFfmpeg(
    tools,
    [
      ...['-v', 'level+error', '-copyts', ...sought, ...inputArgs],
      ...streams.flatMap((stream) => ['-map', `0:${stream}`]),
      // As an option of the input it would be counted from the file's start on, which may lie hours behind zero.
      ...['-c', 'copy', '-copyinkf', '-copypriorss', '1', '-t', to.toFixed(6), '-f', 'framecrc', '-'],
    ],
    {
      signal,
      onStderrLine: (line) => void (failure ??= readFailure(line, inputArgs)),
      onStdoutLine: (line) => {
        const packet = lines.read(line)
        if (!packet || packet.pts === null) return
        const { stream, pts, duration } = packet
        const tick = lines.tickOf(stream)
        found.get(streams[stream]!)!.push({ from: pts * tick, to: (pts + duration) * tick })
      },
    },
  )
  throwIfUnread(run, failure, inputUrl(inputArgs))
  for (const packets of found.values()) packets.sort((a, b) => a.from - b.from)
  return found
}

/** Gathers what a list says of each stream's packets. */
class PacketListing {
  readonly #lines = new PacketLines()
  readonly #times: number[][] = []
  readonly #ends: number[] = []
  readonly #bytes: number[] = []
  readonly #passedOver: number[] = []

  /**
   * @param streams by their numbers in the file, as they follow one another in the list; null until they are known
   * @param first place of the first of them in the list
   */
  constructor(
    private readonly streams: readonly number[] | null,
    private readonly hidden?: ReadonlyMap<number, number>,
    private readonly first = 0,
  ) {}

  hear(line: string): void {
    const packet = this.#lines.read(line)
    if (packet) this.#add(packet.stream - this.first, packet)
  }

  #add(n: number, { pts, duration, bytes }: ListedPacket): void {
    this.#bytes[n] = (this.#bytes[n] ?? 0) + bytes
    this.#passedOver[n] ??= this.hidden?.get(this.streams?.[n] ?? -1) ?? 0
    if (this.#passedOver[n] > 0) return void this.#passedOver[n]--
    if (pts === null) return
    const times = (this.#times[n] ??= [])
    times.push(pts)
    this.#ends[n] = Math.max(this.#ends[n] ?? -Infinity, pts + duration)
  }

  get found(): Map<number, StreamPackets> {
    return this.foundOf(this.streams ?? [])
  }

  /** @param streams where they were not known before */
  foundOf(streams: readonly number[]): Map<number, StreamPackets> {
    const found = new Map<number, StreamPackets>()
    streams.forEach((stream, n) => {
      const sorted = (this.#times[n] ?? []).sort((a, b) => a - b)
      const tick = this.#lines.tickOf(n + this.first)
      const rising = sorted.every((time, at) => at === 0 || time > sorted[at - 1]!) && (sorted[0] ?? 0) >= 0
      const [from, to] = [(sorted[0] ?? 0) * tick, (this.#ends[n] ?? -Infinity) * tick]
      found.set(stream, { count: sorted.length, bytes: this.#bytes[n] ?? 0, from, to, rising })
    })
    return found
  }
}

const SHOW = 'showinfo=checksum=0'

function listedStreams(banner: Banner): number[] {
  return banner.streams.filter(({ kind }) => kind !== 'attachment').map(({ index }) => index)
}

/**
 * Of formats that do not keep the pictures bit for bit.
 * @throws UserErrors of listStreams
 */
export async function readBack(tools: FfmpegTools, path: string, signal?: AbortSignal): Promise<Written | null> {
  const inputArgs = [...filmGuards, '-i', fileUrl(path)]
  const first = new FirstWords()
  const one = ['-map', '0:V:0', '-vf', SHOW, '-frames:v', '1', '-f', 'null', '-']
  await runFfmpeg(tools, ['-v', 'info', '-noautorotate', '-copyts', '-threads', '1', ...inputArgs, ...one], {
    signal,
    onStderrLine: (line) => void first.hear(line),
  })
  const { banner, frame, colors, light } = first
  if (banner === null) return null
  const packets = await listStreams(tools, inputArgs, listedStreams(banner), { signal })
  return { banner, frame, colors, light, packets }
}

/**
 * The same of those that do, in one go: each picture is decoded, and hashed as pictureHash does (pictureCheck.ts).
 * @param onPicture hears of each, in the order of showing
 * @throws UserErrors of listStreams
 */
export async function readBackPictures(
  tools: FfmpegTools,
  path: string,
  onPicture: (hash: string) => void,
  signal?: AbortSignal,
): Promise<Written | null> {
  const inputArgs = [...filmGuards, '-i', fileUrl(path)]
  const first = new FirstWords()
  const list = new PacketListing(null, undefined, 1)
  let failure: string | null = null
  const run = await runFfmpeg(
    tools,
    [
      ...['-v', 'info', '-noautorotate', '-copyts', ...inputArgs],
      // Decoded pictures are the first stream of the list; behind it come all packets as they are.
      ...['-map', '0:V:0', '-map', '0', '-map', '-0:t?', '-c', 'copy', '-copyinkf'],
      ...['-c:0', 'rawvideo', '-filter:0', SHOW, '-fps_mode', 'passthrough'],
      // None waits for the others: where titles are far apart, seconds of raw pictures would pile up.
      ...['-max_interleave_delta', '1', '-max_muxing_queue_size', '65536', '-f', 'framehash', '-hash', FRAME_HASH, '-'],
    ],
    {
      signal,
      onStderrLine: (line) => {
        if (first.hear(line)) failure ??= readFailure(line, inputArgs)
      },
      onStdoutLine: (line) => {
        if (line.startsWith('0,')) onPicture(line.slice(line.lastIndexOf(',') + 1).trim())
        else list.hear(line)
      },
    },
  )
  throwIfUnread(run, failure, inputUrl(inputArgs))
  const { banner, frame, colors, light } = first
  return banner && { banner, frame, colors, light, packets: list.foundOf(listedStreams(banner)) }
}

export interface SoundStart {
  readonly earliest: number
  readonly latest: number
}

/** A sound stream that was carried, against the first picture of the film; null where a part was cut from it. */
export interface ExpectedSound {
  readonly label: Sentence
  readonly copied: boolean
  /**
   * From the film's first picture to the sound's first packet and to the end of its last, in seconds; and how many
   * packets there are.
   */
  readonly placed: { readonly offset: number; readonly end: number; readonly count: number } | null
  /**
   * Of a part that was cut from it: between which times it begins, in seconds from the first picture on; null where
   * that is not known.
   */
  readonly begins: SoundStart | null
  /** The film has none of it where the part was taken from. */
  readonly isSilent: boolean
  /** ffmpeg's name of what it was converted to; null of what was copied. */
  readonly codec: string | null
  /** Seconds at its beginning that its decoder gives nothing of. */
  readonly unheard: number
}

/** What an export has to be. */
export interface Expected {
  readonly frames: number
  /** Of the pictures as they are stored. */
  readonly size: { readonly width: number; readonly height: number }
  /** ffmpeg's name of the pictures' codec. */
  readonly codec: string
  /** Start of the first picture and end of the last, in seconds of the export's clock. */
  readonly from: number
  /** Null where the container does not say it. */
  readonly to: number | null
  /** Times are written to no finer step than this, in seconds. */
  readonly step: number
  /** How long a picture stands, in seconds. */
  readonly frame: number
  readonly field: FieldOrder
  readonly aspect: { readonly num: number; readonly den: number }
  readonly colors: ColorNumbers
  readonly colorRange: ColorRange
  readonly timecode: string | null
  /** In the order of the export's sound streams. */
  readonly sounds: readonly ExpectedSound[]
  readonly subtitles: number
  readonly covers: number
}

/**
 * Sound that was copied stands where it stood but for the rounding of two clocks; encoders of sound begin a packet
 * early.
 */
const COPIED_SECONDS = 0.0025
const CONVERTED_SECONDS = 0.05
const AAC_PACKET = 1024
/** Converted sound may end earlier by this much: a packet that is filled up, or not. */
const SHORTER_SECONDS = 0.2

/** What AAC's encoder puts in front, in seconds: a packet, which takes longer the fewer samples a second has. */
function primingOf({ text }: BannerStream): number {
  const rate = Number(/\b(\d+) Hz\b/.exec(text)?.[1])
  return rate > 0 ? AAC_PACKET / rate : 0
}

/** Samples that Windows Media's decoder leaves out at the beginning: two blocks, of the length that rates have. */
const WMA_BLOCKS: readonly (readonly [rate: number, samples: number])[] = [
  [16_000, 2 * 512],
  [22_050, 2 * 1024],
  [Infinity, 2 * 2048],
]

/** Seconds at the beginning of a sound that is decoded, of which its decoder gives nothing. */
export function unheardOf({ codec, text }: Pick<BannerStream, 'codec' | 'text'>): number {
  const rate = Number(/\b(\d+) Hz\b/.exec(text)?.[1])
  if (!(rate > 0) || !/^wmav[12]$/.test(codec)) return 0
  return WMA_BLOCKS.find(([most]) => rate <= most)![1] / rate
}

/** Which of so many sounds, in their order, are not in the export or have nothing in them. */
export function emptySounds({ banner, packets }: Written, count: number): number[] {
  const written = banner.streams.filter(({ kind }) => kind === 'audio')
  const isEmpty = (n: number): boolean => !written[n] || (packets.get(written[n].index)?.count ?? 0) === 0
  return Array.from({ length: count }, (_, n) => n).filter(isEmpty)
}

function soundNotes({ banner, packets }: Written, firstPicture: number, { sounds, step, frame }: Expected): Sentence[] {
  const notes: Sentence[] = []
  const written = banner.streams.filter(({ kind }) => kind === 'audio')
  sounds.forEach(({ label, copied, placed, begins, isSilent, codec, unheard }, n) => {
    const sound = written[n] && packets.get(written[n].index)
    if (!sound || sound.count === 0) {
      return isSilent ? undefined : notes.push(sentence`${label} is missing from the export.`)
    }
    const found = written[n]!.codec
    if (codec !== null && found !== codec) notes.push(sentence`${label} is ${found} in the export instead of ${codec}.`)
    const rounded = copied ? COPIED_SECONDS + step : CONVERTED_SECONDS + primingOf(written[n]!)
    const late = rounded + (copied ? 0 : unheard)
    const at = sound.from - firstPicture
    const stands = (off: number): Sentence =>
      sentence`${label} stands ${decimal(off, 3)} s off the pictures in the export.`
    if (placed === null) {
      // A part is cut by packets, or by what a decoder makes of them.
      const off = begins === null ? 0 : at - Math.min(Math.max(at, begins.earliest), begins.latest)
      if (off < -rounded - frame || off > late + frame) notes.push(stands(off))
      return
    }
    const off = at - placed.offset
    if (off < -rounded || off > late) {
      notes.push(stands(off))
    } else if (copied && sound.count < placed.count) {
      notes.push(sentence`${label} has ${sound.count} of its ${placed.count} packets in the export.`)
    } else if (!copied && placed.end - (sound.to - firstPicture) > SHORTER_SECONDS) {
      const missing = placed.end - (sound.to - firstPicture)
      notes.push(sentence`${label} is ${decimal(missing, 1)} s shorter in the export than in the film.`)
    }
  })
  return notes
}

/**
 * What of an export is not as it should be.
 * @returns null where pictures are missing: then it has failed
 */
export function differences(written: Written, expected: Expected, format: ExportFormat): Sentence[] | null {
  const { banner, frame, colors, packets } = written
  const video = banner.streams.find(({ kind, isCover }) => kind === 'video' && !isCover)
  const pictures = video && packets.get(video.index)
  if (!pictures || !frame || pictures.count !== expected.frames) return null
  const notes: Sentence[] = []
  const says = (wrong: boolean, note: Sentence): void => void (wrong && notes.push(note))
  const { codec } = expected
  says(video.codec !== codec, sentence`The export’s pictures are ${video.codec} instead of ${codec}.`)
  const { width, height } = expected.size
  says(
    frame.width !== width || frame.height !== height,
    sentence`The export’s pictures are ${frame.width} × ${frame.height} instead of ${width} × ${height}.`,
  )
  says(!pictures.rising, sentence`The times of the export’s pictures do not rise; players may skip some.`)
  says(
    Math.abs(pictures.from - expected.from) > expected.step,
    sentence`The export’s first picture is at ${decimal(pictures.from, 3)} s instead of ${decimal(expected.from, 3)} s.`,
  )
  // Matroska says of the whole track how long it lasts, of no picture.
  const endWritten = format.container === 'matroska' ? (video.endSeconds ?? pictures.to) : pictures.to
  const end = expected.to ?? endWritten
  // Of movie files ffmpeg takes what lies before the first picture off the last one's duration as it reads them.
  const early = format.container === 'matroska' ? 0 : pictures.from
  says(
    endWritten - end > 2 * expected.step || end - endWritten > 2 * expected.step + early,
    sentence`The export ends at ${decimal(endWritten, 3)} s instead of ${decimal(end, 3)} s.`,
  )
  says(
    frame.field !== expected.field && !format.wholeFramesOnly,
    sentence`This ffmpeg did not mark the export’s pictures as interlaced in the film’s order.`,
  )
  const [num, den] = frame.aspect
  const { aspect } = expected
  // A shape of 0:0 means square.
  says(
    Math.abs(Math.log(((num || 1) * aspect.den) / ((den || 1) * aspect.num))) > 1e-4,
    sentence`The export’s pixels have the shape ${`${num}:${den}`} instead of ${`${aspect.num}:${aspect.den}`}.`,
  )
  says(
    colors !== null && (colors.range === 'pc') !== (expected.colorRange === 'full'),
    sentence`This ffmpeg did not mark the export’s range of luma as it is; players may show it with too much or too little contrast.`,
  )
  says(
    colors !== null && !saysColors(colors, expected.colors, format),
    sentence`This ffmpeg did not write all color tags into the export.`,
  )
  says(
    expected.timecode !== null && banner.timecode !== expected.timecode,
    sentence`This ffmpeg could not write the timecode ${expected.timecode ?? ''} into the export.`,
  )
  notes.push(...soundNotes(written, pictures.from, expected))
  const count = (of: (stream: BannerStream) => boolean): number => banner.streams.filter(of).length
  says(
    count(({ kind }) => kind === 'subtitle') < expected.subtitles,
    sentence`Not all subtitles have reached the export.`,
  )
  says(
    count(({ kind, isCover }) => kind === 'video' && isCover) < expected.covers,
    sentence`Not all covers have reached the export.`,
  )
  return notes
}
