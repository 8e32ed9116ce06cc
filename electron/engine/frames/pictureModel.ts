/** A pinned picture's own chroma as the window draws it: what the export writes, sample by sample, as a model that reads no luma. */
import type { ColoringModel } from '../../contract/frames.ts'
import { AreaScaler } from '../picture/areaAverage.ts'
import { chromaShift, chromaSize, type PixelLayout, type Plane } from '../picture/pixelLayout.ts'
import { chromaScale, lumaWeights } from '../picture/sampleScale.ts'

/** BT.601 color differences, which ColoringModel's U and V are shares of: B' - Y' = 1.772 U, R' - Y' = 1.402 V. */
const BLUE_601 = 1.772
const RED_601 = 1.402

/**
 * @param layout of the planes; not gray
 * @param maxSide longest side wanted, in texels; never more than the planes have
 */
export function pictureModel(
  u: Plane,
  v: Plane,
  layout: PixelLayout,
  maxSide: number,
): Pick<ColoringModel, 'width' | 'height' | 'coefficients'> {
  const [cw, ch] = chromaSize(layout)
  const scale = Math.min(1, maxSide / Math.max(cw, ch))
  const width = Math.max(1, Math.round(cw * scale))
  const height = Math.max(1, Math.round(ch * scale))
  const scaler = new AreaScaler(cw, ch, width, height)
  const small = new Float32Array(width * height)
  const coefficients = new Float32Array(width * height * 4)
  const [kr, kb] = lumaWeights[layout.matrix]
  const { gain, neutral, top } = chromaScale(layout)
  const put = (plane: Plane, unit: number, at: number): void => {
    scaler.scale(centered(plane, layout, cw, ch), small, 1, 0, top)
    for (let i = 0; i < small.length; i++) coefficients[4 * i + at] = (small[i]! - neutral) * unit
  }
  put(u, (2 * (1 - kb)) / BLUE_601 / gain, 1)
  put(v, (2 * (1 - kr)) / RED_601 / gain, 3)
  return { width, height, coefficients }
}

/** Samples that lie on luma's columns (or rows) moved to the middle of what they stand for, where texels lie. */
function centered(plane: Plane, layout: PixelLayout, width: number, height: number): Plane | Float32Array {
  const [sx, sy] = chromaShift[layout.sampling as Exclude<PixelLayout['sampling'], 'gray'>]
  const across = sx === 1 && layout.siting !== 'center'
  const down = sy === 1 && layout.siting === 'topleft'
  if (!across && !down) return plane
  const moved = Float32Array.from(plane)
  // A luma sample's half is a quarter of a chroma sample.
  if (across) {
    for (let row = 0; row < height; row++) {
      for (let i = row * width, last = i + width - 1; i < last; i++) moved[i]! += (moved[i + 1]! - moved[i]!) / 4
    }
  }
  if (down) for (let i = 0; i + width < moved.length; i++) moved[i]! += (moved[i + width]! - moved[i]!) / 4
  return moved
}
