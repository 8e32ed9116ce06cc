/** Chroma found where a picture lies in one frame, brought to where it lies in another. */
import type { NetworkChroma } from './networkPictures.ts'

/** A part of a frame, in widths and heights of the frame. */
export interface FramePart {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

const isSamePart = (a: FramePart, b: FramePart): boolean =>
  a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height

type Stretch = readonly [start: number, length: number]

/**
 * Which two samples of a part, and how much of the second, lie at each place of a line; null outside of the part that
 * is filled.
 */
function sampled(size: number, from: Stretch, to: Stretch): ([number, number, number] | null)[] {
  const least = Math.min(size - 1, Math.ceil(from[0] * size - 1e-6))
  const most = Math.max(0, Math.floor((from[0] + from[1]) * size + 1e-6) - 1)
  return Array.from({ length: size }, (_, n) => {
    const share = ((n + 0.5) / size - to[0]) / to[1]
    if (share < 0 || share > 1) return null
    const place = Math.min(
      Math.max(least, most),
      Math.max(Math.min(least, most), (from[0] + share * from[1]) * size - 0.5),
    )
    const first = Math.floor(place)
    return [first, Math.min(size - 1, first + 1), place - first]
  })
}

/** Bilinear; neutral around the part that is filled. What lies around the part that is read has no share in it. */
export function movedChroma(chroma: NetworkChroma, from: FramePart, to: FramePart): NetworkChroma {
  if (isSamePart(from, to)) return chroma
  const { width, height, values } = chroma
  const moved = new Float32Array(values.length)
  const columns = sampled(width, [from.left, from.width], [to.left, to.width])
  const rows = sampled(height, [from.top, from.height], [to.top, to.height])
  rows.forEach((row, y) => {
    if (!row) return
    columns.forEach((column, x) => {
      if (!column) return
      for (let channel = 0; channel < 2; channel++) {
        const at = (sy: number, sx: number): number => values[2 * (sy * width + sx) + channel]!
        const above = at(row[0], column[0]) * (1 - column[2]) + at(row[0], column[1]) * column[2]
        const below = at(row[1], column[0]) * (1 - column[2]) + at(row[1], column[1]) * column[2]
        moved[2 * (y * width + x) + channel] = above * (1 - row[2]) + below * row[2]
      }
    })
  })
  return { width, height, values: moved }
}
