/**
 * What the last step leaves of true colors: those of pictures and clips in color, made as small as the networks' and
 * brought up again.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { networkSize } from '../../electron/engine/picture/networkSize.ts'
import { chromaPsnr, throughLastStep } from '../material/trueColors.ts'
import { picturesOf } from './picturesOf.ts'

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

export interface FineColorGain {
  readonly clip: string
  readonly factor: number
  /** From the pin. */
  readonly frames: number
  /** PSNR over U and V of true colors through the last step, dB: without the pin's fine color and with it. */
  readonly without: number
  readonly with: number
  /** The same of the pin's own colors, left in place. */
  readonly inPlace: number
}

/** Frames from the pin, which is a clip's first. */
const AWAY = [1, 2, 4, 8, 16, 32]

/** @param folder holds clips in color and nothing else */
export async function measureFineColor(ffmpeg: string, folder: string): Promise<FineColorGain[]> {
  const gains: FineColorGain[] = []
  for (const clip of readdirSync(folder).sort()) {
    const film = await picturesOf(ffmpeg, join(folder, clip), `select='lt(n,${AWAY.at(-1)! + 1})'`)
    const pin = film[0]!
    for (const factor of FACTORS) {
      const size = networkSize({ ...pin, pixelAspect: { num: 1, den: 1 } }, Math.min(pin.width, pin.height) / factor)
      for (const frames of AWAY.filter((away) => away < film.length)) {
        const picture = film[frames]!
        gains.push({
          clip,
          factor,
          frames,
          without: chromaPsnr(throughLastStep(picture, ...size).along, picture),
          with: chromaPsnr(throughLastStep(picture, ...size, pin).along, picture),
          inPlace: chromaPsnr(pin, picture),
        })
      }
    }
  }
  return gains
}

/** @param folder holds clips or pictures and nothing else */
export async function measureLastStep(ffmpeg: string, folder: string): Promise<LastStepLoss[]> {
  const sums = FACTORS.map((factor) => ({ factor, pictures: 0, along: 0, bilinear: 0 }))
  for (const name of readdirSync(folder).sort()) {
    for (const picture of await picturesOf(ffmpeg, join(folder, name), `select='not(mod(n,${EVERY}))'`)) {
      for (const sum of sums) {
        const shortSide = Math.min(picture.width, picture.height) / sum.factor
        const { along, bilinear } = throughLastStep(
          picture,
          ...networkSize({ ...picture, pixelAspect: { num: 1, den: 1 } }, shortSide),
        )
        sum.pictures++
        sum.along += chromaPsnr(along, picture)
        sum.bilinear += chromaPsnr(bilinear, picture)
      }
    }
  }
  return sums.map((sum) => ({ ...sum, along: sum.along / sum.pictures, bilinear: sum.bilinear / sum.pictures }))
}
