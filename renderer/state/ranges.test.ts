import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addRange, countFrames, includesFrame, removeRange } from './ranges.ts'

const range = fc
  .tuple(fc.nat(60), fc.integer({ min: 1, max: 20 }))
  .map(([from, length]) => ({ from, to: from + length }))

describe('sets of frames', () => {
  it('behave like sets of numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), range), { maxLength: 12 }), (steps) => {
        let ranges: { from: number; to: number }[] = []
        const frames = new Set<number>()
        for (const [add, one] of steps) {
          ranges = add ? addRange(ranges, one) : removeRange(ranges, one)
          for (let f = one.from; f < one.to; f++)
            if (add) frames.add(f)
            else frames.delete(f)
        }
        for (let f = 0; f < 90; f++) expect(includesFrame(ranges, f)).toBe(frames.has(f))
        expect(countFrames(ranges)).toBe(frames.size)
      }),
    )
  })

  it('stay sorted and merged', () => {
    expect(addRange(addRange([{ from: 10, to: 12 }], { from: 0, to: 3 }), { from: 3, to: 10 })).toEqual([
      { from: 0, to: 12 },
    ])
  })
})
