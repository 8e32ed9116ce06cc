import { describe, expect, it } from 'vitest'
import type { ColorMatrix, ColorRange } from '../../contract/schemas.ts'
import { ChromaComposer } from './composeChroma.ts'
import { chromaPlanes } from '../picture/pictureChroma.ts'
import type { ChromaSampling, PixelLayout, Plane } from '../picture/pixelLayout.ts'
import { chromaScale, lumaScale, lumaWeights } from '../picture/sampleScale.ts'

function layoutOf(
  sampling: ChromaSampling,
  bitDepth = 8,
  range: ColorRange = 'limited',
  matrix: ColorMatrix = 'bt601',
): PixelLayout {
  return { width: 37, height: 23, sampling, bitDepth, range, matrix, ffmpegName: 'not used' }
}

function flatModel(u: number, v: number, width = 8, height = 4): Float32Array {
  return Float32Array.from({ length: width * height * 4 }, (_, i) => [0, u, 0, v][i % 4]!)
}

function flatLuma(layout: PixelLayout, value: number): Plane {
  const { gain, offset } = lumaScale(layout)
  const plane =
    layout.bitDepth > 8 ? new Uint16Array(layout.width * layout.height) : new Uint8Array(layout.width * layout.height)
  return plane.fill(Math.round((value - offset) / gain))
}

function compose(layout: PixelLayout, y: Plane, model: Float32Array): [Plane, Plane] {
  const composer = new ChromaComposer(layout, 8, 4)
  const [u, v] = composer.allocate()
  composer.compose(y, model, u, v)
  return [u, v]
}

/** R, G, B of a luma and chroma code pair. */
function toRgb(layout: PixelLayout, y: number, u: number, v: number): number[] {
  const [kr, kb] = lumaWeights[layout.matrix]
  const luma = lumaScale(layout)
  const chroma = chromaScale(layout)
  const l = y * luma.gain + luma.offset
  const b = ((u - chroma.neutral) / chroma.gain) * 2 * (1 - kb)
  const r = ((v - chroma.neutral) / chroma.gain) * 2 * (1 - kr)
  return [l + r, l - (kr * r + kb * b) / (1 - kr - kb), l + b]
}

describe('composing chroma', () => {
  const samplings: ChromaSampling[] = ['420', '422', '444', '440', '411', '410']
  for (const sampling of samplings) {
    for (const bitDepth of [8, 10, 16]) {
      for (const range of ['limited', 'full'] as const) {
        it(`writes a flat color exactly: ${sampling}, ${bitDepth} bit, ${range}`, () => {
          const layout = layoutOf(sampling, bitDepth, range)
          const [u, v] = compose(layout, flatLuma(layout, 0.5), flatModel(0.1, -0.05))
          const { gain, neutral } = chromaScale(layout)
          const ulp = 1 + gain * 1e-5
          for (const value of u) expect(Math.abs(value - (neutral + 0.1 * gain))).toBeLessThan(ulp)
          for (const value of v) expect(Math.abs(value - (neutral - 0.05 * gain))).toBeLessThan(ulp)
        })
      }
    }
  }

  it("shows the same red and blue differences in every film's own matrix", () => {
    for (const matrix of ['bt601', 'bt709', 'bt2020'] as const) {
      const layout = layoutOf('444', 16, 'full', matrix)
      const y = flatLuma(layout, 0.5)
      const [u, v] = compose(layout, y, flatModel(0.08, 0.1))
      const [r, , b] = toRgb(layout, y[0]!, u[0]!, v[0]!)
      expect(r! - 0.5).toBeCloseTo(1.402 * 0.1, 3)
      expect(b! - 0.5).toBeCloseTo(1.772 * 0.08, 3)
    }
  })

  it('never leaves the RGB cube, and leaves black and white neutral', () => {
    for (const matrix of ['bt601', 'bt709', 'bt2020'] as const) {
      const layout = layoutOf('444', 10, 'limited', matrix)
      for (let level = 0; level <= 1; level += 0.05) {
        for (let angle = 0; angle < 6.3; angle += 0.3) {
          const y = flatLuma(layout, level)
          const [u, v] = compose(layout, y, flatModel(0.5 * Math.cos(angle), 0.5 * Math.sin(angle)))
          for (const part of toRgb(layout, y[0]!, u[0]!, v[0]!)) {
            expect(part).toBeGreaterThan(-0.004)
            expect(part).toBeLessThan(1.004)
          }
          if (level === 0) expect([u[0], v[0]]).toEqual([512, 512])
        }
      }
    }
  })

  it('leaves colors alone that luma has room for, up to a twentieth of the way', () => {
    const layout = layoutOf('444', 16, 'full')
    const y = flatLuma(layout, 0.5)
    // Yellow by blue alone: at -0.5 / 1.772 there is no blue left.
    const blueOf = (share: number): number =>
      toRgb(layout, y[0]!, compose(layout, y, flatModel((-0.5 * share) / 1.772, 0))[0][0]!, 32768)[2]!
    for (const share of [0.5, 0.8, 0.9, 0.94]) expect(blueOf(share)).toBeCloseTo(0.5 * (1 - share), 3)
    expect(blueOf(1.2)).toBeGreaterThan(0)
  })

  it('reads luma at the site of the chroma sample', () => {
    const layout = { ...layoutOf('420', 8, 'full'), width: 16, height: 4 }
    const y = Uint8Array.from({ length: 64 }, (_, i) => (i % 16 === 9 ? 255 : 0))
    const followLuma = Float32Array.from({ length: 8 * 4 * 4 }, (_, i) => [0.5, -0.2, 0, 0][i % 4]!)
    const u = (siting: 'left' | 'center'): number => {
      const composer = new ChromaComposer({ ...layout, siting }, 8, 4)
      const [plane, other] = composer.allocate()
      composer.compose(y, followLuma, plane, other)
      return plane[4]!
    }
    // The bright column 9 is a quarter of the tent around column 8, and half of the pair 8 and 9.
    expect(u('left')).toBe(Math.floor(128 + 255 * (0.5 * 0.25 - 0.2) + 0.5))
    expect(u('center')).toBe(Math.floor(128 + 255 * (0.5 * 0.5 - 0.2) + 0.5))
  })

  it('puts a color step of the model where it belongs in the picture', () => {
    const layout = layoutOf('444', 8, 'full')
    const model = Float32Array.from({ length: 8 * 4 * 4 }, (_, i) =>
      i % 4 === 1 ? ((i >> 2) % 8 < 4 ? -0.1 : 0.1) : 0,
    )
    const [u] = compose(layout, flatLuma(layout, 0.5), model)
    const row = u.subarray(37 * 11, 37 * 12)
    expect(Math.abs(row[2]! - 102.5)).toBeLessThan(1)
    expect(Math.abs(row[34]! - 153.5)).toBeLessThan(1)
    expect(row[18]).toBeGreaterThanOrEqual(127)
    expect(row[18]).toBeLessThanOrEqual(129)
  })
})

