/** A colored picture at the networks' size as a small one to choose by. */
import type { SmallPicture } from '../../contract/alike.ts'
import { AreaScaler } from '../picture/areaAverage.ts'
import { upright } from './exampleParts.ts'
import type { PinExample } from './pinExamples.ts'
import { resizedChroma } from './resizedChroma.ts'

/** Longer side, pixels. */
const SIDE = 160

export function smallPicture({ luma, chroma, orientation }: PinExample): SmallPicture {
  const scale = Math.min(1, SIDE / Math.max(luma.width, luma.height))
  const [width, height] = [Math.round(luma.width * scale), Math.round(luma.height * scale)]
  const y = new Float32Array(width * height)
  new AreaScaler(luma.width, luma.height, width, height).scale(luma.values, y, 1, 0, 1)
  const shown = upright({ width, height, values: y }, orientation)
  const colors = upright(resizedChroma(chroma, width, height), orientation)
  // What has no room for its color is cut off by the array's type.
  const data = new Uint8ClampedArray(4 * width * height)
  for (let i = 0; i < y.length; i++) {
    const [gray, u, v] = [shown.values[i]!, colors.values[2 * i]!, colors.values[2 * i + 1]!]
    const [red, blue] = [gray + 1.402 * v, gray + 1.772 * u]
    data[4 * i] = 255 * red
    data[4 * i + 1] = (255 * (gray - 0.299 * red - 0.114 * blue)) / 0.587
    data[4 * i + 2] = 255 * blue
    data[4 * i + 3] = 255
  }
  return { width: shown.width, height: shown.height, data: new Uint8Array(data.buffer) }
}
