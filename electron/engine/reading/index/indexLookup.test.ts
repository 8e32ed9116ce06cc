import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FrameIndex } from '../footage.ts'
import { frameFinder, toldByTime } from './indexLookup.ts'

function indexOf(pts: readonly number[], den: number): FrameIndex {
  const stored = Float64Array.from(pts)
  return {
    timeBase: { num: 1, den },
    pts: stored,
    stored,
    end: (pts[pts.length - 1] ?? 0) + 1,
    seekable: new Uint8Array(pts.length),
    isClosed: false,
  }
}

describe('looking frames up in an index', () => {
  it('finds every frame by its time and nothing between', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 60 }), (times) => {
        const sorted = [...times].sort((a, b) => a - b)
        const find = frameFinder(indexOf(sorted, 90_000))
        sorted.forEach((pts, n) => expect(find(pts, -1)).toBe(n))
        expect(find((sorted[0] ?? 0) - 1, -1)).toBe(-1)
      }),
    )
  })

  it('finds frames that share a time one after another', () => {
    const index = indexOf([0, 1, 1, 2, 0, 1], 24)
    expect(toldByTime(index)).toBe(false)
    const find = frameFinder(index)
    const found: number[] = []
    for (const pts of [0, 1, 1, 2, 0, 1]) found.push(find(pts, found[found.length - 1] ?? -1))
    expect(found).toEqual([0, 1, 2, 3, 4, 5])
    // The second of the two is damaged and does not come.
    expect(find(2, 1)).toBe(3)
  })
})
