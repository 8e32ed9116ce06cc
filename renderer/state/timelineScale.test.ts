import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clampScale, frameToX, reveal, tickStep, wholeFilm, xToFrame, zoomScale } from './timelineScale.ts'

describe('the timeline', () => {
  it('shows the whole film at first', () => {
    const scale = wholeFilm(2400, 1200)
    expect([frameToX(scale, 0), frameToX(scale, 2400), xToFrame(scale, 600)]).toEqual([0, 1200, 1200])
  })

  it('keeps the frame under the pointer when zooming in', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 40, noNaN: true }),
        fc.double({ min: 0, max: 1199, noNaN: true }),
        (factor, x) => {
          const scale = wholeFilm(5000, 1200)
          const zoomed = zoomScale(scale, factor, x, 5000, 1200)
          expect(zoomed.start + x / zoomed.pixels).toBeCloseTo(scale.start + x / scale.pixels, 6)
        },
      ),
    )
  })

  it('never scrolls beyond either end', () => {
    expect(clampScale({ start: -50, pixels: 4 }, 1000, 1200).start).toBe(0)
    expect(clampScale({ start: 990, pixels: 4 }, 1000, 1200).start).toBe(700)
  })

  it('brings a frame into sight, and leaves the view alone when it is', () => {
    const scale = { start: 100, pixels: 10 }
    expect(reveal(scale, 150, 1000, 1000)).toBe(scale)
    const moved = reveal(scale, 500, 1000, 1000)
    expect(frameToX(moved, 500)).toBeGreaterThan(0)
    expect(frameToX(moved, 501)).toBeLessThanOrEqual(1000)
  })

  it('labels whole seconds when zoomed out and single frames when zoomed in', () => {
    expect(tickStep(0.1, 24, 80)).toBe(60 * 24)
    expect(tickStep(90, 24, 80)).toBe(1)
  })

  it('labels every full second, however far it is zoomed in', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(16, 18, 24, 25, 30, 48, 50, 60),
        fc.double({ min: 0.001, max: 96, noNaN: true }),
        (rate, pixels) => {
          const step = tickStep(pixels, rate, 80)
          expect(Math.min(step % rate, rate % step)).toBe(0)
        },
      ),
    )
  })
})
