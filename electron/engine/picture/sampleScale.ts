/** Between code values of a layout and the 0..1 (luma) and -0.5..0.5 (color difference) of the computations. */
import type { ColorMatrix } from '../../contract/schemas.ts'
import type { PixelLayout } from './pixelLayout.ts'

type Coding = Pick<PixelLayout, 'bitDepth' | 'range'>

/**
 * luma = code * gain + offset, 0..1 from black to white. ITU-R BT.709 section 4, BT.2020 table 5; JFIF for full range.
 */
export function lumaScale({ bitDepth, range }: Coding): { gain: number; offset: number } {
  if (range === 'full') return { gain: 1 / (2 ** bitDepth - 1), offset: 0 }
  const step = 2 ** (bitDepth - 8)
  return { gain: 1 / (219 * step), offset: -16 / 219 }
}

/** code = neutral + difference * gain, the difference in -0.5..0.5. */
export function chromaScale({ bitDepth, range }: Coding): { gain: number; neutral: number; top: number } {
  const top = 2 ** bitDepth - 1
  const neutral = 2 ** (bitDepth - 1)
  return { gain: range === 'full' ? top : 224 * 2 ** (bitDepth - 8), neutral, top }
}

/** Kr and Kb of luma = Kr R + Kg G + Kb B. */
export const lumaWeights: Readonly<Record<ColorMatrix, readonly [kr: number, kb: number]>> = {
  bt601: [0.299, 0.114],
  bt709: [0.2126, 0.0722],
  bt2020: [0.2627, 0.0593],
}
