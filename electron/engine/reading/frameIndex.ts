/**
 * The times of all frames of a film. Read from the packets, which costs reading the file but no decoding, and checked
 * against the decoder where that is quick or where packets can not be relied on (no timestamps, hidden frames, fields).
 */
import type { ColorRange, Rational } from '../../contract/schemas.ts'
import type { FrameIndex } from './footage.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { inputUrl, type InputFile } from './inputFile.ts'
import { failedRead, judge, readFailure } from './readEnd.ts'
import { clockFilters } from '../ffmpeg/frameClock.ts'
import { reduced } from '../ffmpeg/rational.ts'
import { runFfmpeg, talkArgs, type FinishedRun } from '../ffmpeg/runFfmpeg.ts'

export interface Packet {
  /** Null where the container stores none. */
  readonly pts: number | null
  readonly key: boolean
}

export interface PacketList {
  readonly timeBase: Rational
  /** In the order of storing; those the container marks as not to be shown (edit lists) are left out. */
  readonly packets: readonly Packet[]
  /** The file ends before its last packet does. */
  readonly cutOff: boolean
}

const KEY = 1
const DISCARD = 4
/** AV_NOPTS_VALUE as a double. */
const NO_PTS = -9.2e18

/** One line of ffmpeg's framecrc output: stream, dts, pts, duration, size, checksum, then flags unless the packet is just a keyframe. */
export function parsePacketLine(line: string): { pts: number | null; flags: number } | null {
  const fields = line.split(',')
  if (fields.length < 6 || line.startsWith('#')) return null
  const pts = Number(fields[2])
  const flags = /F=0x([0-9A-Fa-f]+)/.exec(line)
  return { pts: Number.isFinite(pts) && pts > NO_PTS ? pts : null, flags: flags ? parseInt(flags[1] ?? '0', 16) : KEY }
}

/** Throws the error of a failed read where a run through the whole film did not come to the film's own end. */
function mustHaveEnded(file: InputFile, run: FinishedRun, failure: string | null, arrived: number): void {
  const verdict = judge({ ...run, failure, changed: false, reached: run.code === 0, arrived })
  if (verdict !== 'whole' && verdict !== 'short') throw failedRead(file.name, verdict, run.stderr.trim().split('\n').slice(-6).join('\n'))
}

/**
 * Throws UserError 'footage-changed' where the film could not be read to its end.
 * @param seek options that begin somewhere else than at the film's start
 */
export async function listPackets(tools: FfmpegTools, file: InputFile, signal?: AbortSignal, seek: readonly string[] = []): Promise<PacketList> {
  const packets: Packet[] = []
  let timeBase: Rational = { num: 1, den: 1000 }
  let cutOff = false
  let failure: string | null = null
  const run = await runFfmpeg(
    tools,
    [...talkArgs, '-copyts', ...seek, ...file.args, '-map', '0:V:0', '-c', 'copy', '-copyinkf', '-copypriorss', '1', '-f', 'framecrc', '-'],
    {
      signal,
      onStderrLine: (line) => {
        cutOff ||= isCutOff(line)
        failure ??= readFailure(line, inputUrl(file.args))
      },
      onStdoutLine: (line) => {
        const base = /^#tb 0: (\d+)\/(\d+)/.exec(line)
        if (base) timeBase = { num: Number(base[1]), den: Number(base[2]) }
        const packet = parsePacketLine(line)
        if (packet && (packet.flags & DISCARD) === 0) packets.push({ pts: packet.pts, key: (packet.flags & KEY) !== 0 })
      },
    },
  )
  mustHaveEnded(file, run, failure, packets.length)
  return { timeBase, packets, cutOff }
}

/** Whether a line says that the file ends amid a packet. Decoders call parts of pictures 'truncated' as well: those lie in whole files. */
export function isCutOff(line: string): boolean {
  return /\bpartial file$|File ended prematurely|Packet is truncated|truncated packet/i.test(line)
}

export interface DecodedTimes {
  /** In the time base asked for. */
  readonly times: readonly number[]
  /** True when the decoder complained: frames that are missing then are damage, not hidden frames. */
  readonly complained: boolean
}

/**
 * Decodes the whole film, without passing pixels on, and gives the times that come out, in ticks of 'timeBase'. Throws
 * UserError 'footage-changed' where the film could not be read to its end.
 */
export async function decodeTimes(tools: FfmpegTools, file: InputFile, timeBase: Rational, signal?: AbortSignal): Promise<DecodedTimes> {
  const times: number[] = []
  let complained = false
  let failure: string | null = null
  const run = await runFfmpeg(
    tools,
    [
      ...talkArgs, '-noautorotate', '-copyts', ...file.args,
      '-map', '0:V:0', '-vf', clockFilters(timeBase).join(','), '-fps_mode', 'passthrough', '-f', 'null', '-',
    ],
    {
      signal,
      onStderrLine: (line) => {
        failure ??= readFailure(line, inputUrl(file.args))
        complained ||= /\[(?:error|fatal|panic)\]/.test(line)
      },
      // A frame without a time follows its predecessor as closely as can be.
      onTime: (pts) => times.push(pts ?? (times[times.length - 1] ?? -1) + 1),
    },
  )
  mustHaveEnded(file, run, failure, times.length)
  return { times, complained }
}

