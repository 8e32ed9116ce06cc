import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NetworkChroma, NetworkLuma } from '../picture/networkPictures.ts'
import { GuidedModelMaker } from './guidedModel.ts'

const width = 64
const height = 32

function lumaOf(value: (x: number, y: number) => number): NetworkLuma {
  return {
    width,
    height,
    values: Float32Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width))),
  }
}

function chromaOf(value: (x: number, y: number) => [number, number]): NetworkChroma {
  const w = width / 2
  const h = height / 2
  const values = new Float32Array(w * h * 2)
  for (let i = 0; i < w * h; i++) values.set(value(i % w, Math.floor(i / w)), 2 * i)
  return { width: w, height: h, values }
}

/** Luma of a texel of the model, which has half of the networks' luma's width and height. */
function texelLuma({ values }: NetworkLuma, x: number, y: number): number {
  const at = 2 * y * width + 2 * x
  return (values[at]! + values[at + 1]! + values[at + width]! + values[at + width + 1]!) / 4
}

/** U and V that the model gives at a texel for a luma. */
function colorAt(model: Float32Array, x: number, y: number, l: number): [number, number] {
  const i = y * (width / 2) + x
  return [model[4 * i]! * l + model[4 * i + 1]!, model[4 * i + 2]! * l + model[4 * i + 3]!]
}

function noise(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32 - 0.5
  }
}

describe('the guided model', () => {
  it('gives every texel the networks’ very chroma, whatever luma and chroma are', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0, max: 0.2, noNaN: true }), (seed, grain) => {
        const random = noise(seed)
        const luma = lumaOf((x) => (x < 30 ? 0.3 : 0.6) + 0.5 * random())
        const chroma = chromaOf((x) => [(x < 15 ? -0.2 : 0.2) + 0.3 * random(), 0.8 * random()])
        const model = new GuidedModelMaker(width, height).make(luma, chroma, grain)
        expect(model).toHaveLength(4 * chroma.width * chroma.height)
        for (let i = 0; i < chroma.width * chroma.height; i++) {
          const [x, y] = [i % chroma.width, Math.floor(i / chroma.width)]
          const [u, v] = colorAt(model, x, y, texelLuma(luma, x, y))
          expect(u).toBeCloseTo(chroma.values[2 * i]!, 6)
          expect(v).toBeCloseTo(chroma.values[2 * i + 1]!, 6)
        }
      }),
      { numRuns: 20 },
    )
  })

  it('keeps one color one color, whatever the luma does', () => {
    const random = noise(1)
    const model = new GuidedModelMaker(width, height).make(
      lumaOf(() => 0.5 + random()),
      chromaOf(() => [0.1, -0.2]),
    )
    for (let i = 0; i < model.length; i += 2) expect(Math.abs(model[i]!)).toBeLessThan(1e-5)
  })

  it('finds the line where chroma is a linear function of luma', () => {
    const luma = lumaOf((x) => 0.1 + (0.8 * (x % 16)) / 15)
    const model = new GuidedModelMaker(width, height).make(
      luma,
      chromaOf((x, y) => [0.4 * texelLuma(luma, x, y) - 0.1, 0.05]),
    )
    for (let x = 0; x < width; x++) {
      const l = luma.values[16 * width + x]!
      expect(colorAt(model, x >> 1, 8, l)[0]).toBeCloseTo(0.4 * l - 0.1, 2)
    }
  })

  it('lets color follow luma by no more than luma explains of it', () => {
    const random = noise(3)
    const slopeOf = (share: number): number => {
      const luma = lumaOf(() => 0.5 + 0.6 * random())
      const chroma = chromaOf((x, y) => [share * 0.3 * (texelLuma(luma, x, y) - 0.5) + (1 - share) * 0.1 * random(), 0])
      const model = new GuidedModelMaker(width, height).make(luma, chroma)
      return (
        Array.from(model.filter((_, i) => i % 4 === 0)).reduce((sum, a) => sum + Math.abs(a), 0) / (model.length / 4)
      )
    }
    expect(slopeOf(1)).toBeGreaterThan(0.25)
    expect(slopeOf(0)).toBeLessThan(0.04)
  })

  it('lets color follow luma less where the picture is grainy', () => {
    const luma = lumaOf((x) => (x < 32 ? 0.4 : 0.6))
    const chroma = chromaOf((x) => [x < 16 ? -0.1 : 0.1, 0])
    const steepest = (grain: number): number => {
      const model = new GuidedModelMaker(width, height).make(luma, chroma, grain)
      let most = 0
      for (let i = 0; i < model.length; i += 4) most = Math.max(most, Math.abs(model[i]!))
      return most
    }
    expect(steepest(0.1)).toBeLessThan(0.6 * steepest(0))
  })
})
