/**
 * The films of the matrix. Of all properties that films have, every pair occurs in one of them: what goes wrong in an
 * export nearly always goes wrong by one property, or by two that meet (Kuhn, Wallace and Gallo, "Software fault
 * interactions and implications for software testing", 2004).
 */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ColorMatrix, ColorRange } from '../../electron/contract/schemas.ts'
import { drawFilm, ffmpeg } from '../material/films.ts'

/** Each property with all that it can be; the most usual first. */
const kinds = {
  sampling: ['420', '422', '444', 'gray'],
  depth: [8, 10, 12],
  range: ['limited', 'full'],
  scan: ['progressive', 'top first', 'bottom first'],
  rate: ['24000/1001', '25', '18', '30000/1001', 'varying'],
  matrix: ['bt709', 'bt601', 'bt2020'],
  timecode: [false, true],
  sounds: [false, true],
  captions: [false, true],
} as const

export interface Source {
  readonly sampling: (typeof kinds.sampling)[number]
  readonly depth: (typeof kinds.depth)[number]
  readonly range: ColorRange
  readonly scan: (typeof kinds.scan)[number]
  readonly rate: (typeof kinds.rate)[number]
  readonly matrix: ColorMatrix
  readonly timecode: boolean
  /** Two, of different languages, depths and codecs. */
  readonly sounds: boolean
  /** A track of text. */
  readonly captions: boolean
}

export const FRAMES = 6
export const [WIDTH, HEIGHT] = [256, 144]
/** Pixels of every other source; they are square in the rest. */
const WIDE = '16:15'

type Key = keyof Source
const keys = Object.keys(kinds) as Key[]
const pairs = keys.flatMap((one, n) => keys.slice(n + 1).map((other) => [one, other] as const))
const pairsOf = (source: Source): string[] =>
  pairs.map(([one, other]) => `${one} ${source[one]} ${other} ${source[other]}`)

function allSources(): Source[] {
  let made: Partial<Record<Key, string | number | boolean>>[] = [{}]
  for (const key of keys) made = made.flatMap((part) => kinds[key].map((kind) => ({ ...part, [key]: kind })))
  return made as unknown as Source[]
}

/** So few films that every pair of properties is in one: always the one with the most pairs that none had before. */
export function coveringSources(): Source[] {
  const all = allSources().map((source) => ({ source, pairs: pairsOf(source) }))
  const missing = new Set(all.flatMap((each) => each.pairs))
  const chosen: Source[] = []
  while (missing.size > 0) {
    const news = (of: readonly string[]): number => of.filter((pair) => missing.has(pair)).length
    const best = all.reduce((most, each) => (news(each.pairs) > news(most.pairs) ? each : most))
    chosen.push(best.source)
    for (const pair of best.pairs) missing.delete(pair)
  }
  return chosen
}

/** 'gray, 10 bits, limited, top first, 25, bt709, sounds' */
export function nameOf(source: Source): string {
  const { sampling, depth, range, scan, matrix } = source
  const samples = sampling === 'gray' ? 'gray' : sampling.split('').join(':')
  const carried = (['timecode', 'sounds', 'captions'] as const).filter((key) => source[key])
  return [samples, `${depth} bits`, range, scan, shownRate(source), matrix, ...carried].join(', ')
}

export const shownRate = ({ rate }: Pick<Source, 'rate'>): string =>
  ({ '24000/1001': '23.976', '30000/1001': '29.97' })[rate as string] ?? rate

/** Of pixels; all sorts of films have both. */
export const shapeOf = ({ depth }: Source): string => (depth === 10 ? '1:1' : WIDE)

/** At 29.97 frames/s in drop-frame, and the last before a minute: the next codes are left out. */
export const timecodeOf = ({ rate }: Source): string => (rate === '30000/1001' ? '01:00:59;27' : '10:20:30:10')

