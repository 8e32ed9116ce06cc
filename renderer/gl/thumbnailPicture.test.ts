import { describe, expect, it } from 'vitest'
import type { FrameReply } from '../../electron/contract/frames.ts'
import { thumbnailPicture, type Picture } from './thumbnailPicture.ts'

/** A gray picture of two rows: 10 20 30 above 40 50 60. */
const gray: FrameReply = {
  ...{ type: 'frame', requestId: 1, footageId: 'film', frame: 0, seconds: 0, sourceChroma: null },
  ...{ width: 3, height: 2, luma: Uint8Array.of(10, 20, 30, 40, 50, 60), coloring: null },
}
const reds = ({ width, height, data }: Picture): number[][] =>
  Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => data[4 * (y * width + x)]!))

describe('a thumbnail', () => {
  it('is mirrored and then turned clockwise as the film asks', () => {
    const shown = (rotation: number, mirrored = false): number[][] =>
      reds(thumbnailPicture(gray, { rotation, mirrored }))
    expect(reds(thumbnailPicture(gray))).toEqual([
      [10, 20, 30],
      [40, 50, 60],
    ])
    expect(shown(90)).toEqual([
      [40, 10],
      [50, 20],
      [60, 30],
    ])
    expect(shown(180)).toEqual([
      [60, 50, 40],
      [30, 20, 10],
    ])
    expect(shown(270)).toEqual([
      [30, 60],
      [20, 50],
      [10, 40],
    ])
    expect(shown(0, true)).toEqual([
      [30, 20, 10],
      [60, 50, 40],
    ])
    expect(shown(90, true)).toEqual([
      [60, 30],
      [50, 20],
      [40, 10],
    ])
    expect(shown(270, true)).toEqual([
      [10, 40],
      [20, 50],
      [30, 60],
    ])
  })

  it('has the film’s own colors where it has no coloring', () => {
    const sourceChroma = { width: 1, height: 1, samples: Uint8Array.of(100, 160) }
    const { data } = thumbnailPicture({ ...gray, luma: new Uint8Array(6).fill(120), sourceChroma })
    const [r, g, b] = data as unknown as [number, number, number]
    expect(r).toBe(165)
    expect(b).toBe(70)
    expect(Math.abs(0.299 * r + 0.587 * g + 0.114 * b - 120)).toBeLessThan(1)
  })

  it('takes the hue of its coloring and keeps its luma', () => {
    const coefficients = Float32Array.of(0, -0.1, 0, 0.15)
    const coloring = { width: 1, height: 1, coefficients, version: '1', confidence: 1, stale: false, pinned: false }
    const { data } = thumbnailPicture({ ...gray, luma: new Uint8Array(6).fill(120), coloring })
    const [r, g, b] = data as unknown as [number, number, number]
    expect(r).toBeGreaterThan(g)
    expect(g).toBeGreaterThan(b)
    expect(Math.abs(0.299 * r + 0.587 * g + 0.114 * b - 120)).toBeLessThan(1)
  })
})
