/** Opens a film: finds out all there is to know of it, or says in a sentence why it can not be opened. */
import { randomUUID } from 'node:crypto'
import type { ColorMatrix, ColorRange, FootageInfo, Rational } from '../../contract/schemas.ts'
import { listed, sentence, type Sentence } from '../../contract/sentence.ts'
import { UserError, type UserErrorCode } from '../../contract/userError.ts'
import type { PixelLayout } from '../picture/pixelLayout.ts'
import { holdsMovieBox } from './containerParts.ts'
import { FilmDamage } from './damage.ts'
import { isEncrypted } from './encryption.ts'
import { FilmSizes, type PictureSize } from './filmSizes.ts'
import { examine, flawedFrames } from './examine.ts'
import { fileStamp, isChanged } from './fileStamp.ts'
import type { Footage, FrameIndex } from './footage.ts'
import { findFilmStream, pictureStreams } from './filmStream.ts'
import { fullClock, isBroadcast } from './broadcastClock.ts'
import {
  decodeTimes,
  frameFinder,
  indexFromBoth,
  indexFromPackets,
  listPackets,
  packetsAreFrames,
  secondsOf,
  untaggedRange,
  type DecodedTimes,
  type IndexOptions,
  type PacketList,
} from './frameIndex.ts'
import type { IndexCache, KeptIndex } from './indexCache.ts'
import { fileUrl, protocolArgs, resolveInput, type InputFile } from './inputFile.ts'
import { KnownPictures } from './knownPictures.ts'
import { squarePixels } from './letterbox.ts'
import type { ClockBreak } from './risingTimes.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { findOrientation } from './orientation.ts'
import { pace } from './pace.ts'
import { decodedFormat, type DecodedFormat } from './pixelFormats.ts'
import {
  audioChannels,
  parseBanner,
  parseShownColors,
  parseShownConfig,
  parseShownFrame,
  type Banner,
  type BannerStream,
  type ColorTags,
  type FieldOrder,
  type ShownFrame,
} from './probeText.ts'
import { FailureWatch, failedRead, hasCrashed } from './readEnd.ts'
import { riffIsCutOff } from './riffLength.ts'
import { reduced } from '../ffmpeg/rational.ts'
import { pictureName, sequenceSizes } from './sequenceSizes.ts'
import { trackEnd } from './trackEnd.ts'
import { encrypted, isHalfFloatTiff, whyUnreadable } from './unreadable.ts'
import { streamSiting } from './siting.ts'
import { runFfmpeg } from '../ffmpeg/runFfmpeg.ts'

/** Containers that store times, so that a jump lands on known ones even where packets are not frames. */
const timedContainers = new Set(['mov', 'matroska', 'mxf', 'mpegts', 'mpeg'])
/** Films with fewer pixels than this in all are decoded once on opening: well under a second, and damage is known at once. */
const CHECKED_PIXELS = 250e6
/**
 * Of other films the keyframes are, where they have no more pixels than this: some seconds. What sizes those hide is told
 * when they are met.
 */
const KEYFRAME_PIXELS = 4e9
/** No packet of sound is longer. */
const SOUND_PACKET_SECONDS = 1
/** Playlists and text that ffmpeg takes for films; none is footage. */
const notFootage = new Set([
  'hls', 'applehttp', 'concat', 'dash', 'sdp', 'rtsp', 'tty', 'ffmetadata', 'lavfi', 'srt', 'ass', 'webvtt', 'imf', 'subviewer', 'microdvd',
])
/** Codecs whose packets are not one frame each. */
const hiddenFrames = new Set(['vp8', 'vp7', 'cavs'])

export interface OpenOptions {
  /** The id that messages call the film by; a fresh one when not given. */
  readonly id?: string
  readonly signal?: AbortSignal
  /** Films with more pixels than this in all are indexed from their packets, without decoding them. */
  readonly checkedPixels?: number
  /** Frames per second of a sequence of pictures, where the artist says it; else by the pictures' header. */
  readonly rate?: Rational
  /** Where the indexes of films are kept that were opened before; none when left out. */
  readonly indexes?: IndexCache
}

interface FirstLook {
  readonly banner: Banner
  /** The film among the file's streams. */
  readonly stream: number
  readonly frame: ShownFrame
  readonly tags: ColorTags
  readonly rate: Rational | null
}

