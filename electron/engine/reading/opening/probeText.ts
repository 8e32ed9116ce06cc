/** Reads what ffmpeg says about a file: its banner and the showinfo filter's lines. Pure. */
import { TagLines } from '../../ffmpeg/tagLines.ts'
import type { ChromaSiting } from '../../picture/pixelLayout.ts'

export interface BannerStream {
  readonly index: number
  readonly kind: 'video' | 'audio' | 'subtitle' | 'data' | 'attachment'
  readonly codec: string
  readonly language: string | undefined
  /** The rest of ffmpeg's line, for what only one kind of stream has. */
  readonly text: string
  /** Shown first where a player has the choice. */
  readonly isDefault: boolean
  /** A cover or a row of thumbnails, marked as such. */
  readonly isCover: boolean
  /** As ffmpeg prints it for the picture's size; null for sound and the rest. */
  readonly size: readonly [width: number, height: number] | null
  /** Counter-clockwise turn in degrees as ffmpeg prints it; null where the stream has no display matrix. */
  readonly displayRotation: number | null
  /** What the container or the codec's head says of all its pictures. */
  readonly field: FieldOrder
  /** When the stream ends, in seconds of the file's clock, where its metadata says so (Matroska's statistics do). */
  readonly endSeconds: number | null
  /** Names of its tags, as they are written. */
  readonly tagNames: readonly string[]
}

export interface Banner {
  /** ffmpeg's names of the container, e.g. ['mov', 'mp4', ...]. */
  readonly container: readonly string[]
  /** Earliest time of any stream in seconds; 0 when the file does not say. */
  readonly startSeconds: number
  readonly durationSeconds: number | null
  readonly streams: readonly BannerStream[]
  /** The streams of each program of a broadcast, by their indexes. */
  readonly programs: readonly ReadonlySet<number>[]
  readonly chapters: number
  readonly timecode: string | null
  /** Name of the reel or tape, as a track of timecode or the file itself has it. */
  readonly reel: string | null
}

/** The language may be any tag that a container takes: 'ger', 'ger,eng' (both on one track), 'en-US', 'zh-Hant'. */
const streamLine =
  /^\s*Stream #0:(\d+)(?:\[[^\]]*\])?(?:\(([^)]*)\))?(?:\[[^\]]*\])?: (Video|Audio|Subtitle|Data|Attachment): (\S+?)(?:,|\s|$)(.*)$/

/** What is known of a stream by its line; what ffmpeg prints below it comes later. */
function streamOf(match: RegExpExecArray): BannerStream {
  const kind = (match[3] ?? '').toLowerCase() as BannerStream['kind']
  const text = match[5] ?? ''
  const size = kind === 'video' ? /(?:^|[ ,])(\d+)x(\d+)(?=[ ,]|$)/.exec(text) : null
  return {
    index: Number(match[1]),
    kind,
    codec: (match[4] ?? '').replace(/,$/, ''),
    language: match[2] === undefined || match[2] === 'und' ? undefined : match[2],
    text,
    isDefault: text.includes('(default)'),
    isCover: /\((attached pic|still image|timed thumbnails)\)/.test(text),
    size: size ? [Number(size[1]), Number(size[2])] : null,
    displayRotation: null,
    field: statedField(text),
    endSeconds: null,
    tagNames: [],
  }
}

/** Hours, minutes and seconds, as ffmpeg prints them. */
const clockTime = /^(\d+):(\d+):(\d+(?:\.\d+)?)/

function secondsIn(text: string): number | null {
  const time = clockTime.exec(text)
  return time ? Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3]) : null
}

/**
 * Reads the part of the log before the output starts, line by line, and keeps what it makes of them: a film may have
 * thousands of chapters, and tags as long as a book, before its streams are told.
 */
