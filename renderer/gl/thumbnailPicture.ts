/** Colors a thumbnail without WebGL: a few thousand pixels, made once and kept. */
import type { FrameReply } from '../../electron/contract/frames.ts'

export interface Picture {
  readonly width: number
  readonly height: number
  /** RGBA, row-major, 0..255. */
  readonly data: Uint8ClampedArray<ArrayBuffer>
}

/**
 * The coloring model of a thumbnail is read without interpolation. A frame without one has the film's own colors.
 * @param rotation clockwise turn for showing, in degrees: a multiple of 90
 */
export function thumbnailPicture({ width, height, luma, coloring, sourceChroma }: FrameReply, rotation = 0): Picture {
  const turns = ((Math.round(rotation / 90) % 4) + 4) % 4
  const [shownWidth, shownHeight] = turns % 2 === 0 ? [width, height] : [height, width]
  // Clamped by its type: what is too dark or too bright ends at the border.
  const data = new Uint8ClampedArray(shownWidth * shownHeight * 4)
  for (let shownY = 0; shownY < shownHeight; shownY++) {
    for (let shownX = 0; shownX < shownWidth; shownX++) {
      const [x, y] = placeInFilm(shownX, shownY, turns, width, height)
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
        const [wide, tall] = [Math.max(1, width >> 1), Math.max(1, height >> 1)]
        const k = 2 * (Math.min(tall - 1, y >> 1) * wide + Math.min(wide - 1, x >> 1))
        b = 1.772 * (sourceChroma[k]! - 128)
        r = 1.402 * (sourceChroma[k + 1]! - 128)
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

function placeInFilm(x: number, y: number, turns: number, width: number, height: number): [x: number, y: number] {
  if (turns === 1) return [y, height - 1 - x]
  if (turns === 2) return [width - 1 - x, height - 1 - y]
  if (turns === 3) return [width - 1 - y, x]
  return [x, y]
}