/** ffmpeg's names of matrix, primaries and transfer. */
const tags: Readonly<Record<ColorMatrix, readonly [matrix: string, primaries: string, transfer: string]>> = {
  bt709: ['bt709', 'bt709', 'bt709'],
  bt601: ['smpte170m', 'smpte170m', 'smpte170m'],
  bt2020: ['bt2020nc', 'bt2020', 'bt2020-10'],
}

/** ffmpeg's name of how the samples lie. */
const pixelFormatOf = ({ sampling, depth }: Source): string =>
  `${sampling === 'gray' ? 'gray' : `yuv${sampling}p`}${depth === 8 ? '' : `${depth}le`}`

const subtitles = '1\n00:00:00,000 --> 00:00:00,200\nGood evening.\n'

/** Draws a source into a folder, and gives its path. Its luma leaves room for any color on every side. */
export async function drawSource(folder: string, name: string, source: Source): Promise<string> {
  const [matrix, primaries, transfer] = tags[source.matrix]
  const fields = { progressive: 'prog', 'top first': 'tff', 'bottom first': 'bff' }[source.scan]
  const uneven = source.rate === 'varying' ? ['settb=1/1000', "setpts='PTS+mod(N\\,3)*6'"] : []
  const drawn = await drawFilm(folder, `pictures-${name}.mkv`, {
    size: `${WIDTH}x${HEIGHT}`,
    frames: FRAMES,
    rate: source.rate === 'varying' ? '24' : source.rate,
    pixelFormat: pixelFormatOf(source),
    range: source.range,
    filters: [
      'lut=c0=val*0.4+maxval*0.3',
      `setfield=${fields}`,
      `setsar=${shapeOf(source).replace(':', '/')}`,
      `setparams=colorspace=${matrix}:color_primaries=${primaries}:color_trc=${transfer}`,
      ...uneven,
    ].join(','),
    output: [
      ...(fields === 'prog' ? [] : ['-field_order', fields === 'tff' ? 'tt' : 'bb']),
      // An encoder counts in the rate that was drawn otherwise.
      ...(uneven.length > 0 ? ['-enc_time_base', '1:1000'] : []),
    ],
  })
  const path = join(folder, `${name}.mkv`)
  const text = join(folder, `${name}.srt`)
  await writeFile(text, subtitles)
  const inputs = ['-i', drawn]
  const outputs = ['-map', '0:v', '-c:v', 'copy']
  if (source.sounds) {
    inputs.push('-f', 'lavfi', '-i', 'sine=440:sample_rate=48000:duration=0.3,aformat=channel_layouts=stereo')
    outputs.push('-map', '1:a', '-map', '1:a', '-c:a:0', 'pcm_s24le', '-c:a:1', 'aac')
    outputs.push('-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=ger')
  }
  if (source.captions) {
    outputs.push('-map', `${source.sounds ? 2 : 1}:s`, '-c:s', 'srt', '-metadata:s:s:0', 'language=fre')
    inputs.push('-i', text)
  }
  if (source.timecode) outputs.push('-metadata', `timecode=${timecodeOf(source)}`)
  await ffmpeg([...inputs, ...outputs, path])
  await Promise.all([rm(drawn), rm(text)])
  return path
}

/** Mean code value of the luma of each half of the first picture, which its samples begin with. */
export async function meanLumas(path: string, source: Source): Promise<readonly [number, number]> {
  const raw = `${path}.raw`
  const samples = ['-pix_fmt', pixelFormatOf(source), '-f', 'rawvideo', raw]
  await ffmpeg(['-noautorotate', '-i', path, '-map', '0:V:0', '-frames:v', '1', ...samples])
  const bytes = await readFile(raw)
  await rm(raw)
  const View = source.depth > 8 ? Uint16Array : Uint8Array
  const luma = new View(bytes.buffer, bytes.byteOffset, WIDTH * HEIGHT)
  const sums: [number, number] = [0, 0]
  luma.forEach((value, n) => (sums[(n % WIDTH) * 2 < WIDTH ? 0 : 1] += value))
  return [sums[0] / (luma.length / 2), sums[1] / (luma.length / 2)]
}
