import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FRAMES, asset, smallProject } from '../../test/material/arbitraryEdits.ts'
import { editedClip } from '../../test/material/editedClip.ts'
import type { FoundShots } from '../contract/foundShots.ts'
import type { ProjectCommand } from '../contract/projectCommands.ts'
import type { Clip } from '../contract/projectDocument.ts'
import { wantedSegments, type ModedSegment } from './filmEdits.ts'
import { shotsFound } from './findings.ts'
import { knownShots } from './knownShots.ts'

const pinned = (pins: readonly number[]): Clip =>
  editedClip(
    smallProject().clips[0]!,
    ...pins.map((frame): ProjectCommand => ({
      type: 'pin',
      clip: 'c0',
      frame,
      base: { kind: 'picture', asset: asset('1') },
    })),
  )

/** What a film holds: cuts, some of the shots between them being transitions. */
const someShots = fc
  .record({
    cuts: fc.uniqueArray(fc.integer({ min: 1, max: FRAMES - 1 }), { maxLength: 8 }),
    areTransitions: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  })
  .map(({ cuts, areTransitions }): FoundShots => {
    const at = [...cuts].sort((a, b) => a - b)
    const transitions = at.slice(0, -1).map((from, index) => ({ from, to: at[index + 1]! }))
    return { at, transitions: transitions.filter((_, index) => areTransitions[index]), colored: [] }
  })

/** What is known of it before a frame: of a transition that reaches beyond, its part. */
const seenBefore = ({ at, transitions }: FoundShots, upTo: number): FoundShots => ({
  at: at.filter((cut) => cut < upTo),
  transitions: transitions.flatMap(({ from, to }) => (from < upTo ? [{ from, to: Math.min(to, upTo) }] : [])),
  colored: [],
})

const segmentAt = (segments: readonly ModedSegment[], frame: number): Partial<ModedSegment> => {
  const { kind, key, pins, start, sides } = segments.find(({ from, to }) => frame >= from && frame < to)!
  return { kind, key, pins, start, sides: sides ?? [] } as Partial<ModedSegment>
}

describe('shots known so far', () => {
  it('let only those frames be colored that are colored so when all is known', () => {
    let most = 0
    fc.assert(
      fc.property(
        someShots,
        fc.uniqueArray(fc.integer({ min: 0, max: FRAMES - 1 }), { maxLength: 3 }),
        fc.integer({ min: 0, max: FRAMES }),
        (found, pins, upTo) => {
          const clip = pinned(pins)
          const all = wantedSegments({ ...clip, shots: shotsFound(clip, found) })
          const known = knownShots(clip, seenBefore(found, upTo), upTo)
          expect(known.to).toBeLessThanOrEqual(upTo)
          const segments = wantedSegments(known.clip)
          for (let frame = 0; frame < known.to; frame++)
            expect(segmentAt(segments, frame)).toEqual(segmentAt(all, frame))
          most = Math.max(most, known.to)
        },
      ),
      { numRuns: 2000, seed: 4 },
    )
    expect(most).toBe(FRAMES)
  })

  it('reach as far as was looked where no pin lies farther on, and to the last cut or pin where one does', () => {
    const found: FoundShots = { at: [10, 20, 24], transitions: [{ from: 20, to: 24 }], colored: [] }
    expect(knownShots(pinned([]), found, 32).to).toBe(32)
    expect(knownShots(pinned([26]), found, 32).to).toBe(32)
    expect(knownShots(pinned([26, 36]), found, 32).to).toBe(27)
    expect(knownShots(pinned([36]), found, 32).to).toBe(20)
    expect(knownShots(pinned([36]), found, 16).to).toBe(10)
    expect(knownShots(pinned([]), found, 24).to).toBe(20)
    expect(knownShots(pinned([36]), found, FRAMES).to).toBe(FRAMES)
  })
})
