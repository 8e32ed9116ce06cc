/**
 * What of true colors comes through the last step: made small as the networks' colors are, and composed to full size
 * along luma.
 */
import { describe, expect, it } from 'vitest'
import { chromaPsnr, throughLastStep, type Colors, type Picture } from '../../../test/material/trueColors.ts'

const [WIDTH, HEIGHT] = [448, 256]
/** Full size / the networks' size. */
const FACTORS = [1, 2, 4]

function drawn(color: (x: number, y: number) => readonly [y: number, u: number, v: number]): Picture {
  const [y, u, v] = [0, 1, 2].map(() => new Float32Array(WIDTH * HEIGHT)) as [Float32Array, Float32Array, Float32Array]
  for (let i = 0; i < y.length; i++)
    [y[i], u[i], v[i]] = color(i % WIDTH, Math.floor(i / WIDTH)) as [number, number, number]
  return { width: WIDTH, height: HEIGHT, y, u, v }
}

function noise(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32 - 0.5
  }
}

const composed = (picture: Picture, factor: number): { readonly along: Colors; readonly bilinear: Colors } =>
  throughLastStep(picture, WIDTH / factor, HEIGHT / factor)

/** Disks over one another, each of its own luma and color, or of its own color alone. */
function disks(lumaOf: (own: number) => number): Picture {
  const random = noise(5)
  const some = Array.from({ length: 60 }, () => ({
    x: (random() + 0.5) * WIDTH,
    y: (random() + 0.5) * HEIGHT,
    r: 24 + 60 * (random() + 0.5),
    color: [0.5 + 0.5 * random(), 0.2 * random(), 0.2 * random()] as const,
  }))
  return drawn((x, y) => {
    const on = some.find((disk) => (x - disk.x) ** 2 + (y - disk.y) ** 2 < disk.r ** 2)
    const [own, u, v] = on?.color ?? [0.5, 0, 0]
    return [lumaOf(own), u, v]
  })
}

describe('the last step, from the networks’ colors to full size', () => {
  it('beats bilinear where the edges of color and of luma coincide', () => {
    const picture = disks((own) => own)
    for (const factor of FACTORS) {
      const { along, bilinear } = composed(picture, factor)
      expect(chromaPsnr(along, picture) - chromaPsnr(bilinear, picture), `factor ${factor}`).toBeGreaterThan(2)
    }
  })

  it('gives nothing away where luma has a texture of its own, or no edge at all', () => {
    const random = noise(7)
    const textured = disks((own) => own + 0.3 * random())
    for (const picture of [textured, disks(() => 0.5)]) {
      for (const factor of FACTORS) {
        const { along, bilinear } = composed(picture, factor)
        expect(chromaPsnr(along, picture), `factor ${factor}`).toBeGreaterThan(chromaPsnr(bilinear, picture) - 0.5)
      }
    }
  })

  it('leaves no halo: beside an edge no color is beyond those of both sides', () => {
    for (const [darker, lighter] of [
      [0.5, 0.5],
      [0.45, 0.55],
      [0.2, 0.8],
    ] as const) {
      const picture = drawn((x) => (x < 201 ? [darker, -0.1, 0.05] : [lighter, 0.1, -0.05]))
      for (const factor of FACTORS) {
        const { u, v } = composed(picture, factor).along
        expect(Math.max(...u.map(Math.abs)), `U, factor ${factor}`).toBeLessThan(0.104)
        expect(Math.max(...v.map(Math.abs)), `V, factor ${factor}`).toBeLessThan(0.052)
      }
    }
  })

  it('makes no colored grain of gray grain', () => {
    const random = noise(9)
    const picture = drawn((x) => [(x < 224 ? 0.4 : 0.6) + 0.15 * (random() + random()), x < 224 ? -0.1 : 0.1, 0])
    for (const factor of FACTORS) {
      const { u } = composed(picture, factor).along
      // Away from the edge there is none; on it less than a quarter of it comes out.
      const spread = (from: number, to: number): number => {
        const values = Array.from(u).filter((_, i) => i % WIDTH >= from && i % WIDTH < to)
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length
        return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
      }
      expect(spread(20, 200), `factor ${factor}`).toBeLessThan(0.001)
      expect(spread(225 + factor, 226 + factor), `factor ${factor}`).toBeLessThan(0.25 * 0.061)
    }
  })
})
