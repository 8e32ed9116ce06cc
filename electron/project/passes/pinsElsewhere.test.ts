import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fairShares, spread } from './pinsElsewhere.ts'

const counts = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 12 })
const sum = (all: readonly number[]): number => all.reduce((before, each) => before + each, 0)

describe('room for pins of other films', () => {
  it('is shared so that a film with few of them leaves what it does not need to the others', () => {
    expect(fairShares([3, 500, 20], 128)).toEqual([3, 105, 20])
    expect(fairShares([100, 100], 128)).toEqual([64, 64])
    expect(fairShares([], 128)).toEqual([])
  })

  it('is used up, never exceeded, and shared evenly among those that want more', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 128 }), (wanted, room) => {
        const shares = fairShares(wanted, room)
        expect(sum(shares)).toBe(Math.min(room, sum(wanted)))
        const short = shares.filter((share, n) => share < wanted[n]!)
        for (const [n, share] of shares.entries()) {
          expect(share).toBeLessThanOrEqual(wanted[n]!)
          for (const other of short) expect(share).toBeLessThanOrEqual(other + 1)
        }
      }),
    )
  })

  it('is filled with pins from all parts of a film', () => {
    const pins = Array.from({ length: 300 }, (_, n) => n)
    expect(spread(pins, 3)).toEqual([50, 150, 250])
    expect(spread(pins.slice(0, 3), 5)).toEqual([0, 1, 2])
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (count) => {
        const some = spread(pins, count)
        expect(some).toHaveLength(count)
        for (const [n, pin] of some.slice(1).entries()) expect(pin).toBeGreaterThan(some[n]!)
      }),
    )
  })
})