function damaged(name: string, what: Sentence, detail: string): UserError {
  return new UserError(
    'damaged',
    sentence`“${name}” ${what}`,
    sentence`Copy it again from where it came from, or repair it with the tool that made it.`,
    detail,
  )
}

/**
 * Decodes the first frame, and hears what ffmpeg has to say of the file.
 * @param stream for -map
 */
async function lookAtFirstFrame(tools: FfmpegTools, file: InputFile, stream: string, signal: AbortSignal | undefined): Promise<FirstLook> {
  let frame: ShownFrame | null = null
  let tags: ColorTags | null = null
  let rate: Rational | null = null
  const head: string[] = []
  const run = await runFfmpeg(
    tools,
    [
      // One thread, so that messages of several do not run into each other.
      '-v', 'info', '-noautorotate', '-copyts', '-threads', '1', ...file.args,
      '-map', stream, '-vf', 'showinfo=checksum=0', '-fps_mode', 'passthrough', '-frames:v', '1', '-f', 'null', '-',
    ],
    {
      signal,
      onStderrLine: (line) => {
        if (head.length < 2000) head.push(line)
        frame ??= parseShownFrame(line)
        tags ??= frame ? parseShownColors(line) : null
        const config = parseShownConfig(line)
        if (config && config.rate[0] > 0 && config.rate[1] > 0) rate ??= reduced(config.rate[0], config.rate[1])
      },
    },
  )
  const detail = run.stderr.trim().split('\n').slice(-6).join('\n')
  const banner = parseBanner(head.join('\n'))
  // What is indented are the film's own titles.
  const watch = new FailureWatch(file)
  for (const line of head) if (!/^\s/.test(line)) watch.hear(line)
  if (watch.failure !== null) throw failedRead(file.name, 'unreadable', detail)
  if (hasCrashed(run)) throw failedRead(file.name, 'crashed', detail)
  if (run.signal !== null) throw failedRead(file.name, 'killed', detail)
  const unreadable = frame === null ? await whyUnreadable(file.path, head.join('\n')) : null
  const refuse = (code: UserErrorCode): void => {
    if (unreadable) throw new UserError(code, sentence`“${file.name}” ${unreadable.what}`, unreadable.advice, detail)
  }
  if (banner === null) {
    refuse('unsupported-picture')
    if (/moov atom not found|End of file|partial file|truncat/i.test(run.stderr) && !run.stderr.includes('detected only with low score')) {
      // A read that failed looks the same in ffmpeg's log: its movie demuxer takes it for the end of the file, and says no more.
      if (await holdsMovieBox(file.path).catch(() => true)) throw failedRead(file.name, 'unreadable', detail)
      throw damaged(file.name, sentence`is cut off: the part that says where its pictures lie is missing.`, detail)
    }
    throw new UserError(
      'not-a-film',
      sentence`“${file.name}” is not a film that can be read.`,
      sentence`Open a film file such as mp4, mov, mkv, avi or mxf.`,
      detail,
    )
  }
  if (banner.container.some((name) => notFootage.has(name))) {
    throw new UserError(
      'not-a-film',
      sentence`“${file.name}” holds text, not a film.`,
      sentence`Open a film file such as mp4, mov, mkv, avi or mxf.`,
      detail,
    )
  }
  // The compiler does not see that the callback above has set these.
  const shown = frame as ShownFrame | null
  if (shown === null) {
    if (!banner.streams.some(({ kind, isCover }) => kind === 'video' && !isCover)) {
      const sound = banner.streams.some((stream) => stream.kind === 'audio')
      throw new UserError(
        'no-video',
        sentence`“${file.name}” holds ${sound ? sentence`only sound` : sentence`no pictures`}.`,
        sentence`Open a file that holds pictures.`,
        detail,
      )
    }
    refuse('unsupported-picture')
    if (banner.streams.some((s) => s.kind === 'video' && s.codec === 'none')) {
      throw new UserError(
        'unsupported-picture',
        sentence`The pictures of “${file.name}” are in a form that this ffmpeg can not decode.`,
        sentence`Convert the film with the tool that made it, for example to ProRes or FFV1.`,
        detail,
      )
    }
    throw damaged(file.name, sentence`is damaged: none of its pictures can be decoded.`, detail)
  }
  return {
    banner,
    stream: pictureStreams(banner)[0]?.index ?? 0,
    frame: shown,
    tags: tags ?? { range: 'unknown', space: 'unknown', primaries: 'unknown', transfer: 'unknown' },
    rate,
  }
}