export interface BuiltIndex {
  readonly index: FrameIndex
  /** Frames that the decoder is known not to deliver. */
  readonly damaged: readonly number[]
  /** The film ends before its container says, or its last packets give no picture. */
  readonly cutOff: boolean
  /** Every frame that is not damaged was seen to decode. */
  readonly checked: boolean
}

function toIndex(timeBase: Rational, frames: readonly { pts: number; key: boolean }[]): FrameIndex {
  const pts = new Float64Array(frames.length)
  const seekable = new Uint8Array(frames.length)
  frames.forEach((frame, n) => {
    pts[n] = frame.pts
    seekable[n] = frame.key ? 1 : 0
  })
  return { timeBase, pts, seekable }
}

/** Ascending, each time once. */
function ordered(frames: readonly { pts: number; key: boolean }[]): { pts: number; key: boolean }[] {
  return [...frames].sort((a, b) => a.pts - b.pts).filter((frame, n, all) => n === 0 || frame.pts !== all[n - 1]?.pts)
}

/** True where every packet has a time of its own, so that packets and frames can be matched one to one. */
export function packetsAreFrames(list: PacketList): boolean {
  const times = new Set<number>()
  for (const packet of list.packets) {
    if (packet.pts === null || times.has(packet.pts)) return false
    times.add(packet.pts)
  }
  return list.packets.length > 0
}

/** The index from packets alone; packets before the first frame that decodes (cut-off leading frames) are left out. */
export function indexFromPackets(list: PacketList, firstShown: number): BuiltIndex {
  const frames = list.packets.flatMap((packet) => (packet.pts === null || packet.pts < firstShown ? [] : [{ pts: packet.pts, key: packet.key }]))
  return { index: toIndex(list.timeBase, ordered(frames)), damaged: [], cutOff: list.cutOff, checked: false }
}

/**
 * The index from both. Where the decoder complained, the packets' times stay and the missing frames are reported as
 * damaged, so that a broken frame in the middle does not shorten the film; otherwise what decodes is what there is.
 */
export function indexFromBoth(list: PacketList, decoded: DecodedTimes): BuiltIndex {
  const keys = new Map(list.packets.map((packet) => [packet.pts, packet.key]))
  const shown = ordered(decoded.times.map((pts) => ({ pts, key: keys.get(pts) ?? false })))
  const first = shown[0]
  const last = shown[shown.length - 1]
  if (!first || !last) return { index: toIndex(list.timeBase, []), damaged: [], cutOff: true, checked: true }
  const agree = packetsAreFrames(list) && shown.every((frame) => keys.has(frame.pts))
  if (!agree || !decoded.complained) return { index: toIndex(list.timeBase, shown), damaged: [], cutOff: list.cutOff, checked: true }
  const all = ordered(list.packets.flatMap(({ pts, key }) => (pts === null || pts < first.pts || pts > last.pts ? [] : [{ pts, key }])))
  const delivered = new Set(shown.map((frame) => frame.pts))
  const damaged = all.flatMap((frame, n) => (delivered.has(frame.pts) ? [] : [n]))
  const cutOff = list.cutOff || list.packets.some((packet) => packet.pts !== null && packet.pts > last.pts)
  return { index: toIndex(list.timeBase, all), damaged, cutOff, checked: true }
}

/** Whether frames come at an even pace, and at which; times may be off by the one tick that rounding costs. */
export function pace(index: FrameIndex, stated: Rational | null): { rate: Rational; variable: boolean } {
  const { pts, timeBase } = index
  const count = pts.length
  const fallback = stated ?? { num: 24, den: 1 }
  const start = pts[0] ?? 0
  const span = (pts[count - 1] ?? 0) - start
  if (count < 2 || span <= 0) return { rate: fallback, variable: false }
  const even = (rate: Rational): boolean => {
    const step = (timeBase.den * rate.den) / (timeBase.num * rate.num)
    // A tick that is coarse against a frame would let anything pass for even.
    const tolerance = step >= 4 ? 1.001 : 0.001
    return pts.every((time, n) => Math.abs(time - start - n * step) <= tolerance)
  }
  if (stated !== null && even(stated)) return { rate: stated, variable: false }
  const average = reduced((count - 1) * timeBase.den, span * timeBase.num)
  if (even(average)) return { rate: average, variable: false }
  return { rate: reduced(Math.max(1, Math.round((average.num / average.den) * 1000)), 1000), variable: true }
}

/** The number of the frame shown at 'pts', or -1 when no frame starts within half a tick of it. */
export function frameAt(index: FrameIndex, pts: number): number {
  let low = 0
  let high = index.pts.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const time = index.pts[middle] ?? 0
    if (Math.abs(time - pts) < 0.5) return middle
    if (time < pts) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** Seconds of a frame on the file's own clock. */
export function secondsOf(index: FrameIndex, frame: number): number {
  return ((index.pts[frame] ?? 0) * index.timeBase.num) / index.timeBase.den
}

/** What luma range a film without a range tag has: gray pictures are full by custom, everything else limited (ITU-R BT.601/709). */
export function untaggedRange(gray: boolean): ColorRange {
  return gray ? 'full' : 'limited'
}
