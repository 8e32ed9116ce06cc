import { describe, expect, it } from 'vitest'
import { panesOf, type Pane, type PaneLook } from './panes.ts'

const place = { x: 10, y: 20, width: 80.5, height: 60 }
const look: PaneLook = { width: 100, height: 100, mode: 'color', left: place, right: place, wipe: 0.5 }

const across = (panes: readonly Pane[]): unknown[] => panes.map(({ x, width, isColored }) => [x, x + width, isColored])

describe('the panes of a view', () => {
  it('are the picture, without what is beside it', () => {
    const [pane, ...others] = panesOf(look)
    expect(others).toEqual([])
    // A pixel belongs to the picture when its center does: the last one's is on the border.
    expect(pane).toMatchObject({ x: 10, y: 20, width: 80, height: 60, isColored: true })
    expect(across(panesOf({ ...look, mode: 'gray' }))).toEqual([[10, 90, false]])
  })

  it('end at the borders of the view where the picture is larger', () => {
    const left = { x: -300, y: -40, width: 700, height: 500 }
    expect(panesOf({ ...look, left })[0]).toMatchObject({ x: 0, y: 0, width: 100, height: 100, place: left })
  })

  it('of a wipe touch at its edge, and share the picture without a gap', () => {
    for (let wipe = 0; wipe <= 1; wipe += 0.003) {
      const panes = panesOf({ ...look, mode: 'wipe', wipe })
      const edge = 10 + wipe * 80.5
      const pixels = panes.flatMap(({ x, width, isColored }) =>
        Array.from({ length: width }, (_, n) => ({ center: x + n + 0.5, isColored })),
      )
      expect(pixels.map(({ center }) => center)).toEqual(Array.from({ length: 80 }, (_, n) => 10.5 + n))
      expect(pixels.every(({ center, isColored }) => isColored === center < edge)).toBe(true)
    }
  })

  it('side by side are the original and the colored picture, each cut off at the middle', () => {
    const left = { x: -10, y: 0, width: 70, height: 50 }
    const right = { x: 40, y: 0, width: 70, height: 50 }
    const panes = panesOf({ ...look, width: 101, mode: 'side', left, right })
    expect(across(panes)).toEqual([
      [0, 50, false],
      [50, 101, true],
    ])
    expect(panes.map((pane) => pane.place)).toEqual([left, right])
  })

  it('are none where the picture is out of sight', () => {
    expect(panesOf({ ...look, left: { ...place, x: 200 } })).toEqual([])
    expect(across(panesOf({ ...look, mode: 'wipe', wipe: 0 }))).toEqual([[10, 90, false]])
  })
})
