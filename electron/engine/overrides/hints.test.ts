import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HintOperation } from '../../contract/operations.ts'
import { EdgeSystem } from '../edges/edgeSystem.ts'
import type { Grid } from './grid.ts'
import { spreadHints } from './hints.ts'

const grid: Grid = { width: 96, height: 64, aspect: 1.5 }
const cells = grid.width * grid.height
const flat = new Float32Array(cells).fill(0.5)
/** Dark on the left, bright on the right. */
const halves = Float32Array.from({ length: cells }, (_, i) => (i % grid.width < 48 ? 0.3 : 0.7))
const uniform = (u: number, v: number): Float32Array =>
  Float32Array.from({ length: 2 * cells }, (_, i) => (i & 1 ? v : u))
const red = { u: -0.1, v: 0.25 }
const blue = { u: 0.25, v: -0.1 }

const hint = (
  x: number,
  y: number,
  color: { u: number; v: number },
  kind: HintOperation['kind'] = 'color',
): HintOperation => ({
  id: `${x} ${y} ${kind}`,
  enabled: true,
  type: 'hint',
  kind,
  color,
  points: [[x, y]],
  radius: 0.03,
})
const at = (chroma: Float32Array, x: number, y: number): [number, number] => {
  const i = 2 * (Math.floor(y * grid.height) * grid.width + Math.floor(x * grid.width))
  return [chroma[i]!, chroma[i + 1]!]
}
const near = ([u, v]: readonly [number, number], color: { u: number; v: number }): number =>
  Math.hypot(u - color.u, v - color.v)

describe('spreading hints', () => {
  it('changes nothing without a stroke, or with a stroke outside the picture', () => {
    const before = uniform(0.05, -0.02)
    expect(spreadHints(grid, flat, before, [])).toEqual(before)
    expect(spreadHints(grid, flat, before, [hint(1.5, 1.5, red)])).toEqual(before)
  })

  it('fills even ground with one dab', () => {
    const after = spreadHints(grid, flat, uniform(0.05, 0.05), [hint(0.2, 0.3, red)])
    for (const [x, y] of [
      [0.2, 0.3],
      [0.1, 0.9],
      [0.5, 0.5],
      [0.6, 0.1],
    ] as const)
      expect(near(at(after, x, y), red)).toBeLessThan(0.01)
  })

  it('stops at a strong edge of luma and leaves what lies behind it exactly as it was', () => {
    const before = uniform(0.02, 0.03)
    const after = spreadHints(grid, halves, before, [hint(0.25, 0.5, red)])
    expect(near(at(after, 0.25, 0.2), red)).toBeLessThan(0.01)
    expect(near(at(after, 0.45, 0.8), red)).toBeLessThan(0.03)
    for (let y = 0; y < grid.height; y++) {
      for (let x = 52; x < grid.width; x++) {
        const i = 2 * (y * grid.width + x)
        expect(near([after[i]!, after[i + 1]!], { u: before[i]!, v: before[i + 1]! })).toBeLessThan(0.004)
        if (x >= 60) expect(after[i]).toBe(before[i])
      }
    }
  })

  it('stops at an edge under grain, and fills through the grain', () => {
    let state = 5
    const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
    const grainy = halves.map((value) => value + 0.05 * (random() + random() - 1))
    const after = spreadHints(grid, grainy, uniform(0, 0), [hint(0.25, 0.5, red)])
    expect(near(at(after, 0.1, 0.1), red)).toBeLessThan(0.05)
    expect(near(at(after, 0.8, 0.5), { u: 0, v: 0 })).toBeLessThan(0.02)
  })

  it('gives each of two strokes its own side, with a smooth way between them on even ground', () => {
    const apart = spreadHints(grid, halves, uniform(0, 0), [hint(0.2, 0.5, red), hint(0.8, 0.5, blue)])
    expect(near(at(apart, 0.1, 0.1), red)).toBeLessThan(0.02)
    expect(near(at(apart, 0.9, 0.9), blue)).toBeLessThan(0.02)
    const even = spreadHints(grid, flat, uniform(0, 0), [hint(0.2, 0.5, red), hint(0.8, 0.5, blue)])
    const middle = at(even, 0.5, 0.5)
    expect(Math.abs(near(middle, red) - near(middle, blue))).toBeLessThan(0.03)
  })

  it('lets an erasing stroke keep the old color around itself', () => {
    const before = uniform(0.1, 0.1)
    const after = spreadHints(grid, flat, before, [hint(0.2, 0.5, red), hint(0.8, 0.5, red, 'erase')])
    expect(near(at(after, 0.2, 0.4), red)).toBeLessThan(near(at(after, 0.2, 0.4), { u: 0.1, v: 0.1 }) / 2)
    expect(near(at(after, 0.8, 0.5), { u: 0.1, v: 0.1 })).toBeLessThan(0.005)
    expect(near(at(after, 0.9, 0.2), { u: 0.1, v: 0.1 })).toBeLessThan(0.005)
  })

  it('takes the color away under a neutral stroke, whatever its color field says', () => {
    const after = spreadHints(grid, halves, uniform(0.2, 0.2), [hint(0.2, 0.5, red, 'neutral')])
    expect(near(at(after, 0.3, 0.7), { u: 0, v: 0 })).toBeLessThan(0.01)
    expect(at(after, 0.9, 0.5)).toEqual(at(uniform(0.2, 0.2), 0, 0))
  })

  it('lets a later stroke cover an earlier one', () => {
    const after = spreadHints(grid, flat, uniform(0, 0), [hint(0.5, 0.5, red), hint(0.5, 0.5, blue)])
    expect(near(at(after, 0.5, 0.5), blue)).toBeLessThan(0.01)
  })

  it('never leaves the range between the old colors and the strokes', () => {
    const channel = fc.double({ min: -0.4, max: 0.4, noNaN: true })
    fc.assert(
      fc.property(
        channel,
        channel,
        channel,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer(),
        (old, first, second, x, seed) => {
          let state = seed | 1
          const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
          const luma = flat.map(() => random())
          const strokes = [hint(x, 0.3, { u: first, v: 0 }), hint(1 - x, 0.8, { u: second, v: 0 })]
          const after = spreadHints(grid, luma, uniform(old, 0), strokes)
          const [least, most] = [Math.min(old, first, second), Math.max(old, first, second)]
          for (let i = 0; i < after.length; i += 2) {
            if (after[i]! < least - 1e-6 || after[i]! > most + 1e-6)
              throw new Error(`${after[i]} is not in ${least}..${most}`)
          }
        },
      ),
      { numRuns: 12 },
    )
  })

  it('is quick enough to follow the brush', () => {
    const large: Grid = { width: 228, height: 128, aspect: 228 / 128 }
    const luma = Float32Array.from(
      { length: 228 * 128 },
      (_, i) => 0.5 + 0.3 * Math.sin((i % 228) / 17) * Math.cos(i / 228 / 11),
    )
    const before = new Float32Array(2 * 228 * 128)
    const strokes = [hint(0.2, 0.3, red), hint(0.7, 0.6, blue), hint(0.5, 0.9, red)]
    const times = [1, 2, 3, 4, 5].map(() => {
      const start = performance.now()
      spreadHints(large, luma, before, strokes)
      return performance.now() - start
    })
    // 35 ms on an idle core; the bound leaves room for a busy machine and catches what grows with the square of the
    // cells.
    expect(Math.min(...times)).toBeLessThan(500)
  })
})

