import { describe, expect, it } from 'vitest'
import { AreaScaler } from './areaAverage.ts'

describe('area averaging', () => {
  it('at the same size maps every sample by itself, rounded and clamped', () => {
    const target = new Uint8Array(4)
    new AreaScaler(2, 2, 2, 2).scale(Uint8Array.of(16, 126, 235, 255), target, 255 / 219, (-16 * 255) / 219, 255)
    expect([...target]).toEqual([0, 128, 255, 255])
  })

  it('keeps the mean at any pair of sizes', () => {
    for (const [sw, sh, w, h] of [
      [19, 11, 7, 4],
      [3, 5, 32, 64],
      [64, 48, 32, 16],
      [33, 33, 32, 32],
    ] as const) {
      const source = Uint8Array.from({ length: sw * sh }, (_, i) => (i * 97) % 256)
      const target = new Float32Array(w * h)
      new AreaScaler(sw, sh, w, h).scale(source, target, 1, 0, 1000)
      const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0) / values.length
      expect(mean(target)).toBeCloseTo(mean(source), 2)
    }
  })
})
