/**
 * A pinned picture's own chroma as the window draws it: what the export writes, sample by sample, as a model that reads
 * no luma.
 */
import type { ColoringModel } from '../../contract/frames.ts'
import { AreaScaler } from '../picture/areaAverage.ts'
import { chromaOfLines, type ChromaRows } from '../picture/fieldRows.ts'
import { chromaShift, type PixelLayout, type Plane } from '../picture/pixelLayout.ts'
import { chromaScale, lumaWeights } from '../picture/sampleScale.ts'

/** BT.601 color differences, which ColoringModel's U and V are shares of: B' - Y' = 1.772 U, R' - Y' = 1.402 V. */
const BLUE_601 = 1.772
const RED_601 = 1.402

/**
 * @param layout of the planes; not gray
 * @param maxSide longest side wanted, in texels; never more than the planes have, of fields than luma has rows
 */
export function pictureModel(
  u: Plane,
  v: Plane,
  layout: PixelLayout,
  maxSide: number,
): Pick<ColoringModel, 'width' | 'height' | 'coefficients'> {
  const [rowsOfU, rowsOfV] = [chromaOfLines(u, layout), chromaOfLines(v, layout)]
  const scale = Math.min(1, maxSide / Math.max(rowsOfU.width, rowsOfU.height))
  const width = Math.max(1, Math.round(rowsOfU.width * scale))
  const height = Math.max(1, Math.round(rowsOfU.height * scale))
  const scaler = new AreaScaler(rowsOfU.width, rowsOfU.height, width, height)
  const small = new Float32Array(width * height)
  const coefficients = new Float32Array(width * height * 4)
  const [kr, kb] = lumaWeights[layout.matrix]
  const { gain, neutral, top } = chromaScale(layout)
  const put = (rows: ChromaRows, unit: number, at: number): void => {
    scaler.scale(centered(rows, layout), small, 1, 0, top)
    for (let i = 0; i < small.length; i++) coefficients[4 * i + at] = (small[i]! - neutral) * unit
  }
  put(rowsOfU, (2 * (1 - kb)) / BLUE_601 / gain, 1)
  put(rowsOfV, (2 * (1 - kr)) / RED_601 / gain, 3)
  return { width, height, coefficients }
}

/** Samples that lie on luma's columns (or rows) moved to the middle of what they stand for, where texels lie. */
function centered({ width, height, samples }: ChromaRows, layout: PixelLayout): Plane | Float32Array {
  const [sx, sy] = chromaShift[layout.sampling as Exclude<PixelLayout['sampling'], 'gray'>]
  const across = sx === 1 && layout.siting !== 'center'
  const down = sy === 1 && layout.siting === 'topleft' && height < layout.height
  if (!across && !down) return samples
  const moved = Float32Array.from(samples)
  // A luma sample's half is a quarter of a chroma sample.
  if (across) {
    for (let row = 0; row < height; row++) {
      for (let i = row * width, last = i + width - 1; i < last; i++) moved[i]! += (moved[i + 1]! - moved[i]!) / 4
    }
  }
  if (down) for (let i = 0; i + width < moved.length; i++) moved[i]! += (moved[i + width]! - moved[i]!) / 4
  return moved
}
