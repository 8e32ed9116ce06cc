/** The grid that overrides work on: one cell per chroma sample of the networks, whatever the film's own size. */
import type { NetworkChroma, NetworkLuma } from '../picture/networkPictures.ts'

/**
 * Cells cover the picture evenly, row by row. They need not be square on the film (the networks see the picture as
 * shown, the film may store it squeezed), so lengths are measured in heights of the stored picture.
 */
export interface Grid {
  readonly width: number
  readonly height: number
  /** Width / height of the stored picture, in its pixels. */
  readonly aspect: number
}

export function gridOf(chroma: NetworkChroma, aspect: number): Grid {
  return { width: chroma.width, height: chroma.height, aspect }
}

/** Columns and rows in a length of `heights` picture heights. */
export function cellsIn(grid: Grid, heights: number): [columns: number, rows: number] {
  return [(heights / grid.aspect) * grid.width, heights * grid.height]
}

/** Index of the cell at (x, y), picture coordinates 0..1; points outside count for the nearest cell of the border. */
export function cellAt(grid: Grid, x: number, y: number): number {
  const column = Math.min(grid.width - 1, Math.max(0, Math.floor(x * grid.width)))
  const row = Math.min(grid.height - 1, Math.max(0, Math.floor(y * grid.height)))
  return row * grid.width + column
}

/** Luma per cell: the mean of the four luma samples that share a chroma sample. width * height values, 0..1. */
export function lumaOfCells(luma: NetworkLuma): Float32Array {
  const width = luma.width >> 1
  const height = luma.height >> 1
  const cells = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    let above = 2 * y * luma.width
    let below = above + luma.width
    for (let x = 0, i = y * width; x < width; x++, i++, above += 2, below += 2) {
      cells[i] = (luma.values[above]! + luma.values[above + 1]! + luma.values[below]! + luma.values[below + 1]!) / 4
    }
  }
  return cells
}

/** 0 below `from`, 1 above `to`, smooth between; falls where `from` is greater. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)))
  return t * t * (3 - 2 * t)
}
