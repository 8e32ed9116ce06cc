import { expect, it } from 'vitest'
import { neutralGrade } from '../../contract/operations.ts'
import type { Clip, Shot } from '../../contract/projectDocument.ts'
import { createClip } from '../document.ts'
import { pinsNear, shotsWithoutPin } from './shotsWithoutPin.ts'

const shot = (from: number, to: number, rest: Partial<Shot> = {}): Shot => ({
  id: String(from),
  from,
  to,
  look: neutralGrade,
  ...rest,
})

/** Shots of 10 frames; the second keeps its colors, the third is a dissolve, the fourth is pinned. */
function clipWith(changes: Partial<Clip> = {}): Clip {
  const footage = { relativePath: null, absolutePath: '/film.mkv', bytes: 1, modified: 0, hash: '0'.repeat(64) }
  const head = { id: 'c', shotId: 's', name: 'Film', footage, frameCount: 60, rate: { num: 24, den: 1 } }
  return {
    ...createClip(head),
    cuts: 'automatic',
    shots: [
      shot(0, 10),
      shot(10, 20, { keepsOwn: true }),
      shot(20, 30, { transition: true }),
      shot(30, 40),
      shot(40, 50),
      shot(50, 60),
    ],
    frames: {
      32: { base: { kind: 'frozen', asset: `${'0'.repeat(64)}.chroma` }, operations: [], pinned: true },
      45: { base: { kind: 'automatic' }, operations: [], pinned: false },
    },
    ...changes,
  }
}

const lock = (from: number, to: number) => ({ id: `${from}`, from, to, region: null, kept: [] })

it('are those that the networks color without one', () => {
  expect(shotsWithoutPin(clipWith()).map(({ from, to }) => [from, to])).toEqual([
    [0, 10],
    [40, 50],
    [50, 60],
  ])
})

it('are asked for within a range, and as far as they are not locked', () => {
  expect(shotsWithoutPin(clipWith(), { from: 5, to: 45 }).map(({ from, to }) => [from, to])).toEqual([
    [5, 10],
    [40, 45],
  ])
  const locks = [lock(0, 3), lock(38, 52), lock(55, 58)]
  expect(shotsWithoutPin(clipWith({ locks })).map(({ from, to }) => [from, to])).toEqual([
    [3, 10],
    [52, 55],
  ])
})

it('are compared with the pins nearest to them, where a film has more than are looked at', () => {
  const pins = Array.from({ length: 1000 }, (_, n) => 10 * n)
  expect(pinsNear(pins.slice(0, 3), [{ from: 500, to: 600 }])).toEqual([0, 10, 20])
  const late = pinsNear(pins, [{ from: 9_981, to: 9_985 }])
  expect(late).toHaveLength(128)
  expect(late.at(-1)).toBe(9_990)
  const apart = pinsNear(pins, [
    { from: 5, to: 9 },
    { from: 9_981, to: 9_985 },
  ])
  expect([apart[0], apart[63]! < 700, apart[64]! > 9_300, apart.at(-1)]).toEqual([0, true, true, 9_990])
})