export class BannerReader {
  readonly #tags = new TagLines()
  #container: readonly string[] | null = null
  #isOver = false
  #duration: { readonly start: number; readonly length: number | null } | null = null
  readonly #streams: BannerStream[] = []
  readonly #programs: Set<number>[] = []
  #program: Set<number> | null = null
  #chapters = 0
  #timecode: string | null = null
  #reel: string | null = null
  /** Whose the lines are that come: of the file as a whole, or of the stream with this place in the list. */
  #of: 'file' | 'other' | number = 'file'

  /** @returns whether ffmpeg says this itself; what a tag holds may read like anything */
  hear(line: string): boolean {
    const isTag = this.#tags.isTag(line)
    const { tag } = this.#tags
    if (this.#isOver) return !isTag
    if (this.#container === null) {
      const head = /^Input #0, (.+?), from '/.exec(line)
      if (head) this.#container = (head[1] ?? '').split(',')
    } else if (!isTag) this.#hearOwn(line)
    else if (tag !== null) this.#hearTag(tag.key, tag.value)
    return !isTag
  }

  #hearOwn(line: string): void {
    if (/^(Output #0|Stream mapping:)/.test(line)) {
      this.#isOver = true
      return
    }
    const stream = streamLine.exec(line)
    if (stream) return this.#hearStream(stream)
    const length = /^ {2}Duration: ([^,]+)/.exec(line)
    if (length) {
      const start = Number(/, start: (-?\d+(?:\.\d+)?)/.exec(line)?.[1] ?? 0)
      this.#duration ??= { length: secondsIn(length[1] ?? ''), start }
    } else if (/^\s*Chapter #0:\d+:/.test(line)) {
      this.#chapters++
      this.#of = 'other'
    } else if (/^\s*Program \d+\s/.test(`${line} `)) {
      this.#programs.push((this.#program = new Set()))
      this.#of = 'other'
    } else if (/^\s*No Program\b/.test(line)) this.#program = null
    else this.#hearSideData(line)
  }

  #hearStream(match: RegExpExecArray): void {
    const index = Number(match[1])
    this.#program?.add(index)
    // What several programs share is printed with each of them.
    const isKnown = this.#streams.some((stream) => stream.index === index)
    this.#of = isKnown ? 'other' : this.#streams.push(streamOf(match)) - 1
  }

