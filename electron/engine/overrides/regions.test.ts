import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { neutralGrade, type Adjustment, type PicturePoint, type RegionOperation } from '../../contract/operations.ts'
import { applyGrade } from './grade.ts'
import type { Grid } from './grid.ts'
import { adjustRegion, adjustWithin } from './regions.ts'
import { edgeSelectMask, lassoMask, selectionMask } from './shapes.ts'

const grid: Grid = { width: 90, height: 60, aspect: 1.5 }
const cells = grid.width * grid.height
const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0)
const cell = (x: number, y: number): number => Math.floor(y * grid.height) * grid.width + Math.floor(x * grid.width)
const fill = (u: number, v: number): Float32Array => Float32Array.from({ length: 2 * cells }, (_, i) => (i & 1 ? v : u))
/** A dark disc in the middle of bright ground. */
const disc = Float32Array.from({ length: cells }, (_, i) =>
  Math.hypot((i % grid.width) - 45, Math.floor(i / grid.width) - 30) < 15 ? 0.25 : 0.75,
)
const full = new Float32Array(cells).fill(1)
const gray = new Float32Array(cells).fill(0.5)
const box: PicturePoint[] = [
  [0.2, 0.25],
  [0.7, 0.25],
  [0.7, 0.75],
  [0.2, 0.75],
]

describe('the lasso', () => {
  it('covers the area of any polygon, to a part of a cell', () => {
    const coordinate = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(
        fc.tuple(coordinate, coordinate),
        fc.tuple(coordinate, coordinate),
        fc.tuple(coordinate, coordinate),
        (a, b, c) => {
          const area = Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
          expect(sum(lassoMask(grid, [a, b, c])) / cells).toBeCloseTo(area, 2)
        },
      ),
    )
  })

  it('follows the even-odd rule where the outline crosses itself', () => {
    const mask = lassoMask(grid, [...box, box[0]!, [0.4, 0.4], [0.4, 0.6], [0.5, 0.6], [0.5, 0.4], [0.4, 0.4]])
    expect(mask[cell(0.3, 0.5)]).toBeCloseTo(1, 5)
    expect(mask[cell(0.45, 0.5)]).toBeCloseTo(0, 5)
  })

  it('takes corners outside the picture', () => {
    const mask = lassoMask(grid, [
      [-1, -1],
      [2, -1],
      [2, 2],
      [-1, 2],
    ])
    expect(sum(mask)).toBeCloseTo(cells, 2)
  })

  it('has a border as wide as its feather, around the same area', () => {
    const selection = { shape: { kind: 'lasso' as const, points: box }, inverted: false, feather: 0.2 }
    const soft = selectionMask(grid, gray, selection)
    expect(sum(soft)).toBeCloseTo(sum(lassoMask(grid, box)), -2)
    expect(soft[cell(0.45, 0.5)]).toBeGreaterThan(0.98)
    expect(soft[cell(0.45, 0.25)]).toBeGreaterThan(0.3)
    expect(soft[cell(0.45, 0.25)]).toBeLessThan(0.7)
    expect(soft[cell(0.45, 0.38)]).toBeGreaterThan(0.93)
    expect(soft[cell(0.45, 0.12)]).toBeLessThan(0.07)
    const outside = selectionMask(grid, gray, { ...selection, inverted: true })
    expect(outside[cell(0.45, 0.5)]! + soft[cell(0.45, 0.5)]!).toBeCloseTo(1, 5)
  })
})

describe('the edge-aware selection', () => {
  it('takes what hangs together with the seed and no more', () => {
    const mask = edgeSelectMask(grid, disc, [[0.5, 0.5]], 0.1)
    expect(mask[cell(0.5, 0.5)]).toBeGreaterThan(0.95)
    expect(mask[cell(0.42, 0.55)]).toBeGreaterThan(0.95)
    expect(mask[cell(0.1, 0.1)]).toBeLessThan(0.01)
    expect(sum(mask) / (Math.PI * 15 * 15)).toBeCloseTo(1, 1)
  })

  it('grows with the tolerance, from the seed alone to the whole picture', () => {
    const ramp = Float32Array.from({ length: cells }, (_, i) => (i % grid.width) / grid.width)
    const sizes = [0, 0.1, 0.3, 0.6, 1].map(
      (tolerance) => sum(edgeSelectMask(grid, ramp, [[0.02, 0.5]], tolerance)) / cells,
    )
    expect(sizes[0]).toBeLessThan(0.07)
    for (let n = 1; n < sizes.length; n++) expect(sizes[n]).toBeGreaterThan(sizes[n - 1]!)
    expect(sizes[4]).toBeCloseTo(1, 3)
  })

  it('does not jump to another thing of the same luma', () => {
    const two = Float32Array.from({ length: cells }, (_, i) => {
      const x = i % grid.width
      return x < 30 || x >= 60 ? 0.25 : 0.75
    })
    const mask = edgeSelectMask(grid, two, [[0.1, 0.5]], 0.2)
    expect(mask[cell(0.2, 0.2)]).toBeGreaterThan(0.95)
    expect(mask[cell(0.9, 0.5)]).toBeLessThan(0.01)
  })

  it('keeps a feathered border at the edge of luma', () => {
    const mask = selectionMask(grid, disc, {
      shape: { kind: 'edge-select', seeds: [[0.5, 0.5]], tolerance: 0.1 },
      inverted: false,
      feather: 0.1,
    })
    expect(mask[cell(0.5, 0.5)]).toBeGreaterThan(0.9)
    expect(mask[30 * grid.width + 45 + 13]).toBeGreaterThan(0.75)
    expect(mask[30 * grid.width + 45 + 17]).toBeLessThan(0.25)
  })
})

