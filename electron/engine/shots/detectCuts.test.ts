import { describe, expect, it } from 'vitest'
import { drawnPlace as place, grainy as film, noise } from '../../../test/material/drawnPlace.ts'
import { detectCuts } from './detectCuts.ts'

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
    const misty = (seed: number, count: number): Float32Array[] =>
      shot(seed, count, 0).map((values) => values.map((value) => 0.6 + (value - 0.5) * 0.24))
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
