import { describe, expect, it } from 'vitest'
import { upright, type Orientation } from '../../contract/orientation.ts'
import { ComparedPictures, comparedLayout, movingLine } from './comparedPictures.ts'
import { chromaSize, type PixelLayout, type Planes } from './pixelLayout.ts'

const layoutOf = (width: number, height: number, more: Partial<PixelLayout> = {}): PixelLayout => ({
  ...{ width, height, sampling: '420', bitDepth: 8, range: 'limited', matrix: 'bt709', ffmpegName: 'yuv420p' },
  ...more,
})

/** Luma tells the place, chroma whose picture it is. */
function picture(layout: PixelLayout, chroma: number): Planes {
  const [cw, ch] = chromaSize(layout)
  const View = layout.bitDepth > 8 ? Uint16Array : Uint8Array
  return {
    layout,
    y: new View(layout.width * layout.height).map((_, n) => 20 + (n % 199)),
    u: new View(cw * ch).fill(chroma),
    v: new View(cw * ch).fill(chroma + 1),
  }
}

const [OWN, COLORED] = [60, 200]
const one = { count: 1, seconds: 0.04 }

function rows(planes: Planes, name: 'y' | 'u' | 'v'): number[][] {
  const [width] = name === 'y' ? [planes.layout.width] : chromaSize(planes.layout)
  const plane = Array.from(planes[name]!)
  return Array.from({ length: plane.length / width }, (_, row) => plane.slice(row * width, (row + 1) * width))
}

describe('side by side', () => {
  const join = (layout: PixelLayout, orientation: Orientation = upright): Planes =>
    new ComparedPictures(layout, { kind: 'side' }, orientation, one).join(
      picture(layout, OWN),
      picture(layout, COLORED),
      0,
    )

  it('shows the film’s own picture on the left and colors on the right, sample by sample', () => {
    for (const layout of [
      layoutOf(8, 4),
      layoutOf(6, 3, { sampling: '444', bitDepth: 10 }),
      layoutOf(8, 4, { sampling: '411' }),
    ]) {
      const both = join(layout)
      expect(both.layout).toMatchObject({ width: 2 * layout.width, height: layout.height })
      const own = rows(picture(layout, OWN), 'y')
      expect(rows(both, 'y')).toEqual(own.map((row) => [...row, ...row]))
      const [cw] = chromaSize(layout)
      for (const row of rows(both, 'u')) expect(row).toEqual([...Array(cw).fill(OWN), ...Array(cw).fill(COLORED)])
      for (const row of rows(both, 'v')) expect(row[cw]).toBe(COLORED + 1)
    }
  })

  it('begins the second picture at a whole chroma sample, also where the sides are odd', () => {
    const layout = layoutOf(5, 3)
    const both = join(layout)
    expect(both.layout).toMatchObject({ width: 12, height: 3 })
    const [row] = rows(picture(layout, OWN), 'y')
    expect(rows(both, 'y')[0]).toEqual([...row!, row![4], ...row!, row![4]])
    expect(rows(both, 'u')).toEqual(Array(2).fill([...Array(3).fill(OWN), ...Array(3).fill(COLORED)]))
  })

  it('stands left and right as the film is shown, however it is stored', () => {
    const layout = layoutOf(4, 4)
    const firstIs = (rotation: number, mirrored: boolean): number => join(layout, { rotation, mirrored }).u![0]!
    expect(comparedLayout(layout, { kind: 'side' }, { rotation: 90, mirrored: false })).toMatchObject({
      width: 4,
      height: 8,
    })
    expect(firstIs(0, true)).toBe(COLORED)
    expect(firstIs(180, false)).toBe(COLORED)
    expect(firstIs(180, true)).toBe(OWN)
    // Turned clockwise, what is stored at the bottom is shown on the left.
    expect(firstIs(90, false)).toBe(COLORED)
    expect(firstIs(270, false)).toBe(OWN)
  })

  it('keeps the lines of both fields where they belong', () => {
    const layout = layoutOf(4, 6, { interlaced: true })
    expect(comparedLayout(layout, { kind: 'side' }, { rotation: 270, mirrored: false }).height).toBe(16)
  })
})

describe('a wipe', () => {
  const layout = layoutOf(32, 4)
  const at = (share: number, orientation = upright, stored = layout): Planes =>
    new ComparedPictures(stored, { kind: 'wipe', at: share }, orientation, one).join(
      picture(stored, OWN),
      picture(stored, COLORED),
      0,
    )

  it('has colors left of a neutral line and the film’s own picture right of it', () => {
    const wiped = at(0.5)
    expect(wiped.layout).toEqual(layout)
    for (const row of rows(wiped, 'u'))
      expect(row).toEqual([...Array(7).fill(COLORED), 128, 128, 128, ...Array(6).fill(OWN)])
    const [row] = rows(wiped, 'y')
    expect(row!.slice(14, 20)).toEqual([16, 16, 235, 235, 16, 16])
    const luma = rows(picture(layout, OWN), 'y')[0]!
    expect([...row!.slice(0, 14), ...row!.slice(20)]).toEqual([...luma.slice(0, 14), ...luma.slice(20)])
  })

  it('is one of the two pictures at either end, without a line', () => {
    expect(at(0)).toMatchObject({ u: picture(layout, OWN).u, y: picture(layout, OWN).y })
    expect(at(1)).toMatchObject({ u: picture(layout, COLORED).u, y: picture(layout, OWN).y })
  })

  it('goes from left to right as the film is shown', () => {
    expect(at(0.25, { rotation: 180, mirrored: false }).u!.slice(0, 3)).toEqual(Uint8Array.of(OWN, OWN, OWN))
    const turned = at(0.5, { rotation: 90, mirrored: false }, layoutOf(4, 32))
    expect([turned.u![0], turned.u!.at(-1)]).toEqual([OWN, COLORED])
  })

  it('leaves the pictures that it is made of as they are', () => {
    const [own, colored] = [picture(layout, OWN), picture(layout, COLORED)]
    new ComparedPictures(layout, { kind: 'wipe', at: 0.5 }, upright, one).join(own, colored, 0)
    expect([own, colored]).toEqual([picture(layout, OWN), picture(layout, COLORED)])
  })
})

describe('a line that moves', () => {
  it('sets out with the original and ends with colors alone, however long the film is', () => {
    for (const [count, seconds] of [
      [2, 0.1],
      [24, 1],
      [240, 10],
      [24_000, 1000],
    ] as const) {
      expect(movingLine(0, count, seconds)).toBe(0)
      expect(movingLine(count - 1, count, seconds)).toBeCloseTo(1)
    }
    expect(movingLine(0, 1, 0.04)).toBe(1)
  })

  it('goes to and fro at about the same speed, and never leaps', () => {
    for (const seconds of [3, 20, 100]) {
      const places = Array.from({ length: seconds * 24 }, (_, n) => movingLine(n, seconds * 24, seconds))
      const steps = places.slice(1).map((place, n) => Math.abs(place - places[n]!))
      expect(Math.max(...steps)).toBeLessThan(0.025)
      expect(places.filter((place) => place > 0.99).length).toBeGreaterThan(seconds / 4)
    }
  })
})
