import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FRAMES, asset, smallProject } from '../../../test/material/arbitraryEdits.ts'
import { editedClip } from '../../../test/material/editedClip.ts'
import type { FoundShots } from '../../contract/foundShots.ts'
import type { ProjectCommand } from '../../contract/projectCommands.ts'
import type { Clip } from '../../contract/projectDocument.ts'
import { wantedSegments, type ModedSegment } from './filmEdits.ts'
import { shotsFound } from '../findings.ts'
import { knownShots, type LookedThrough } from './knownShots.ts'

/** @param own cuts by hand @param gone those that were taken away again: there none is wanted */
const pinned = (pins: readonly number[], own: readonly number[] = [], gone: readonly number[] = []): Clip =>
  editedClip(
    smallProject().clips[0]!,
    ...[...own, ...gone].map((at): ProjectCommand => ({ type: 'split-shot', clip: 'c0', at })),
    ...gone.map((at): ProjectCommand => ({ type: 'join-shots', clip: 'c0', at })),
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

/** What is known of it in some frames: of a transition that reaches beyond them, what lies before their end. */
const seenIn = ({ at, transitions }: FoundShots, from: number, to: number): LookedThrough => ({
  from,
  to,
  found: {
    at: at.filter((cut) => cut >= from && cut < to),
    transitions: transitions.flatMap((each) =>
      each.from < to && each.to > from ? [{ from: each.from, to: Math.min(each.to, to) }] : [],
    ),
    colored: [],
  },
})

const segmentAt = (segments: readonly ModedSegment[], frame: number): Partial<ModedSegment> => {
  const { kind, key, pins, start, sides } = segments.find(({ from, to }) => frame >= from && frame < to)!
  return { kind, key, pins, start, sides: sides ?? [] } as Partial<ModedSegment>
}

describe('shots known so far', () => {
  it('let only those frames be colored that are colored so when all is known', () => {
    let [most, mostInside] = [0, 0]
    fc.assert(
      fc.property(
        someShots,
        fc.uniqueArray(fc.integer({ min: 0, max: FRAMES - 1 }), { maxLength: 3 }),
        fc.oneof(fc.constant(0), fc.integer({ min: 0, max: FRAMES - 1 })),
        fc.nat({ max: FRAMES }),
        fc.nat({ max: FRAMES }),
        fc.uniqueArray(fc.integer({ min: 1, max: FRAMES - 1 }), { maxLength: 3 }),
        fc.nat({ max: 3 }),
        (found, pins, from, length, away, cuts, kept) => {
          const clip = pinned(pins, cuts.slice(0, kept), cuts.slice(kept))
          const all = wantedSegments({ ...clip, shots: shotsFound(clip, found) })
          const to = Math.min(FRAMES, from + length)
          const known = knownShots(clip, seenIn(found, from, to), from === 0 ? 0 : Math.min(to, from + away))
          if (known.to > known.from) expect([known.from >= from, known.to <= to]).toEqual([true, true])
          const segments = wantedSegments(known.clip)
          for (let frame = known.from; frame < known.to; frame++)
            expect(segmentAt(segments, frame)).toEqual(segmentAt(all, frame))
          most = Math.max(most, known.to - known.from)
          if (from > 0) mostInside = Math.max(mostInside, known.to - known.from)
        },
      ),
      { numRuns: 4000, seed: 4 },
    )
    expect(most).toBe(FRAMES)
    expect(mostInside).toBeGreaterThan(FRAMES / 2)
  })

  it('reach as far as was looked where no pin lies farther on, and to the last cut or pin where one does', () => {
    const found: FoundShots = { at: [10, 20, 24], transitions: [{ from: 20, to: 24 }], colored: [] }
    const known = (pins: readonly number[], to: number, from = 0, frame = from): number[] => {
      const { from: first, to: end } = knownShots(pinned(pins), { found, from, to }, frame)
      return [first, end]
    }
    expect(known([], 32)).toEqual([0, 32])
    expect(known([26], 32)).toEqual([0, 32])
    expect(known([26, 36], 32)).toEqual([0, 27])
    expect(known([36], 32)).toEqual([0, 20])
    expect(known([36], 16)).toEqual([0, 10])
    expect(known([], 24)).toEqual([0, 20])
    expect(known([36], FRAMES)).toEqual([0, FRAMES])
    // From the shot on that a frame lies in, where it is known that far back.
    expect(known([], 32, 5, 12)).toEqual([10, 32])
    expect(known([], 32, 12, 14)).toEqual([14, 14])
    expect(known([], 32, 15, 22)).toEqual([24, 32])
    // A cut by hand is one, wherever it is; that nobody has looked at what lies before it stays so.
    const byHand = (pins: readonly number[], own: readonly number[], gone: readonly number[] = []): number =>
      knownShots(pinned(pins, own, gone), { found, from: 0, to: 16 }).to
    expect(byHand([36], [14])).toBe(14)
    expect(byHand([36], [18])).toBe(16)
    expect(byHand([17], [18])).toBe(10)
    expect(byHand([36], [], [10])).toBe(0)
  })
})
