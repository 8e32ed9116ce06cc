import { describe, expect, it } from 'vitest'
import { detectCuts, type LumaPicture } from './detectCuts.ts'

const width = 128
const height = 96

function noise(seed: number): () => number {
  let state = seed * 2654435761
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
}

/** A drawn place: discs of a seed on a wide canvas, seen from (x, y), as luma 0..1. */
function place(seed: number): (dx: number, dy: number) => Float32Array {
  const random = noise(seed)
  const [wide, tall] = [400, 240]
  const canvas = new Float32Array(wide * tall).fill(0.5)
  for (let n = 0; n < 40; n++) {
    const [cx, cy, r, level] = [random() * wide, random() * tall, 6 + random() * 22, random() * 1.2 - 0.6]
    for (let y = Math.max(0, Math.ceil(cy - r)); y < Math.min(tall, cy + r); y++) {
      for (let x = Math.max(0, Math.ceil(cx - r)); x < Math.min(wide, cx + r); x++) {
        if ((x - cx) ** 2 + (y - cy) ** 2 < r * r) canvas[y * wide + x]! += level
      }
    }
  }
  return (dx, dy) =>
    Float32Array.from({ length: width * height }, (_, i) => {
      const x = Math.round((i % width) + dx)
      const y = Math.round(Math.floor(i / width) + dy)
      return Math.min(1, Math.max(0, canvas[y * wide + x]!))
    })
}

function film(frames: readonly Float32Array[], grain = 0.03): LumaPicture[] {
  const random = noise(99)
  return frames.map((values) => ({
    width,
    height,
    values: values.map((value) => Math.min(1, Math.max(0, value + grain * (random() + random() - 1) * 2.4))),
  }))
}

const shot = (seed: number, count: number, speed = 0.6): Float32Array[] => {
  const view = place(seed)
  return Array.from({ length: count }, (_, n) => view(n * speed, n * speed * 0.3))
}

describe('cut detection', () => {
  it('finds every cut between drawn places, to the frame', () => {
    expect(detectCuts(film([...shot(1, 20), ...shot(2, 17), ...shot(3, 9), ...shot(4, 24)]))).toEqual([20, 37, 46])
  })

  it('finds cuts under strong grain', () => {
    expect(detectCuts(film([...shot(5, 18), ...shot(6, 18)], 0.08))).toEqual([18])
  })

  it('finds cuts under very strong grain, where every frame differs from the last one alike', () => {
    expect(detectCuts(film([...shot(5, 18, 0), ...shot(6, 18, 0)], 0.11))).toEqual([18])
  })

  it('takes no flash, flicker or fade for a cut', () => {
    const frames = shot(1, 48)
    const random = noise(3)
    const shown = frames.map((values, n) => {
      const gain = (0.85 + 0.3 * random()) * (n >= 36 ? (48 - n) / 12 : 1)
      const flash = n === 14 || n === 15 ? 0.55 : 0
      return values.map((value) => Math.min(1, value * gain + flash))
    })
    expect(detectCuts(film(shown))).toEqual([])
  })

  it('takes a ruined frame and a jump of the gate for no cut', () => {
    const frames = shot(2, 40)
    const random = noise(8)
    frames[12] = frames[12]!.map(() => random())
    const jumped = place(2)
    frames[25] = jumped(25 * 0.6, 18)
    expect(detectCuts(film(frames))).toEqual([])
  })

  it('finds cuts between shots of little contrast, where nothing moves', () => {
    const misty = (seed: number, count: number): Float32Array[] => shot(seed, count, 0).map((values) => values.map((value) => 0.6 + (value - 0.5) * 0.24))
    expect(detectCuts(film([...misty(7, 15), ...misty(8, 15), ...misty(9, 15)], 0.004))).toEqual([15, 30])
  })

  it('puts one cut into a transition of a few frames', () => {
    const [from, to] = [shot(1, 20, 0), shot(3, 20, 0)]
    const mixed = [0.2, 0.5, 0.8].map((share) => from[0]!.map((value, i) => value * (1 - share) + to[0]![i]! * share))
    const cuts = detectCuts(film([...from, ...mixed, ...to]))
    expect(cuts.length).toBeLessThanOrEqual(1)
    for (const cut of cuts) expect(Math.abs(cut - 21.5)).toBeLessThanOrEqual(2)
  })

  it('takes a fast pan for no cut', () => {
    expect(detectCuts(film(shot(4, 30, 6)))).toEqual([])
  })

  it('does not cut a dissolve to pieces', () => {
    const from = shot(1, 40)
    const to = shot(6, 40)
    const frames = from.map((values, n) => {
      const share = Math.min(1, Math.max(0, (n - 14) / 12))
      return values.map((value, i) => value * (1 - share) + to[n]![i]! * share)
    })
    expect(detectCuts(film(frames)).length).toBeLessThanOrEqual(1)
  })
})