  #hearSideData(line: string): void {
    const rotation = /^\s+display ?matrix: rotation of (-?\d+(?:\.\d+)?) degrees/i.exec(line)
    if (rotation) this.#add(({ displayRotation }) => ({ displayRotation: displayRotation ?? Number(rotation[1]) }))
  }

  #hearTag(key: string, value: string): void {
    this.#add(({ tagNames }) => ({ tagNames: [...tagNames, key] }))
    if (key === 'DURATION') this.#add(({ endSeconds }) => ({ endSeconds: endSeconds ?? secondsIn(value) }))
    if (this.#of === 'other') return
    if (key.toLowerCase() === 'reel_name') this.#reel ??= value === '' ? null : value
    if (key.toLowerCase() === 'timecode') this.#timecode ??= /^\S+/.exec(value)?.[0] ?? null
  }

  /** To the stream that lines are of. */
  #add(more: (known: BannerStream) => Partial<BannerStream>): void {
    const known = typeof this.#of === 'number' ? this.#streams[this.#of] : undefined
    if (known) this.#streams[this.#of as number] = { ...known, ...more(known) }
  }

  /** Null when ffmpeg could not open the file. */
  get banner(): Banner | null {
    if (this.#container === null) return null
    return {
      container: this.#container,
      startSeconds: this.#duration?.start ?? 0,
      durationSeconds: this.#duration?.length ?? null,
      streams: [...this.#streams],
      programs: [...this.#programs],
      chapters: this.#chapters,
      timecode: this.#timecode,
      reel: this.#reel,
    }
  }
}

/** Of a whole log. */
export function parseBanner(log: string): Banner | null {
  const reader = new BannerReader()
  for (const line of log.split(/\r?\n/)) reader.hear(line)
  return reader.banner
}

/** Channels of an audio stream from ffmpeg's line: '48000 Hz, 5.1(side), fltp'. */
export function audioChannels(text: string): number {
  const layout = /\d+ Hz, ([^,]+)/.exec(text)?.[1]?.trim() ?? ''
  if (layout === 'mono') return 1
  if (layout.startsWith('stereo') || layout === 'downmix') return 2
  if (layout === 'quad') return 4
  const counted = /^(\d+) channels/.exec(layout)
  if (counted) return Number(counted[1])
  const dotted = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(layout)
  return dotted ? Number(dotted[1]) + Number(dotted[2]) + Number(dotted[3] ?? 0) : 2
}

export type FieldOrder = 'progressive' | 'top first' | 'bottom first'

/**
 * By ffmpeg's line of a stream. What it calls 'coded first (swapped)' are fields whose lines are stored in turns, the
 * field that it names shown first: 9 and 14 of Matroska's FieldOrder (RFC 9559) and of QuickTime's 'fiel'.
 */
function statedField(text: string): FieldOrder {
  const first = /\b(top|bottom) (?:coded )?first\b/.exec(text)?.[1]
  return first === undefined ? 'progressive' : first === 'top' ? 'top first' : 'bottom first'
}

export interface ShownFrame {
  /** Null when the decoder could not tell. */
  readonly pts: number | null
  readonly format: string
  readonly width: number
  readonly height: number
  readonly aspect: readonly [number, number]
  readonly key: boolean
  /** Which lines come first in time. */
  readonly field: FieldOrder
  /** Where chroma lies between luma; null where the film does not say, or says what none of ours is near to. */
  readonly siting: ChromaSiting | null
}

/**
 * ffmpeg's names. The lower row of sites is half a luma line from the upper one, which no picture that is shown tells.
 */
const sitings: Readonly<Record<string, ChromaSiting>> = { left: 'left', center: 'center', topleft: 'topleft' }

/** One frame's line of showinfo; null for every other line. */
export function parseShownFrame(line: string): ShownFrame | null {
  if (!line.includes(' n:')) return null
  const match = / n:\s*\d+ pts:\s*(\S+) .*?fmt:(\S+) .*?sar:(\d+)\/(\d+) s:(\d+)x(\d+) i:(\S) iskey:(\d)/.exec(line)
  if (!match) return null
  const pts = Number(match[1])
  return {
    pts: Number.isSafeInteger(pts) ? pts : null,
    format: match[2] ?? '',
    width: Number(match[5]),
    height: Number(match[6]),
    aspect: [Number(match[3]), Number(match[4])],
    key: match[8] === '1',
    siting: sitings[/ (?:cl|chroma_location):(\S+)/.exec(line)?.[1] ?? ''] ?? null,
    field: match[7] === 'T' ? 'top first' : match[7] === 'B' ? 'bottom first' : 'progressive',
  }
}

/** ffmpeg's names; 'unknown' where the film does not say. */
export interface ColorTags {
  readonly range: string
  readonly space: string
  readonly primaries: string
  readonly transfer: string
}

export function parseShownColors(line: string): ColorTags | null {
  const match = /color_range:(\S+) color_space:(\S+) color_primaries:(\S+) color_trc:(\S+)/.exec(line)
  return match
    ? { range: match[1] ?? '', space: match[2] ?? '', primaries: match[3] ?? '', transfer: match[4] ?? '' }
    : null
}

/** The line in which showinfo tells the time base and rate of what reaches it. */
export function parseShownConfig(line: string): { timeBase: [number, number]; rate: [number, number] } | null {
  const match = /config in time_base: (\d+)\/(\d+), frame_rate: (\d+)\/(\d+)/.exec(line)
  return match ? { timeBase: [Number(match[1]), Number(match[2])], rate: [Number(match[3]), Number(match[4])] } : null
}
