import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { upright as shownAsStored, type Orientation } from '../../contract/orientation.ts'
import { partsOf, turnedFrom, upright, type ExamplePicture } from './exampleParts.ts'

/** Every place of it has values of its own; in shares of its sides, so that halves of it are as it. */
function picture(width: number, height: number): ExamplePicture {
  const [w, h] = [width >> 1, height >> 1]
  return {
    luma: { width, height, values: Float32Array.from({ length: width * height }, (_, i) => i / (width * height)) },
    chroma: {
      width: w,
      height: h,
      values: Float32Array.from({ length: 2 * w * h }, (_, i) =>
        i % 2 === 0 ? (i >> 1) % w : Math.floor((i >> 1) / w),
      ),
    },
  }
}

const side = fc.integer({ min: 1, max: 6 }).map((n) => 32 * n)
const short = fc.integer({ min: 1, max: 6 }).map((n) => 2 * n)
const orientation = fc.record({ rotation: fc.constantFrom(0, 90, 180, 270), mirrored: fc.boolean() })
const size = ({ luma }: ExamplePicture): [number, number] => [luma.width, luma.height]

describe('an example of a film that is stored in another way', () => {
  it('is turned as the frame’s is, and back', () => {
    fc.assert(
      fc.property(short, short, orientation, orientation, (width, height, from, to) => {
        const before = picture(width, height)
        const turned = turnedFrom(before, from, to)
        const isAcross = (from.rotation + to.rotation) % 180 !== 0
        expect(size(turned)).toEqual(isAcross ? [height, width] : [width, height])
        // Both are the same picture upright.
        expect(upright(turned.luma, to)).toEqual(upright(before.luma, from))
        expect(upright(turned.chroma, to)).toEqual(upright(before.chroma, from))
        expect(turnedFrom(turned, to, from)).toEqual(before)
      }),
    )
  })

  it('lies clockwise where its film is shown turned clockwise', () => {
    const turned: Orientation = { rotation: 90, mirrored: false }
    const stored = { width: 2, height: 1, values: Float32Array.of(1, 2) }
    expect([...upright(stored, turned).values]).toEqual([1, 2])
    expect([...upright({ ...stored, width: 1, height: 2 }, turned).values]).toEqual([2, 1])
    expect([...upright(stored, shownAsStored).values]).toEqual([1, 2])
  })
})

describe('an example of another size or shape', () => {
  it('is read as it is where it is as large as the frame', () => {
    const same = picture(448, 256)
    expect(partsOf(same, 448, 256)).toEqual([same])
  })

  it('becomes several pictures where it is longer than the frame by more than a tenth: nothing of it is lost', () => {
    const wide = picture(448, 256)
    const parts = partsOf(wide, 352, 256)
    expect(parts.map(size)).toEqual([
      [352, 256],
      [352, 256],
      [352, 256],
    ])
    expect(parts[0]!.luma.values[0]).toBe(wide.luma.values[0])
    expect(parts[2]!.luma.values.at(-1)).toBe(wide.luma.values.at(-1))
    expect([...parts[2]!.chroma.values.slice(-2)]).toEqual([223, 127])
  })

  it('is cut off at its ends where it is longer by a tenth', () => {
    const [part, ...more] = partsOf(picture(352, 256), 320, 256)
    expect(more).toEqual([])
    const row = Array.from({ length: 160 }, (_, x) => part!.chroma.values[2 * x]!)
    expect([row[0], row.at(-1)]).toEqual([8, 167])
  })

  it('goes on mirrored where it is shorter, with the colors of what is mirrored', () => {
    const [part, ...more] = partsOf(picture(352, 256), 448, 256)
    expect(more).toEqual([])
    const row = (chroma: ExamplePicture['chroma']): number[] =>
      Array.from({ length: chroma.width }, (_, x) => chroma.values[2 * x]!)
    const places = row(part!.chroma)
    // 24 more on each side.
    expect(places.slice(22, 27)).toEqual([1, 0, 0, 1, 2])
    expect(places.slice(198, 203)).toEqual([174, 175, 175, 174, 173])
  })

  it('is brought to the size in which the frame is seen where its film is smaller or larger', () => {
    const [part, ...more] = partsOf(picture(96, 64), 384, 256)
    expect(more).toEqual([])
    expect(size(part!)).toEqual([384, 256])
    expect(partsOf(picture(384, 256), 96, 64).map(size)).toEqual([[96, 64]])
  })

  it('always gives pictures of the frame’s size, made of nothing but its own', () => {
    fc.assert(
      fc.property(side, side, side, side, (width, height, toWidth, toHeight) => {
        for (const part of partsOf(picture(width, height), toWidth, toHeight)) {
          expect(size(part)).toEqual([toWidth, toHeight])
          expect(part.luma.values).toHaveLength(toWidth * toHeight)
          expect(part.chroma.values).toHaveLength((toWidth * toHeight) / 2)
          expect(part.luma.values.every((value) => value >= 0 && value <= 1)).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })
})