function rangeOf(format: DecodedFormat, tags: ColorTags): { range: ColorRange; guessed: boolean } {
  if (format.fullByName || tags.range === 'pc') return { range: 'full', guessed: false }
  if (tags.range === 'tv') return { range: 'limited', guessed: false }
  return { range: untaggedRange(format.sampling === 'gray'), guessed: true }
}

/**
 * BT.601 for small and BT.709 for large pictures is what players assume of films that do not say. Nothing is lost by a
 * wrong guess: the colors are ours, and an export says in which matrix they are written.
 */
function matrixOf(format: DecodedFormat, tags: ColorTags, height: number): ColorMatrix {
  if (format.fromRgb) return 'bt709'
  if (tags.space === 'bt709') return 'bt709'
  if (tags.space.startsWith('bt2020')) return 'bt2020'
  if (['smpte170m', 'bt470bg', 'fcc'].includes(tags.space)) return 'bt601'
  return height >= 720 ? 'bt709' : 'bt601'
}

/** Codecs whose pictures say themselves whether they are of fields, so that a progressive one is what it says. */
const tellsFields = /^(mpeg[12]video|mpeg4|h264|hevc|vc1|wmv3|prores|dvvideo|dnxhd|ffv1)$/

/** Of other codecs (UT Video, Huffyuv, JPEG 2000) the container alone knows it. */
function fieldOf(frame: ShownFrame, stream: BannerStream | undefined): FieldOrder {
  return frame.field === 'progressive' && stream && !tellsFields.test(stream.codec) ? stream.field : frame.field
}

/** Recordings of broadcasts set their clock anew at will; of those a picture is not held longer than this many seconds. */
const BROADCAST_HOLD = 10
/** In other files it takes this long a step for a leap of the clock: slides may stay for minutes. */
const LONGEST_HOLD = 1800

/** The container's own word for where the pictures end, where ffmpeg's last packet does not say it. */
async function statedEnd(path: string, { banner, stream, frame }: FirstLook): Promise<number | null> {
  if (banner.container.includes('matroska')) return banner.streams.find(({ index }) => index === stream)?.endSeconds ?? null
  return banner.container.includes('mov') && (frame.pts ?? 0) > 0 ? trackEnd(path, stream) : null
}

async function indexOptions(path: string, look: FirstLook): Promise<IndexOptions> {
  const { banner, rate } = look
  return {
    statedRate: rate,
    longestHold: isBroadcast(banner) ? BROADCAST_HOLD : LONGEST_HOLD,
    full: fullClock(banner),
    statedEnd: await statedEnd(path, look),
  }
}

function buildIndex(tools: FfmpegTools, file: InputFile, look: FirstLook, options: OpenOptions): Promise<KeptIndex> {
  const make = (): Promise<KeptIndex> => makeIndex(tools, file, look, options)
  if (!options.indexes || file.sequence !== null) return make()
  return options.indexes.recall(file.path, `${tools.version} ${options.checkedPixels ?? CHECKED_PIXELS} ${look.stream}`, make)
}

