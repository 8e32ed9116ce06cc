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
})
