/** Histogram: how often each level of R, G, B and luma occurs. */
import type { ColorMatrix } from '../../electron/contract/schemas.ts'
import { lumaWeights, type Readback } from './readback.ts'

export const HISTOGRAM_LEVELS = 256

export interface Histogram {
  readonly red: Uint32Array
  readonly green: Uint32Array
  readonly blue: Uint32Array
  readonly luma: Uint32Array
  /** Pixels counted. */
  readonly count: number
}

export function measureHistogram({ pixels }: Readback, matrix: ColorMatrix): Histogram {
  const [kr, kg, kb] = lumaWeights[matrix]
  const [red, green, blue, luma] = [0, 1, 2, 3].map(() => new Uint32Array(HISTOGRAM_LEVELS)) as [Uint32Array, Uint32Array, Uint32Array, Uint32Array]
  let count = 0
  for (let i = 0; i + 3 < pixels.length; i += 4) {
    if (pixels[i + 3] === 0) continue
    const r = pixels[i]!
    const g = pixels[i + 1]!
    const b = pixels[i + 2]!
    red[r]!++
    green[g]!++
    blue[b]!++
    luma[(kr * r + kg * g + kb * b + 0.5) | 0]!++
    count++
  }
  return { red, green, blue, luma, count }
}

/**
 * Heights of the curves, 0..1. One black border or blown sky must not flatten the rest, so the tallest level that
 * counts is the one that a hundredth of the levels exceed; taller ones are cut off.
 */
export function histogramHeights({ red, green, blue, luma }: Histogram): { red: Float32Array; green: Float32Array; blue: Float32Array; luma: Float32Array } {
  const all = [...red, ...green, ...blue, ...luma].sort((a, b) => a - b)
  const tallest = Math.max(1, all[Math.floor(all.length * 0.99) - 1]!)
  const heights = (counts: Uint32Array): Float32Array => Float32Array.from(counts, (count) => Math.min(1, count / tallest))
  return { red: heights(red), green: heights(green), blue: heights(blue), luma: heights(luma) }
}