async function makeIndex(
  tools: FfmpegTools,
  file: InputFile,
  look: FirstLook,
  { signal, checkedPixels = CHECKED_PIXELS }: OpenOptions,
): Promise<KeptIndex> {
  if (file.sequence !== null) {
    const { count } = file.sequence
    const pts = Float64Array.from({ length: count }, (_, n) => n)
    const rate = look.rate ?? { num: 24, den: 1 }
    const index = { timeBase: { num: rate.den, den: rate.num }, pts, stored: pts, end: count, seekable: new Uint8Array(count).fill(1) }
    const sizes = await sequenceSizes(file.sequence, sizeOf(look), pictureSize)
    return { index, damaged: [], cutOff: false, checked: false, paired: true, breaks: [], flawed: [], sizes }
  }
  const stream = `0:${look.stream}`
  const list = await listPackets(tools, file, stream, signal)
  const codec = look.banner.streams.find(({ index }) => index === look.stream)?.codec ?? ''
  const paired =
    packetsAreFrames(list) &&
    !hiddenFrames.has(codec) &&
    !(look.frame.field !== 'progressive' && /^(h264|hevc|mpeg2video|vc1)$/.test(codec))
  const small = list.packets.length * look.frame.width * look.frame.height <= checkedPixels
  const { container } = look.banner
  if (paired && !small) {
    const built = indexFromPackets(list, look.frame.pts ?? -Infinity, await indexOptions(file.path, look))
    return { ...built, paired, flawed: [], sizes: await sizesOfKeyframes(built.index) }
  }
  const decoded = await decodeTimes(tools, file, { stream, container }, list.timeBase, signal)
  const built = indexFromBoth(list, decoded, await indexOptions(file.path, look))
  return { ...built, paired, flawed: decoded.suspect ? await flawedOnOpening() : [], sizes: sizesMet(look, built.index, list, decoded) }

  async function pictureSize(path: string): Promise<PictureSize | null> {
    const alone: InputFile = { ...file, args: [...protocolArgs, '-f', 'image2', '-pattern_type', 'none', '-i', fileUrl(path)] }
    return lookAtFirstFrame(tools, alone, '0:V:0', signal).then(sizeOf, () => null)
  }

  /** Most codecs change their size at keyframes alone. */
  async function sizesOfKeyframes(index: FrameIndex): Promise<FilmSizes['changes']> {
    const keys = list.packets.filter(({ key }) => key).length
    if (keys * look.frame.width * look.frame.height > KEYFRAME_PIXELS) return []
    return sizesMet(look, index, list, await decodeTimes(tools, file, { stream, container, keysOnly: true }, list.timeBase, signal))
  }

  async function flawedOnOpening(): Promise<number[]> {
    const { index } = built
    const examined = await examine(tools, file.args, { stream, container }, index.timeBase, null, signal)
    const first = Math.min(...decoded.times)
    return flawedFrames(index, examined, { shift: 0, leading: list.packets.some(({ pts }) => pts !== null && pts < first) })
  }
}

function sizeOf({ frame: { width, height, format, aspect } }: FirstLook): PictureSize {
  return { width, height, format, aspect: { num: aspect[0], den: aspect[1] } }
}

/** Where sizes begin that are not those of the frames before, by what a decoder gave. */
function sizesMet(look: FirstLook, index: FrameIndex, { timeBase }: PacketList, { times, sizes }: DecodedTimes): FilmSizes['changes'] {
  const met = new FilmSizes(sizeOf(look))
  const finer = (timeBase.num * index.timeBase.den) / (timeBase.den * index.timeBase.num)
  const find = frameFinder(index)
  let place = -1
  times.forEach((time, n) => {
    const number = find(time * finer, place)
    if (number < 0) return
    place = number
    const size = sizes[n]
    if (size) met.meet(number, size)
  })
  return met.changes
}

/**
 * Whether the film ends before its container says, its sound as well.
 * @param end of the pictures, in seconds on the film's own clock
 */
async function endsEarly(
  tools: FfmpegTools,
  file: InputFile,
  banner: Banner,
  end: number,
  rate: Rational,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { durationSeconds, startSeconds } = banner
  if (durationSeconds === null || file.sequence !== null) return false
  if (banner.container.includes('avi') && (await riffIsCutOff(file.path))) return true
  // Some containers count from zero, others from their start. Many round, or guess.
  const isEarly = (seconds: number): boolean => durationSeconds - Math.max(seconds, seconds - startSeconds) > 1 + rate.den / rate.num
  if (!isEarly(end)) return false
  if (!banner.streams.some((stream) => stream.kind === 'audio')) return true
  const { packets, timeBase } = await listPackets(tools, file, '0:a:0', signal)
  return isEarly(packets.reduce((last, { pts }) => Math.max(last, pts ?? last), 0) * (timeBase.num / timeBase.den) + SOUND_PACKET_SECONDS)
}

/**
 * Up to where pictures are there to be read, in seconds. A last picture that is held belongs to that where its duration is
 * stored with it; Matroska's length of the whole may as well be that of a film that was cut off.
 */
