import { describe, expect, it } from 'vitest'
import type { PixelLayout } from '../picture/pixelLayout.ts'
import { chromaSize } from '../picture/pixelLayout.ts'
import { pictureModel } from './pictureModel.ts'

const layout = (change: Partial<PixelLayout> = {}): PixelLayout => ({
  width: 16, height: 8, sampling: '420', bitDepth: 8, range: 'limited', matrix: 'bt601', siting: 'center', ffmpegName: 'yuv420p', ...change,
})
const planes = (of: PixelLayout, value: (x: number, y: number) => number): Uint8Array => {
  const [width, height] = chromaSize(of)
  return Uint8Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width)))
}

describe('the model of a pinned picture', () => {
  it('gives the very chroma of the planes, without reading luma', () => {
    const of = layout()
    const { width, height, coefficients } = pictureModel(planes(of, () => 128 + 112), planes(of, () => 128 - 56), of, 1000)
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
    const { coefficients } = pictureModel(planes(of, () => 128 + 56), planes(of, () => 128), of, 1000)
    // B' - Y' = Cb * 2 (1 - Kb)
    expect(coefficients[1]! * 1.772).toBeCloseTo(0.25 * 2 * (1 - 0.0722))
  })

  it('moves samples that lie on a luma column to the middle of their pair', () => {
    const of = layout({ siting: 'left' })
    const ramp = pictureModel(planes(of, (x) => 100 + 8 * x), planes(of, () => 128), of, 1000)
    const still = pictureModel(planes(layout(), (x) => 100 + 8 * x), planes(layout(), () => 128), layout(), 1000)
    expect((ramp.coefficients[1]! - still.coefficients[1]!) * 224).toBeCloseTo(2)
  })

  it('is no larger than wanted', () => {
    const of = layout()
    const { width, height, coefficients } = pictureModel(planes(of, () => 200), planes(of, () => 128), of, 4)
    expect([width, height]).toEqual([4, 2])
    expect(coefficients[1]! * 224).toBeCloseTo(72)
  })
})
