/** Reads a color from a coloring or a reference picture. */
import type { PicturePoint } from '../../contract/operations.ts'
import { cellAt, type Grid } from './grid.ts'
import { coverStroke } from './strokes.ts'

const ROUNDS = 24
/** Chroma this near to each other is the same color. */
const SAME = 1e-4

/**
 * The color of most of a round spot: the geometric median (Weiszfeld 1937), which an edge, a speck or a scratch within
 * the spot does not move.
 * @param chroma (height, width, 2)
 * @param radius in picture heights; at least one cell is read
 */
export function pickColor(
  grid: Grid,
  chroma: Float32Array,
  [x, y]: PicturePoint,
  radius: number,
): { u: number; v: number } {
  const cells: { u: number; v: number; weight: number }[] = []
  coverStroke(grid, [[x, y]], radius, (cell, weight) =>
    cells.push({ u: chroma[2 * cell]!, v: chroma[2 * cell + 1]!, weight }),
  )
  const nearest = cellAt(grid, x, y)
  if (cells.length === 0) return { u: chroma[2 * nearest]!, v: chroma[2 * nearest + 1]! }
  let [u, v] = [0, 0]
  let pull = cells.map(({ weight }) => weight)
  for (let round = 0; round < ROUNDS; round++) {
    const sum = pull.reduce((total, weight) => total + weight, 0)
    u = cells.reduce((total, cell, i) => total + cell.u * pull[i]!, 0) / sum
    v = cells.reduce((total, cell, i) => total + cell.v * pull[i]!, 0) / sum
    pull = cells.map((cell) => cell.weight / Math.max(SAME, Math.hypot(cell.u - u, cell.v - v)))
  }
  return { u, v }
}
