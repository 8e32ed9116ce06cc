import { describe, expect, it } from 'vitest'
import { estimateGrain } from './grain.ts'
import type { PixelLayout } from './pixelLayout.ts'

describe('the estimate of grain', () => {
  const layout: PixelLayout = {
    width: 256,
    height: 256,
    sampling: 'gray',
    bitDepth: 8,
    range: 'full',
    matrix: 'bt709',
    ffmpegName: 'gray',
  }
  it('finds the standard deviation of noise and none in a ramp', () => {
    const ramp = Uint8Array.from({ length: 65536 }, (_, i) => i % 256)
    expect(estimateGrain({ layout, y: ramp })).toBeLessThan(0.002)
    let state = 7
    const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
    const noisy = Uint8Array.from(
      { length: 65536 },
      () => 128 + 10 * (random() + random() + random() + random() - 2) * Math.sqrt(3),
    )
    expect(estimateGrain({ layout, y: noisy })).toBeGreaterThan(0.03)
    expect(estimateGrain({ layout, y: noisy })).toBeLessThan(0.05)
  })
})
