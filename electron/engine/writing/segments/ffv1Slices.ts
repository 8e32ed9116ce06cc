/** Into how many slices FFV1's pictures are cut, so that nothing is lost and several threads can work on one. */
import { chromaShift, type PixelLayout } from '../../picture/pixelLayout.ts'

/** ffmpeg cuts larger pictures at least once along each side. */
const WHOLE = { width: 352, height: 288 }
const MOST_ROWS = 12
/** Of one slice. */
const MOST_BITS = 2 ** 27

/**
 * The number that the encoder is told; it makes a grid of it, of at least as many columns as rows and fewer than twice
 * as many. Null where it knows none that keeps all samples.
 *
 * Where a side is no multiple of the samples that one of color stands for, the slices at its end may leave the last one
 * of color out. ffmpeg 5.1 and from 8 on refuses grids of some of these, 6.0 and 7.0 none; both write the others
 * without a word, also of their own choice, and the film is not what went in.
 */
export function slicesOf({ width, height, sampling, bitDepth }: PixelLayout): number | null {
  const [shiftX, shiftY] = sampling === 'gray' ? [0, 0] : chromaShift[sampling]
  const least = width > WHOLE.width || height > WHOLE.height ? 2 : 1
  // A slice smaller than a few macroblocks costs more than it gives.
  const wanted = width >= 640 && height >= 360 ? 4 : width >= 64 && height >= 64 ? 2 : 1
  const first = Math.max(least, wanted)
  for (const rows of [first, ...(least < first ? [least] : []), ...upFrom(first + 1)]) {
    for (let columns = rows; columns < 2 * rows; columns++) {
      const bits = Math.ceil(width / columns) * Math.ceil(height / rows) * (bitDepth + 1) * 3
      if (bits <= MOST_BITS && keepsLast(width, columns, shiftX) && keepsLast(height, rows, shiftY))
        return columns * rows
    }
  }
  return null
}

const upFrom = (rows: number): number[] => Array.from({ length: MOST_ROWS + 1 - rows }, (_, n) => rows + n)

/** Whether the last of so many slices reaches the last sample of color of a side. */
function keepsLast(side: number, into: number, shift: number): boolean {
  const samples = (length: number): number => Math.ceil(length / (1 << shift))
  const from = Math.floor((side * (into - 1)) / into)
  return (from >> shift) + samples(side - from) >= samples(side)
}
