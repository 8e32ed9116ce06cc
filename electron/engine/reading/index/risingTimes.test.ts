import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRising, risingTimes, type ClockOptions } from './risingTimes.ts'

const options: ClockOptions = { fallbackStep: 4, longestHold: 1000, startsUntimed: false }
const clock = (
  stored: readonly number[],
  more: Partial<ClockOptions> = {},
): { pts: number[]; refined: number; breaks: readonly unknown[] } => {
  const { pts, ...rest } = risingTimes(stored, { ...options, ...more })
  return { pts: [...pts], ...rest }
}

describe('a clock that goes forward', () => {
  it('is the stored one where that does', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -1000, max: 0 }), { minLength: 1 }), (times) => {
        const stored = [...times].sort((a, b) => a - b)
        expect(clock(stored)).toEqual({ pts: stored, refined: 1, breaks: [] })
      }),
    )
  })

  it('gives every picture a time of its own behind the one before, whatever is stored', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -3000, max: 3000 }), { minLength: 1, maxLength: 80 }),
        fc.boolean(),
        (stored, startsUntimed) => {
          const { pts } = clock(stored, { startsUntimed })
          expect(pts).toHaveLength(stored.length)
          expect(isRising(pts)).toBe(true)
        },
      ),
    )
  })

  it('lets pictures of one time share the span up to the next', () => {
    expect(clock([0, 4, 4, 8, 12]).pts).toEqual([0, 4, 6, 8, 12])
    expect(clock([0, 4, 8, 8]).pts).toEqual([0, 4, 8, 12])
    expect(clock([5, 5, 5]).pts).toEqual([5, 9, 13])
  })

  it('cuts ticks finer where they are too coarse for that', () => {
    expect(clock([0, 0, 1, 1, 2, 2])).toEqual({ pts: [0, 1, 2, 3, 4, 5], refined: 2, breaks: [] })
  })

  it('goes on by one step where the stored clock runs back or leaps, and tells where', () => {
    expect(clock([100, 104, 108, 0, 4, 8])).toEqual({
      pts: [100, 104, 108, 112, 116, 120],
      refined: 1,
      breaks: [{ frame: 3, ticks: -108 }],
    })
    expect(clock([0, 4, 8, 5000, 5004])).toEqual({
      pts: [0, 4, 8, 12, 16],
      refined: 1,
      breaks: [{ frame: 3, ticks: 4992 }],
    })
  })

  it('tells a leap the nearer way round where the stored clock begins again when it is full', () => {
    const joined = (stored: readonly number[]): readonly unknown[] => clock(stored, { full: 10_000 }).breaks
    expect(joined([6000, 6004, 10_400, 10_404])).toEqual([{ frame: 2, ticks: 4396 }])
    expect(joined([6000, 6004, 14_000, 14_004])).toEqual([{ frame: 2, ticks: -2004 }])
  })

  it('puts one picture that strayed back between its neighbors', () => {
    expect(clock([0, 4, 8, 900, 16, 20])).toEqual({ pts: [0, 4, 8, 12, 16, 20], refined: 1, breaks: [] })
  })

  it('puts pictures without times before the first that has one', () => {
    expect(clock([0, 4, 8, 2, 6, 10], { startsUntimed: true })).toEqual({
      pts: [-10, -6, -2, 2, 6, 10],
      refined: 1,
      breaks: [],
    })
  })
})
