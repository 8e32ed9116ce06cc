/** The chroma of an RGB picture in a film's own samples: what a pinned frame is exported with. */
import type { ColorMatrix } from '../../contract/schemas.ts'
import type { NetworkChroma } from './networkPictures.ts'
import { AreaScaler } from './areaAverage.ts'
import { chromaRow, chromaShift, chromaSize, type PixelLayout, type Plane } from './pixelLayout.ts'
import { chromaScale, lumaWeights } from './sampleScale.ts'

/** Color differences B' - Y' and R' - Y' of a picture, -1..1, at full size. */
export interface ColorDifferences {
  readonly width: number
  readonly height: number
  readonly blue: Float32Array
  readonly red: Float32Array
}

/** @param rgb width * height * 3 samples of 16 bit; weights Kr, Kb of the luma that is subtracted */
function colorDifferences(
  rgb: Uint16Array,
  width: number,
  height: number,
  [kr, kb]: readonly [number, number],
): ColorDifferences {
  const blue = new Float32Array(width * height)
  const red = new Float32Array(width * height)
  for (let i = 0, p = 0; i < blue.length; i++, p += 3) {
    const r = rgb[p]! / 65535
    const b = rgb[p + 2]! / 65535
    const luma = kr * r + (1 - kr - kb) * (rgb[p + 1]! / 65535) + kb * b
    blue[i] = b - luma
    red[i] = r - luma
  }
  return { width, height, blue, red }
}

/**
 * U and V planes of a layout (not gray) from a picture of its size: averaged over each chroma sample's site, a tent
 * over three columns where samples are co-sited, a box elsewhere, and rounded without dither.
 */
export function chromaPlanes(rgb: Uint16Array, layout: PixelLayout): [u: Plane, v: Plane] {
  if (layout.sampling === 'gray') throw new RangeError('a gray layout has no chroma planes')
  const { width, height } = layout
  const [kr, kb] = lumaWeights[layout.matrix]
  const { blue, red } = colorDifferences(rgb, width, height, [kr, kb])
  const [cw, ch] = chromaSize(layout)
  const [sx] = chromaShift[layout.sampling]
  const coSited = sx === 1 && layout.siting !== 'center'
  const weights = coSited ? [1, 2, 1] : new Array<number>(1 << sx).fill(1)
  const total = weights.reduce((sum, weight) => sum + weight, 0) * chromaRow(layout, 0).total
  const { gain, neutral, top } = chromaScale(layout)
  const planeOf = (differences: Float32Array, k: number): Plane => {
    const plane = layout.bitDepth > 8 ? new Uint16Array(cw * ch) : new Uint8Array(cw * ch)
    const unit = gain / (2 * (1 - k) * total)
    for (let j = 0; j < ch; j++) {
      const of = chromaRow(layout, j)
      for (let i = 0; i < cw; i++) {
        let sum = 0
        for (let k = 0; k < of.rows.length; k++) {
          const row = of.rows[k]! * width
          for (let n = 0; n < weights.length; n++) {
            const x = (i << sx) + n - (coSited ? 1 : 0)
            sum += of.weights[k]! * weights[n]! * differences[row + (x < 0 ? 0 : x >= width ? width - 1 : x)]!
          }
        }
        plane[j * cw + i] = Math.min(top, Math.max(0, Math.round(neutral + sum * unit)))
      }
    }
    return plane
  }
  return [planeOf(blue, kb), planeOf(red, kr)]
}

/**
 * The same picture's chroma as the networks have it, averaged to width x height: its color differences by the film's
 * own matrix, scaled as BT.601 scales them, so that a frame exported to RGB and brought back has the chroma it had.
 */
export function networkChroma(
  rgb: Uint16Array,
  pictureWidth: number,
  pictureHeight: number,
  width: number,
  height: number,
  matrix: ColorMatrix,
): NetworkChroma {
  const { blue, red } = colorDifferences(rgb, pictureWidth, pictureHeight, lumaWeights[matrix])
  const scaler = new AreaScaler(pictureWidth, pictureHeight, width, height)
  const plane = new Float32Array(width * height)
  const values = new Float32Array(2 * width * height)
  const put = (differences: Float32Array, full: number, at: number): void => {
    // The scaler clamps below at 0, so differences are lifted by 1 and lowered again.
    for (let i = 0; i < differences.length; i++) differences[i]! += 1
    scaler.scale(differences, plane, 1, 0, 2)
    for (let i = 0; i < plane.length; i++) values[2 * i + at] = Math.min(0.5, Math.max(-0.5, (plane[i]! - 1) / full))
  }
  put(blue, 1.772, 0)
  put(red, 1.402, 1)
  return { width, height, values }
}
