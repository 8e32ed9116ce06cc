import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addRange,
  carveOut,
  countFrames,
  extendRanges,
  framesOf,
  framesWithin,
  includesFrame,
  intersect,
  overlapping,
  rangesOf,
  recordAt,
  removeRange,
  subtract,
  unite,
  within,
} from './ranges.ts'
import type { FrameRange } from './schemas.ts'

const LAST = 80
const range = fc
  .tuple(fc.nat(60), fc.integer({ min: 1, max: 20 }))
  .map(([from, length]): FrameRange => ({ from, to: from + length }))
const ranges = fc.array(range, { maxLength: 8 })
const frameNumbers = fc.array(fc.integer({ min: 0, max: LAST }))
const frame = fc.integer({ min: 0, max: LAST })

/** Sorted, each once. */
const inOrder = (frames: Iterable<number>): number[] => [...new Set(frames)].sort((a, b) => a - b)
const framesIn = (set: readonly FrameRange[]): number[] => inOrder(set.flatMap(framesOf))

function expectProper(set: readonly FrameRange[]): void {
  for (const { from, to } of set) expect(from).toBeLessThan(to)
  set.slice(1).forEach(({ from }, n) => expect(from).toBeGreaterThan(set[n]!.to))
}

describe('sets of frames', () => {
  it('behave like sets of numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), range), { maxLength: 12 }), (steps) => {
        let set: FrameRange[] = []
        const frames = new Set<number>()
        for (const [add, one] of steps) {
          set = add ? addRange(set, one) : removeRange(set, one)
          for (const each of framesOf(one))
            if (add) frames.add(each)
            else frames.delete(each)
          expectProper(set)
        }
        for (let each = 0; each < 90; each++) expect(includesFrame(set, each)).toBe(frames.has(each))
        expect(countFrames(set)).toBe(frames.size)
      }),
    )
  })

  it('are united, subtracted and cut as sets are, and stay proper', () => {
    fc.assert(
      fc.property(ranges, ranges, range, (some, others, one) => {
        const [a, b, c] = [framesIn(some), new Set(framesIn(others)), new Set(framesOf(one))]
        for (const [result, frames] of [
          [unite([...some, ...others]), inOrder([...a, ...b])],
          [subtract(some, others), a.filter((each) => !b.has(each))],
          [intersect(some, one), a.filter((each) => c.has(each))],
        ] as const) {
          expectProper(result)
          expect(framesIn(result)).toEqual(frames)
        }
      }),
    )
  })

  it('are merged where they touch', () => {
    expect(addRange(addRange([{ from: 10, to: 12 }], { from: 0, to: 3 }), { from: 3, to: 10 })).toEqual([
      { from: 0, to: 12 },
    ])
  })

  it('hold just the frames that they are made of', () => {
    fc.assert(
      fc.property(frameNumbers, (frames) => {
        const set = rangesOf(frames)
        expectProper(set)
        expect(framesIn(set)).toEqual(inOrder(frames))
        const extended: FrameRange[] = []
        for (const each of inOrder(frames)) extendRanges(extended, each)
        expect(extended).toEqual(set)
      }),
    )
  })

  it('keep those of other frames that they hold, in their order', () => {
    expect(framesWithin([7, 3, 5, 4], { from: 4, to: 7 })).toEqual([5, 4])
  })
})

describe('records with ranges', () => {
  /** In order and apart, each with a name. */
  const records = ranges.map((some) => unite(some).map((each, n) => ({ ...each, name: `${n}` })))

  it('are found by the frame they hold, as looking through all of them finds them', () => {
    fc.assert(
      fc.property(records, frame, (list, each) => {
        expect(recordAt(list, each)).toBe(list.find(({ from, to }) => each >= from && each < to))
      }),
    )
  })

  it('are found by a range that has frames of them, as looking through all of them finds them', () => {
    fc.assert(
      fc.property(records, range, (list, one) => {
        expect(overlapping(list, one)).toEqual(list.filter(({ from, to }) => from < one.to && to > one.from))
      }),
    )
  })

  it('keep the rest of their record where they are cut to a range, or carved out', () => {
    fc.assert(
      fc.property(records, range, ranges, (list, one, taken) => {
        const nameAt = (part: readonly { readonly name: string; from: number; to: number }[], each: number) =>
          recordAt(part, each)?.name
        const [cut, carved] = [within(list, one), carveOut(list, taken)]
        for (let each = 0; each <= LAST; each++) {
          expect(nameAt(cut, each)).toBe(includesFrame([one], each) ? nameAt(list, each) : undefined)
          expect(nameAt(carved, each)).toBe(includesFrame(taken, each) ? undefined : nameAt(list, each))
        }
      }),
    )
  })
})
