/** What a coloring is like as a whole, in a few numbers per frame: for the flicker graph and for finding odd frames. */
import type { NetworkChroma } from '../network/networks.ts'

export interface ColorStatistics {
  readonly meanU: number
  readonly meanV: number
  /** Mean distance from gray, 0..0.71. */
  readonly saturation: number
  /** A twentieth of the frame lies below the first, a twentieth above the second; to within 1/256. */
  readonly rangeU: readonly [low: number, high: number]
  readonly rangeV: readonly [low: number, high: number]
}

const BINS = 256

/** Values of chroma outside of -0.5..0.5 count as the nearest within. */
export function colorStatistics({ values }: NetworkChroma): ColorStatistics {
  const count = values.length / 2
  const us = new Uint32Array(BINS)
  const vs = new Uint32Array(BINS)
  let [sumU, sumV, saturation] = [0, 0, 0]
  for (let i = 0; i < values.length; i += 2) {
    const u = values[i]!
    const v = values[i + 1]!
    sumU += u
    sumV += v
    saturation += Math.sqrt(u * u + v * v)
    us[binOf(u)]!++
    vs[binOf(v)]!++
  }
  return {
    meanU: sumU / count,
    meanV: sumV / count,
    saturation: saturation / count,
    rangeU: [quantile(us, 0.05 * count), quantile(us, 0.95 * count)],
    rangeV: [quantile(vs, 0.05 * count), quantile(vs, 0.95 * count)],
  }
}

function binOf(value: number): number {
  return Math.min(BINS - 1, Math.max(0, Math.floor((value + 0.5) * BINS)))
}

function quantile(counts: Uint32Array, below: number): number {
  let sum = 0
  for (let bin = 0; bin < BINS; bin++) {
    const next = sum + counts[bin]!
    if (next >= below && counts[bin]! > 0) return (bin + (below - sum) / counts[bin]!) / BINS - 0.5
    sum = next
  }
  return 0.5
}
