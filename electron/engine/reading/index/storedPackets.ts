/**
 * The packets of a film by its container's own tables, in place of reading the film through: where a container has
 * some, and where ffmpeg, asked for the first packets and the last ones, says the same. ffmpeg's word stays the
 * measure, since it is what decodes: libraries that read such tables know nothing of how it understands edits, and are
 * slower than it is. A table tells nothing of damage in pictures; nor does reading packets, and what decoding finds is
 * told as before. A read that fails in the middle is told when decoding comes to it.
 */
import { cancelled } from '../../../contract/userError.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { listPackets, type Packet, type PacketList } from './packetList.ts'
import type { InputFile } from '../inputFile.ts'
import { keyframeHeads } from './keyframeHeads.ts'
import { matroskaTable } from './matroskaTable.ts'
import { movieTable } from './movieTable.ts'
import type { PacketTable } from './packetTable.ts'

/**
 * Packets that ffmpeg is asked for at the beginning and, about as many, at the end; it decides where its last ones
 * begin.
 */
const ASKED = 64
/** So many have to come at the end, of a film that has so many. */
const LEAST = 24

export interface StoredList {
  readonly list: PacketList
  /** All keyframes are known to be of the first one's size. */
  readonly areOfOneSize: boolean
  /** See FrameIndex. */
  readonly isClosed: boolean
}

const isSame = (a: Packet, b: Packet | undefined): boolean => b !== undefined && a.pts === b.pts && a.key === b.key

/** Whether ffmpeg has nothing to complain of, and counts time as the tables do. */
function isPlain({ timeBase, cutOff, damaged }: PacketList, { timeBase: { num, den } }: PacketTable): boolean {
  return !cutOff && !damaged && timeBase.num === num && timeBase.den === den
}

/**
 * Whether the packets that ffmpeg gives first and last are those of the tables, the last one to be shown among them.
 */
function isBorneOut(packets: readonly Packet[], head: readonly Packet[], tail: readonly Packet[]): boolean {
  const known = packets.length - tail.length
  if (head.length !== Math.min(ASKED, packets.length) || tail.length < Math.min(LEAST, packets.length)) return false
  const latest = (some: readonly Packet[]): number =>
    some.reduce((late, { pts }) => Math.max(late, pts ?? -Infinity), -Infinity)
  return (
    head.every((packet, n) => isSame(packet, packets[n])) &&
    tail.every((packet, n) => isSame(packet, packets[known + n])) &&
    latest(packets) === latest(tail)
  )
}

/**
 * Options that begin at about the last packets; none where those are all. Matroska can be read from keyframes alone.
 */
function seekLate({ timeBase, pts, keys }: PacketTable, isMovie: boolean): readonly string[] {
  const last = pts.length - ASKED
  if (last <= 0) return []
  const late = isMovie ? last : Math.max(0, keys.lastIndexOf(1, last))
  const seconds = (pts[late]! * timeBase.num) / timeBase.den
  return [...(isMovie ? ['-seek2any', '1'] : []), '-seek_timestamp', '1', '-ss', seconds.toFixed(6)]
}

/**
 * @param stream as ffmpeg numbers it
 * @returns null where the film has to be read through
 */
export async function storedPackets(
  tools: FfmpegTools,
  file: InputFile,
  stream: number,
  { signal, container }: { readonly signal: AbortSignal | undefined; readonly container: readonly string[] },
): Promise<StoredList | null> {
  const isMovie = container.includes('mov')
  if (!isMovie && !container.includes('matroska')) return null
  const ask = (options: { readonly seek?: readonly string[]; readonly most?: number }): Promise<PacketList | null> =>
    // What can not be read here is read through, and said there.
    listPackets(tools, file, `0:${stream}`, { signal, container, ...options }).catch(() => null)
  const asked = ask({ most: ASKED })
  const table = await (isMovie ? movieTable : matroskaTable)(file.path, stream).catch(() => null)
  const [head, tail, keyframes] = await Promise.all([
    asked,
    // Of a short film the first ones are the last ones, too.
    table && (table.pts.length < ASKED ? asked : ask({ seek: seekLate(table, isMovie) })),
    table && keyframeHeads(file.path, table),
  ])
  if (signal?.aborted) throw cancelled()
  if (!table || !keyframes || !head || !tail || !isPlain(head, table) || !isPlain(tail, table)) return null
  // In Matroska ffmpeg goes by what a keyframe holds, in movie files by what the table says.
  if (!isMovie && table.setup !== null && !keyframes.areStarts) return null
  const packets: Packet[] = []
  table.pts.forEach((pts, n) => packets.push({ pts, key: table.keys[n] === 1, duration: 0 }))
  if (!isBorneOut(packets, head.packets, tail.packets)) return null
  // How long the last picture is shown, versions of ffmpeg say differently; as they do where they read the film
  // through.
  const known = packets.slice(0, packets.length - tail.packets.length)
  return {
    list: { ...head, packets: [...known, ...tail.packets] },
    areOfOneSize: keyframes.areOfOneSize,
    isClosed: keyframes.areClosed,
  }
}
