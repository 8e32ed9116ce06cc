import { describe, expect, it } from 'vitest'
import { drawnPlace, grainy } from '../../../test/material/drawnPlace.ts'
import type { SmallPicture } from './sceneColor.ts'
import { ShotDetector } from './shotDetector.ts'

/** Cuts at 30 and 130, a dissolve of 60..84, another of 88..100 that nearly touches it; all moves on meanwhile. */
function film(count: number): SmallPicture[] {
  const places = [31, 32, 33, 34, 35].map((seed) => drawnPlace(seed))
  const seen = (place: number, n: number): Float32Array => places[place]!(n * 0.2, n * 0.1)
  const mixed = (from: number, to: number, n: number, before: number): Float32Array => {
    const share = (n - from + 1) / (to - from + 1)
    const after = seen(before + 1, n)
    return seen(before, n).map((value, i) => value * (1 - share) + after[i]! * share)
  }
  const pictureOf = (n: number): Float32Array => {
    if (n < 30) return seen(0, n)
    if (n < 60) return seen(1, n)
    if (n < 84) return mixed(60, 84, n, 1)
    if (n < 88) return seen(2, n)
    if (n < 100) return mixed(88, 100, n, 2)
    return n < 130 ? seen(3, n) : seen(4, n)
  }
  const pictures = Array.from({ length: count }, (_, n) => pictureOf(n))
  return grainy(pictures).map((luma) => ({ ...luma, chroma: null }))
}

describe('what is found before all of a part was seen', () => {
  const pictures = film(200)
  const part = { from: 0, to: 160 }

  it('is what is found when all of it was, and comes some dozens of frames late, that of the first frame at once', () => {
    const all = new ShotDetector(0, part)
    for (const picture of pictures) all.push(picture)
    const whole = all.finish()
    expect(whole.frames.filter(({ isCut }) => isCut).length).toBeGreaterThanOrEqual(4)
    expect(whole.transitions.length).toBeGreaterThanOrEqual(1)
    const longest = Math.max(...whole.transitions.map(({ from, to }) => to - from))
    const detector = new ShotDetector(0, part)
    pictures.forEach((picture, n) => {
      detector.push(picture)
      const { from, frames, transitions } = detector.settled
      expect(from).toBe(0)
      expect(detector.isSettled(frames.length)).toBe(true)
      expect(detector.isSettled(frames.length + 1)).toBe(frames.length === part.to)
      expect(frames.length, `after ${n + 1} frames`).toBeGreaterThanOrEqual(Math.max(1, n - 80 - longest))
      expect(frames, `after ${n + 1} frames`).toEqual(whole.frames.slice(0, frames.length))
      expect(transitions).toEqual(whole.transitions.filter((transition) => transition.from < frames.length))
    })
  })
})
