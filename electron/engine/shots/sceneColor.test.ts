import { describe, expect, it } from 'vitest'
import { drawnPlace, noise, PLACE_HEIGHT as height, PLACE_WIDTH as width } from '../../../test/material/drawnPlace.ts'
import { SceneColor, type SmallPicture } from './sceneColor.ts'

/** A drawn place with the chroma (of 255) that a function of luma and place gives. */
function picture(chroma: ((y: number, i: number) => [number, number]) | null, grain = 0): SmallPicture {
  const values = drawnPlace(5)(0, 0)
  const random = noise(3)
  const made =
    chroma &&
    Array.from(
      values,
      (y, i) => chroma(y, i).map((part) => (part + grain * (random() + random() - 1) * 2.4) / 255) as [number, number],
    )
  return {
    width,
    height,
    values,
    chroma: made && { u: Float32Array.from(made, ([u]) => u), v: Float32Array.from(made, ([, v]) => v) },
  }
}

const colorOf = (one: SmallPicture): string => new SceneColor().of(one)

describe('a frame’s own color', () => {
  it('is gray without chroma, with a scanner’s cast, and under the noise of an old tape', () => {
    expect(colorOf(picture(null))).toBe('gray')
    expect(colorOf(picture(() => [0, 0]))).toBe('gray')
    expect(colorOf(picture(() => [1, -1]))).toBe('gray')
    expect(colorOf(picture(() => [0, 0], 12))).toBe('gray')
  })

  it('is a tint where chroma follows the light: tinted, toned, both, with noise', () => {
    expect(colorOf(picture(() => [-14, 16]))).toBe('tinted')
    expect(colorOf(picture((y) => [20 * y * (1 - y), -12 * y], 8))).toBe('tinted')
    expect(colorOf(picture((y) => [-10 + 18 * y * y, 14 - 10 * y], 6))).toBe('tinted')
  })

  it('is color where places of equal light differ, be it in one corner', () => {
    expect(colorOf(picture((_y, i) => (i % width < width / 2 ? [18, -10] : [-12, 20])))).toBe('color')
    expect(colorOf(picture((_y, i) => (i % width < width / 4 && i < (width * height) / 2 ? [-30, 50] : [0, 0])))).toBe(
      'color',
    )
  })
})
