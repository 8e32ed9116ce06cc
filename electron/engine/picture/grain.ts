/** How grainy a picture is: the guide's noise must not come out as colored noise. */
import type { Planes } from './pixelLayout.ts'
import { lumaScale } from './sampleScale.ts'

/** Rows looked at; enough for a steady estimate, and quick at any size. */
const ROWS = 96

/**
 * Standard deviation of the grain at full size, in luma 0..1. Immerkaer 1996, "Fast Noise Variance Estimation": the
 * mean absolute response of a mask that is blind to planes and straight edges; here the median over rows of that mean,
 * so that texture in one part of the picture is not taken for grain everywhere.
 */
export function estimateGrain({ layout, y }: Pick<Planes, 'layout' | 'y'>): number {
  const { width, height } = layout
  if (width < 5 || height < 5) return 0
  const means: number[] = []
  const step = Math.max(1, Math.floor((height - 2) / ROWS))
  for (let row = 1; row < height - 1; row += step) {
    const above = (row - 1) * width
    const here = row * width
    const below = (row + 1) * width
    let sum = 0
    let count = 0
    for (let x = 1; x < width - 1; x += 2) {
      const corners = y[above + x - 1]! + y[above + x + 1]! + y[below + x - 1]! + y[below + x + 1]!
      const sides = y[above + x]! + y[below + x]! + y[here + x - 1]! + y[here + x + 1]!
      const response = corners - 2 * sides + 4 * y[here + x]!
      sum += response < 0 ? -response : response
      count++
    }
    means.push(sum / count)
  }
  means.sort((a, b) => a - b)
  return (means[means.length >> 1]! * Math.sqrt(Math.PI / 2) * lumaScale(layout).gain) / 6
}
