/**
 * Makes the index of a film, the times of all its frames: of its packets (packetList.ts), which cost reading the file
 * but no decoding, and where these can not be relied on (no timestamps, hidden frames, fields) of what its decoder
 * gives as well (decodedTimes.ts). Pure.
 */
import type { Rational } from '../../../contract/schemas.ts'
import { reduced } from '../../ffmpeg/rational.ts'
import type { DecodedTimes } from './decodedTimes.ts'
import type { FrameIndex } from '../footage.ts'
import { withDurations, withEvenEnds } from './guessedTimes.ts'
import { risingOf, withTimesMended } from './harmedTimes.ts'
import { packetsAreFrames, packetsRise, type Packet, type PacketList } from './packetList.ts'
import { isRising, risingTimes, usualStep, type ClockBreak } from './risingTimes.ts'

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

/**
 * Whether a film's times number its packets in their order of storing, while its pictures are shown in another one.
 * What its decoder says of each is a guess then, another one wherever it begins.
 */
export function isNumbered(list: PacketList, decoded: Pick<DecodedTimes, 'times'>): boolean {
  const missing = list.packets.length - decoded.times.length
  return (
    packetsAreFrames(list) &&
    packetsRise(list) &&
    missing >= 0 &&
    (!isRising(decoded.times) || (missing === 0 && looksNumbered(list, decoded)))
  )
}

/**
 * Whether that may be so, by the pictures of the film's head alone: guesses pass some of the times over from the start,
 * and run back where the film ends. (A picture that can not be decoded is passed over as well.)
 */
export function looksNumbered(list: PacketList, { times }: Pick<DecodedTimes, 'times'>): boolean {
  const first = list.packets.findIndex(({ pts }) => pts === times[0])
  return times.some((time, n) => list.packets[first + n]?.pts !== time)
}

/** The pictures as the decoder gives them, each at the next one of the times. It is read from its head alone. */
function indexOfNumbered(list: PacketList, decoded: DecodedTimes, options: IndexOptions): BuiltIndex {
  const packets = timed(list)
  const frames = decoded.times.map((stored, n): Shown => ({ ...packets[n]!, stored }))
  const { index, breaks } = toIndex(list, frames, options)
  const seekable = new Uint8Array(frames.length)
  return { index: { ...index, seekable }, breaks, damaged: [], cutOff: list.cutOff, checked: true }
}

/** Of a film's pictures no more than this share may have a time that was harmed: else its clock is odd. */
const STRAYED = 0.1

/**
 * The index from both. Where the decoder complained, the packets' times stay and the missing frames are reported as
 * damaged, so that a broken frame in the middle does not shorten the film; otherwise what decodes is what there is, in
 * the order in which it comes.
 */
export function indexFromBoth(list: PacketList, decoded: DecodedTimes, options: IndexOptions): BuiltIndex {
  const packets = new Map(timed(list).map((packet) => [packet.pts, packet]))
  const arrived = decoded.times.map((pts) => packets.get(pts) ?? { pts, key: false, duration: 0 })
  if (arrived.length === 0) return { ...toIndex(list, [], options), damaged: [], cutOff: true, checked: true }
  if (isNumbered(list, decoded)) return indexOfNumbered(list, decoded, options)
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
