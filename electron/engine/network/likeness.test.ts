import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shareOfBestBuddies } from './likeness.ts'

const COLUMNS = 8
const PLACES = COLUMNS * 6

const itself = Int32Array.from({ length: PLACES }, (_, place) => place)

it('finds all of a picture in itself, and in one whose places are mixed up', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...itself], { minLength: PLACES }), (order) => {
      const forth = Int32Array.from(order)
      const back = new Int32Array(PLACES)
      forth.forEach((there, place) => (back[there] = place))
      expect(shareOfBestBuddies(forth, back, COLUMNS)).toBe(1)
    }),
  )
})

it('counts places that are led back to a neighbor, and none that are led back further', () => {
  const share = (by: number): number =>
    shareOfBestBuddies(
      itself,
      itself.map((place) => (place + by + PLACES) % PLACES),
      COLUMNS,
    )
  // To the right, below, and both: all but those at the borders, which come out at the other side.
  expect(share(1)).toBe((PLACES - 6) / PLACES)
  expect(share(COLUMNS)).toBe((PLACES - COLUMNS) / PLACES)
  expect(share(COLUMNS - 1)).toBeGreaterThan(0.6)
  expect(share(2)).toBe(0)
  expect(share(2 * COLUMNS)).toBe(0)
})

it('counts those alone that the other picture chooses in turn', () => {
  // Everything here is likest to one place there, which is likest to one place here, in its corner.
  const share = shareOfBestBuddies(new Int32Array(PLACES).fill(7), new Int32Array(5 * PLACES), COLUMNS)
  expect(share).toBe(4 / PLACES)
})
