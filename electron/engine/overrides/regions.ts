/** Adjusts the colors of a part of the picture. */
import type { Adjustment, RegionOperation } from '../../contract/operations.ts'
import type { Grid } from './grid.ts'
import { selectionMask } from './shapes.ts'
import { balanceShift } from './whiteBalance.ts'

/**
 * @param luma of the cells (grid.ts), 0..1
 * @param chroma (height, width, 2); not changed
 * @returns the new chroma; the same values outside of the region
 */
export function adjustRegion(
  grid: Grid,
  luma: Float32Array,
  chroma: Float32Array,
  operation: RegionOperation,
): Float32Array {
  return adjustWithin(luma, chroma, selectionMask(grid, luma, operation), operation.adjustment)
}

/** @param mask 0..1 per cell: share of the adjusted color in the result */
export function adjustWithin(
  luma: Float32Array,
  chroma: Float32Array,
  mask: Float32Array,
  adjustment: Adjustment,
): Float32Array {
  const adjust = adjusted(luma, chroma, mask, adjustment)
  const result = chroma.slice()
  for (let i = 0; i < mask.length; i++) {
    const share = mask[i]!
    if (share === 0) continue
    const u = chroma[2 * i]!
    const v = chroma[2 * i + 1]!
    const [newU, newV] = adjust(u, v, luma[i]!)
    result[2 * i] = Math.min(0.5, Math.max(-0.5, u + (newU - u) * share))
    result[2 * i + 1] = Math.min(0.5, Math.max(-0.5, v + (newV - v) * share))
  }
  return result
}

type ColorChange = (u: number, v: number, luma: number) => readonly [u: number, v: number]

function adjusted(luma: Float32Array, chroma: Float32Array, mask: Float32Array, adjustment: Adjustment): ColorChange {
  switch (adjustment.kind) {
    case 'recolor': {
      const { color, strength, variation } = adjustment
      const [meanU, meanV] = meanWithin(luma, chroma, mask)
      return (u, v) => [
        u + (color.u + variation * (u - meanU) - u) * strength,
        v + (color.v + variation * (v - meanV) - v) * strength,
      ]
    }
    case 'hue':
      return turn(adjustment.degrees)
    case 'saturation':
      return (u, v) => [u * adjustment.factor, v * adjustment.factor]
    case 'warmth': {
      const [shiftU, shiftV] = balanceShift(adjustment.amount, 0)
      return (u, v, y) => [u + shiftU * y, v + shiftV * y]
    }
    case 'neutralize':
      return (u, v) => [u * (1 - adjustment.amount), v * (1 - adjustment.amount)]
  }
}

/** Turns hues counterclockwise in the plane with U to the right and V upward. */
export function turn(degrees: number): (u: number, v: number) => readonly [u: number, v: number] {
  const cos = Math.cos((degrees * Math.PI) / 180)
  const sin = Math.sin((degrees * Math.PI) / 180)
  return (u, v) => [u * cos - v * sin, u * sin + v * cos]
}

/** Cells near black and white show no color and say little about the region's. */
function meanWithin(luma: Float32Array, chroma: Float32Array, mask: Float32Array): [u: number, v: number] {
  let sumU = 0
  let sumV = 0
  let sum = 0
  for (let i = 0; i < mask.length; i++) {
    const y = Math.min(1, Math.max(0, luma[i]!))
    const weight = mask[i]! * (0.05 + 4 * y * (1 - y))
    sumU += chroma[2 * i]! * weight
    sumV += chroma[2 * i + 1]! * weight
    sum += weight
  }
  return sum > 0 ? [sumU / sum, sumV / sum] : [0, 0]
}
