/**
 * Draws interlaced films: the edge of something bright moves on from one field to the next, and colors of a pin with
 * it.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ffmpeg } from './films.ts'

export type FieldMode = 'tff' | 'bff' | 'prog'

/** Luma samples that the edge moves from one field to the next. */
const FIELD_STEP = 8

export interface FieldFilm {
  readonly mode: FieldMode
  readonly width: number
  readonly height: number
  readonly frames: number
  /** Encoder and its options. */
  readonly codec: readonly string[]
  /** ffmpeg's name of what the encoder is given; 4:2:0 unless said. */
  readonly pixelFormat?: string
}

/** Left of this column a line of a frame is bright. A progressive picture shows one moment on all lines. */
export function edgeAt({ mode, width }: Pick<FieldFilm, 'mode' | 'width'>, frame: number, line: number): number {
  const later = mode === 'prog' ? 0 : (line % 2 === 0) === (mode === 'tff') ? 0 : 1
  return Math.round(width / 4) + FIELD_STEP * (2 * frame + later)
}

type Lines = Pick<FieldFilm, 'mode' | 'width' | 'height'>

/** One frame of the drawing, a value for each pixel of the bright part and of the dark one. */
function drawn(film: Lines, frame: number, bright: readonly number[], dark: readonly number[]): Buffer {
  const { width, height } = film
  const samples = Buffer.alloc(width * height * bright.length)
  for (let y = 0; y < height; y++) {
    const edge = edgeAt(film, frame, y)
    for (let x = 0; x < width; x++) samples.set(x < edge ? bright : dark, (y * width + x) * bright.length)
  }
  return samples
}

/** Draws a film without color of its own into a folder and gives its path. */
export async function drawFieldFilm(folder: string, name: string, film: FieldFilm): Promise<string> {
  const { mode, width, height, frames, codec, pixelFormat = 'yuv420p' } = film
  const neutral = Buffer.alloc((width * height) / 2, 128)
  const raw = join(folder, `${name}.yuv`)
  await writeFile(
    raw,
    Buffer.concat(Array.from({ length: frames }, (_, n) => Buffer.concat([drawn(film, n, [180], [70]), neutral]))),
  )
  const order = mode === 'prog' ? [] : ['-field_order', mode === 'tff' ? 'tt' : 'bb']
  const path = join(folder, name)
  await ffmpeg([
    '-f',
    'rawvideo',
    '-pix_fmt',
    'yuv420p',
    '-s',
    `${width}x${height}`,
    '-r',
    '25',
    '-i',
    raw,
    '-vf',
    `setfield=${mode},scale=interl=${mode === 'prog' ? 0 : 1},format=${pixelFormat}`,
    ...codec,
    ...order,
    path,
  ])
  return path
}

/**
 * The picture of one frame in colors: warm where it is bright, blue where it is dark, along the lines of both fields.
 */
export async function drawFieldPin(path: string, film: FieldFilm, frame: number): Promise<string> {
  const { width, height } = film
  await writeFile(`${path}.rgb`, drawn(film, frame, [235, 175, 120], [40, 70, 150]))
  await ffmpeg([
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-s',
    `${width}x${height}`,
    '-i',
    `${path}.rgb`,
    '-frames:v',
    '1',
    path,
  ])
  return path
}

/** For each row of a plane, where it changes from its left value to its right one, in samples. */
export function edgesOf(plane: Uint8Array, width: number): number[] {
  return Array.from({ length: plane.length / width }, (_, row) => {
    const values = plane.subarray(row * width, (row + 1) * width)
    const middle = (values[1]! + values[width - 2]!) / 2
    const isLeft = values[1]! > middle
    return values.findIndex((value) => value > middle !== isLeft)
  })
}
