import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pace } from './pace.ts'

const times = (pts: readonly number[], den: number): Parameters<typeof pace>[0] => ({ timeBase: { num: 1, den }, pts })
const rates = [
  [24, 1],
  [25, 1],
  [24000, 1001],
  [30000, 1001],
  [60000, 1001],
  [18, 1],
  [16, 1],
] as const

describe('the pace of a film', () => {
  it('is the stated rate for every even film, whatever clock rounds its times', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...rates),
        fc.constantFrom(1000, 90_000, 12_800, 600),
        fc.integer({ min: 2, max: 400 }),
        fc.integer({ min: -5000, max: 5000 }),
        ([num, den], clock, count, start) => {
          const index = times(
            Array.from({ length: count }, (_, n) => start + Math.round((n * den * clock) / num)),
            clock,
          )
          expect(pace(index, { num, den })).toEqual({ rate: { num, den }, variable: false })
        },
      ),
    )
  })

  it('is the one that is meant where the stated one is rounded, as in Matroska', () => {
    for (const [stated, [num, den]] of [
      [
        [19001, 317],
        [60000, 1001],
      ],
      [
        [7001, 146],
        [48000, 1001],
      ],
      [
        [2997, 100],
        [2997, 100],
      ],
    ] as const) {
      const pts = Array.from({ length: 50 }, (_, n) => Math.round((n * 1000 * den) / num))
      expect(pace(times(pts, 1000), { num: stated[0], den: stated[1] })).toEqual({
        rate: { num, den },
        variable: false,
      })
    }
  })

  it('is found where none, or a wrong one, is stated', () => {
    const index = times(
      Array.from({ length: 50 }, (_, n) => n * 1001),
      24_000,
    )
    expect(pace(index, null)).toEqual({ rate: { num: 24_000, den: 1001 }, variable: false })
    expect(pace(index, { num: 25, den: 1 })).toEqual({ rate: { num: 24_000, den: 1001 }, variable: false })
  })

  it.each([
    ['2:3 in fields of 60000/1001', (n: number) => Math.floor((n * 5) / 2) * 1501.5, 90_000, [24000, 1001]],
    ['2:3 in milliseconds', (n: number) => Math.round((Math.floor((n * 5) / 2) * 1001) / 60), 1000, [24000, 1001]],
    ['2:3:3:2', (n: number) => [0, 2, 5, 8][n % 4]! + 10 * Math.floor(n / 4), 60, [24, 1]],
    ['film at 16 in the ticks of 24', (n: number) => Math.floor(n * 1.5), 24, [16, 1]],
    ['film at 18 in the ticks of 25', (n: number) => Math.floor((n * 25) / 18), 25, [18, 1]],
  ] as const)('is the film’s own where the steps repeat: %s', (_title, at, clock, [num, den]) => {
    expect(
      pace(
        times(
          Array.from({ length: 200 }, (_, n) => at(n)),
          clock,
        ),
        null,
      ),
    ).toEqual({ rate: { num, den }, variable: false })
  })

  it.each([
    ['24 in 25', [24, 1], [25, 1]],
    ['24 in 30', [24, 1], [30, 1]],
    ['24000/1001 in 30000/1001', [24000, 1001], [30000, 1001]],
    ['25 in 30', [25, 1], [30, 1]],
    ['25 in 60', [25, 1], [60, 1]],
    ['24 in 60', [24, 1], [60, 1]],
    ['12 in 24', [12, 1], [24, 1]],
    ['20 in 24', [20, 1], [24, 1]],
    ['18 in 24', [18, 1], [24, 1]],
    ['17 in 25, which no list has', [17, 1], [25, 1]],
    ['23 in 25, which no list has', [23, 1], [25, 1]],
  ] as const)('is the film’s own in the ticks of another rate: %s', (_title, [num, den], [ticks, per]) => {
    const tick = (n: number): number => Math.floor((n * den * ticks) / (num * per) + 1e-9)
    for (const clock of [90_000, 15_360, 1000]) {
      const pts = Array.from({ length: 300 }, (_, n) => Math.round((tick(n) * per * clock) / ticks))
      expect(pace(times(pts, clock), null)).toEqual({ rate: { num, den }, variable: false })
    }
  })

  it('varies where every n-th picture was left out, whose average is no rate of a film', () => {
    for (const [rate, every] of [
      [30, 7],
      [30, 4],
      [25, 6],
      [60, 7],
      [24, 5],
    ] as const) {
      const kept = Array.from({ length: 100 }, (_, n) => n).filter((n) => n % every !== 3)
      const index = times(
        kept.map((n) => (n * 15_360) / rate),
        15_360,
      )
      const average = { num: rate * (every - 1), den: every }
      for (const stated of [null, average, { num: rate, den: 1 }])
        expect(pace(index, stated)).toEqual({ rate: { num: rate, den: 1 }, variable: true })
    }
  })

  it('varies where slides are held in turns', () => {
    expect(
      pace(
        times(
          Array.from({ length: 30 }, (_, n) => Math.floor(n * 1.5)),
          1,
        ),
        null,
      ).variable,
    ).toBe(true)
  })

  it('varies as soon as one frame is out of step', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 200 }),
        fc.nat(),
        fc.integer({ min: 30, max: 400 }),
        (count, where, late) => {
          const at = 1 + (where % (count - 2))
          const pts = Array.from({ length: count }, (_, n) => n * 512 + (n === at ? late : 0))
          expect(pace(times(pts, 12_800), { num: 25, den: 1 }).variable).toBe(true)
        },
      ),
    )
  })

  it('of a film that holds one title is that of its other frames', () => {
    const pts = Array.from({ length: 100 }, (_, n) => n * 3600 + (n > 40 ? 900_000 : 0))
    expect(pace(times(pts, 90_000), { num: 15, den: 1 })).toEqual({ rate: { num: 25, den: 1 }, variable: true })
  })

  it('of a single frame is the stated one', () => {
    expect(pace(times([7], 1000), { num: 18, den: 1 })).toEqual({ rate: { num: 18, den: 1 }, variable: false })
  })
})
