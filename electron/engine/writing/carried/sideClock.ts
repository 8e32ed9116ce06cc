/**
 * Lays what a film holds beside its pictures (sound, subtitles) on the clock of its pictures, where the stored one runs
 * back or leaps: recordings that were joined, splices, recorders that set their clock anew. The pictures follow one
 * another there without a gap; the other streams are moved by as much, each from its own first packet behind the break
 * on. Pure.
 */
import type { FrameRange } from '../../../contract/schemas.ts'
import type { Footage } from '../../reading/footage.ts'
import { countsOn } from '../../reading/index/broadcastClock.ts'
import { secondsOf, storedSecondsOf } from '../../reading/index/indexLookup.ts'

/** A packet as it lies in the file. */
export interface StoredPacket {
  /** Seconds of the file's own clock; null where none is stored. */
  readonly time: number | null
  /** In seconds; 0 where nobody says. */
  readonly duration: number
  /** Byte of the file at which it, or what it is wrapped in, begins. */
  readonly place: number
  readonly key: boolean
}

/** From here on to the next one the stored clock goes on. */
interface Run {
  readonly place: number
  /** When its first picture is shown, on the clock of the pictures. */
  readonly from: number
  /** From the stored clock to that of the pictures, in seconds. */
  readonly shift: number
}

/** From a packet on, times are moved by so many seconds more than before. */
interface Step {
  readonly packet: number
  readonly seconds: number
  /** How many breaks of the stream's own clock lie before it, this one included; null where its clock goes on there. */
  readonly breaks: number | null
  /** Stored time of the packet. */
  readonly time: number
}

/** A packet by which ticks can be measured: it lies so many seconds from the stream's first one. */
interface Yardstick {
  readonly packet: number
  readonly seconds: number
}

/** How one stream is laid beside the pictures. */
export interface Laid {
  readonly steps: readonly Step[]
  /** For each step the longest there is up to it. */
  readonly yardsticks: readonly Yardstick[]
  /** Packets that have no place beside the pictures, [first, last]. */
  readonly leftOut: readonly (readonly [number, number])[]
  /** How many are left, when the first of them begins and when the last one ends, on the clock of the pictures. */
  readonly count: number
  readonly from: number
  readonly to: number
}

/**
 * A stream's own clock breaks where it runs back, or leaps, by more than this. Times of sound are rounded by every
 * muxer.
 */
const BACK_SECONDS = 0.05
const LEAP_SECONDS = 5
/** Sound lies this many packets from its pictures in the file, at most. */
const NEAR_PACKETS = 200

/**
 * The packet that a run of pictures begins with in the file: a keyframe, some way before the first picture that is
 * shown.
 */
function placeOfRun(pictures: readonly StoredPacket[], frame: number, stored: number): number {
  let found = -1
  for (let n = 0; n < pictures.length; n++) {
    const { time } = pictures[n]!
    if (time !== null && Math.abs(time - stored) < 1e-4 && (found < 0 || Math.abs(n - frame) < Math.abs(found - frame)))
      found = n
  }
  if (found < 0) found = Math.min(frame, pictures.length - 1)
  for (let n = found; n >= 0 && n > found - NEAR_PACKETS; n--) {
    const { key, time, place } = pictures[n]!
    if (time !== null && Math.abs(time - stored) > LEAP_SECONDS) break
    if (key) return place
  }
  return pictures[found]?.place ?? 0
}

export function runsOf({ index, source }: Pick<Footage, 'index' | 'source'>, pictures: readonly StoredPacket[]): Run[] {
  const later = source.breaks.map(({ frame }) => {
    const stored = storedSecondsOf(index, frame)
    return {
      place: placeOfRun(pictures, frame, stored),
      from: secondsOf(index, frame),
      shift: secondsOf(index, frame) - stored,
    }
  })
  return [{ place: -Infinity, from: -Infinity, shift: 0 }, ...later]
}

/** Packets at which the stream's own clock breaks. */
function ownBreaks(packets: readonly StoredPacket[]): number[] {
  const found: number[] = []
  let before: number | null = null
  packets.forEach(({ time }, n) => {
    if (time === null) return
    if (before !== null && (time - before < -BACK_SECONDS || time - before > LEAP_SECONDS)) found.push(n)
    before = time
  })
  return found
}

/**
 * The stream's first packet of each run but the first: where its own clock breaks near the place, else at the place
 * itself.
 */
function beginnings(packets: readonly StoredPacket[], runs: readonly Run[], breaks: readonly number[]): number[] {
  const starts: number[] = []
  for (const { place } of runs.slice(1)) {
    const after = starts.at(-1) ?? 0
    const found = packets.findIndex((packet) => packet.place >= place)
    const there = found < 0 ? packets.length : found
    const near = breaks.filter((n) => n > after && Math.abs(n - there) <= NEAR_PACKETS)
    starts.push(Math.max(after, near.sort((a, b) => Math.abs(a - there) - Math.abs(b - there))[0] ?? there))
  }
  return starts
}

function yardsticks(packets: readonly StoredPacket[], steps: readonly Step[]): Yardstick[] {
  const found: Yardstick[] = []
  const start = packets.find(({ time }) => time !== null)?.time ?? 0
  let best: Yardstick = { packet: 0, seconds: 0 }
  let n = 0
  for (const step of steps) {
    for (; n <= step.packet; n++) {
      const seconds = (packets[n]!.time ?? start) - start
      if (Math.abs(seconds) > Math.abs(best.seconds)) best = { packet: n, seconds }
    }
    if (best.seconds !== 0 && best !== found.at(-1)) found.push(best)
  }
  return found
}

/**
 * @param packets of the stream, in the order of storing
 * @param part seconds on the clock of the pictures that are taken; null for all
 */
