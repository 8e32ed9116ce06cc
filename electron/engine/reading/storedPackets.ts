/**
 * The packets of a film by its container's own tables, in place of reading the film through: where a container has some, and
 * where ffmpeg, asked for the first packets and the last ones, says the same.
 */
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { cancelled } from '../ffmpeg/runFfmpeg.ts'
import { listPackets, type Packet, type PacketList } from './frameIndex.ts'
import type { InputFile } from './inputFile.ts'
import { keyframeHeads } from './keyframeHeads.ts'
import { matroskaTable } from './matroskaTable.ts'
import { movieTable } from './movieTable.ts'
import type { PacketTable } from './packetTable.ts'

/** Packets that ffmpeg is asked for at the beginning and, about as many, at the end; it decides where its last ones begin. */
const ASKED = 64
/** So many have to come at the end, of a film that has so many. */
const LEAST = 24

/** A list, and where its packets lie. */
export interface StoredList {
  readonly list: PacketList
  readonly table: PacketTable
}

const isSame = (a: Packet, b: Packet | undefined): boolean => b !== undefined && a.pts === b.pts && a.key === b.key

/** Whether ffmpeg has nothing to complain of, and counts time as the tables do. */
function isPlain({ timeBase, cutOff, damaged }: PacketList, { timeBase: { num, den } }: PacketTable): boolean {
  return !cutOff && !damaged && timeBase.num === num && timeBase.den === den
}

/** Null where the container has none that is understood. */
async function tableOf(path: string, stream: number, container: readonly string[]): Promise<PacketTable | null> {
  if (container.includes('mov')) return movieTable(path, stream)
  if (!container.includes('matroska')) return null
  const table = await matroskaTable(path, stream)
  // In these files ffmpeg goes by what a keyframe holds.
  return table === null || table.setup === null || (await keyframeHeads(path, table)).areStarts ? table : null
}

/** Options that begin at about the last packets; none where those are all. Matroska can be read from keyframes alone. */
function seekLate({ timeBase, pts, keys }: PacketTable, container: readonly string[]): readonly string[] {
  const last = pts.length - ASKED
  if (last <= 0) return []
  const any = container.includes('mov')
  const late = any ? last : Math.max(0, keys.lastIndexOf(1, last))
  const seconds = (pts[late]! * timeBase.num) / timeBase.den
  return [...(any ? ['-seek2any', '1'] : []), '-seek_timestamp', '1', '-ss', seconds.toFixed(6)]
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
  if (!['mov', 'matroska'].some((name) => container.includes(name))) return null
  const ask = (options: { readonly seek?: readonly string[]; readonly most?: number }): Promise<PacketList | null> =>
    // What can not be read here is read through, and said there.
    listPackets(tools, file, `0:${stream}`, { signal, container, ...options }).catch(() => null)
  const asked = ask({ most: ASKED })
  const table = await tableOf(file.path, stream, container).catch(() => null)
  const [head, tail] = await Promise.all([asked, table && ask({ seek: seekLate(table, container) })])
  if (signal?.aborted) throw cancelled()
  if (!table || !head || !tail || !isPlain(head, table) || !isPlain(tail, table)) return null
  const packets: Packet[] = []
  table.pts.forEach((pts, n) => packets.push({ pts, key: table.keys[n] === 1, duration: 0 }))
  const known = packets.length - tail.packets.length
  const first = Math.min(ASKED, packets.length)
  if (known < 0 || tail.packets.length < Math.min(LEAST, packets.length) || head.packets.length !== first) return null
  if (!head.packets.every((packet, n) => isSame(packet, packets[n]))) return null
  if (!tail.packets.every((packet, n) => isSame(packet, packets[known + n]))) return null
  // How long the last picture is shown, versions of ffmpeg say differently; as they do where they read the film through.
  const latest = (some: readonly Packet[]): number =>
    some.reduce((late, packet) => Math.max(late, packet.pts ?? 0), -Infinity)
  if (latest(packets) > latest(tail.packets)) return null
  return { list: { ...head, packets: [...packets.slice(0, known), ...tail.packets] }, table }
}
