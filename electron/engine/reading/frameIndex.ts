/**
 * The times of all frames of a film. Read from the packets, which costs reading the file but no decoding, and checked
 * against the decoder where that is quick or where packets can not be relied on (no timestamps, hidden frames, fields).
 */
import type { ColorRange, Rational } from '../../contract/schemas.ts'
import type { FrameIndex } from './footage.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { isDamageTalk } from './damageTalk.ts'
import { parseScaleLine, type PictureSize } from './filmSizes.ts'
import type { InputFile } from './inputFile.ts'
import { isContainerDamage } from './lostPictures.ts'
import { FailureWatch, failedRead, judge } from './readEnd.ts'
import { clockFilters } from '../ffmpeg/frameClock.ts'
import { PacketLines } from '../ffmpeg/packetLines.ts'
import { reduced } from '../ffmpeg/rational.ts'
import { isIdleTalk, lastLines, runFfmpeg, sizeTalkArgs, talkArgs, type FinishedRun } from '../ffmpeg/runFfmpeg.ts'
import { withDurations, withEvenEnds } from './guessedTimes.ts'
import { isRising, risingTimes, usualStep, type ClockBreak } from './risingTimes.ts'

export interface Packet {
  /** Null where the container stores none. */
  readonly pts: number | null
  readonly key: boolean
  /** How long the picture is shown, in ticks; 0 where nobody says. */
  readonly duration: number
  /** It is not in the file any more (lostPictures.ts). */
  readonly lost?: boolean
}

export interface PacketList {
  readonly timeBase: Rational
  /** In the order of storing; those the container marks as not to be shown (edit lists) are left out. */
  readonly packets: readonly Packet[]
  /** The file ends before its last packet does. */
  readonly cutOff: boolean
  /** The container could not be read everywhere. */
  readonly damaged: boolean
}

/**
 * Times as they are stored. Without it ffmpeg would write decoding times that run back as if they stood still, and the
 * presentation times with them; so those are replaced by the place in the file, far below everything: by that of the
 * packet before where several lie in one place, which some versions give to the first of them alone.
 */
export const asStored = 'setts=pts=PTS:dts=max(POS\\,PREV_OUTDTS+9e15)-9e15'

/** Throws the error of a failed read where a run through the whole film did not come to the film's own end. */
function mustHaveEnded(file: InputFile, run: FinishedRun, failure: string | null, arrived: number): void {
  const verdict = judge({ ...run, failure, changed: false, reached: run.code === 0, arrived })
  if (verdict !== 'whole' && verdict !== 'short') throw failedRead(file.name, verdict, lastLines(run.stderr))
}

interface ListOptions {
  readonly signal?: AbortSignal | undefined
  readonly container?: readonly string[]
  readonly seek?: readonly string[]
  readonly most?: number
}

/**
 * Throws UserError 'footage-changed' where the film could not be read to its end.
 * @param stream of the file, for -map
 * @param container ffmpeg's names of it, whose complaints are heard
 * @param seek options that begin somewhere else than at the film's start
 * @param most of the packets, from where reading begins
 */
export async function listPackets(
  tools: FfmpegTools,
  file: InputFile,
  stream: string,
  { signal, container = [], seek = [], most }: ListOptions = {},
): Promise<PacketList> {
  const packets: Packet[] = []
  const lines = new PacketLines()
  let cutOff = false
  let damaged = false
  const watch = new FailureWatch(file)
  const run = await runFfmpeg(
    tools,
    [
      ...talkArgs,
      '-copyts',
      ...seek,
      ...file.args,
      '-map',
      stream,
      '-c',
      'copy',
      '-copyinkf',
      '-copypriorss',
      '1',
      '-bsf:v',
      asStored,
      ...(most === undefined ? [] : ['-frames:v', `${most}`]),
      '-f',
      'framecrc',
      '-',
    ],
    {
      signal,
      onStderrLine: (line) => {
        cutOff ||= isCutOff(line)
        damaged ||= isContainerDamage(line, container)
        watch.hear(line)
      },
      onStdoutLine: (line) => {
        const packet = lines.read(line)
        if (packet && !packet.isHidden) packets.push({ pts: packet.pts, key: packet.isKey, duration: packet.duration })
      },
    },
  )
  mustHaveEnded(file, run, watch.failure, packets.length)
  return { timeBase: lines.timeBaseOf(0), packets, cutOff, damaged }
}

