import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameOf, setOutFor, stepOf, stretchOfStep, TAKEN_UP_EVERY, wayOf, type Way } from './way.ts'

const way: fc.Arbitrary<Way> = fc.record({
  start: fc.integer({ min: 0, max: 9000 }),
  direction: fc.constantFrom(1 as const, -1 as const),
  isPinned: fc.boolean(),
})
const step = fc.integer({ min: 0, max: 5000 })

describe('the way of colors', () => {
  it('counts steps from where colors set out, forward or backward', () => {
    fc.assert(fc.property(way, step, (each, n) => stepOf(each, frameOf(each, n)) === n))
    const segment = { kind: 'backward', from: 3, to: 9, pins: [20], start: 19, key: '' } as const
    expect(stepOf(wayOf(segment), 8)).toBe(11)
  })

  it('is taken up at fixed steps only, and never past the step that is asked for', () => {
    fc.assert(
      fc.property(way, step, fc.func(fc.boolean()), (each, n, isKnown) => {
        const { step: from, fromKnown } = setOutFor(each, n, isKnown)
        expect(from % TAKEN_UP_EVERY).toBe(0)
        expect(from).toBeLessThanOrEqual(n)
        if (fromKnown) expect(isKnown(from - 1)).toBe(true)
      }),
    )
  })

  it('leads back to the pin however far it is, where nothing is known', () => {
    fc.assert(fc.property(way, step, (each, n) => setOutFor({ ...each, isPinned: true }, n, () => false).step === 0))
  })

  it('leads no further back than one stretch and a run-up, where there is no pin', () => {
    fc.assert(
      fc.property(way, step, (each, n) => {
        const unpinned = { ...each, isPinned: false }
        const { step: from } = setOutFor(unpinned, n, () => false)
        expect(n - from).toBeLessThan(11 * TAKEN_UP_EVERY)
        if (stretchOfStep(unpinned, n) > 0) expect(stretchOfStep(unpinned, from)).toBe(stretchOfStep(unpinned, n) - 1)
      }),
    )
  })

  it('does not go on over the border of a stretch from what is known before it: an undisturbed run does not either', () => {
    const unpinned = { start: 0, direction: 1, isPinned: false } as const
    expect(setOutFor(unpinned, 480, () => true)).toEqual({ step: 432, fromKnown: false })
    expect(setOutFor(unpinned, 527, () => true)).toEqual({ step: 432, fromKnown: false })
    expect(setOutFor(unpinned, 528, () => true)).toEqual({ step: 528, fromKnown: true })
  })
})