function seenEnd(index: FrameIndex, { container }: Banner, rate: Rational): number {
  const usual = secondsOf(index, index.pts.length - 1) + rate.den / rate.num
  return container.includes('matroska') ? usual : Math.max(usual, (index.end * index.timeBase.num) / index.timeBase.den)
}

/** To the end of the last frame, whose own duration counts. */
function durationOf(index: FrameIndex, rate: Rational, variable: boolean): number {
  const { pts, end, timeBase } = index
  const seconds = ((end - (pts[0] ?? 0)) * timeBase.num) / timeBase.den
  const even = (pts.length * rate.den) / rate.num
  // The ticks of an even film are rounded, and its last packet may claim less than a frame; its rate is not.
  return !variable && seconds - even <= (3 * timeBase.num) / timeBase.den ? even : seconds
}

/** Breaks that are named; a film may have one at every splice. */
const NAMED_BREAKS = 3

function breakSentence(breaks: readonly ClockBreak[], { timeBase }: FrameIndex): Sentence {
  const said = breaks.slice(0, NAMED_BREAKS).map(({ frame, ticks }) => {
    const seconds = (Math.abs(ticks) * timeBase.num) / timeBase.den
    const length = seconds >= 60 ? `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s` : `${seconds.toFixed(1)} s`
    return ticks < 0 ? sentence`at frame ${frame} it runs back by ${length}` : sentence`at frame ${frame} it leaps by ${length}`
  })
  const more = breaks.length - said.length
  const places = more > 0 ? [...said, sentence`at ${more} more places`] : said
  return sentence`The film’s clock does not go on everywhere, as where recordings were joined: ${listed(places)}. All pictures are kept, one after another.`
}

async function lookAtFilm(
  tools: FfmpegTools,
  file: InputFile,
  signal: AbortSignal | undefined,
): Promise<{ look: FirstLook; warnings: readonly Sentence[] }> {
  const look = await lookAtFirstFrame(tools, file, '0:V:0', signal)
  const { stream, warnings } = await findFilmStream(tools, file.args, look.banner, signal)
  if (stream === look.stream) return { look, warnings }
  return { look: { ...(await lookAtFirstFrame(tools, file, `0:${stream}`, signal)), stream }, warnings }
}

/**
 * Opens a film for reading. Throws a UserError whose code says what is wrong: not-found, no-permission, is-a-folder,
 * empty-file, not-a-film, no-video, damaged, unsupported-picture, footage-changed (it could not be read). Nothing is ever
 * written to the film.
 */
