import { describe, expect, it } from 'vitest'
import { AreaScaler } from './areaAverage.ts'
import { estimateGrain } from './grain.ts'
import { NetworkLumaMaker, networkSize } from './networkLuma.ts'
import type { PixelLayout } from './pixelLayout.ts'

const square = { num: 1, den: 1 }

describe('the size of the picture the networks see', () => {
  it('keeps the aspect on a grid of 32', () => {
    expect(networkSize({ width: 1920, height: 1080, pixelAspect: square }, 256)).toEqual([448, 256])
    expect(networkSize({ width: 1080, height: 1920, pixelAspect: square }, 256)).toEqual([256, 448])
    expect(networkSize({ width: 720, height: 576, pixelAspect: { num: 64, den: 45 } }, 256)).toEqual([448, 256])
  })

  it('stays bounded for odd films', () => {
    expect(networkSize({ width: 1, height: 1, pixelAspect: square }, 256)).toEqual([32, 32])
    expect(networkSize({ width: 3, height: 5, pixelAspect: square }, 256)).toEqual([32, 64])
    expect(networkSize({ width: 8192, height: 16, pixelAspect: square }, 256)).toEqual([128, 32])
  })
})

describe('area averaging', () => {
  it('at the same size maps every sample by itself, rounded and clamped', () => {
    const target = new Uint8Array(4)
    new AreaScaler(2, 2, 2, 2).scale(Uint8Array.of(16, 126, 235, 255), target, 255 / 219, (-16 * 255) / 219, 255)
    expect([...target]).toEqual([0, 128, 255, 255])
  })

  it('keeps the mean at any pair of sizes', () => {
    for (const [sw, sh, w, h] of [[19, 11, 7, 4], [3, 5, 32, 64], [64, 48, 32, 16], [33, 33, 32, 32]] as const) {
      const source = Uint8Array.from({ length: sw * sh }, (_, i) => (i * 97) % 256)
      const target = new Float32Array(w * h)
      new AreaScaler(sw, sh, w, h).scale(source, target, 1, 0, 1000)
      const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0) / values.length
      expect(mean(target)).toBeCloseTo(mean(source), 2)
    }
  })
})

describe('luma for the networks', () => {
  const layouts: [string, Partial<PixelLayout>, number, number][] = [
    ['8 bit limited', { bitDepth: 8, range: 'limited' }, 16, 235],
    ['8 bit full', { bitDepth: 8, range: 'full' }, 0, 255],
    ['10 bit limited', { bitDepth: 10, range: 'limited' }, 64, 940],
    ['16 bit full', { bitDepth: 16, range: 'full' }, 0, 65535],
  ]
  for (const [name, part, black, white] of layouts) {
    it(`runs from 0 at black to 1 at white: ${name}`, () => {
      const layout: PixelLayout = {
        width: 64, height: 32, sampling: 'gray', bitDepth: 8, range: 'full', matrix: 'bt709', ffmpegName: 'gray', ...part,
      }
      const y = layout.bitDepth > 8 ? new Uint16Array(64 * 32) : new Uint8Array(64 * 32)
      const luma = (code: number): number =>
        new NetworkLumaMaker(layout, 32, 32).make({ layout, y: y.fill(code), u: null, v: null }).values[500]!
      expect(luma(black)).toBeCloseTo(0, 5)
      expect(luma(white)).toBeCloseTo(1, 5)
      expect(luma((black + white) >> 1)).toBeCloseTo(0.5, 2)
    })
  }
})

describe('the estimate of grain', () => {
  const layout: PixelLayout = { width: 256, height: 256, sampling: 'gray', bitDepth: 8, range: 'full', matrix: 'bt709', ffmpegName: 'gray' }
  it('finds the standard deviation of noise and none in a ramp', () => {
    const ramp = Uint8Array.from({ length: 65536 }, (_, i) => i % 256)
    expect(estimateGrain({ layout, y: ramp })).toBeLessThan(0.002)
    let state = 7
    const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
    const noisy = Uint8Array.from({ length: 65536 }, () => 128 + 10 * (random() + random() + random() + random() - 2) * Math.sqrt(3))
    expect(estimateGrain({ layout, y: noisy })).toBeGreaterThan(0.03)
    expect(estimateGrain({ layout, y: noisy })).toBeLessThan(0.05)
  })
})
