import { describe, expect, it } from 'vitest'
import { cellsInSight, type Cells } from './thumbnailCells.ts'

const shots = (...cuts: number[]): Cells['shots'] => cuts.map((from, n) => ({ from, to: cuts[n + 1] ?? 400 }))
/** Thumbnails of 60 pixels: 20 frames of 3 pixels, in a window of 300 pixels. */
const cells = (over: Partial<Cells>): number[] =>
  cellsInSight({
    scale: { start: 0, pixels: 3 },
    width: 300,
    lanes: { thumbnails: { top: 0, height: 41 } },
    frameCount: 400,
    thumbAspect: 1.5,
    shots: shots(0),
    ...over,
  }).frames

describe('thumbnails of the timeline', () => {
  it('stand side by side, and stay when the timeline is scrolled', () => {
    expect(cells({})).toEqual([0, 20, 40, 60, 80, 100])
    expect(cells({ scale: { start: 27, pixels: 3 } })).toEqual([20, 40, 60, 80, 100, 120])
  })

  it('show the next shot behind a cut', () => {
    expect(cells({ shots: shots(0, 48) })).toEqual([0, 20, 40, 48, 60, 80, 100])
    expect(cells({ shots: shots(0, 20, 48), scale: { start: 45, pixels: 3 } })).toEqual([40, 48, 60, 80, 100, 120, 140])
  })

  it('leave out shots too short to be seen', () => {
    expect(cells({ shots: shots(0, 48, 50, 57) })).toEqual([0, 20, 40, 50, 60, 80, 100])
    expect(cells({ shots: shots(0, 56) })).toEqual([0, 20, 40, 60, 80, 100])
  })

  it('end with the film', () => {
    expect(
      cells({
        frameCount: 50,
        shots: [
          { from: 0, to: 44 },
          { from: 44, to: 50 },
        ],
      }),
    ).toEqual([0, 20, 40, 44])
  })

  it('are every frame where there is room', () => {
    expect(cells({ scale: { start: 4, pixels: 100 }, shots: shots(0, 5) })).toEqual([4, 5, 6, 7])
  })
})
