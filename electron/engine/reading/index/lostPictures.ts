/**
 * Pictures that are gone because their container is damaged: a hole in the file, a bad spot of its disk. No decoder
 * complains of what it never gets, and the film would be a shorter one, or held on one picture, without a word. Pure.
 */
import type { Packet, PacketList } from './packetList.ts'
import { usualStep } from './risingTimes.ts'

/** What a demuxer says where it has lost its way; of lesser weight only with one of these words. */
const weighty = /corrupt|invalid|sync lost|mismatch|damag/i
/** It begins amid a stream, or ends so: nothing in between is lost for that. */
const elsewhere = /\bpartial file$|File ended prematurely|truncat|PES packet size mismatch/i
/** Steps of a film that are even but for its holes, as a share of all. */
const MOSTLY_EVEN = 0.8
/** A step that is longer by less is no picture missing. */
const HOLE_STEPS = 1.5
/** Holes of more seconds are left as they are: so long, a picture may be held on purpose. */
const LONGEST_HOLE = 10

/**
 * Whether a line of ffmpeg's log says that the container could not be read somewhere in it.
 * @param line with its level
 * @param container ffmpeg's names of it
 */
export function isContainerDamage(line: string, container: readonly string[]): boolean {
  // ffmpeg 9 calls a demuxer by its place as well: in#0/matroska,webm.
  const said = /^\[(?:in#\d+\/)?([^\]@ ]+) @ [^\]]*\] \[(warning|error|fatal)\] (.*)$/.exec(line)
  if (!said || elsewhere.test(line)) return false
  const [, speaker = '', level, words = ''] = said
  return speaker.split(',').every((name) => container.includes(name)) && (level !== 'warning' || weighty.test(words))
}

/**
 * The list with a packet in the place of each picture that is missing in an otherwise even film; as it is where the
 * container is whole.
 * @param list in which each packet is a frame
 */
export function withLostPictures(list: PacketList): PacketList {
  if (!list.damaged) return list
  const { timeBase } = list
  const times = list.packets.map(({ pts }) => pts ?? 0).sort((a, b) => a - b)
  const steps = times.slice(1).map((time, n) => time - times[n]!)
  const usual = usualStep(times) ?? 0
  const even = steps.filter((step) => Math.abs(step - usual) <= Math.max(1, usual / 20)).length
  if (usual <= 0 || even < MOSTLY_EVEN * steps.length) return list
  const lost = steps.flatMap((step, n): Packet[] => {
    if (step < HOLE_STEPS * usual || step * timeBase.num > LONGEST_HOLE * timeBase.den) return []
    const count = Math.round(step / usual)
    return Array.from({ length: count - 1 }, (_, at) => {
      const pts = times[n]! + Math.round(((at + 1) * step) / count)
      return { pts, key: false, duration: Math.round(step / count), lost: true }
    })
  })
  return { ...list, packets: [...list.packets, ...lost] }
}

/**
 * How many pictures are missing behind the last one that could be read.
 * @param statedEnd when the pictures end by the container, in seconds; null where it does not say
 */
export function lostAtEnd({ damaged, packets, timeBase }: PacketList, statedEnd: number | null): number {
  if (!damaged || statedEnd === null) return 0
  const times = packets.flatMap(({ pts }) => (pts === null ? [] : [pts])).sort((a, b) => a - b)
  const usual = usualStep(times)
  if (usual === null) return 0
  const missing = (statedEnd * timeBase.den) / timeBase.num - times[times.length - 1]! - usual
  return missing < usual / 2 ? 0 : Math.round(missing / usual)
}
