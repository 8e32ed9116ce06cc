/** Reads what ffmpeg says about a file: its banner and the showinfo filter's lines. Pure. */

export interface BannerStream {
  readonly index: number
  readonly kind: 'video' | 'audio' | 'subtitle' | 'data' | 'attachment'
  readonly codec: string
  readonly language: string | undefined
  /** The rest of ffmpeg's line, for what only one kind of stream has. */
  readonly text: string
}

export interface Banner {
  /** ffmpeg's names of the container, e.g. ['mov', 'mp4', ...]. */
  readonly container: readonly string[]
  /** Earliest time of any stream in seconds; 0 when the file does not say. */
  readonly startSeconds: number
  readonly durationSeconds: number | null
  readonly streams: readonly BannerStream[]
  readonly chapters: number
  /** Counter-clockwise turn as ffmpeg prints it, of the first stream that has one. */
  readonly displayRotation: number
  readonly timecode: string | null
}

const streamLine = /^\s*Stream #0:(\d+)(?:\[[^\]]*\])?(?:\((\w+)\))?(?:\[[^\]]*\])?: (Video|Audio|Subtitle|Data|Attachment): (\S+?)(?:,|\s|$)(.*)$/

/** The part of the log before the output starts; null when ffmpeg could not open the file. */
export function parseBanner(log: string): Banner | null {
  const head = /^Input #0, (.+?), from '/m.exec(log)
  if (!head) return null
  const end = log.search(/^(Output #0|Stream mapping:)/m)
  const text = log.slice(head.index, end === -1 ? undefined : end)
  const streams: BannerStream[] = []
  for (const line of text.split(/\r?\n/)) {
    const match = streamLine.exec(line)
    if (!match) continue
    const language = match[2] === 'und' ? undefined : match[2]
    const kind = (match[3] ?? '').toLowerCase() as BannerStream['kind']
    streams.push({ index: Number(match[1]), kind, codec: (match[4] ?? '').replace(/,$/, ''), language, text: match[5] ?? '' })
  }
  const duration = /Duration: (\d+):(\d+):(\d+(?:\.\d+)?)/.exec(text)
  const rotation = /displaymatrix: rotation of (-?\d+(?:\.\d+)?) degrees/.exec(text)
  return {
    container: (head[1] ?? '').split(','),
    startSeconds: Number(/, start: (-?\d+(?:\.\d+)?)/.exec(text)?.[1] ?? 0),
    durationSeconds: duration ? Number(duration[1]) * 3600 + Number(duration[2]) * 60 + Number(duration[3]) : null,
    streams,
    chapters: (text.match(/^\s*Chapter #0:\d+:/gm) ?? []).length,
    displayRotation: rotation ? Number(rotation[1]) : 0,
    timecode: /^\s+timecode\s*: (\S+)/m.exec(text)?.[1] ?? null,
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
}

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
  return match ? { range: match[1] ?? '', space: match[2] ?? '', primaries: match[3] ?? '', transfer: match[4] ?? '' } : null
}

/** The line in which showinfo tells the time base and rate of what reaches it. */
export function parseShownConfig(line: string): { timeBase: [number, number]; rate: [number, number] } | null {
  const match = /config in time_base: (\d+)\/(\d+), frame_rate: (\d+)\/(\d+)/.exec(line)
  return match ? { timeBase: [Number(match[1]), Number(match[2])], rate: [Number(match[3]), Number(match[4])] } : null
}
