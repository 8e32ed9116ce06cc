import { describe, expect, it } from 'vitest'
import { drawnPlace, grainy, PLACE_HEIGHT as height, PLACE_WIDTH as width } from '../../../test/material/drawnPlace.ts'
import type { LumaPicture } from './detectCuts.ts'
import { TransitionShares } from './transitionShares.ts'

type Mix = (x: number, y: number) => number

/** Two drawn places under grain, of which each pixel has the second in the share that `mix` gives. */
function picture(mix: Mix, moved = 0): LumaPicture {
  const [a, b] = [drawnPlace(11)(moved, 0), drawnPlace(12)(moved, 0)]
  return grainy([
    a.map((value, i) => value + (b[i]! - value) * mix((i % width) / width, Math.floor(i / width) / height)),
  ])[0]!
}

const [before, after] = [picture(() => 0), picture(() => 1)]
const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length

describe('the shares of a transition', () => {
  it('of a dissolve are the same everywhere, those that were mixed, though the camera moves', () => {
    const shares = new TransitionShares(
      before,
      picture(() => 0.5, 1),
      after,
    )
    for (const share of [0.1, 0.4, 0.8]) {
      const found = shares.of(picture(() => share, 2 * share))
      expect(found).toHaveLength((width >> 1) * (height >> 1))
      expect(Math.max(...found) - Math.min(...found)).toBe(0)
      expect(Math.abs(found[0]! - share)).toBeLessThan(0.1)
    }
  })

  it('of a wipe and an iris are those of the picture that each place shows', () => {
    const wipe =
      (share: number): Mix =>
      (x) =>
        x < share ? 1 : 0
    const iris =
      (share: number): Mix =>
      (x, y) =>
        Math.hypot(x - 0.5, y - 0.5) < 0.7 * share ? 1 : 0
    for (const shape of [wipe, iris]) {
      const shares = new TransitionShares(before, picture(shape(0.5)), after)
      for (const share of [0.25, 0.5, 0.75]) {
        const truth = shape(share)
        const places = shares.of(picture(truth))
        const cells = width >> 1
        // Where both pictures are equally bright nobody can tell which of them is shown.
        const at = (i: number): [x: number, y: number] => [i % cells, Math.floor(i / cells)]
        const differ = (i: number): boolean => {
          const pixel = 2 * at(i)[1] * width + 2 * at(i)[0]
          return Math.abs(before.values[pixel]! - after.values[pixel]!) > 0.1
        }
        const off = Array.from(places, (value, i) =>
          Math.abs(value - truth((at(i)[0] + 0.5) / cells, (at(i)[1] + 0.5) / (height >> 1))),
        )
        expect(mean(off.filter((_, i) => differ(i)))).toBeLessThan(0.1)
      }
    }
  })

  it('begin as those of the shot before and end as those of the shot after', () => {
    for (const middle of [() => 0.5, (x: number) => (x < 0.5 ? 1 : 0)]) {
      const shares = new TransitionShares(before, picture(middle), after)
      expect(mean(shares.of(before))).toBeLessThan(0.01)
      expect(mean(shares.of(after))).toBeGreaterThan(0.99)
    }
  })
})
