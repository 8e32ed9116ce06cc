import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Viewer } from './viewer.svelte.ts'

function viewer(): Viewer {
  const view = new Viewer()
  view.load(1920, 1080)
  view.viewWidth = 1000
  view.viewHeight = 800
  return view
}

describe('the viewer', () => {
  it('fits the picture into the view, in the middle', () => {
    const { x, y, width, height } = viewer().placement()
    expect(x).toBeCloseTo(0)
    expect(width).toBeCloseTo(1000)
    expect(height).toBeCloseTo(562.5)
    expect(y).toBe(119)
  })

  it('gives each picture half the view side by side', () => {
    const view = viewer()
    view.mode = 'side'
    expect(view.placement(0).width).toBeCloseTo(500)
    expect(view.placement(1).x).toBe(500)
  })

  it('keeps the point under the pointer when zooming in', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 300, max: 700, noNaN: true }),
        fc.double({ min: 300, max: 500, noNaN: true }),
        fc.double({ min: 2.5, max: 8, noNaN: true }),
        (x, y, factor) => {
          const view = viewer()
          const before = view.pictureAt(x, y)
          view.zoomAt(factor, x, y)
          const after = view.pictureAt(x, y)
          // Placement is rounded to whole screen pixels.
          expect(Math.abs(after.u - before.u) * view.placement().width).toBeLessThan(1.5)
          expect(Math.abs(after.v - before.v) * view.placement().height).toBeLessThan(1.5)
        },
      ),
    )
  })

  it('moves a picture that is larger than the view, and no other', () => {
    const view = viewer()
    view.pan(100, 50)
    expect([view.centerX, view.centerY]).toEqual([0.5, 0.5])
    view.setZoom(1)
    const before = view.placement()
    view.pan(-100, -50)
    expect([view.placement().x - before.x, view.placement().y - before.y]).toEqual([-100, -50])
  })

  it('shows pixels as squares where the artist zoomed in, not where a small film is fitted', () => {
    const view = viewer()
    view.load(160, 120)
    expect([view.effectiveZoom, view.sharp]).toEqual([6.25, false])
    view.setZoom(4)
    expect(view.sharp).toBe(true)
  })

  it('asks for no more pixels than it shows, and for all of them when zoomed in', () => {
    const view = viewer()
    expect(view.wantedSide).toBe(1024)
    view.setZoom(4)
    expect(view.wantedSide).toBe(1920)
  })

  it('asks for whole pictures while the film runs, unless they are far larger than the view', () => {
    const view = viewer()
    expect(view.wantedSideInMotion).toBe(1920)
    view.load(4096, 2160)
    expect(view.wantedSideInMotion).toBe(view.wantedSide)
  })

  it('switches to before the edits at a tap, and for as long as the key is held', () => {
    const view = viewer()
    view.pressBeforeEdits(1000)
    view.releaseBeforeEdits(1100)
    expect(view.beforeEdits).toBe(true)
    view.pressBeforeEdits(2000)
    expect(view.beforeEdits).toBe(false)
    view.releaseBeforeEdits(3000)
    expect(view.beforeEdits).toBe(true)
    // A release without a press, as after another window took the key.
    view.releaseBeforeEdits(9000)
    expect(view.beforeEdits).toBe(true)
  })
})
