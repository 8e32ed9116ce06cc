/** The border of a region's mask as lines, so that a selection shows without covering the colors it is about. Pure. */
import type { MaskReply } from '../../electron/contract/frames.ts'
import type { PicturePoint } from '../../electron/contract/operations.ts'

/** Half taken, of 255. */
const LEVEL = 127.5

/**
 * Where the mask crosses one half, as short lines in picture coordinates (marching squares, Lorensen and Cline 1987 in
 * two dimensions; places on the cells' sides are interpolated). Texel centers cover the picture evenly; beyond the
 * picture nothing is taken, so that a region at the border is closed.
 */
export function maskContour({
  width,
  height,
  alpha,
}: Pick<MaskReply, 'width' | 'height' | 'alpha'>): [from: PicturePoint, to: PicturePoint][] {
  const lines: [PicturePoint, PicturePoint][] = []
  const value = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : alpha[y * width + x]!
  const inside = (x: number): number => Math.min(1, Math.max(0, x))
  const point = (x: number, y: number): PicturePoint => [inside((x + 0.5) / width), inside((y + 0.5) / height)]
  for (let y = -1; y < height; y++) {
    for (let x = -1; x < width; x++) {
      const [a, b, c, d] = [value(x, y), value(x + 1, y), value(x + 1, y + 1), value(x, y + 1)]
      const kind = (a > LEVEL ? 1 : 0) | (b > LEVEL ? 2 : 0) | (c > LEVEL ? 4 : 0) | (d > LEVEL ? 8 : 0)
      if (kind === 0 || kind === 15) continue
      const way = (from: number, to: number): number => (LEVEL - from) / (to - from)
      const top = (): PicturePoint => point(x + way(a, b), y)
      const right = (): PicturePoint => point(x + 1, y + way(b, c))
      const bottom = (): PicturePoint => point(x + way(d, c), y + 1)
      const left = (): PicturePoint => point(x, y + way(a, d))
      switch (kind) {
        case 1:
        case 14:
          lines.push([left(), top()])
          break
        case 2:
        case 13:
          lines.push([top(), right()])
          break
        case 3:
        case 12:
          lines.push([left(), right()])
          break
        case 4:
        case 11:
          lines.push([right(), bottom()])
          break
        case 6:
        case 9:
          lines.push([top(), bottom()])
          break
        case 7:
        case 8:
          lines.push([left(), bottom()])
          break
        // Two corners across: both are cut off.
        case 5:
          lines.push([left(), top()], [right(), bottom()])
          break
        case 10:
          lines.push([top(), right()], [left(), bottom()])
          break
      }
    }
  }
  return lines
}
