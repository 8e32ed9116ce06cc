import { describe, expect, it } from 'vitest'
import type { ColorRange } from '../../contract/schemas.ts'
import type { PixelLayout, Plane } from './pixelLayout.ts'
import { SampleConversion } from './sampleConversion.ts'

const layout = (bitDepth: number, range: ColorRange): PixelLayout => ({
  width: 64,
  height: 64,
  sampling: '444',
  bitDepth,
  range,
  matrix: 'bt709',
  ffmpegName: bitDepth > 8 ? `yuv444p${bitDepth}le` : 'yuv444p',
})
const plane = (bitDepth: number, code: number): Plane =>
  (bitDepth > 8 ? new Uint16Array(64 * 64) : new Uint8Array(64 * 64)).fill(code)
const mean = (of: Plane): number => Array.from(of).reduce((sum, code) => sum + code, 0) / of.length

describe('planes at another depth and range', () => {
  it('keep black, white and neutral exactly, whatever the depths and ranges', () => {
    for (const depth of [8, 10, 12, 16]) {
      for (const range of ['limited', 'full'] as const) {
        for (const [deep, wide] of [
          [8, 'limited'],
          [10, 'limited'],
          [10, 'full'],
          [16, 'full'],
        ] as const) {
          const conversion = new SampleConversion(layout(depth, range), layout(deep, wide))
          const black = (bits: number, of: ColorRange): number => (of === 'full' ? 0 : 16 << (bits - 8))
          const white = (bits: number, of: ColorRange): number => (of === 'full' ? 2 ** bits - 1 : 235 << (bits - 8))
          for (const code of [black, white]) {
            const written = conversion.luma(plane(depth, code(depth, range)))
            expect(new Set(written), `${depth} ${range} to ${deep} ${wide}`).toEqual(new Set([code(deep, wide)]))
          }
          expect(new Set(conversion.chroma(plane(depth, 1 << (depth - 1))))).toEqual(new Set([1 << (deep - 1)]))
        }
      }
    }
  })

  it('are the very planes where nothing changes, and the very values times four from 8 bits to 10', () => {
    const y = Uint8Array.from({ length: 64 * 64 }, (_, i) => i % 256)
    expect(new SampleConversion(layout(8, 'limited'), layout(8, 'limited')).luma(y)).toBe(y)
    expect(new SampleConversion(layout(8, 'limited'), layout(10, 'limited')).luma(y)).toEqual(
      Uint16Array.from(y, (code) => 4 * code),
    )
  })

  it('are dithered where steps are lost: their mean is the value that no step has', () => {
    for (const [from, to, code] of [
      [12, 10, 2001],
      [16, 10, 32795],
      [10, 8, 501],
      [16, 8, 32795],
    ] as const) {
      const written = new SampleConversion(layout(from, 'limited'), layout(to, 'limited')).luma(plane(from, code))
      expect(new Set(written).size).toBe(2)
      expect(Math.abs(mean(written) - code / 2 ** (from - to))).toBeLessThan(0.01)
    }
    const narrowed = new SampleConversion(layout(8, 'full'), layout(8, 'limited')).luma(plane(8, 100))
    expect(Math.abs(mean(narrowed) - (16 + (100 * 219) / 255))).toBeLessThan(0.01)
  })

  it('are not dithered where steps become finer, so that flat areas stay flat', () => {
    const widened = new SampleConversion(layout(8, 'full'), layout(10, 'limited')).luma(plane(8, 101))
    expect(new Set(widened).size).toBe(1)
  })
})
