import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FrameRange } from '../../contract/schemas.ts'
import { extendRanges, recordAt } from './ranges.ts'

const LAST = 60
const frameNumbers = fc.uniqueArray(fc.integer({ min: 0, max: LAST })).map((list) => list.sort((a, b) => a - b))

function rangesOf(frames: readonly number[]): FrameRange[] {
  const ranges: FrameRange[] = []
  for (const frame of frames) extendRanges(ranges, frame)
  return ranges
}

describe('ranges of frames', () => {
  it('hold just the frames that were added, and none touches the next', () => {
    fc.assert(
      fc.property(frameNumbers, (frames) => {
        const ranges = rangesOf(frames)
        expect(ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, n) => from + n))).toEqual(frames)
        ranges.slice(1).forEach(({ from }, n) => expect(from).toBeGreaterThan(ranges[n]!.to))
      }),
    )
  })

  it('are found by the frame they hold, as looking through all of them finds them', () => {
    fc.assert(
      fc.property(frameNumbers, fc.integer({ min: 0, max: LAST }), (frames, frame) => {
        const ranges = rangesOf(frames)
        expect(recordAt(ranges, frame)).toBe(ranges.find(({ from, to }) => frame >= from && frame < to))
      }),
    )
  })
})
