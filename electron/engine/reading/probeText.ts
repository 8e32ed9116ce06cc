/** Reads what ffmpeg says about a file: its banner and the showinfo filter's lines. Pure. */
import type { ChromaSiting } from '../picture/pixelLayout.ts'

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
}

/** The language may be any tag that a container takes: 'ger', 'ger,eng' (both on one track), 'en-US', 'zh-Hant'. */
const streamLine =
  /^\s*Stream #0:(\d+)(?:\[[^\]]*\])?(?:\(([^)]*)\))?(?:\[[^\]]*\])?: (Video|Audio|Subtitle|Data|Attachment): (\S+?)(?:,|\s|$)(.*)$/

/** What ffmpeg prints of a stream below its line: metadata and side data, indented. */
function streamOf(match: RegExpExecArray, below: string): BannerStream {
  const kind = (match[3] ?? '').toLowerCase() as BannerStream['kind']
  const text = match[5] ?? ''
  const size = kind === 'video' ? /(?:^|[ ,])(\d+)x(\d+)(?=[ ,]|$)/.exec(text) : null
  const end = /^\s+DURATION\s*: (\d+):(\d+):(\d+(?:\.\d+)?)/m.exec(below)
  const rotation = /display ?matrix: rotation of (-?\d+(?:\.\d+)?) degrees/i.exec(below)
  return {
    index: Number(match[1]),
    kind,
    codec: (match[4] ?? '').replace(/,$/, ''),
    language: match[2] === undefined || match[2] === 'und' ? undefined : match[2],
    text,
    isDefault: text.includes('(default)'),
    isCover: /\((attached pic|still image|timed thumbnails)\)/.test(text),
    size: size ? [Number(size[1]), Number(size[2])] : null,
    displayRotation: rotation ? Number(rotation[1]) : null,
    field: statedField(text),
    endSeconds: end ? Number(end[1]) * 3600 + Number(end[2]) * 60 + Number(end[3]) : null,
  }
}

/** The part of the log before the output starts; null when ffmpeg could not open the file. */
export function parseBanner(log: string): Banner | null {
  const head = /^Input #0, (.+?), from '/m.exec(log)
  if (!head) return null
  const end = log.search(/^(Output #0|Stream mapping:)/m)
  const text = log.slice(head.index, end === -1 ? undefined : end)
  const streams: BannerStream[] = []
  const programs: Set<number>[] = []
  let program: Set<number> | null = null
  const lines = text.split(/\r?\n/)
  lines.forEach((line, n) => {
    if (/^\s*Program \d+\s/.test(`${line} `)) programs.push((program = new Set()))
    else if (/^\s*No Program\b/.test(line)) program = null
    const match = streamLine.exec(line)
    if (!match) return
    const index = Number(match[1])
    program?.add(index)
    // What several programs share is printed with each of them.
    if (streams.some((stream) => stream.index === index)) return
    const next = lines.slice(n + 1).findIndex((other) => /^\s*(Stream #|Chapter|Program |No Program)/.test(other))
    streams.push(streamOf(match, lines.slice(n + 1, next === -1 ? undefined : n + 1 + next).join('\n')))
  })
  const duration = /Duration: (\d+):(\d+):(\d+(?:\.\d+)?)/.exec(text)
  return {
    container: (head[1] ?? '').split(','),
    startSeconds: Number(/, start: (-?\d+(?:\.\d+)?)/.exec(text)?.[1] ?? 0),
    durationSeconds: duration ? Number(duration[1]) * 3600 + Number(duration[2]) * 60 + Number(duration[3]) : null,
    streams,
    programs,
    chapters: (text.match(/^\s*Chapter #0:\d+:/gm) ?? []).length,
    timecode: /^\s+timecode\s*: (\S+)/im.exec(text)?.[1] ?? null,
  }
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