/**
 * Whether a line says that the file ends amid a packet. Decoders call parts of pictures 'truncated' as well: those lie
 * in whole files.
 */
function isCutOff(line: string): boolean {
  return /\bpartial file$|File ended prematurely|Packet is truncated|truncated packet/i.test(line)
}

/** Tells by odd times which pictures are of fields: nothing else in a line of the clock is each picture's own. */
const FIELD_MARK = 'setpts=PTS*2+INTERLACED'

export interface DecodedTimes {
  /** In the time base asked for. */
  readonly times: readonly number[]
  /** Of each picture; null where nothing was said of it. */
  readonly sizes: readonly (PictureSize | null)[]
  /** How many of the pictures say that they are of two fields. */
  readonly interlaced: number
  /** True when the decoder complained: frames that are missing then are damage, not hidden frames. */
  readonly complained: boolean
  /** It spoke of damage in pictures. */
  readonly suspect: boolean
}

/**
 * Decodes the whole film, or its keyframes alone, without passing pixels on, and gives the times that come out, in
 * ticks of 'timeBase'. Throws UserError 'footage-changed' where the film could not be read to its end.
 */
export async function decodeTimes(
  tools: FfmpegTools,
  file: InputFile,
  {
    stream,
    others,
    keysOnly = false,
  }: { readonly stream: string; readonly others: readonly string[]; readonly keysOnly?: boolean },
  timeBase: Rational,
  signal?: AbortSignal,
): Promise<DecodedTimes> {
  const times: number[] = []
  const sizes: (PictureSize | null)[] = []
  let interlaced = 0
  let size: PictureSize | null = null
  let suspect = false
  let complained = false
  const watch = new FailureWatch(file)
  const run = await runFfmpeg(
    tools,
    [
      ...sizeTalkArgs,
      '-noautorotate',
      '-copyts',
      ...(keysOnly ? ['-skip_frame', 'nokey'] : []),
      ...file.args,
      // Leaves every picture as it is, tells its size, and whether it is of fields.
      '-map',
      stream,
      '-vf',
      ['scale=w=iw:h=ih', `settb=${timeBase.num}/${timeBase.den}`, FIELD_MARK, ...clockFilters(timeBase)].join(','),
      '-fps_mode',
      'passthrough',
      '-f',
      'null',
      '-',
    ],
    {
      signal,
      onStderrLine: (line) => {
        size = parseScaleLine(line, file)?.size ?? size
        if (isIdleTalk(line)) return
        watch.hear(line)
        suspect ||= isDamageTalk(line, others)
        complained ||= /\[(?:error|fatal|panic)\]/.test(line)
      },
      // A frame without a time shares that of its predecessor, and is told apart by its place.
      onTime: (marked) => {
        const pts = marked === null ? null : Math.floor(marked / 2)
        if (pts !== null && marked! > pts * 2) interlaced++
        times.push(pts ?? times[times.length - 1] ?? 0)
        sizes.push(size)
      },
    },
  )
  mustHaveEnded(file, run, watch.failure, times.length)
  return { times, sizes, interlaced, complained, suspect }
}

export interface BuiltIndex {
  readonly index: FrameIndex
  /** Frames that the decoder is known not to deliver. */
  readonly damaged: readonly number[]
  /** The film ends before its container says, or its last packets give no picture. */
  readonly cutOff: boolean
  /** Every frame that is not damaged was seen to decode. */
  readonly checked: boolean
  /** Where the stored clock runs back or leaps; the index's own doesn't. */
  readonly breaks: readonly ClockBreak[]
}

