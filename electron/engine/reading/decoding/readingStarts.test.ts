import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSoonerOn, startsOf } from './readingStarts.ts'

/** Counts how often its elements are looked at. */
function counted(values: ArrayLike<number>): { values: ArrayLike<number>; looks: () => number } {
  let looks = 0
  const proxy = new Proxy(values, {
    get(target, key) {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks++
      return Reflect.get(target, key) as unknown
    },
  })
  return { values: proxy, looks: () => looks }
}

const seekables = fc.array(fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.constant(1)), {
  minLength: 1,
  maxLength: 200,
})

describe('where reading starts', () => {
  it('is the second keyframe back from a frame, itself counted; the first, where groups of pictures are closed', () => {
    fc.assert(
      fc.property(seekables, (seekable) => {
        const [open, closed] = [startsOf(seekable, false), startsOf(seekable, true)]
        seekable.forEach((_, frame) => {
          const keys = seekable.flatMap((key, n) => (key === 1 && n > 0 && n <= frame ? [n] : []))
          expect(open[frame]).toBe(keys.at(-2) ?? 0)
          expect(closed[frame]).toBe(keys.at(-1) ?? 0)
        })
      }),
    )
  })

  it('is known of all frames after one look at each', () => {
    const { values, looks } = counted(new Uint8Array(40_000))
    startsOf(values, false)
    expect(looks()).toBeLessThanOrEqual(40_000)
  })
})

describe('a running decoder', () => {
  it('is the shorter way to frames close by, and to those for which a new one had to pass more than twice as many', () => {
    expect(isSoonerOn(1000, 1005, 1000)).toBe(true)
    expect(isSoonerOn(1000, 1200, 0)).toBe(true)
    expect(isSoonerOn(2000, 2900, 0)).toBe(true)
  })

  it('is the longer way where a new one starts behind it, and across a long group of pictures', () => {
    expect(isSoonerOn(100, 5000, 4900)).toBe(false)
    expect(isSoonerOn(100, 2900, 0)).toBe(false)
  })

  it('that is the shorter way to a frame is so to all before it, where nothing but the head can be started at', () => {
    fc.assert(
      fc.property(fc.nat(50_000), fc.nat(50_000), fc.nat(50_000), (next, further, nearer) => {
        const [near, far] = [Math.min(nearer, further), Math.max(nearer, further)]
        if (isSoonerOn(next, next + far, 0)) expect(isSoonerOn(next, next + near, 0)).toBe(true)
      }),
    )
  })
})
