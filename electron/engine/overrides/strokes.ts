/** Brush strokes on the grid. */
import type { StrokePoint } from '../../contract/operations.ts'
import type { Grid } from './grid.ts'

/** A stroke thinner than a cell still marks the cells it crosses. */
const THINNEST = 0.7

/**
 * How much of each cell a stroke covers: the area within its radius (times pressure) of the line through its points.
 * Calls `mark` for each cell that is covered at all, once per piece of line; the greatest share counts.
 * @param radius in picture heights
 */
export function coverStroke(
  grid: Grid,
  points: readonly StrokePoint[],
  radius: number,
  mark: (cell: number, share: number) => void,
): void {
  const { width, height, aspect } = grid
  const row = 1 / height
  const column = aspect / width
  // Distances in picture heights, so that the brush is round on the film; the border is a cell's diagonal half wide.
  const border = Math.max(row, column)
  points.forEach((from, n) => {
    const to = points[n + 1] ?? (points.length === 1 ? from : null)
    if (!to) return
    const [fromRadius, toRadius] = [from, to].map(([, , pressure = 1]) =>
      Math.max(THINNEST * border, radius * pressure),
    ) as [number, number]
    const reach = Math.max(fromRadius, toRadius) + border
    const x0 = from[0] * aspect
    const y0 = from[1]
    const dx = to[0] * aspect - x0
    const dy = to[1] - y0
    const squared = dx * dx + dy * dy
    const top = Math.max(0, Math.floor((Math.min(y0, y0 + dy) - reach) / row))
    const bottom = Math.min(height - 1, Math.ceil((Math.max(y0, y0 + dy) + reach) / row))
    const left = Math.max(0, Math.floor((Math.min(x0, x0 + dx) - reach) / column))
    const right = Math.min(width - 1, Math.ceil((Math.max(x0, x0 + dx) + reach) / column))
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const px = (x + 0.5) * column - x0
        const py = (y + 0.5) * row - y0
        const along = squared > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / squared)) : 0
        const distance = Math.hypot(px - along * dx, py - along * dy)
        const share = 0.5 + (fromRadius + (toRadius - fromRadius) * along - distance) / border
        if (share > 0) mark(y * width + x, Math.min(1, share))
      }
    }
  })
}
