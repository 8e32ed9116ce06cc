/** Which of ffmpeg's messages tell of damage in a picture, and in which one. Pure. */

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
const weighty = /corrupt|damag|truncat|invalid|error|bad |missing|overread|insufficient|too small|conceal|mismatch|incomplete/i
/** Said of the very picture that comes next. */
const ofNext = /corrupt decoded frame/

/**
 * @param line with its level, as talkArgs has it
 * @param container ffmpeg's names of the film's container: what is damaged in a picture its decoder says as well
 */
export function isDamageTalk(line: string, container: readonly string[]): boolean {
  const level = /\[(warning|error|fatal|panic)\] (.*)$/.exec(line)
  if (!level || beside.test(line)) return false
  if (ofNext.test(line)) return true
  const speaker = /^\[([^\]@ ]+) @/.exec(line)?.[1]
  if (speaker !== undefined && speaker.split(',').every((name) => container.includes(name))) return false
  // Older versions say of a packet, with the film's name in front, what they say of its picture once more.
  if (/corrupt input packet|Packet corrupt/.test(line)) return false
  return level[1] !== 'warning' || (speaker !== undefined && weighty.test(level[2] ?? ''))
}

/** A decoder may give other pictures first; so many pictures later it has given the one it spoke of. */
const DELAY = 17

/**
 * Follows the log of a decoder that works on one picture at a time, run with -debug_ts, which notes in the log when a picture comes out. Of
 * some codecs ffmpeg marks the damaged pictures; of others there is only what was said before the next one came.
 */
export class DamageLog {
  #given = 0
  #next = false
  #loose: number[] = []
  readonly #marked = new Set<number>()

  constructor(private readonly container: readonly string[]) {}

  line(line: string): void {
    if (/decoder -> .*pts:/.test(line)) {
      if (this.#next) {
        this.#marked.add(this.#given)
        this.#loose = this.#loose.filter((at) => at < this.#given - DELAY)
      }
      this.#next = false
      this.#given++
    } else if (ofNext.test(line)) this.#next = true
    else if (isDamageTalk(line, this.container)) this.#loose.push(this.#given)
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
