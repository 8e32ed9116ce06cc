import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskContour } from './maskContour.ts'

describe("the border of a region's mask", () => {
  it('runs around what is taken, halfway between taken and left', () => {
    const alpha = new Uint8Array(16)
    for (const i of [5, 6, 9, 10]) alpha[i] = 255
    const lines = maskContour({ width: 4, height: 4, alpha })
    const xs = lines.flat().map(([x]) => x)
    const ys = lines.flat().map(([, y]) => y)
    expect([Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]).toEqual(
      [0.25, 0.75, 0.25, 0.75].map((at) => expect.closeTo(at, 2)),
    )
  })

  it('is empty where nothing is taken, and the frame of the picture where all is', () => {
    expect(maskContour({ width: 3, height: 2, alpha: new Uint8Array(6) })).toEqual([])
    const whole = maskContour({ width: 3, height: 2, alpha: new Uint8Array(6).fill(255) })
    for (const point of whole.flat()) expect(point.some((at) => at === 0 || at === 1)).toBe(true)
    expect(whole.length).toBe(10)
  })

  it('is closed: every end of a line is the end of another', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 48, maxLength: 48 }), (alpha) => {
        const ends = new Map<string, number>()
        for (const [x, y] of maskContour({ width: 8, height: 6, alpha }).flat()) {
          const at = `${x.toFixed(9)} ${y.toFixed(9)}`
          ends.set(at, (ends.get(at) ?? 0) + 1)
        }
        // At the border of the picture several ends may be moved to one place.
        for (const [at, count] of ends) {
          if (!at.split(' ').some((part) => Number(part) === 0 || Number(part) === 1)) {
            expect(count % 2).toBe(0)
          }
        }
      }),
    )
  })
})
