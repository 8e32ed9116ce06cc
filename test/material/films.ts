/**
 * Draws test films with ffmpeg's own sources: every frame differs, luma uses its whole range, and nothing is
 * downloaded.
 */
import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ColorRange } from '../../electron/contract/schemas.ts'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { characterSets } from '../../electron/engine/ffmpeg/runFfmpeg.ts'

const execute = promisify(execFile)

/** Runs the ffmpeg that the program uses; rejects with what it said. */
export async function ffmpeg(args: readonly string[]): Promise<string> {
  const { path } = await locateFfmpeg()
  const { stdout } = await execute(path, ['-hide_banner', '-v', 'error', '-nostdin', '-y', ...args], {
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...characterSets },
  })
  return stdout
}

export interface Film {
  readonly size?: string
  readonly rate?: string
  readonly frames?: number
  readonly pixelFormat?: string
  readonly range?: ColorRange
  /** Encoder and its options; FFV1 keeps every sample as drawn. */
  readonly codec?: readonly string[]
  /** Encoder arguments for a tone; none when left out. */
  readonly sound?: readonly string[]
  /** Filters after drawing, for odd times and shapes. */
  readonly filters?: string
  /** Options of the container. */
  readonly output?: readonly string[]
}

export const ffv1 = ['-c:v', 'ffv1', '-level', '3', '-g', '1'] as const
/** Long groups with B-frames that refer across the next keyframe, as broadcast material has. */
export const openGopH264 = [
  '-c:v',
  'libx264',
  '-preset',
  'fast',
  '-g',
  '15',
  '-bf',
  '3',
  '-x264-params',
  'open-gop=1:b-pyramid=normal:scenecut=0',
] as const
export const longGopH264 = ['-c:v', 'libx264', '-preset', 'fast', '-g', '250', '-bf', '3'] as const

/** Draws a moving scene with fine noise into 'folder' and gives the path. */
export async function drawFilm(folder: string, name: string, film: Film = {}): Promise<string> {
  const {
    size = '96x64',
    rate = '24',
    frames = 24,
    pixelFormat = 'yuv420p',
    range,
    codec = ffv1,
    sound,
    filters,
    output = [],
  } = film
  const path = join(folder, name)
  const scale = range === undefined ? [] : [`scale=out_range=${range}:out_color_matrix=bt709`]
  // Newer versions would convert what is marked as full for FFV1; a copy can be marked.
  const isMarkedLater = range === 'full' && codec.includes('ffv1')
  const marks = range === undefined ? [] : [`setparams=range=${isMarkedLater ? 'limited' : range}:colorspace=bt709`]
  const drawing = isMarkedLater ? join(folder, `unmarked-${name}`) : path
  const [width = 0, height = 0] = size.split('x').map(Number)
  // The drawing needs room and even sides; other pictures are cut from it.
  const drawn = `${Math.max(32, width + (width % 2))}x${Math.max(32, height + (height % 2))}`
  const cut = drawn === size ? [] : ['format=yuv444p', `crop=${width}:${height}:exact=1`]
  const chain = [
    ...cut,
    'noise=alls=24:allf=t',
    ...scale,
    `format=${pixelFormat}`,
    ...marks,
    ...(filters ? [filters] : []),
  ]
  const seconds = (frames * Number(rate.split('/')[1] ?? 1)) / Number(rate.split('/')[0])
  await ffmpeg([
    '-f',
    'lavfi',
    '-i',
    `testsrc2=size=${drawn}:rate=${rate}`,
    ...(sound ? ['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:duration=${seconds}`] : []),
    '-vf',
    chain.join(','),
    '-frames:v',
    `${frames}`,
    '-fps_mode',
    'passthrough',
    ...codec,
    ...(sound ?? []),
    ...output,
    `file:${drawing}`,
  ])
  if (isMarkedLater) {
    await ffmpeg(['-i', `file:${drawing}`, '-c', 'copy', '-color_range', 'pc', ...output, `file:${path}`])
    rmSync(drawing)
  }
  return path
}

export interface GrayFilm {
  /** One of ffmpeg's sources, such as 'testsrc2'. */
  readonly scene?: string
  readonly size?: string
  readonly seconds?: number
  /** That take its colors away; the last one says the pixel format. */
  readonly filters?: string
  readonly codec?: readonly string[]
}

/** Draws one of ffmpeg's scenes without colors and without noise, 24 frames a second, and gives the path. */
export async function drawGrayFilm(
  path: string,
  {
    scene = 'testsrc2',
    size = '192x128',
    seconds = 0.25,
    filters = 'format=gray',
    codec = ['-c:v', 'ffv1'],
  }: GrayFilm = {},
): Promise<string> {
  await ffmpeg([
    '-f',
    'lavfi',
    '-i',
    `${scene}=size=${size}:rate=24:duration=${seconds}`,
    '-vf',
    filters,
    ...codec,
    path,
  ])
  return path
}

/** The first two columns and rows of display matrices, ISO/IEC 14496-12. */
const displayMatrices = { turned: [0, 1, -1, 0], mirrored: [-1, 0, 0, 1], 'turned and mirrored': [0, 1, 1, 0] } as const

/** A copy of an mp4 film that is to be shown in another way than its pictures are stored. */
export async function withDisplayMatrix(
  film: string,
  way: keyof typeof displayMatrices,
  target: string,
): Promise<string> {
  const bytes = await readFile(film)
  const [a, b, c, d] = displayMatrices[way]
  const matrix = bytes.indexOf('tkhd', 0, 'latin1') + 4 + 40
  // In fixed point, with two numbers for a vanishing point that is nowhere.
  for (const [n, value] of [a, b, 0, c, d, 0].entries()) bytes.writeInt32BE(value * 65536, matrix + 4 * n)
  await writeFile(target, bytes)
  return target
}
