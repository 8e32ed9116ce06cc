/** Frames of clips and pictures in color, as numbers. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Picture } from '../material/trueColors.ts'

/** @param filter which frames, and at what size */
export async function picturesOf(ffmpeg: string, file: string, filter: string): Promise<Picture[]> {
  const chosen = ['-vf', filter, '-fps_mode', 'passthrough']
  const line = [
    '-v',
    'error',
    '-nostdin',
    '-i',
    file,
    ...chosen,
    '-pix_fmt',
    'rgb24',
    '-c:v',
    'ppm',
    '-f',
    'image2pipe',
    '-',
  ]
  const { stdout } = await promisify(execFile)(ffmpeg, line, { encoding: 'buffer', maxBuffer: 2 ** 30 })
  const pictures: Picture[] = []
  for (let at = 0; at < stdout.length;) {
    const [head, width, height] = /^P6\s(\d+)\s(\d+)\s255\s/.exec(stdout.toString('latin1', at, at + 40))!
    const start = at + head.length
    at = start + 3 * Number(width) * Number(height)
    pictures.push(pictureOf(stdout.subarray(start, at), Number(width), Number(height)))
  }
  return pictures
}

/** RGB bytes to BT.601, full range. */
function pictureOf(rgb: Buffer, width: number, height: number): Picture {
  const [y, u, v] = [
    new Float32Array(width * height),
    new Float32Array(width * height),
    new Float32Array(width * height),
  ]
  for (let i = 0; i < y.length; i++) {
    const [r, g, b] = [rgb[3 * i]! / 255, rgb[3 * i + 1]! / 255, rgb[3 * i + 2]! / 255]
    y[i] = 0.299 * r + 0.587 * g + 0.114 * b
    u[i] = (b - y[i]!) / 1.772
    v[i] = (r - y[i]!) / 1.402
  }
  return { width, height, y, u, v }
}
