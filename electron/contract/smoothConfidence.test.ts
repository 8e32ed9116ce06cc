import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { smoothConfidence } from './smoothConfidence.ts'

const whole = (to: number): { from: number; to: number } => ({ from: 0, to })

describe('smoothed confidence', () => {
  it('drops a single frame’s doubt and keeps a lasting one', () => {
    const confidences = new Float32Array(60).fill(0.9)
    confidences[10] = 0.1
    confidences.fill(0.4, 40)
    const smooth = smoothConfidence(confidences, whole(60), [whole(60)])
    expect(smooth[10]).toBeCloseTo(0.9, 5)
    expect(smooth[50]).toBeCloseTo(0.4, 5)
  })

  it('does not look across cuts, nor invents what is not known', () => {
    const confidences = new Float32Array(20).fill(0.9)
    confidences.fill(0.2, 10)
    confidences[3] = NaN
    const smooth = smoothConfidence(confidences, whole(20), [whole(10), { from: 10, to: 20 }])
    expect(smooth[9]).toBeCloseTo(0.9, 5)
    expect(smooth[10]).toBeCloseTo(0.2, 5)
    expect(smooth[3]).toBeNaN()
  })

  it('is the median of nine, then the mean of five of what is known in the shot', () => {
    const plain = (values: readonly number[], radius: number, join: (known: number[]) => number): number[] =>
      values.map((value, n) =>
        Number.isNaN(value)
          ? NaN
          : join(values.slice(Math.max(0, n - radius), n + radius + 1).filter((one) => !Number.isNaN(one))),
      )
    const median = (known: number[]): number => {
      const sorted = [...known].sort((a, b) => a - b)
      return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2
    }
    const mean = (known: number[]): number => known.reduce((sum, one) => sum + one, 0) / known.length
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(NaN)), { maxLength: 40 }),
        (values) => {
          const expected = plain(plain(values, 4, median), 2, mean)
          const smooth = smoothConfidence(Float32Array.from(values), whole(values.length), [whole(values.length)])
          expected.forEach((value, n) =>
            Number.isNaN(value) ? expect(smooth[n]).toBeNaN() : expect(smooth[n]).toBeCloseTo(value, 5),
          )
        },
      ),
    )
  })
})
