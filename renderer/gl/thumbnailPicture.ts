/** Colors a thumbnail without WebGL: a few thousand pixels, made once and kept. */
import type { FrameReply } from '../../electron/contract/frames.ts'
import { upright, uprightSize, type Orientation } from '../../electron/contract/orientation.ts'

export interface Picture {
  readonly width: number
  readonly height: number
  /** RGBA, row-major, 0..255. */
  readonly data: Uint8ClampedArray<ArrayBuffer>
}

/**
 * The coloring model of a thumbnail is read without interpolation. A frame without one has the film's own colors.
 * @param orientation how the film is shown
 */
export function thumbnailPicture(
  { width, height, luma, coloring, sourceChroma }: FrameReply,
  orientation = upright,
): Picture {
  const [shownWidth, shownHeight] = uprightSize({ width, height, ...orientation })
  // Clamped by its type: what is too dark or too bright ends at the border.
  const data = new Uint8ClampedArray(shownWidth * shownHeight * 4)
  for (let shownY = 0; shownY < shownHeight; shownY++) {
    for (let shownX = 0; shownX < shownWidth; shownX++) {
      const [x, y] = placeInFilm(shownX, shownY, orientation, width, height)
      const value = luma[y * width + x]!
      let r = 0
      let b = 0
      if (coloring) {
        const row = Math.min(coloring.height - 1, Math.floor((y * coloring.height) / height))
        const k = 4 * (row * coloring.width + Math.min(coloring.width - 1, Math.floor((x * coloring.width) / width)))
        const c = coloring.coefficients
        // Dark and bright places have little room for color; the viewer solves this exactly, a thumbnail by this rule.
        const room = 255 * Math.min(1, value / 64, (255 - value) / 32)
        b = 1.772 * (c[k]! * (value / 255) + c[k + 1]!) * room
        r = 1.402 * (c[k + 2]! * (value / 255) + c[k + 3]!) * room
      } else if (sourceChroma) {
        const row = Math.min(sourceChroma.height - 1, Math.floor((y * sourceChroma.height) / height))
        const k =
          2 *
          (row * sourceChroma.width + Math.min(sourceChroma.width - 1, Math.floor((x * sourceChroma.width) / width)))
        b = 1.772 * (sourceChroma.samples[k]! - 128)
        r = 1.402 * (sourceChroma.samples[k + 1]! - 128)
      }
      const at = 4 * (shownY * shownWidth + shownX)
      data[at] = value + r
      data[at + 1] = value - (0.299 * r + 0.114 * b) / 0.587
      data[at + 2] = value + b
      data[at + 3] = 255
    }
  }
  return { width: shownWidth, height: shownHeight, data }
}

/** @param width of the stored picture */
function placeInFilm(
  x: number,
  y: number,
  { rotation, mirrored }: Orientation,
  width: number,
  height: number,
): [x: number, y: number] {
  let [across, down] = [x, y]
  if (rotation === 90) [across, down] = [y, height - 1 - x]
  else if (rotation === 180) [across, down] = [width - 1 - x, height - 1 - y]
  else if (rotation === 270) [across, down] = [width - 1 - y, x]
  return [mirrored ? width - 1 - across : across, down]
}
