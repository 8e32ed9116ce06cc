import { describe, expect, it } from 'vitest'
import { AreaScaler } from '../picture/areaAverage.ts'
import type { PixelLayout, Plane } from '../picture/pixelLayout.ts'
import { lumaScale } from '../picture/sampleScale.ts'
import { NetworkLumaMaker } from './networkLumaMaker.ts'

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
        width: 64,
        height: 32,
        sampling: 'gray',
        bitDepth: 8,
        range: 'full',
        matrix: 'bt709',
        ffmpegName: 'gray',
        ...part,
      }
      const y = layout.bitDepth > 8 ? new Uint16Array(64 * 32) : new Uint8Array(64 * 32)
      const luma = (code: number): number => new NetworkLumaMaker(layout, 32, 32).make({ y: y.fill(code) }).values[500]!
      expect(luma(black)).toBeCloseTo(0, 5)
      expect(luma(white)).toBeCloseTo(1, 5)
      expect(luma((black + white) >> 1)).toBeCloseTo(0.5, 2)
    })
  }

  const random = (seed: number): (() => number) => {
    let state = seed
    return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
  }

  it.each([
    [101, 67, 64, 32, 8, 'limited'],
    [180, 144, 96, 64, 8, 'limited'],
    [90, 61, 96, 64, 10, 'limited'],
    [64, 32, 64, 32, 8, 'limited'],
    [333, 97, 96, 32, 16, 'full'],
    [7, 5, 32, 32, 8, 'full'],
  ] as const)(
    'is the mean of every area, to the last bit: %d x %d to %d x %d, %d bit %s',
    (fromWidth, fromHeight, width, height, bitDepth, range) => {
      const layout: PixelLayout = {
        width: fromWidth,
        height: fromHeight,
        sampling: 'gray',
        bitDepth,
        range,
        matrix: 'bt709',
        ffmpegName: 'gray',
      }
      const next = random(fromWidth)
      const code = (): number => Math.floor(next() * 2 ** bitDepth)
      const y =
        bitDepth > 8
          ? Uint16Array.from({ length: fromWidth * fromHeight }, code)
          : Uint8Array.from({ length: fromWidth * fromHeight }, code)
      const { gain, offset } = lumaScale(layout)
      const means = (plane: Plane | Float32Array): Float32Array => {
        const values = new Float32Array(width * height)
        new AreaScaler(fromWidth, fromHeight, width, height).scale(plane, values, gain, offset, 1)
        return values
      }
      expect(new NetworkLumaMaker(layout, width, height).make({ y }).values).toEqual(means(y))
      // Of two fields each row is half of itself and a quarter of each neighbor.
      const row = (n: number, x: number): number =>
        y[
          Math.min(Math.max(n < 0 ? -n : n >= fromHeight ? 2 * fromHeight - 2 - n : n, 0), fromHeight - 1) * fromWidth +
            x
        ]!
      const both = Float32Array.from(y, (value, i) => {
        const [n, x] = [Math.floor(i / fromWidth), i % fromWidth]
        return (row(n - 1, x) + 2 * value + row(n + 1, x)) / 4
      })
      expect(new NetworkLumaMaker({ ...layout, interlaced: true }, width, height).make({ y }).values).toEqual(
        means(both),
      )
    },
  )
})