export function lay(
  packets: readonly StoredPacket[],
  runs: readonly Run[],
  part: { readonly from: number; readonly to: number } | null,
): Laid {
  const breaks = ownBreaks(packets)
  const starts = beginnings(packets, runs, breaks)
  const steps = starts.flatMap((packet, n): Step[] => {
    const seconds = runs[n + 1]!.shift - runs[n]!.shift
    if (packet >= packets.length) return []
    return [
      {
        packet,
        seconds,
        breaks: breaks.includes(packet) ? breaks.indexOf(packet) + 1 : null,
        time: packets[packet]!.time ?? 0,
      },
    ]
  })
  const times: (number | null)[] = []
  const kept: boolean[] = []
  const bounds = [0, ...starts, packets.length]
  // From the last run to the first: what of a run would be heard over the pictures of the next is left out.
  let next = Infinity
  for (let r = runs.length - 1; r >= 0; r--) {
    const { shift, from } = runs[r]!
    const end = Math.min(next, runs[r + 1]?.from ?? Infinity)
    let first = Infinity
    for (let n = bounds[r]!; n < bounds[r + 1]!; n++) {
      const { time, duration } = packets[n]!
      const at = time === null ? null : time + shift
      times[n] = at
      const fits = at === null || (at + duration / 2 >= from && at + duration / 2 <= end)
      const taken = part === null || (at !== null && at >= part.from - 1e-6 && at < part.to - 1e-6)
      kept[n] = fits && taken
      if (fits && at !== null) first = Math.min(first, at)
    }
    next = Math.min(next, first)
  }
  const leftOut: [number, number][] = []
  kept.forEach((is, n) => {
    if (is) return
    const last = leftOut.at(-1)
    if (last && last[1] === n - 1) last[1] = n
    else leftOut.push([n, n])
  })
  const taken = times.filter((time, n): time is number => kept[n]! && time !== null)
  return {
    steps,
    yardsticks: yardsticks(packets, steps),
    leftOut,
    count: kept.filter(Boolean).length,
    from: taken.reduce((least, time) => Math.min(least, time), Infinity),
    to: packets.reduce(
      (most, { duration }, n) => (kept[n] ? Math.max(most, (times[n] ?? -Infinity) + duration) : most),
      -Infinity,
    ),
  }
}

/** Whether the streams of a film keep step only where each is read by itself, from the film's head on. */
export function readsApart({ source, index }: Pick<Footage, 'source' | 'index'>): boolean {
  return source.breaks.length > 0 || countsOn(source.banner, storedSecondsOf(index, index.stored.length - 1))
}

/** Seconds of a part on the clock of the pictures; null for a whole film. */
export function partOf({ index, info }: Footage, range: FrameRange, span: number): { from: number; to: number } | null {
  if (range.from === 0 && range.to === info.frameCount) return null
  const from = secondsOf(index, range.from)
  return { from, to: from + span }
}

const decimal = (seconds: number): string => seconds.toFixed(6)

/**
 * The bitstream filters that lay packets which are written as they are, for -bsf. Their ticks are measured (into
 * variable 0): ffmpeg 5 counts in those of the file that is written, and names those of the film as TB.
 */
export function packetFilters({ steps, yardsticks, leftOut }: Laid): string | null {
  const measure = yardsticks
    .map(({ packet, seconds }) => `0*if(eq(N\\,${packet})\\,st(0\\,round((PTS-STARTPTS)/(${decimal(seconds)}))))+`)
    .join('')
  const by = steps.map(({ packet, seconds }) => `gte(N\\,${packet})*(${decimal(seconds)})`).join('+')
  const out = leftOut.map(([first, last]) => `between(n\\,${first}\\,${last})`).join('+')
  const filters = [
    ...(by === '' ? [] : [`setts=pts=${measure}PTS+(${by})*ld(0):dts=${measure}DTS+(${by})*ld(0)`]),
    ...(out === '' ? [] : [`noise=drop=${out}`]),
  ]
  return filters.length === 0 ? null : filters.join(',')
}

const cutTo = (span: number): string => `atrim=start=0:end=${decimal(span)}`

/**
 * Keeps decoded sound where it belongs: what is missing in it is silence, what overlaps is cut. Without it encoders put
 * sound that comes behind a gap (a damaged or lost packet) right behind what came before, and all that follows is
 * early.
 */
const keepsPlace = 'aresample=async=1:min_hard_comp=0.02'

/**
 * The filters for sound which is decoded. There packets have no numbers any more, so the breaks of its clock are
 * counted as they come (in variable 0).
 * @param laid null where its clock goes on everywhere
 * @param span of the part that is taken, which begins at zero then; null for all
 * @param isSought what comes begins where the film could be sought, before the part
 */
export function soundFilters(laid: Laid | null, span: number | null, isSought: boolean): string {
  if (laid === null || laid.steps.length === 0)
    return [keepsPlace, ...((laid || isSought) && span !== null ? [cutTo(span)] : [])].join(',')
  const gone = '(PTS-PREV_INPTS)*TB'
  const count = `0*st(0\\,ld(0)+lt(${gone}\\,${-BACK_SECONDS})+gt(${gone}\\,${LEAP_SECONDS}))`
  let breaks = 0
  const by = laid.steps.map(({ seconds, time, ...step }) => {
    breaks = step.breaks ?? breaks
    const reached = `gte(ld(0)\\,${breaks})`
    return `${step.breaks === null ? `${reached}*gte(T\\,${decimal(time)})` : reached}*(${decimal(seconds)})`
  })
  return [`asetpts=${count}+PTS+(${by.join('+')})/TB`, keepsPlace, ...(span === null ? [] : [cutTo(span)])].join(',')
}
