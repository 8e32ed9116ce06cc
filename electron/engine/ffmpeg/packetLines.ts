/**
 * What ffmpeg's framecrc and framehash list: the time base of each stream, then a line for each packet, in the order of
 * writing. Pure.
 */
import type { Rational } from '../../contract/schemas.ts'

/** Times are in ticks of its stream (PacketLines). */
export interface ListedPacket {
  /** By its place among the streams that are listed, which is not its number in the file. */
  readonly stream: number
  readonly dts: number
  /** Null where the container stores none. */
  readonly pts: number | null
  /** 0 where nobody says. */
  readonly duration: number
  readonly bytes: number
  readonly isKey: boolean
  /** The container marks it as not to be shown or heard (edit lists). */
  readonly isHidden: boolean
}

const KEY = 1
const DISCARD = 4
const FLAGS = ' F=0x'
/** Below any time of a film: what is said of packets without one. */
const NO_PTS = -1e15
/** Taken for the time base of a stream of which nothing is listed. */
const MILLISECONDS: Rational = { num: 1, den: 1000 }

/** Reads such a list line by line. */
export class PacketLines {
  readonly #timeBases: Rational[] = []

  /** @returns null for a line that is of no packet */
  read(line: string): ListedPacket | null {
    if (line.startsWith('#')) {
      this.#hearTimeBase(line)
      return null
    }
    const fields = line.split(',')
    if (fields.length < 6) return null
    const pts = Number(fields[2])
    const duration = Number(fields[3])
    // Flags are said of packets alone that are more, or less, than a keyframe.
    const said = fields[6]
    const flags = said?.startsWith(FLAGS) ? parseInt(said.slice(FLAGS.length), 16) : KEY
    return {
      stream: Number(fields[0]),
      dts: Number(fields[1]),
      pts: pts > NO_PTS ? pts : null,
      duration: duration > 0 ? duration : 0,
      bytes: Number(fields[4]),
      isKey: (flags & KEY) !== 0,
      isHidden: (flags & DISCARD) !== 0,
    }
  }

  #hearTimeBase(line: string): void {
    const [, stream, num, den] = /^#tb (\d+): (\d+)\/(\d+)/.exec(line) ?? []
    if (stream !== undefined) this.#timeBases[Number(stream)] = { num: Number(num), den: Number(den) }
  }

  /** Of a packet's stream; known before its first packet is. */
  timeBaseOf(stream: number): Rational {
    return this.#timeBases[stream] ?? MILLISECONDS
  }

  /** Seconds that one tick lasts. */
  tickOf(stream: number): number {
    const { num, den } = this.timeBaseOf(stream)
    return num / den
  }
}