describe('adjusting a region', () => {
  const region = (adjustment: Adjustment): RegionOperation => ({
    id: 'r',
    enabled: true,
    type: 'region',
    shape: { kind: 'lasso', points: box },
    inverted: false,
    feather: 0,
    adjustment,
  })

  it('leaves everything outside exactly as it was', () => {
    const before = fill(0.1, -0.05)
    const after = adjustRegion(grid, gray, before, region({ kind: 'neutralize', amount: 1 }))
    const mask = lassoMask(grid, box)
    for (let i = 0; i < cells; i++) {
      if (mask[i] === 0) expect(after[2 * i]).toBe(before[2 * i])
      if (mask[i]! > 0.9999) expect(Math.abs(after[2 * i]!)).toBeLessThan(1e-4)
    }
  })

  it('recolors to the color asked for and keeps the differences within, scaled', () => {
    const before = Float32Array.from({ length: 2 * cells }, (_, i) => (i & 1 ? 0.1 : (i >> 1) % 2 === 0 ? 0.02 : 0.06))
    for (const variation of [0, 1, 2]) {
      const after = adjustWithin(gray, before, full, {
        kind: 'recolor',
        color: { u: -0.2, v: 0.05 },
        strength: 1,
        variation,
      })
      expect((after[0]! + after[2]!) / 2).toBeCloseTo(-0.2, 5)
      expect(after[1]).toBeCloseTo(0.05, 5)
      expect(after[2]! - after[0]!).toBeCloseTo(0.04 * variation, 5)
    }
  })

  it('turns hues counterclockwise without changing their saturation', () => {
    const after = adjustWithin(gray, fill(0.2, 0), full, { kind: 'hue', degrees: 90 })
    expect(after[0]).toBeCloseTo(0, 6)
    expect(after[1]).toBeCloseTo(0.2, 6)
  })

  it('scales saturation and warms toward amber, more in light than in shadow', () => {
    expect(adjustWithin(gray, fill(0.1, -0.2), full, { kind: 'saturation', factor: 1.5 })[1]).toBeCloseTo(-0.3, 5)
    const warm = adjustWithin(disc, fill(0, 0), full, { kind: 'warmth', amount: 1 })
    const [dark, light] = [cell(0.5, 0.5), cell(0.1, 0.1)]
    expect(warm[2 * light]).toBeLessThan(-0.05)
    expect(warm[2 * light + 1]).toBeGreaterThan(0.05)
    expect(warm[2 * light]! / warm[2 * dark]!).toBeCloseTo(3, 4)
  })
})

describe('grading a whole frame', () => {
  it('changes nothing with neutral settings', () => {
    const before = Float32Array.from({ length: 2 * cells }, (_, i) => Math.sin(i) / 3)
    expect(applyGrade(disc, before, neutralGrade)).toEqual(before)
  })

  it('takes all color from black and white and none from the middle', () => {
    const luma = Float32Array.of(0, 0.5, 1)
    const before = Float32Array.of(0.2, 0.1, 0.2, 0.1, 0.2, 0.1)
    const after = applyGrade(luma, before, { ...neutralGrade, shadowNeutrality: 1, highlightNeutrality: 1 })
    expect([...after]).toEqual([0, 0, before[2], before[3], 0, 0])
  })

  it('shifts light toward magenta and green along one line', () => {
    const [magenta, green] = [1, -1].map((tint) =>
      applyGrade(Float32Array.of(0.8), new Float32Array(2), { ...neutralGrade, tint }),
    )
    expect(magenta![0]).toBeGreaterThan(0.03)
    expect(magenta![1]).toBeGreaterThan(0.03)
    expect(green![0]).toBeCloseTo(-magenta![0]!, 6)
  })

  it('stays within the range of chroma whatever is asked', () => {
    const channel = fc.double({ min: -0.5, max: 0.5, noNaN: true })
    const signed = fc.double({ min: -1, max: 1, noNaN: true })
    fc.assert(
      fc.property(
        channel,
        channel,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 4, noNaN: true }),
        signed,
        signed,
        (u, v, y, saturation, temperature, tint) => {
          const [a, b] = applyGrade(Float32Array.of(y), Float32Array.of(u, v), {
            ...neutralGrade,
            saturation,
            temperature,
            tint,
          })
          expect(Math.max(Math.abs(a!), Math.abs(b!))).toBeLessThanOrEqual(0.5)
        },
      ),
    )
  })
})