export async function openFootage(tools: FfmpegTools, path: string, options: OpenOptions = {}): Promise<Footage> {
  const file = await resolveInput(path, options.rate)
  const stamp = file.sequence === null ? await fileStamp(file.path) : null
  const pictures = file.sequence === null ? null : await KnownPictures.of(file.path)
  if (await isHalfFloatTiff(file.path)) {
    throw new UserError(
      'unsupported-picture',
      sentence`“${file.name}” ${sentence`holds half-float samples, which can not be read as they are meant.`}`,
      sentence`Save the pictures again as TIFF of 16 bits, or as EXR.`,
    )
  }
  if (await isEncrypted(file.path)) throw new UserError('unsupported-picture', sentence`“${file.name}” ${encrypted.what}`, encrypted.advice)
  const { look, warnings: otherStreams } = await lookAtFilm(tools, file, options.signal)
  const { tags } = look
  const banner: Banner = { ...look.banner, timecode: look.banner.timecode ?? file.sequence?.timecode ?? null }
  const stream = banner.streams.find(({ index }) => index === look.stream)
  const frame = { ...look.frame, field: fieldOf(look.frame, stream) }
  const format = decodedFormat(frame.format)
  const { range, guessed: rangeGuessed } = rangeOf(format, tags)
  const matrix = matrixOf(format, tags, frame.height)
  const siting = frame.siting ?? (await streamSiting(tools, file.args, look.stream, format, options.signal))
  const layout: PixelLayout = {
    width: frame.width,
    height: frame.height,
    sampling: format.sampling,
    bitDepth: format.bitDepth,
    range,
    matrix,
    ...(siting && { siting }),
    ...(frame.field !== 'progressive' && { interlaced: true as const }),
    ffmpegName: format.ffmpegName,
  }
  const built = await buildIndex(tools, file, look, options)
  if (await isChanged(file.path, stamp)) throw failedRead(file.name, 'changed')
  const { index } = built
  const frameCount = index.pts.length
  if (frameCount === 0) throw damaged(file.name, sentence`is damaged: none of its pictures can be decoded.`, 'no frames in the index')
  const { rate, variable } = pace(index, look.rate)

  const warnings = [...file.warnings, ...otherStreams]
  if (built.breaks.length > 0) warnings.push(breakSentence(built.breaks, index))
  const damage = new FilmDamage(built.damaged, built.flawed)
  warnings.push(...damage.sentences({ from: 0, to: frameCount }))
  const sizes = new FilmSizes(sizeOf(look), built.sizes, (number) => file.sequence && pictureName(file.sequence, number))
  const pixelAspect = squarePixels(sizes.first.aspect)
  warnings.push(...sizes.warnings(frameCount))
  if (built.cutOff) warnings.push(sentence`The film is cut off: its last pictures are incomplete and are left out.`)
  else if (await endsEarly(tools, file, banner, seenEnd(index, banner, rate), rate, options.signal)) {
    warnings.push(sentence`The film is shorter than its container says; it may be cut off.`)
  }
  // What is lost at the end may leave gaps there; that is no rate of its own.
  if (variable && !built.cutOff) warnings.push(sentence`The frame rate varies; every frame keeps its own time in exports.`)
  if (frame.field !== 'progressive') warnings.push(sentence`The film is interlaced; it is colored as stored, without deinterlacing.`)
  if (format.hasAlpha) warnings.push(sentence`The film has transparency, which is not kept.`)
  if (rangeGuessed && format.sampling === 'gray') {
    warnings.push(sentence`The film does not say its tonal range; full range is assumed, as is usual for gray pictures.`)
  }
  if (format.linear) warnings.push(sentence`The pictures hold scene-linear light; it is brought to the curve of sRGB, as screens want it.`)
  if (format.fromRgb) warnings.push(sentence`The pictures are stored as RGB; they are worked on as full-range BT.709.`)

  const { rotation, mirrored } = await findOrientation(
    tools,
    file.args,
    look.stream,
    stream?.displayRotation ?? null,
    frame,
    options.signal,
  )
  if (mirrored) {
    warnings.push(
      sentence`The film is stored mirrored. Pictures are written upright; an export as a film is mirrored as the source is, and has to be mirrored when it is shown.`,
    )
  }
  const info: FootageInfo = {
    id: options.id ?? randomUUID(),
    path: file.path,
    name: file.name,
    bytes: file.bytes,
    width: frame.width,
    height: frame.height,
    pixelAspect: reduced(pixelAspect.num, pixelAspect.den),
    rotation,
    ...(mirrored ? { mirrored } : {}),
    frameCount,
    rate,
    ...(file.sequence && file.sequence.count > 1 ? { rateFrom: file.sequence.rateFrom } : {}),
    variableRate: variable,
    durationSeconds: durationOf(index, rate, variable),
    pixelFormat: frame.format,
    bitDepth: format.bitDepth,
    range,
    matrix,
    ...(sizes.changes.length > 0 && {
      sizes: [[0, sizes.first] as const, ...sizes.changes].map(([from, { width, height }]) => ({ from, width, height })),
    }),
    codec: stream?.codec ?? 'unknown',
    container: banner.container[0] ?? 'unknown',
    audio: banner.streams
      .filter((stream) => stream.kind === 'audio')
      .map((stream) => ({
        codec: stream.codec,
        channels: audioChannels(stream.text),
        ...(stream.language === undefined ? {} : { language: stream.language }),
      })),
    warnings,
    damaged: damage.ranges,
  }
  return {
    info,
    layout,
    index,
    inputArgs: file.args,
    source: {
      file,
      stamp,
      pictures,
      banner,
      stream: look.stream,
      tags,
      decodedName: frame.format,
      field: frame.field,
      damage,
      sizes,
      breaks: built.breaks,
      checked: built.checked,
      seekTrusted: built.paired || banner.container.some((name) => timedContainers.has(name)),
    },
  }
}
