/** Colors a thumbnail without WebGL: a few thousand pixels, made once and kept. */
import type { FrameReply } from '../../electron/contract/frames.ts'

const clampByte = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value)

/** @returns RGBA of reply.width * reply.height pixels. The coloring model of a thumbnail is read without interpolation. */
export function thumbnailPicture({ width, height, luma, coloring }: FrameReply): ImageData {
  const picture = new ImageData(width, height)
  const { data } = picture
  for (let y = 0; y < height; y++) {
    const modelRow = coloring ? Math.min(coloring.height - 1, Math.floor((y * coloring.height) / height)) * coloring.width : 0
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const value = luma[i]!
      let r = 0
      let b = 0
      if (coloring) {
        const k = 4 * (modelRow + Math.min(coloring.width - 1, Math.floor((x * coloring.width) / width)))
        const c = coloring.coefficients
        // Dark and bright places have little room for color; the viewer solves this exactly, a thumbnail by this rule.
        const room = 255 * Math.min(1, value / 64, (255 - value) / 32)
        b = 1.772 * (c[k]! * (value / 255) + c[k + 1]!) * room
        r = 1.402 * (c[k + 2]! * (value / 255) + c[k + 3]!) * room
      }
      data[4 * i] = clampByte(value + r)
      data[4 * i + 1] = clampByte(value - (0.299 * r + 0.114 * b) / 0.587)
      data[4 * i + 2] = clampByte(value + b)
      data[4 * i + 3] = 255
    }
  }
  return picture
}
