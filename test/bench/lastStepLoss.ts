/** What the last step leaves of true colors: those of pictures and clips in color, made as small as the networks' and brought up again. */
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { networkSize } from '../../electron/engine/picture/networkLuma.ts'
import { chromaPsnr, throughLastStep, type Picture } from '../material/trueColors.ts'

/** Of a clip one frame in so many is taken. */
const EVERY = 20
/** Full size / the networks' size. */
const FACTORS = [1, 2, 4]

export interface LastStepLoss {
  readonly factor: number
  readonly pictures: number
  /** Means over the pictures of the PSNR over U and V, dB. */
  readonly along: number
  readonly bilinear: number
}

/** @param folder holds clips or pictures and nothing else */
export async function measureLastStep(ffmpeg: string, folder: string): Promise<LastStepLoss[]> {
  const sums = FACTORS.map((factor) => ({ factor, pictures: 0, along: 0, bilinear: 0 }))
  for (const name of readdirSync(folder).sort()) {
    for (const picture of await picturesOf(ffmpeg, join(folder, name))) {
      for (const sum of sums) {
        const shortSide = Math.min(picture.width, picture.height) / sum.factor
        const { along, bilinear } = throughLastStep(picture, ...networkSize({ ...picture, pixelAspect: { num: 1, den: 1 } }, shortSide))
        sum.pictures++
        sum.along += chromaPsnr(along, picture)
        sum.bilinear += chromaPsnr(bilinear, picture)
      }
    }
  }
  return sums.map((sum) => ({ ...sum, along: sum.along / sum.pictures, bilinear: sum.bilinear / sum.pictures }))
}

async function picturesOf(ffmpeg: string, file: string): Promise<Picture[]> {
  const chosen = ['-vf', `select='not(mod(n,${EVERY}))'`, '-fps_mode', 'passthrough']
  const line = ['-v', 'error', '-nostdin', '-i', file, ...chosen, '-pix_fmt', 'rgb24', '-c:v', 'ppm', '-f', 'image2pipe', '-']
  const { stdout } = await promisify(execFile)(ffmpeg, line, { encoding: 'buffer', maxBuffer: 2 ** 30 })
  const pictures: Picture[] = []
  for (let at = 0; at < stdout.length; ) {
    const [head, width, height] = /^P6\s(\d+)\s(\d+)\s255\s/.exec(stdout.toString('latin1', at, at + 40))!
    const start = at + head.length
    at = start + 3 * Number(width) * Number(height)
    pictures.push(pictureOf(stdout.subarray(start, at), Number(width), Number(height)))
  }
  return pictures
}

/** RGB bytes to BT.601, full range. */
function pictureOf(rgb: Buffer, width: number, height: number): Picture {
  const [y, u, v] = [new Float32Array(width * height), new Float32Array(width * height), new Float32Array(width * height)]
  for (let i = 0; i < y.length; i++) {
    const [r, g, b] = [rgb[3 * i]! / 255, rgb[3 * i + 1]! / 255, rgb[3 * i + 2]! / 255]
    y[i] = 0.299 * r + 0.587 * g + 0.114 * b
    u[i] = (b - y[i]!) / 1.772
    v[i] = (r - y[i]!) / 1.402
  }
  return { width, height, y, u, v }
}
