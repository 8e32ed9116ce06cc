import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columns, cutLimits, hitAt, lanesOf, markX, pinY, snapped, type Targets } from './lanes.ts'

const lanes = lanesOf(150, { markers: true, sound: false })
const targets: Targets = {
  scale: { start: 0, pixels: 10 },
  lanes,
  shots: [
    { from: 0, to: 20 },
    { from: 20, to: 40 },
  ],
  pins: [5, 6],
  markers: [12],
  suggestion: 30,
}

describe('what is under the pointer', () => {
  it('is the cut in the lane of shots, and elsewhere the film', () => {
    expect(hitAt(203, lanes.shots.top + 3, targets)).toEqual({ kind: 'cut', at: 20 })
    expect(hitAt(203, lanes.thumbnails.top + 3, targets)).toEqual({ kind: 'film' })
    expect(hitAt(250, lanes.shots.top + 3, targets)).toEqual({ kind: 'shot', index: 1 })
  })

  it('is the nearer of two pins', () => {
    expect(hitAt(markX(targets.scale, 6) - 2, pinY(lanes), targets)).toEqual({ kind: 'pin', frame: 6 })
    expect(hitAt(markX(targets.scale, 6) - 6, pinY(lanes), targets)).toEqual({ kind: 'pin', frame: 5 })
  })

  it('is the marker in its lane, and below it what else is there', () => {
    expect(hitAt(markX(targets.scale, 12) + 6, lanes.markers.top + 5, targets)).toEqual({ kind: 'marker', frame: 12 })
    expect(hitAt(markX(targets.scale, 12) + 6, lanes.thumbnails.top + 3, targets)).toEqual({ kind: 'film' })
  })

  it('is the suggested frame beside its mark', () => {
    expect(hitAt(markX(targets.scale, 30) + 5, lanes.confidence.top + 5, targets)).toEqual({
      kind: 'suggestion',
      frame: 30,
    })
  })

  it('never begins with the start of the film, which is no cut', () => {
    expect(hitAt(0, lanes.shots.top + 3, targets)).toEqual({ kind: 'shot', index: 0 })
  })
})

it('a cut can be moved up to a frame beside the next ones, or the ends of the film', () => {
  const shots = [0, 20, 30].map((from, n) => ({ from, to: [20, 30, 40][n]! }))
  expect([20, 30].map((cut) => cutLimits(shots, cut, 40))).toEqual([
    { first: 1, last: 29 },
    { first: 21, last: 39 },
  ])
})

describe('the lanes', () => {
  it('fill the height without gaps', () => {
    const all = Object.values(lanes)
    all.forEach((lane, n) => expect(lane.top).toBe(n === 0 ? 0 : all[n - 1]!.top + all[n - 1]!.height))
    expect(all.at(-1)!.top + all.at(-1)!.height).toBe(150)
  })
})

describe('a curve over frames', () => {
  it('loses no extreme to zooming out', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 500 }),
        fc.integer({ min: 1, max: 90 }),
        (values, width) => {
          const made = columns(values, { start: 0, pixels: width / values.length }, width, Math.max)
          if (values.length >= width) expect(Math.max(...made)).toBeCloseTo(Math.max(...values), 5)
          expect(made.every((value) => !Number.isNaN(value))).toBe(true)
        },
      ),
    )
  })

  it('says nothing where nothing is known', () => {
    expect([...columns([NaN, 0.5, NaN], { start: 0, pixels: 1 }, 4, Math.min)]).toEqual([NaN, 0.5, NaN, NaN])
  })
})

it('what is dragged snaps to the playhead when it is near', () => {
  expect([snapped(101, 100, { start: 0, pixels: 5 }), snapped(102, 100, { start: 0, pixels: 5 })]).toEqual([100, 102])
})
