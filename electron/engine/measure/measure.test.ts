import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { colorStatistics } from './colorStatistics.ts'
import { smoothConfidence } from './confidence.ts'
import { flickerCurve, nextOddFrame } from './flicker.ts'

const mean = (u: number, v = 0): { meanU: number; meanV: number } => ({ meanU: u, meanV: v })
const whole = (to: number): { from: number; to: number } => ({ from: 0, to })

describe('the statistics of a coloring', () => {
  it('are those of its samples', () => {
    const values = Float32Array.from({ length: 2000 }, (_, i) => (i & 1 ? -0.3 : 0.2))
    const { meanU, meanV, saturation } = colorStatistics({ width: 40, height: 25, values })
    expect(meanU).toBeCloseTo(0.2, 6)
    expect(meanV).toBeCloseTo(-0.3, 6)
    expect(saturation).toBeCloseTo(Math.hypot(0.2, 0.3), 6)
  })

  it('leave a twentieth of the frame outside of each end of its range', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { minLength: 40, maxLength: 400 }), (us) => {
        const values = new Float32Array(us.length * 2)
        us.forEach((u, i) => (values[2 * i] = u))
        const [low, high] = colorStatistics({ width: us.length, height: 1, values }).rangeU
        const sorted = [...us].sort((a, b) => a - b)
        const step = 2 / 256
        expect(low).toBeGreaterThanOrEqual(sorted[Math.max(0, Math.floor(us.length * 0.05) - 1)]! - step)
        expect(low).toBeLessThanOrEqual(sorted[Math.ceil(us.length * 0.05)]! + step)
        expect(high).toBeGreaterThanOrEqual(sorted[Math.floor(us.length * 0.95) - 1]! - step)
        expect(high).toBeLessThanOrEqual(sorted[Math.min(us.length - 1, Math.ceil(us.length * 0.95))]! + step)
      }),
    )
  })
})

describe('the flicker curve', () => {
  const calm = Array.from({ length: 60 }, (_, n) => mean(0.05 + 0.002 * n + 0.0004 * Math.sin(n * 7), 0.0003 * Math.cos(n * 5)))

  it('finds nothing odd in colors that change slowly', () => {
    expect(flickerCurve(calm, whole(60), [whole(60)]).oddFrames).toEqual([])
  })

  it('finds the one frame that jumps away', () => {
    const colors = calm.map((color, n) => (n === 33 ? mean(0.16) : color))
    const { flicker, oddFrames } = flickerCurve(colors, whole(60), [whole(60)])
    expect(oddFrames).toEqual([33])
    expect(flicker[33]).toBeGreaterThan(0.03)
  })

  it('finds where the color becomes another, unless there is a cut', () => {
    const colors = [...Array<{ meanU: number; meanV: number }>(30).fill(mean(0.05)), ...Array<{ meanU: number; meanV: number }>(30).fill(mean(0.15))]
    expect(flickerCurve(colors, whole(60), [whole(60)]).oddFrames).toHaveLength(1)
    expect(flickerCurve(colors, whole(60), [whole(30), { from: 30, to: 60 }]).oddFrames).toEqual([])
  })

  it('says nothing of frames that are not colored, and numbers frames from the range on', () => {
    const colors = [null, mean(0.1), mean(0.1), mean(0.1), mean(0.3), mean(0.1), mean(0.1), mean(0.1)]
    const { flicker, oddFrames } = flickerCurve(colors, { from: 100, to: 108 }, [{ from: 90, to: 200 }])
    expect(flicker[0]).toBeNaN()
    expect(flicker[1]).toBeCloseTo(0, 6)
    expect(oddFrames).toEqual([104])
  })

  it('leads from odd frame to odd frame and around the end', () => {
    expect(nextOddFrame([5, 9, 20], 9, 1)).toBe(20)
    expect(nextOddFrame([5, 9, 20], 9, -1)).toBe(5)
    expect(nextOddFrame([5, 9, 20], 20, 1)).toBe(5)
    expect(nextOddFrame([], 3, 1)).toBeNull()
  })
})

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
})