/** What else decides on the clock of an index. */
export interface IndexOptions {
  /** By the container; null where it says nothing. */
  readonly statedRate: Rational | null
  /** Steps longer than this are leaps of the clock rather than pictures held, in seconds. */
  readonly longestHold: number
  /**
   * When the stream ends by its container, in seconds; null where that does not say, or stores the duration of each
   * frame.
   */
  readonly statedEnd: number | null
  /** Seconds after which the stored clock is full and begins again at zero; null where it never does. */
  readonly full: number | null
  /** The container has a place for when each picture is shown; what is missing there is the muxer's doing. */
  readonly storesTimes: boolean
}

interface Shown {
  readonly pts: number
  readonly key: boolean
  readonly duration: number
  readonly lost?: boolean
  /** What is stored with it, where that was harmed. */
  readonly stored?: number
}

const storedOf = ({ pts, stored }: Shown): number => stored ?? pts

/** 1 at keyframes at which the stored times part the film in two. */
function seekableOf(frames: readonly Shown[]): Uint8Array {
  const seekable = new Uint8Array(frames.length)
  let latest = -Infinity
  frames.forEach((frame, n) => {
    const pts = storedOf(frame)
    if (frame.key && pts > latest) seekable[n] = 1
    latest = Math.max(latest, pts)
  })
  let earliest = Infinity
  for (let n = frames.length - 1; n >= 0; n--) {
    const pts = storedOf(frames[n]!)
    if (pts >= earliest) seekable[n] = 0
    earliest = Math.min(earliest, pts)
  }
  return seekable
}

/** The step of a stated rate that can be one; some containers state their clock's. */
function fallbackStep(timeBase: Rational, stated: Rational | null): number {
  const rate =
    stated !== null && stated.num / stated.den >= 1 && stated.num / stated.den <= 240 ? stated : { num: 24, den: 1 }
  return (timeBase.den * rate.den) / (timeBase.num * rate.num)
}

/** Two clocks of one file, one of them of milliseconds, agree to this. */
const CLOCKS_SECONDS = 0.002

/** @param frames in the order of showing */
function toIndex(
  list: PacketList,
  frames: readonly Shown[],
  { statedRate, longestHold, statedEnd, full, storesTimes }: IndexOptions,
): Pick<BuiltIndex, 'index' | 'breaks'> {
  const { timeBase } = list
  const step = fallbackStep(timeBase, statedRate)
  const hold = (longestHold * timeBase.den) / timeBase.num
  const times = frames.map(({ pts }) => pts)
  const told = withDurations(
    times,
    frames.map(({ duration }) => duration),
  )
  const isGuessed = !storesTimes && list.packets.some((packet) => packet.pts === null)
  const { pts, refined, breaks } = risingTimes(isGuessed ? withEvenEnds(told) : told, {
    fallbackStep: step,
    longestHold: hold,
    full: full === null ? null : (full * timeBase.den) / timeBase.num,
    startsUntimed: list.packets[0]?.pts === null && list.packets.some((packet) => packet.pts !== null),
  })
  const usual = usualStep(pts) ?? step * refined
  // Of interlaced films some containers give the duration of one field.
  const own = (frames[frames.length - 1]?.duration ?? 0) * refined
  const last = own >= (packetsAreFrames(list) ? 1 : 0.75 * usual) ? own : Math.round(usual)
  const stated =
    statedEnd === null || list.cutOff || breaks.length > 0
      ? 0
      : Math.round((statedEnd * timeBase.den * refined) / timeBase.num)
  const lastTime = pts[pts.length - 1] ?? 0
  const held = stated - lastTime
  // A little more is the rounding of two clocks; what lies before a movie's first picture is missing from its last one
  // (trackEnd.ts).
  const early = pts[0] ?? 0
  const isShortened =
    early > 0 && Math.abs(held - last - early) <= (CLOCKS_SECONDS * timeBase.den * refined) / timeBase.num
  const end = (held > last + usual / 2 || isShortened) && held <= hold * refined ? stated : lastTime + last
  const index: FrameIndex = {
    timeBase: reduced(timeBase.num, timeBase.den * refined),
    pts,
    stored: Float64Array.from(frames, (frame) => storedOf(frame) * refined),
    end,
    seekable: seekableOf(frames),
    isClosed: false,
  }
  return { index, breaks }
}

