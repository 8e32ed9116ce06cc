import { describe, expect, it } from 'vitest'
import type { NetworkChroma, NetworkLuma } from './networkPictures.ts'
import { GuidedModelMaker } from './guidedModel.ts'

const width = 64
const height = 32

function lumaOf(value: (x: number, y: number) => number): NetworkLuma {
  return { width, height, values: Float32Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width))) }
}

function chromaOf(value: (x: number, y: number) => [number, number]): NetworkChroma {
  const w = width / 2
  const h = height / 2
  const values = new Float32Array(w * h * 2)
  for (let i = 0; i < w * h; i++) values.set(value(i % w, Math.floor(i / w)), 2 * i)
  return { width: w, height: h, values }
}

/** U and V that the model gives at a texel for the luma there. */
function colorAt(model: Float32Array, luma: NetworkLuma, x: number, y: number): [number, number] {
  const i = y * width + x
  const l = luma.values[i]!
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
  it('keeps one color one color, whatever the luma does', () => {
    const random = noise(1)
    const luma = lumaOf(() => 0.5 + random())
    const model = new GuidedModelMaker(width, height).make(luma, chromaOf(() => [0.1, -0.2]))
    for (let i = 0; i < width * height; i++) {
      const [u, v] = colorAt(model, luma, i % width, Math.floor(i / width))
      expect(u).toBeCloseTo(0.1, 5)
      expect(v).toBeCloseTo(-0.2, 5)
      expect(Math.abs(model[4 * i]!)).toBeLessThan(1e-5)
    }
  })

  it('finds the line where chroma is a linear function of luma', () => {
    const luma = lumaOf((x) => 0.2 + (0.6 * x) / (width - 1))
    const atChroma = (x: number): number => 0.2 + (0.6 * (2 * x + 0.5)) / (width - 1)
    const model = new GuidedModelMaker(width, height).make(luma, chromaOf((x) => [0.4 * atChroma(x) - 0.1, 0.05]))
    for (let x = 8; x < width - 8; x++) {
      expect(colorAt(model, luma, x, 16)[0]).toBeCloseTo(0.4 * luma.values[16 * width + x]! - 0.1, 2)
    }
  })

  it('puts a blurred color edge back onto the luma edge', () => {
    const luma = lumaOf((x) => (x < 32 ? 0.2 : 0.8))
    const blurred = (x: number): number => Math.min(1, Math.max(0, (x - 13) / 5))
    const model = new GuidedModelMaker(width, height).make(luma, chromaOf((x) => [0.3 * blurred(x) - 0.15, 0]))
    const [left] = colorAt(model, luma, 31, 16)
    const [right] = colorAt(model, luma, 32, 16)
    const before = (0.3 * (blurred(16) - blurred(15))) / 2
    expect(right - left).toBeGreaterThan(3 * before)
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