describe('the solver of edge systems', () => {
  it('solves systems of any weights and odd sizes to its tolerance', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 37 }),
        fc.integer({ min: 1, max: 29 }),
        fc.integer(),
        (width, height, seed) => {
          let state = seed | 1
          const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
          const n = width * height
          const weight = (): number => 10 ** (-5 * random())
          const right = Float32Array.from({ length: n }, (_, i) => (i % width === width - 1 ? 0 : weight()))
          const down = Float32Array.from({ length: n }, (_, i) => (i >= n - width ? 0 : weight()))
          const anchor = Float32Array.from({ length: n }, (_, i) => (i === 0 || random() < 0.05 ? random() + 0.01 : 0))
          const truth = Float32Array.from({ length: 2 * n }, () => random() - 0.5)
          const product = (x: Float32Array): Float32Array => {
            const b = new Float32Array(2 * n)
            for (let i = 0; i < n; i++) {
              for (let k = 0; k < 2; k++) {
                b[2 * i + k]! += anchor[i]! * x[2 * i + k]!
                for (const [j, w] of [
                  [i + 1, right[i]!],
                  [i + width, down[i]!],
                ] as const) {
                  if (w === 0) continue
                  const flow = w * (x[2 * i + k]! - x[2 * j + k]!)
                  b[2 * i + k]! += flow
                  b[2 * j + k]! -= flow
                }
              }
            }
            return b
          }
          const b = product(truth)
          const system = new EdgeSystem(width, height)
          system.right.set(right)
          system.down.set(down)
          system.anchor.set(anchor)
          system.b.set(b)
          const rounds = system.solve()
          const left = product(system.x).reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0)
          const whole = b.reduce((sum, value) => sum + value * value, 0)
          expect(rounds).toBeLessThan(80)
          expect(Math.sqrt(left / whole)).toBeLessThan(0.005)
        },
      ),
      { numRuns: 40 },
    )
  })
})