describe('chroma of two fields', () => {
  /**
   * Luma that is bright left of an edge, which lies at `top` in the top field's lines and at `bottom` in the other's.
   */
  function movingEdge(layout: PixelLayout, top: number, bottom: number): Plane {
    return Uint8Array.from({ length: layout.width * layout.height }, (_, i) =>
      i % layout.width < (Math.floor(i / layout.width) % 2 === 0 ? top : bottom) ? 200 : 50,
    )
  }
  const reading = Float32Array.from({ length: 8 * 4 * 4 }, (_, i) => [0.2, 0, -0.2, 0][i % 4]!)
  /** Where along a chroma row the color changes. */
  const edgeOf = (plane: Plane, row: number, width: number): number => {
    const values = [...plane.subarray(row * width, (row + 1) * width)]
    const middle = (Math.max(...values) + Math.min(...values)) / 2
    return values.findIndex((value) => value > middle !== values[0]! > middle)
  }

  it('follows the lines of its own field, down to the last row, where there is half of it', () => {
    for (const height of [40, 22]) {
      const layout: PixelLayout = { ...layoutOf('420'), width: 80, height, interlaced: true }
      const [u] = compose(layout, movingEdge(layout, 32, 40), reading)
      const edge = edgeOf(u, 0, 40)
      expect(Math.abs(edge - 16)).toBeLessThanOrEqual(1)
      for (let row = 0; row < height / 2; row++) {
        expect(edgeOf(u, row, 40), `${height} lines, row ${row}`).toBe(row % 2 === 0 ? edge : edge + 4)
      }
    }
  })

  it('is that of a pinned picture by the same rows', () => {
    const layout: PixelLayout = { ...layoutOf('420'), width: 80, height: 40, interlaced: true }
    const rgb = new Uint16Array(80 * 40 * 3).fill(30000)
    movingEdge(layout, 32, 40).forEach((value, i) => value > 100 && (rgb[3 * i] = 60000))
    const [, v] = chromaPlanes(rgb, layout)
    for (let row = 0; row < 20; row++) expect(edgeOf(v, row, 40)).toBe(row % 2 === 0 ? 16 : 20)
  })

  it('is as in whole frames where every line has its own', () => {
    const layout = { ...layoutOf('422'), width: 80, height: 40 }
    const y = movingEdge(layout, 32, 40)
    expect(compose({ ...layout, interlaced: true }, y, reading)).toEqual(compose(layout, y, reading))
  })
})
