/** The times that exported frames get, and how the film's other streams are laid beside them. Pure. */
import type { ExportFormat } from '../../contract/formats.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import type { Footage } from '../reading/footage.ts'
import { isBroadcast } from '../reading/index/broadcastClock.ts'
import { secondsOf } from '../reading/index/indexLookup.ts'
import { scaled } from '../ffmpeg/rational.ts'
import { readsApart } from './carried/sideClock.ts'

export interface FrameTimes {
  /** Ticks in which the export counts: every frame time is a whole number of them. */
  readonly ticksPerSecond: number
  /** Time of the n-th exported frame on the pipe to ffmpeg; never negative. */
  nanoseconds(n: number): bigint
  /** Whole seconds that ffmpeg adds to the pipe's times. */
  readonly pipeShift: number
  /** Where to start reading the source's other streams (its own clock), null for its head. */
  readonly sourceFrom: number | null
  /** From the first exported frame to the end of the last, in seconds. */
  readonly span: number
  /** Seconds added to the times of the source's other streams as they are read. */
  readonly sourceShift: number
  /** Seconds added to all times as they are written. */
  readonly outputShift: number
  /** Of the last picture, in ticks: films may end on a picture that stands longer than the others. */
  readonly lastTicks: number
  readonly lastNanoseconds: bigint
  /** It stands for longer than the film's rate says. */
  readonly lastIsHeld: boolean
}

/** When the n-th picture of an export is shown on its clock, in seconds; of their number, when the last one is over. */
export function shownSeconds(times: FrameTimes, { from, to }: FrameRange): (n: number) => number {
  const { pipeShift, outputShift, lastTicks, ticksPerSecond } = times
  const at = (n: number): number => Number(times.nanoseconds(n)) / NANO + pipeShift + outputShift
  return (n) => (n < to - from ? at(n) : at(to - from - 1) + lastTicks / ticksPerSecond)
}

/** Movie files want a fine clock; below this, ticks are cut into finer ones. */
const LEAST_TICKS = 10_000
const NANO = 1_000_000_000
/** Sound that begins below zero by no more than this, in seconds, primes its decoder; nobody hears it. */
const PRIMING_SECONDS = 0.1
/** Sound whose first packets prime the decoder of the others. */
const primed = new Set(['aac', 'mp3', 'mp2', 'ac3', 'eac3', 'opus', 'vorbis'])

/**
 * The film's pictures begin a moment late because what primes its sound begins at zero, as in Matroska. Movie files
 * hide that by an edit list; their pictures begin at zero, since one that begins later counts as one more where a
 * track's length is divided by its rate.
 */
function isMovedDown(
  { source: { banner } }: Footage,
  first: number,
  { container }: Pick<ExportFormat, 'container'>,
): boolean {
  if (container !== 'mov' && container !== 'mp4') return false
  // AVI shifts no sound: there pictures that are stored out of their order begin late, and all of the sound is heard.
  if (banner.container.includes('avi')) return false
  const sounds = banner.streams.filter(({ kind }) => kind === 'audio')
  return first > 0 && first <= PRIMING_SECONDS && sounds.length === 1 && primed.has(sounds[0]!.codec)
}

/** A last picture that takes this many steps is not just rounded, nor a field more. */
const HELD = 1.25

/**
 * Even films are given exact times n / rate, so that a clock too coarse for the rate (Matroska's milliseconds) does not
 * leave its rounding in the export; films of varying rate keep every time as it is. The first frame keeps its
 * distance to zero, and so to the sound, unless only a part is exported: that starts at zero (so do others that
 * isMovedDown tells). Pictures or sound below zero are moved up to it, and the rest with them: what a file holds below
 * zero is not read alike by any two players.
 */
export function frameTimes(footage: Footage, range: FrameRange, format: Pick<ExportFormat, 'container'>): FrameTimes {
  const { index, info } = footage
  const { num, den } = index.timeBase
  // MXF has no times: its pictures and its sound begin together.
  const whole = range.from === 0 && range.to === info.frameCount && format.container !== 'mxf'
  const first = index.pts[range.from] ?? 0
  const even = !info.variableRate
  let ticksPerSecond = even && !Number.isInteger((den * info.rate.den) / (num * info.rate.num)) ? info.rate.num : den
  while (ticksPerSecond < LEAST_TICKS) ticksPerSecond *= 2
  const step = (info.rate.den * ticksPerSecond) / info.rate.num

  const leadsFrom = footage.source.banner.startSeconds
  const firstTicks = scaled(first, num * ticksPerSecond, den)
  // Some versions of ffmpeg move such a stream to where those of it begin that are used, so only what comes out is
  // moved. An export of a clock that starts anywhere starts at zero.
  const outputShift = whole && isBroadcast(footage.source.banner) ? -footage.source.banner.startSeconds : 0
  const leastTicks =
    whole && leadsFrom < Math.min(0, secondsOf(index, 0)) - PRIMING_SECONDS ? leadsFrom * ticksPerSecond : firstTicks
  const down = whole && outputShift === 0 && isMovedDown(footage, secondsOf(index, 0), format)
  const moved = whole && !down && (outputShift !== 0 || leastTicks >= 0) ? 0 : Math.round(leastTicks)
  const sourceShift = whole ? -moved / ticksPerSecond : -secondsOf(index, range.from)
  const ticks = (n: number): number =>
    (even ? firstTicks + n * step : scaled(index.pts[range.from + n] ?? 0, num * ticksPerSecond, den)) - moved
  const pipeShift = Math.min(0, Math.floor(ticks(0) / ticksPerSecond))
  const end = range.to < info.frameCount ? secondsOf(index, range.to) : (index.end * num) / den
  const lastSeconds = end - secondsOf(index, range.to - 1)
  const lastSteps = (lastSeconds * info.rate.num) / info.rate.den
  // Rounded like the times of its film, a last picture would leave the export a hair off its rate. Less than a step is
  // what containers are taken to say of fields, and of pictures that begin after the sound.
  const lastKeepsStep = even && lastSteps < HELD
  const lastTicks = Math.max(1, Math.round(lastKeepsStep ? step : lastSeconds * ticksPerSecond))
  return {
    ticksPerSecond,
    nanoseconds: (n) => BigInt(scaled(ticks(n), NANO, ticksPerSecond)) - BigInt(pipeShift) * BigInt(NANO),
    pipeShift,
    // Where the clock breaks or begins again, seeking lands anywhere: packets are chosen one by one then, see
    // sideClock.ts.
    sourceFrom: whole || readsApart(footage) ? null : secondsOf(index, range.from),
    span: Math.max(end, secondsOf(index, range.to - 1) + lastTicks / ticksPerSecond) - secondsOf(index, range.from),
    sourceShift,
    outputShift,
    lastTicks,
    lastNanoseconds: BigInt(scaled(lastTicks, NANO, ticksPerSecond)),
    lastIsHeld: lastSteps > HELD,
  }
}
