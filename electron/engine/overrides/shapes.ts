/** Selections: which part of each cell a region takes, 0..1. */
import type { PicturePoint, RegionShape } from '../../contract/operations.ts'
import { guidedFilter, soften } from './boxFilter.ts'
import { cellAt, cellsIn, smoothstep, type Grid } from './grid.ts'
import { leastCost } from './leastCost.ts'

/** Lines per row on which a polygon is measured; across a line its coverage is exact. */
const LINES = 4
const LUMA_STEPS = 1024
/** Luma beyond the tolerance over which a selection ends. */
const SOFT_TOLERANCE = 0.025
/** Luma variance below which the border of a selection is smoothed instead of drawn to an edge. */
const FLAT = 0.01 ** 2

export interface Selection {
  readonly shape: RegionShape
  readonly inverted: boolean
  /** Width of the soft border, in picture heights. */
  readonly feather: number
}

/**
 * @param luma of the cells (grid.ts), 0..1
 * @returns width * height values, 0 outside, 1 inside
 */
export function selectionMask(grid: Grid, luma: Float32Array, { shape, inverted, feather }: Selection): Float32Array {
  const [columns, rows] = cellsIn(grid, feather)
  const mask =
    shape.kind === 'lasso'
      ? soften(lassoMask(grid, shape.points), grid.width, grid.height, columns, rows)
      : featherAlongEdges(grid, luma, edgeSelectMask(grid, luma, shape.seeds, shape.tolerance), columns, rows)
  for (let i = 0; i < mask.length; i++) {
    const inside = Math.min(1, Math.max(0, mask[i]!))
    mask[i] = inverted ? 1 - inside : inside
  }
  return mask
}

/** Share of each cell inside a closed polygon, even-odd rule. */
export function lassoMask(grid: Grid, points: readonly PicturePoint[]): Float32Array {
  const { width, height } = grid
  const mask = new Float32Array(width * height)
  /** Where the outline crosses each line, in columns. */
  const crossings = Array.from({ length: height * LINES }, (): number[] => [])
  points.forEach(([x0, y0], n) => {
    const [x1, y1] = points[(n + 1) % points.length]!
    const lineOf = (y: number): number => y * height * LINES - 0.5
    const [top, bottom] = y0 < y1 ? [y0, y1] : [y1, y0]
    const last = Math.min(crossings.length - 1, Math.ceil(lineOf(bottom)) - 1)
    for (let line = Math.max(0, Math.ceil(lineOf(top))); line <= last; line++) {
      const along = (line - lineOf(y0)) / (lineOf(y1) - lineOf(y0))
      crossings[line]!.push((x0 + (x1 - x0) * along) * width)
    }
  })
  crossings.forEach((xs, line) => {
    xs.sort((a, b) => a - b)
    const start = Math.floor(line / LINES) * width
    for (let n = 0; n + 1 < xs.length; n += 2) {
      const from = Math.max(0, xs[n]!)
      const to = Math.min(width, xs[n + 1]!)
      for (let x = Math.floor(from); x < to; x++) mask[start + x]! += (Math.min(to, x + 1) - Math.max(from, x)) / LINES
    }
  })
  return mask
}

/**
 * What hangs together with the seeds: cells that a way leads to on which luma stays within the tolerance of the seed's.
 * Fine texture and grain are smoothed away first; the border is then drawn to the luma's own edges.
 */
export function edgeSelectMask(
  grid: Grid,
  luma: Float32Array,
  seeds: readonly PicturePoint[],
  tolerance: number,
): Float32Array {
  const { width, height } = grid
  const smooth = guidedFilter(luma, luma, width, height, 1, 1, 0.02 ** 2)
  const sources = seeds.filter(([x, y]) => x >= 0 && x <= 1 && y >= 0 && y <= 1).map(([x, y]) => cellAt(grid, x, y))
  const limit = Math.ceil(Math.min(1, tolerance + SOFT_TOLERANCE) * LUMA_STEPS)
  const { cost } = leastCost(width, height, sources, limit, (soFar, source, _from, to) =>
    Math.max(soFar, Math.round(Math.abs(smooth[to]! - smooth[source]!) * LUMA_STEPS)),
  )
  const mask = new Float32Array(cost.length)
  for (let i = 0; i < mask.length; i++) {
    if (cost[i]! >= 0) mask[i] = 1 - smoothstep(tolerance, tolerance + SOFT_TOLERANCE, cost[i]! / LUMA_STEPS)
  }
  return guidedFilter(luma, mask, width, height, 2, 2, FLAT)
}

/** A soft border that widens over even ground and stays narrow along edges of luma. */
function featherAlongEdges(
  grid: Grid,
  luma: Float32Array,
  mask: Float32Array,
  columns: number,
  rows: number,
): Float32Array {
  const [rx, ry] = [Math.round(columns / 2), Math.round(rows / 2)]
  if (rx + ry === 0) return mask
  const { width, height } = grid
  return guidedFilter(luma, soften(mask, width, height, columns / 2, rows / 2), width, height, rx, ry, 4 * FLAT)
}
