import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planSegments, segmentAt } from './segments.ts'

describe('the way colors run through a film', () => {
  it('goes back to the start of the shot, on to the next pin, and on to the end of the shot', () => {
    expect(planSegments(100, [40], [10, 20])).toEqual([
      { kind: 'backward', from: 0, to: 10, pins: [10] },
      { kind: 'pin', from: 10, to: 11, pins: [10] },
      { kind: 'forward', from: 11, to: 20, pins: [10, 20] },
      { kind: 'pin', from: 20, to: 21, pins: [20] },
      { kind: 'forward', from: 21, to: 40, pins: [20] },
      { kind: 'automatic', from: 40, to: 100, pins: [] },
    ])
  })

  it('covers every frame once, and no segment reads a pin of another shot', () => {
    const frames = fc.uniqueArray(fc.integer({ min: 0, max: 199 }), { maxLength: 12 }).map((list) => list.sort((a, b) => a - b))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), frames, frames, (count, cuts, all) => {
        const pins = all.filter((pin) => pin < count)
        const segments = planSegments(count, cuts, pins)
        let at = 0
        for (const segment of segments) {
          expect(segment.from).toBe(at)
          expect(segment.to).toBeGreaterThan(segment.from)
          at = segment.to
          const reach = [segment.from, segment.to - 1, ...segment.pins]
          const [first, last] = [Math.min(...reach), Math.max(...reach)]
          expect(cuts.filter((cut) => cut > first && cut <= last)).toEqual([])
          for (let frame = segment.from; frame < segment.to; frame++) expect(segmentAt(segments, frame)).toBe(segment)
        }
        expect(at).toBe(count)
        expect(segments.filter(({ kind }) => kind === 'pin').map(({ from }) => from)).toEqual(pins)
      }),
    )
  })
})
