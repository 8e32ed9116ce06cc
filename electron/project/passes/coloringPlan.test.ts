import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryCommand, asset, FRAMES, smallProject } from '../../../test/material/arbitraryEdits.ts'
import { editedClip } from '../../../test/material/editedClip.ts'
import { rangesOf, subtract } from '../../contract/ranges.ts'
import type { Clip } from '../../contract/projectDocument.ts'
import { UserError } from '../../contract/userError.ts'
import { isOtherWork, planColoring, type ColoringWish } from './coloringPlan.ts'
import { framesToDo } from '../dependents.ts'

const picture = { kind: 'picture', asset: asset('1') } as const
const whole: ColoringWish = { mode: 'between', range: { from: 0, to: FRAMES }, end: FRAMES, lost: [] }

/** The clip as it is, where the edit makes no sense for it. */
function edited(clip: Clip, ...changes: Parameters<typeof editedClip>[1][]): Clip {
  return changes.reduce((before: Clip, change) => {
    try {
      return editedClip(before, change)
    } catch (error) {
      if (error instanceof UserError) return before
      throw error
    }
  }, clip)
}

const ofClip = arbitraryCommand.filter((command) => 'clip' in command && command.clip === 'c0')
const someFrames = fc.uniqueArray(fc.nat(FRAMES - 1)).map((frames) => rangesOf(frames.sort((a, b) => a - b)))

describe('what a coloring has to do', () => {
  it('is the same work for as long as nothing but what it has finished comes to the document, in whatever order', () => {
    let plans = 0
    fc.assert(
      fc.property(
        fc.array(ofClip, { maxLength: 12 }),
        fc.array(someFrames, { maxLength: 2 }),
        someFrames,
        fc.constantFrom('between' as const, 'forward' as const, 'backward' as const),
        (edits, colored, some, mode) => {
          const clip = edited(
            smallProject().clips[0]!,
            ...edits,
            ...colored.flat().map((range) => ({ ...range, mode: 'between' as const })),
          )
          const wish = { ...whole, mode }
          const plan = planColoring(clip, wish)
          if (plan.ranges.length > 0) plans++
          const finished = subtract(plan.ranges, some)
          expect(isOtherWork(plan, [], planColoring(clip, wish))).toBe(false)
          expect(isOtherWork(plan, finished, planColoring(clip, wish))).toBe(false)
          if (mode !== 'between') return
          const noted = edited(clip, ...finished.map((range) => ({ ...range, mode })))
          expect(isOtherWork(plan, finished, planColoring(noted, wish))).toBe(false)
          expect(planColoring(noted, wish).ranges).toEqual(subtract(plan.ranges, finished))
        },
      ),
    )
    expect(plans).toBeGreaterThan(20)
  })

  it('is other work when a frame of it reads another pin, or is not to be done, or when there is more of it', () => {
    const clip = edited(
      smallProject().clips[0]!,
      { type: 'set-cuts', clip: 'c0', cuts: [20], source: 'automatic' },
      { from: 0, to: 10, mode: 'between' },
    )
    const plan = planColoring(clip, whole)
    const now = (...changes: Parameters<typeof editedClip>[1][]): boolean =>
      isOtherWork(plan, [{ from: 10, to: 20 }], planColoring(edited(clip, ...changes), whole))
    expect(now()).toBe(false)
    expect(now({ type: 'pin', clip: 'c0', frame: 30, base: picture })).toBe(true)
    expect(now({ type: 'pin', clip: 'c0', frame: 4, base: picture })).toBe(true)
    expect(now({ type: 'split-shot', clip: 'c0', at: 34 })).toBe(true)
    // Somebody else has done it.
    expect(now({ from: 20, to: 30, mode: 'between' })).toBe(true)
    expect(now({ type: 'rename-clip', clip: 'c0', name: 'Other' })).toBe(false)
  })

  it('leaves out what reads behind the end of a film that has become shorter, and counts it', () => {
    const clip = edited(smallProject().clips[0]!, { type: 'pin', clip: 'c0', frame: 35, base: picture })
    const { ranges, leftOut } = planColoring(clip, { ...whole, end: 30 })
    expect([ranges, leftOut]).toEqual([[], 30])
    expect(framesToDo(clip)).toEqual([
      { from: 0, to: 35 },
      { from: 36, to: FRAMES },
    ])
  })
})
