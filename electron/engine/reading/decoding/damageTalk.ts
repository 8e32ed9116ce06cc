/** Which of ffmpeg's messages tell of damage in a picture, and in which one. Pure. */
import type { Banner } from '../opening/probeText.ts'

/** What is said of an output, or of data beside the pictures, is no damage of a picture. */
const beside = new RegExp(
  [
    /^\[(?:null|rawvideo|framecrc|out#\S*|in#\S*|swscaler|Parsed_\S+|graph\S*) @/,
    /\bSEI\b|user data|non[- ]monoton|number of reference frames|mmco: unref short failure/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
)
/** Messages of lower weight that tell of damage all the same: of pictures that end too soon, for one. */
const weighty =
  /corrupt|damag|truncat|invalid|error|bad |missing|overread|insufficient|too small|conceal|mismatch|incomplete/i
/** Said of the very picture that comes next. */
const ofNext = /corrupt decoded frame/

/**
 * Names under which ffmpeg speaks of something else than a film's pictures: of their container, and of the covers,
 * sounds and other pictures beside them, which it looks into when it opens a file.
 * @param film index of the film among the streams
 */
export function bystanders({ container, streams }: Pick<Banner, 'container' | 'streams'>, film: number): string[] {
  const own = streams.find(({ index }) => index === film)?.codec
  const others = streams.map(({ codec }) => codec).filter((codec) => codec !== own)
  // Decoders are called by their codec, those of some sounds with a word more.
  return [...container, ...others, ...others.map((codec) => `${codec}float`)]
}

/**
 * @param line with its level, as talkArgs has it
 * @param others ffmpeg's names of what is beside the pictures: what is damaged in a picture its decoder says as well
 */
export function isDamageTalk(line: string, others: readonly string[]): boolean {
  const level = /\[(warning|error|fatal|panic)\] (.*)$/.exec(line)
  if (!level || beside.test(line)) return false
  if (ofNext.test(line)) return true
  const speaker = /^\[([^\]@ ]+) @/.exec(line)?.[1]
  if (speaker !== undefined && speaker.split(',').every((name) => others.includes(name))) return false
  // Older versions say of a packet, with the film's name in front, what they say of its picture once more.
  if (/corrupt input packet|Packet corrupt/.test(line)) return false
  return level[1] !== 'warning' || (speaker !== undefined && weighty.test(level[2] ?? ''))
}

/** A decoder may give other pictures first; so many pictures later it has given the one it spoke of. */
const DELAY = 17

/**
 * Follows the log of a decoder that works on one picture at a time, run with -debug_ts, which notes in the log when a
 * picture comes out. Of some codecs ffmpeg marks the damaged pictures; of others there is only what was said before the
 * next one came.
 */
export class DamageLog {
  #given = 0
  #next = false
  #loose: number[] = []
  readonly #marked = new Set<number>()

  /** @param others see bystanders */
  constructor(private readonly others: readonly string[]) {}

  line(line: string): void {
    if (/decoder -> .*pts:/.test(line)) {
      if (this.#next) {
        this.#marked.add(this.#given)
        this.#loose = this.#loose.filter((at) => at < this.#given - DELAY)
      }
      this.#next = false
      this.#given++
    } else if (ofNext.test(line)) this.#next = true
    else if (isDamageTalk(line, this.others)) this.#loose.push(this.#given)
  }

  /** Numbers of damaged pictures, in the order in which they came out, from 0. */
  get marked(): ReadonlySet<number> {
    return this.#marked
  }

  /** The same of pictures that were not marked but spoken of before they came, or before one that never came. */
  get loose(): ReadonlySet<number> {
    return new Set(this.#loose)
  }
}
