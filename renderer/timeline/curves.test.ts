import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FrameRange } from '../../electron/contract/schemas.ts'
import { Curves } from './curves.ts'

const value = fc.oneof(
  { weight: 5, arbitrary: fc.double({ min: 0, max: 0.4, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(NaN) },
)
const LENGTH = 80

function shotsAt(cuts: readonly number[]): FrameRange[] {
  const borders = [0, ...new Set([...cuts].sort((a, b) => a - b)), LENGTH]
  return borders.slice(1).map((to, n) => ({ from: borders[n]!, to }))
}

describe('the curves of the timeline', () => {
  it('are the same after many small changes as when computed at once', () => {
    const change = fc.record({
      from: fc.integer({ min: 0, max: LENGTH - 1 }),
      length: fc.integer({ min: 1, max: 20 }),
      value,
    })
    const cuts = fc.array(fc.integer({ min: 1, max: LENGTH - 1 }), { maxLength: 5 })
    fc.assert(
      fc.property(
        fc.array(value, { minLength: LENGTH, maxLength: LENGTH }),
        fc.array(fc.tuple(change, cuts), { minLength: 1, maxLength: 6 }),
        (values, changes) => {
          const measured = {
            confidence: Float32Array.from(values),
            u: Float32Array.from(values),
            v: new Float32Array(LENGTH),
          }
          const curves = new Curves(LENGTH)
          curves.follow(measured, [{ from: 0, to: LENGTH }], shotsAt([]))
          for (const [{ from, length, value: put }, at] of changes) {
            const to = Math.min(LENGTH, from + length)
            measured.confidence.fill(put, from, to)
            measured.u.fill(put, from, to)
            curves.follow(measured, [{ from, to }], shotsAt(at))
          }
          const anew = new Curves(LENGTH)
          anew.follow(measured, [{ from: 0, to: LENGTH }], shotsAt(changes.at(-1)![1]))
          expect(curves.confidence).toEqual(anew.confidence)
          expect(curves.flicker).toEqual(anew.flicker)
          expect(curves.oddFrames).toEqual(anew.oddFrames)
        },
      ),
    )
  })

  it('compute nothing anew where nothing has changed', () => {
    const shots = shotsAt([40])
    const measured = {
      confidence: new Float32Array(LENGTH).fill(0.5),
      u: new Float32Array(LENGTH),
      v: new Float32Array(LENGTH),
    }
    const curves = new Curves(LENGTH)
    curves.follow(measured, [{ from: 0, to: LENGTH }], shots)
    const { oddFrames } = curves
    // Unannounced, so that reading it would be seen.
    measured.confidence.fill(0.9)
    curves.follow(measured, [], shots)
    curves.follow(measured, [{ from: 70, to: 71 }], shots)
    expect(curves.confidence[20]).toBe(0.5)
    expect(curves.confidence[70]).toBeCloseTo(0.9, 5)
    expect(oddFrames).toEqual([])
  })
})
