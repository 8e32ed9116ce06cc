/** The picture that scopes measure, as it was read back from the screen's drawing. */
import type { ColorMatrix } from '../../electron/contract/schemas.ts'

export interface Readback {
  readonly width: number
  readonly height: number
  /**
   * R, G, B, A interleaved, full range, rows in either order. Pixels with A = 0 lie outside of the picture and do not
   * count.
   */
  readonly pixels: Uint8Array | Uint8ClampedArray
}

/** Kr, Kg, Kb of luma: ITU-R BT.601, BT.709, BT.2020. */
export const lumaWeights: Readonly<Record<ColorMatrix, readonly [kr: number, kg: number, kb: number]>> = {
  bt601: [0.299, 0.587, 0.114],
  bt709: [0.2126, 0.7152, 0.0722],
  bt2020: [0.2627, 0.678, 0.0593],
}

/** R, G, B 0..1 to Cb and Cr, -0.5..0.5. */
export function toChroma(matrix: ColorMatrix, r: number, g: number, b: number): readonly [cb: number, cr: number] {
  const [kr, kg, kb] = lumaWeights[matrix]
  const y = kr * r + kg * g + kb * b
  return [(b - y) / (2 * (1 - kb)), (r - y) / (2 * (1 - kr))]
}
