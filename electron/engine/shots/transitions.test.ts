import { describe, expect, it } from 'vitest'
import { detectCuts, type LumaPicture } from './detectCuts.ts'
import { TransitionFinder } from './transitions.ts'
import { drawnPlace, grainy, PLACE_HEIGHT as height, PLACE_WIDTH as width } from '../../../test/material/drawnPlace.ts'

type Mix = (share: number, x: number, y: number) => number

/** Two drawn places, each seen by a camera that goes on moving; frames from..to go from the one to the other. */
function film(count: number, from: number, to: number, mix: Mix, speed = 0.2): LumaPicture[] {
  const [first, second] = [drawnPlace(11), drawnPlace(12)]
  return grainy(
    Array.from({ length: count }, (_, n) => {
      const share = Math.min(1, Math.max(0, (n - from + 1) / (to - from + 1)))
      const [a, b] = [first(n * speed, n * 0.1), second(n * speed, n * 0.05)]
      return a.map((value, i) => {
        const part = mix(share, (i % width) / width, Math.floor(i / width) / height)
        return value * (1 - part) + b[i]! * part
      })
    }),
  )
}

function transitionsOf(pictures: readonly LumaPicture[]): { from: number; to: number }[] {
  const finder = new TransitionFinder()
  for (const picture of pictures) finder.push(picture)
  return finder.finish()
}

const dissolve: Mix = (share) => share
const wipe: Mix = (share, x) => (x < share ? 1 : 0)
const iris: Mix = (share, x, y) => (Math.hypot(x - 0.5, y - 0.5) < share * 0.75 ? 1 : 0)

describe('transitions', () => {
  it.each([
    ['a short dissolve', dissolve, 40, 48],
    ['a dissolve', dissolve, 40, 64],
    ['a long dissolve', dissolve, 50, 90],
    ['a wipe', wipe, 40, 64],
    ['a long wipe', wipe, 50, 86],
    ['an iris', iris, 40, 70],
  ])('%s is found, to a few frames', (_name, mix, from, to) => {
    const pictures = film(140, from, to, mix)
    expect(detectCuts(pictures)).toEqual([])
    const found = transitionsOf(pictures)
    expect(found).toHaveLength(1)
    const tolerance = 3 + (to - from) * 0.25
    expect(Math.abs(found[0]!.from - from)).toBeLessThanOrEqual(tolerance)
    expect(Math.abs(found[0]!.to - to)).toBeLessThanOrEqual(tolerance)
  })

  it('is none where the camera pans, quickly or slowly', () => {
    for (const speed of [0.5, 2, 4]) {
      const view = drawnPlace(21)
      expect(transitionsOf(grainy(Array.from({ length: 60 }, (_, n) => view(n * speed, n * 0.3))))).toEqual([])
    }
  })

  it('is none where the light changes, at a cut, and in a fade', () => {
    const [view, other] = [drawnPlace(22), drawnPlace(23)]
    const light = (n: number): number => 0.4 + 0.6 * Math.min(1, Math.max(0, (n - 20) / 30))
    expect(
      transitionsOf(grainy(Array.from({ length: 80 }, (_, n) => view(0, 0).map((value) => value * light(n))))),
    ).toEqual([])
    expect(transitionsOf(grainy(Array.from({ length: 80 }, (_, n) => (n < 40 ? view : other)(n * 0.4, 0))))).toEqual([])
    const fade = (n: number): number => Math.min(1, Math.abs(n - 50) / 20)
    expect(
      transitionsOf(
        grainy(Array.from({ length: 100 }, (_, n) => (n < 50 ? view : other)(0, 0).map((value) => value * fade(n)))),
      ),
    ).toEqual([])
  })

  it('is found where a film is looked through in parts, under the film’s own numbers', () => {
    const pictures = film(140, 60, 84, dissolve).slice(20)
    const finder = new TransitionFinder(20)
    for (const picture of pictures) finder.push(picture)
    const [found] = finder.finish()
    expect(found!.from).toBeGreaterThan(53)
    expect(found!.to).toBeLessThan(91)
  })
})