function inOrderOfTime(frames: readonly Shown[]): Shown[] {
  return [...frames].sort((a, b) => a.pts - b.pts)
}

/**
 * True where every packet has a time of its own and they go forward, so that packets and frames can be matched one to
 * one. Frames are stored out of their order of showing, but none across a keyframe: where one comes before what was
 * there already, another recording begins.
 */
export function packetsAreFrames(list: PacketList): boolean {
  let known = areFrames.get(list)
  if (known === undefined) areFrames.set(list, (known = findWhetherFrames(list)))
  return known
}

/** What packetsAreFrames found of a list. */
const areFrames = new WeakMap<PacketList, boolean>()

function findWhetherFrames({ packets }: PacketList): boolean {
  const times = new Float64Array(packets.length)
  let latest = -Infinity
  let n = 0
  for (const { pts, key } of packets) {
    if (pts === null || (key && pts < latest)) return false
    times[n++] = pts
    latest = Math.max(latest, pts)
  }
  return packets.length > 0 && isRising(times.sort())
}

const hasTime = (packet: Packet): packet is Packet & { readonly pts: number } => packet.pts !== null
const timed = (list: PacketList): Shown[] => list.packets.filter(hasTime)

/**
 * The index from packets that are frames; those before the first frame that decodes (cut-off leading frames) are left
 * out.
 */
export function indexFromPackets(list: PacketList, firstShown: number, options: IndexOptions): BuiltIndex {
  const frames = inOrderOfTime(timed(list).filter(({ pts }) => pts >= firstShown))
  const damaged: number[] = []
  frames.forEach(({ lost = false }, n) => {
    if (lost) damaged.push(n)
  })
  return { ...toIndex(list, frames, options), damaged, cutOff: list.cutOff, checked: false }
}

/** Of a film's pictures no more than this share may have a time that was harmed: else its clock is odd. */
const STRAYED = 0.1

/**
 * The longest series of times that rise, of those that came one after another (patience sorting). What is not in it is
 * of pictures whose own time was harmed.
 */
function risingOf(times: readonly number[]): number[] {
  /** Of each length the series that ends lowest: where its last time is; and for each time, which one is before it. */
  const ends: number[] = []
  const before = new Int32Array(times.length)
  times.forEach((time, n) => {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (times[ends[middle]!]! < time) low = middle + 1
      else high = middle
    }
    before[n] = low > 0 ? ends[low - 1]! : -1
    ends[low] = n
  })
  const rising: number[] = []
  for (let n = ends.at(-1) ?? -1; n >= 0; n = before[n]!) rising.push(times[n]!)
  return rising.reverse()
}

/**
 * Pictures in the order in which they came. A time that was harmed lies among those of others: such a picture is shown
 * evenly between those that came before and after it. Left out is one at an end, and one in whose place another is
 * known to be missing.
 * @param isMissing whether one is, between two times
 */
function withTimesMended(
  arrived: readonly Shown[],
  rising: ReadonlySet<number>,
  isMissing: (from: number, to: number) => boolean,
): Shown[] {
  const mended: Shown[] = []
  let harmed: Shown[] = []
  let before: number | null = null
  for (const frame of arrived) {
    if (!rising.has(frame.pts)) {
      harmed.push(frame)
      continue
    }
    if (before !== null && harmed.length > 0 && !isMissing(before, frame.pts)) {
      const [from, step] = [before, (frame.pts - before) / (harmed.length + 1)]
      const place = (n: number): number => from + (n + 1) * step
      const at = step >= 1 ? (n: number): number => Math.round(place(n)) : place
      mended.push(...harmed.map((each, n) => ({ ...each, pts: at(n), stored: each.pts })))
    }
    harmed = []
    before = frame.pts
    mended.push(frame)
  }
  return mended
}

