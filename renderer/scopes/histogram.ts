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
  const [red, green, blue, luma] = [0, 1, 2, 3].map(() => new Uint32Array(HISTOGRAM_LEVELS)) as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ]
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

export interface HistogramHeights {
  readonly red: Float32Array
  readonly green: Float32Array
  readonly blue: Float32Array
  readonly luma: Float32Array
}

/** Films of limited range leave out every seventh level; this much smoothing closes the gaps. Adds up to 1. */
const SMOOTHING = [1 / 16, 2 / 16, 3 / 16, 4 / 16, 3 / 16, 2 / 16, 1 / 16]

/**
 * Heights of the curves, 0..1. One black border or blown sky must not flatten the rest, so the tallest level that
 * counts is the one that one level in 25 exceeds; taller ones are cut off.
 */
export function histogramHeights({ red, green, blue, luma }: Histogram): HistogramHeights {
  const curves = [red, green, blue, luma].map((counts) =>
    Float32Array.from(counts, (_, level) =>
      SMOOTHING.reduce((sum, weight, k) => sum + weight * (counts[Math.min(255, Math.max(0, level + k - 3))] ?? 0), 0),
    ),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array]
  const all = Float32Array.from(curves.flatMap((curve) => [...curve])).sort()
  const tallest = Math.max(1, all[Math.floor(all.length * 0.96) - 1]!)
  const [r, g, b, y] = curves.map((curve) => curve.map((count) => Math.min(1, count / tallest))) as typeof curves
  return { red: r, green: g, blue: b, luma: y }
}

/**
 * Draws the curves filled, red, green and blue adding up where they overlap, luma as a line over a faint ground.
 * @param image R, G, B, A of HISTOGRAM_LEVELS columns and `rows` rows; written
 */
export function drawHistogram(
  { red, green, blue, luma }: HistogramHeights,
  rows: number,
  image: Uint8ClampedArray,
): void {
  for (let row = 0, i = 0; row < rows; row++) {
    const height = (rows - row - 0.5) / (rows * 0.97)
    const line = 1.2 / rows
    for (let level = 0; level < HISTOGRAM_LEVELS; level++, i += 4) {
      const inLuma = luma[level]! > height ? 20 : 12
      const onLine = Math.abs(luma[level]! - height) < line ? 130 : 0
      image[i] = inLuma + onLine + (red[level]! > height ? 105 : 0)
      image[i + 1] = inLuma + onLine + (green[level]! > height ? 105 : 0)
      image[i + 2] = inLuma + onLine + (blue[level]! > height ? 115 : 0)
      image[i + 3] = 255
    }
  }
}
