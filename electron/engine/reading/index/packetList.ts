/** The packets of a film, read from its file without decoding any, and whether there is one for each frame. */
import type { Rational } from '../../../contract/schemas.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { PacketLines } from '../../ffmpeg/packetLines.ts'
import { runFfmpeg, talkArgs } from '../../ffmpeg/runFfmpeg.ts'
import type { InputFile } from '../inputFile.ts'
import { isContainerDamage } from './lostPictures.ts'
import { FailureWatch, mustHaveEnded } from '../decoding/readEnd.ts'
import { isRising } from './risingTimes.ts'

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
  mustHaveEnded(file.name, run, watch.failure, packets.length)
  return { timeBase: lines.timeBaseOf(0), packets, cutOff, damaged }
}

/**
 * Whether a line says that the file ends amid a packet. Decoders call parts of pictures 'truncated' as well: those lie
 * in whole files.
 */
function isCutOff(line: string): boolean {
  return /\bpartial file$|File ended prematurely|Packet is truncated|truncated packet/i.test(line)
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

/** Codecs whose pictures may be stored in another order than they are shown in. */
const reordered = new Set([
  'h264',
  'hevc',
  'vvc',
  'mpeg1video',
  'mpeg2video',
  'mpeg4',
  'msmpeg4v3',
  'vc1',
  'wmv3',
  'cavs',
])

/**
 * True where times may number the packets in their order of storing, although their codec may show its pictures in
 * another one: so they come where a muxer knows no time to show a picture at (a film that was copied out of AVI, H.264
 * in MXF by ffmpeg; findings/copies-out-of-avi-lose-their-order.sh). What is shown when follows from the decoder's
 * order alone then.
 */
export function maybeNumbered(list: PacketList, codec: string): boolean {
  return reordered.has(codec) && packetsRise(list) && list.packets.some(({ key }) => !key)
}

/** Every packet is later than the one stored before it. */
export function packetsRise({ packets }: PacketList): boolean {
  return packets.every(({ pts }, n) => pts !== null && (n === 0 || pts > packets[n - 1]!.pts!))
}
