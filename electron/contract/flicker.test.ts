import { describe, expect, it } from 'vitest'
import type { FrameRange } from './schemas.ts'
import { measureFlicker, nextOddFrame, oddFramesOf } from './flicker.ts'

interface Color {
  readonly u: number
  readonly v: number
}
const mean = (u: number, v = 0): Color => ({ u, v })
const whole = (to: number): FrameRange => ({ from: 0, to })

function flickerOf(
  colors: readonly (Color | null)[],
  shots: readonly FrameRange[],
): { flicker: Float32Array; oddFrames: number[] } {
  const flicker = new Float32Array(colors.length).fill(NaN)
  const means = { u: colors.map((color) => color?.u ?? NaN), v: colors.map((color) => color?.v ?? NaN) }
  for (const shot of shots) measureFlicker(means, shot, shot, flicker)
  return { flicker, oddFrames: shots.flatMap((shot) => oddFramesOf(flicker, shot)) }
}

describe('the flicker curve', () => {
  const calm: readonly Color[] = Array.from({ length: 60 }, (_, n) =>
    mean(0.05 + 0.002 * n + 0.0004 * Math.sin(n * 7), 0.0003 * Math.cos(n * 5)),
  )

  it('finds nothing odd in colors that change slowly', () => {
    expect(flickerOf(calm, [whole(60)]).oddFrames).toEqual([])
  })

  it('finds the one frame that jumps away', () => {
    const colors = calm.map((color, n) => (n === 33 ? mean(0.16) : color))
    const { flicker, oddFrames } = flickerOf(colors, [whole(60)])
    expect(oddFrames).toEqual([33])
    expect(flicker[33]).toBeGreaterThan(0.03)
  })

  it('finds where the color becomes another, unless there is a cut', () => {
    const colors = [...Array<Color>(30).fill(mean(0.05)), ...Array<Color>(30).fill(mean(0.15))]
    expect(flickerOf(colors, [whole(60)]).oddFrames).toHaveLength(1)
    expect(flickerOf(colors, [whole(30), { from: 30, to: 60 }]).oddFrames).toEqual([])
  })

  it('says nothing of frames that are not colored', () => {
    const colors: (Color | null)[] = [null, mean(0.1), mean(0.1), mean(0.1), mean(0.3), mean(0.1), mean(0.1), mean(0.1)]
    const { flicker, oddFrames } = flickerOf(colors, [whole(8)])
    expect(flicker[0]).toBeNaN()
    expect(flicker[1]).toBeCloseTo(0, 6)
    expect(oddFrames).toEqual([4])
  })

  it('leads from odd frame to odd frame and around the end', () => {
    expect(nextOddFrame([5, 9, 20], 9, 1)).toBe(20)
    expect(nextOddFrame([5, 9, 20], 9, -1)).toBe(5)
    expect(nextOddFrame([5, 9, 20], 20, 1)).toBe(5)
    expect(nextOddFrame([], 3, 1)).toBeNull()
  })
})
