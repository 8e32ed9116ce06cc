import { describe, expect, it } from 'vitest'
import type { PixelLayout } from '../picture/pixelLayout.ts'
import { chromaSize } from '../picture/pixelLayout.ts'
import { pictureModel } from './pictureModel.ts'

const layout = (change: Partial<PixelLayout> = {}): PixelLayout => ({
  width: 16,
  height: 8,
  sampling: '420',
  bitDepth: 8,
  range: 'limited',
  matrix: 'bt601',
  siting: 'center',
  ffmpegName: 'yuv420p',
  ...change,
})
const planes = (of: PixelLayout, value: (x: number, y: number) => number): Uint8Array => {
  const [width, height] = chromaSize(of)
  return Uint8Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width)))
}

describe('the model of a pinned picture', () => {
  it('gives the very chroma of the planes, without reading luma', () => {
    const of = layout()
    const { width, height, coefficients } = pictureModel(
      planes(of, () => 128 + 112),
      planes(of, () => 128 - 56),
      of,
      1000,
    )
    expect([width, height]).toEqual([8, 4])
    for (let i = 0; i < width * height; i++) {
      expect(coefficients[4 * i]).toBe(0)
      expect(coefficients[4 * i + 1]).toBeCloseTo(0.5)
      expect(coefficients[4 * i + 2]).toBe(0)
      expect(coefficients[4 * i + 3]).toBeCloseTo(-0.25)
    }
  })

  it("keeps color differences where the film's matrix is another than BT.601", () => {
    const of = layout({ matrix: 'bt709' })
    const { coefficients } = pictureModel(
      planes(of, () => 128 + 56),
      planes(of, () => 128),
      of,
      1000,
    )
    // B' - Y' = Cb * 2 (1 - Kb)
    expect(coefficients[1]! * 1.772).toBeCloseTo(0.25 * 2 * (1 - 0.0722))
  })

  it('moves samples that lie on a luma column to the middle of their pair', () => {
    const of = layout({ siting: 'left' })
    const ramp = pictureModel(
      planes(of, (x) => 100 + 8 * x),
      planes(of, () => 128),
      of,
      1000,
    )
    const still = pictureModel(
      planes(layout(), (x) => 100 + 8 * x),
      planes(layout(), () => 128),
      layout(),
      1000,
    )
    expect((ramp.coefficients[1]! - still.coefficients[1]!) * 224).toBeCloseTo(2)
  })

  it('is no larger than wanted', () => {
    const of = layout()
    const { width, height, coefficients } = pictureModel(
      planes(of, () => 200),
      planes(of, () => 128),
      of,
      4,
    )
    expect([width, height]).toEqual([4, 2])
    expect(coefficients[1]! * 224).toBeCloseTo(72)
  })
})

describe('the model of a pinned picture of fields', () => {
  const of = layout({ interlaced: true, siting: 'left' })

  it('gives every line the colors of its own field', () => {
    const rows = planes(of, (_x, y) => (y % 2 === 0 ? 100 : 200))
    const { width, height, coefficients } = pictureModel(
      rows,
      planes(of, () => 128),
      of,
      1000,
    )
    expect([width, height]).toEqual([8, 8])
    for (let line = 0; line < height; line++) {
      expect(coefficients[4 * line * width + 1]! * 224 + 128).toBeCloseTo(line % 2 === 0 ? 100 : 200)
    }
  })

  it('lies where the rows of each field lie, and goes on beyond the outermost', () => {
    // Rows 0 and 2 of four are the top field's, half a line below lines 0 and 4; rows 1 and 3 the bottom's, at 2.5 and
    // 6.5.
    const ramp = pictureModel(
      planes(of, (_x, y) => 100 + 10 * [0.5, 2.5, 4.5, 6.5][y]!),
      planes(of, () => 128),
      of,
      1000,
    )
    const lines = Array.from({ length: 8 }, (_, line) => ramp.coefficients[4 * line * 8 + 1]! * 224 + 28)
    ;[5, 25, 20, 30, 40, 50, 45, 65].forEach((value, line) => expect(lines[line], `line ${line}`).toBeCloseTo(value))
  })
})
