import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reachFrom, startsOf } from './readingStarts.ts'

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
  it('is the second keyframe back from a frame, itself counted', () => {
    fc.assert(
      fc.property(seekables, (seekable) => {
        const starts = startsOf(seekable)
        seekable.forEach((_, frame) => {
          const keys = seekable.flatMap((key, n) => (key === 1 && n > 0 && n <= frame ? [n] : []))
          expect(starts[frame]).toBe(keys.at(-2) ?? 0)
        })
      }),
    )
  })

  it('is known of all frames after one look at each', () => {
    const { values, looks } = counted(new Uint8Array(40_000))
    startsOf(values)
    expect(looks()).toBeLessThanOrEqual(40_000)
  })
})

describe('how far a running decoder is the shorter way', () => {
  it('is up to the last frame for which a new one would start before it', () => {
    fc.assert(
      fc.property(seekables, fc.nat(199), (seekable, at) => {
        const starts = startsOf(seekable)
        const next = Math.min(at, seekable.length - 1)
        let reach = next
        while (reach + 1 < starts.length && starts[reach + 1]! < next) reach++
        expect(reachFrom(starts, next)).toBe(reach)
      }),
    )
  })

  it('takes a few looks, however long the film and however rare its keyframes', () => {
    for (const next of [1, 20_000, 39_999]) {
      const { values, looks } = counted(startsOf(new Uint8Array(40_000)))
      expect(reachFrom(values, next)).toBe(39_999)
      expect(looks()).toBeLessThanOrEqual(17)
    }
  })
})
