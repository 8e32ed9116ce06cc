import { describe, expect, it } from 'vitest'
import { transferColors } from './colorTransfer.ts'
import { pickColor } from './eyedropper.ts'
import type { Grid } from './grid.ts'
import { applyReference } from './reference.ts'
import { referenceFromRgba, resizeReference } from './referencePicture.ts'

const grid: Grid = { width: 32, height: 16, aspect: 2 }
const cells = grid.width * grid.height
const gray = new Float32Array(cells).fill(0.5)
const empty = new Float32Array(2 * cells)

/** RGBA of a picture given by a color per place 0..1. */
function draw(
  width: number,
  height: number,
  color: (x: number, y: number) => readonly [number, number, number, number],
): Uint8Array {
  return Uint8Array.from({ length: width * height * 4 }, (_, i) => {
    const p = i >> 2
    return color(((p % width) + 0.5) / width, (Math.floor(p / width) + 0.5) / height)[i & 3]!
  })
}

describe('a reference picture', () => {
  it('keeps the differences of blue and red from luma, for the matrix of every film', () => {
    for (const [matrix, kr, kb] of [
      ['bt601', 0.299, 0.114],
      ['bt709', 0.2126, 0.0722],
      ['bt2020', 0.2627, 0.0593],
    ] as const) {
      const { luma, chroma } = referenceFromRgba(Uint16Array.of(30000, 20000, 10000, 65535), 1, 1, matrix)
      const y = (kr * 30000 + (1 - kr - kb) * 20000 + kb * 10000) / 65535
      expect(luma[0]).toBeCloseTo(y, 6)
      expect(chroma[0]! * 1.772).toBeCloseTo(10000 / 65535 - y, 6)
      expect(chroma[1]! * 1.402).toBeCloseTo(30000 / 65535 - y, 6)
    }
  })

  it('is refused when its samples do not fit its size', () => {
    expect(() => referenceFromRgba(new Uint8Array(15), 2, 2)).toThrow(RangeError)
  })

  it('does not let unpainted pixels tint painted ones when it is made smaller', () => {
    const pixels = draw(64, 32, (x) => (x < 0.51 ? [200, 40, 40, 255] : [0, 255, 0, 0]))
    const whole = referenceFromRgba(pixels, 64, 32)
    const small = resizeReference(whole, 9, 4)
    for (let i = 0; i < 36; i++) {
      if (small.opacity![i]! > 0.01) expect(small.chroma[2 * i + 1]).toBeCloseTo(whole.chroma[1]!, 4)
    }
    expect(small.opacity![0]).toBeCloseTo(1, 5)
    expect(small.opacity![8]).toBeCloseTo(0, 5)
  })
})

describe('bringing in a repainted frame', () => {
  it('takes its chroma place by place, at any size', () => {
    const picture = referenceFromRgba(
      draw(200, 100, (x) => (x < 0.5 ? [180, 100, 100, 255] : [100, 100, 180, 255])),
      200,
      100,
    )
    const after = applyReference(grid, gray, empty, { mode: 'replace', strength: 1 }, picture)
    expect(after[1]).toBeCloseTo(picture.chroma[1]!, 4)
    expect(after[2 * 31]).toBeCloseTo(picture.chroma[2 * 199]!, 4)
  })

  it('mixes by strength, and leaves what is transparent as it was', () => {
    const picture = referenceFromRgba(
      draw(64, 32, (x) => (x < 0.5 ? [180, 100, 100, 255] : [100, 100, 180, 0])),
      64,
      32,
    )
    const before = empty.map((_, i) => (i & 1 ? 0.1 : -0.1))
    const after = applyReference(grid, gray, before, { mode: 'replace', strength: 0.5 }, picture)
    expect(after[1]).toBeCloseTo((0.1 + picture.chroma[1]!) / 2, 4)
    expect(after[2 * 31]).toBe(before[2 * 31])
  })
})

describe('taking colors', () => {
  const random = ((): (() => number) => {
    let state = 11
    return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
  })()
  /** Dark things are blue, light ones amber. */
  const photo = ((): { luma: Float32Array; chroma: Float32Array; weight: null } => {
    const luma = Float32Array.from({ length: 4000 }, () => random())
    const chroma = new Float32Array(8000)
    luma.forEach((y, i) => {
      chroma[2 * i] = (0.5 - y) * 0.3 + 0.02 * (random() - 0.5)
      chroma[2 * i + 1] = (y - 0.5) * 0.3 + 0.02 * (random() - 0.5)
    })
    return { luma, chroma, weight: null }
  })()

  it('changes nothing when the colors are there already', () => {
    const after = transferColors(photo, photo)
    for (let i = 0; i < after.length; i++) expect(after[i]).toBeCloseTo(photo.chroma[i]!, 4)
  })

  it('gives a gray frame the reference’s colors by luma', () => {
    const luma = Float32Array.from({ length: 1000 }, (_, i) => i / 1000)
    const after = transferColors({ luma, chroma: new Float32Array(2000), weight: null }, photo)
    for (const i of [100, 300, 700, 900]) {
      expect(after[2 * i]).toBeCloseTo((0.5 - luma[i]!) * 0.3, 1)
      expect(Math.sign(after[2 * i + 1]!)).toBe(Math.sign(luma[i]! - 0.5))
    }
  })

  it('matches mean and spread of another coloring', () => {
    const luma = new Float32Array(4000).fill(0.5)
    const cloud = (u: number, v: number, spread: number): Float32Array =>
      Float32Array.from({ length: 8000 }, (_, i) => (i & 1 ? v : u) + spread * (random() - 0.5))
    const after = transferColors(
      { luma, chroma: cloud(0.1, 0, 0.2), weight: null },
      { luma, chroma: cloud(-0.1, 0.2, 0.1), weight: null },
    )
    const us = after.filter((_, i) => (i & 1) === 0)
    const mean = us.reduce((a, b) => a + b, 0) / us.length
    const deviation = Math.sqrt(us.reduce((a, b) => a + (b - mean) ** 2, 0) / us.length)
    expect(mean).toBeCloseTo(-0.1, 2)
    expect(deviation).toBeLessThan(0.045)
  })

  it('counts nothing that is transparent', () => {
    const half = referenceFromRgba(
      draw(64, 32, (x) => (x < 0.5 ? [180, 100, 100, 255] : [0, 255, 0, 0])),
      64,
      32,
    )
    const after = applyReference(grid, gray, empty, { mode: 'take-colors', strength: 1 }, half)
    expect(after[1]).toBeCloseTo(half.chroma[1]!, 2)
    expect(after[0]).toBeCloseTo(half.chroma[0]!, 2)
  })
})

describe('the eyedropper', () => {
  it('reads the color of most of the spot, not a mixture with a scratch', () => {
    const chroma = Float32Array.from({ length: 2 * cells }, (_, i) =>
      (i >> 1) % grid.width === 16 ? 0.4 : i & 1 ? 0.1 : -0.1,
    )
    const { u, v } = pickColor(grid, chroma, [0.5, 0.5], 0.25)
    expect(u).toBeCloseTo(-0.1, 1)
    expect(v).toBeCloseTo(0.1, 1)
  })

  it('reads the nearest cell for a point outside the picture', () => {
    const chroma = Float32Array.from({ length: 2 * cells }, (_, i) => (i < 2 ? 0.25 : 0))
    expect(pickColor(grid, chroma, [-0.9, -0.9], 0.02)).toEqual({ u: 0.25, v: 0.25 })
  })
})