/**
 * The index from both. Where the decoder complained, the packets' times stay and the missing frames are reported as
 * damaged, so that a broken frame in the middle does not shorten the film; otherwise what decodes is what there is, in
 * the order in which it comes.
 */
export function indexFromBoth(list: PacketList, decoded: DecodedTimes, options: IndexOptions): BuiltIndex {
  const packets = new Map(timed(list).map((packet) => [packet.pts, packet]))
  const arrived = decoded.times.map((pts) => packets.get(pts) ?? { pts, key: false, duration: 0 })
  if (arrived.length === 0) return { ...toIndex(list, [], options), damaged: [], cutOff: true, checked: true }
  const rising = new Set(risingOf(decoded.times))
  const strayed = decoded.times.length - rising.size
  const agree =
    packetsAreFrames(list) &&
    new Set(decoded.times).size === arrived.length &&
    decoded.times.every((pts) => packets.has(pts)) &&
    strayed <= STRAYED * arrived.length
  if (!agree) return { ...toIndex(list, arrived, options), damaged: [], cutOff: list.cutOff, checked: true }
  const delivered = new Set(decoded.times)
  const shown = [...rising]
  const first = shown[0]!
  const last = shown.at(-1)!
  // What a decoder that did not complain keeps back is not to be shown.
  const missing = timed(list).filter(
    ({ pts, lost }) => pts > first && pts < last && !delivered.has(pts) && (decoded.complained || lost === true),
  )
  const isMissing = (from: number, to: number): boolean => missing.some(({ pts }) => pts > from && pts < to)
  const all = inOrderOfTime([...withTimesMended(arrived, rising, isMissing), ...missing])
  const lost = new Set<Shown>(missing)
  const damaged = all.flatMap((frame, n) => (lost.has(frame) ? [n] : []))
  const cutOff = list.cutOff || (decoded.complained && timed(list).some(({ pts }) => pts > last))
  return { ...toIndex(list, all, options), damaged, cutOff, checked: true }
}

/** True where frames can be told by their stored times alone. */
export function toldByTime({ stored }: FrameIndex): boolean {
  return isRising(stored)
}

/** Finds frames by the time that is stored with them. */
export interface FrameFinder {
  /**
   * The number of the first frame behind 'after' that is stored with the time 'pts', or -1 when none is within half a
   * tick of it.
   */
  (pts: number, after: number): number
}

export function frameFinder(index: FrameIndex): FrameFinder {
  const { stored } = index
  if (toldByTime(index)) {
    return (pts, after) => {
      const found = placeOf(stored, pts)
      return found > after ? found : -1
    }
  }
  return (pts, after) => {
    for (let n = after + 1; n < stored.length; n++) if (Math.abs(stored[n]! - pts) < 0.5) return n
    return -1
  }
}

function placeOf(rising: Float64Array, time: number): number {
  let low = 0
  let high = rising.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = rising[middle]!
    if (Math.abs(found - time) < 0.5) return middle
    if (found < time) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** Seconds of a frame on the film's clock. */
export function secondsOf(index: FrameIndex, frame: number): number {
  return ((index.pts[frame] ?? 0) * index.timeBase.num) / index.timeBase.den
}

/** Seconds of a frame on the file's own clock, to find it in the file. */
export function storedSecondsOf(index: FrameIndex, frame: number): number {
  return ((index.stored[frame] ?? 0) * index.timeBase.num) / index.timeBase.den
}

/**
 * What luma range a film without a range tag has: gray pictures are full by custom, everything else limited (ITU-R
 * BT.601/709).
 */
export function untaggedRange(gray: boolean): ColorRange {
  return gray ? 'full' : 'limited'
}
