import { describe, expect, it } from 'vitest'
import { FilmClock } from './filmClock.ts'

describe('the clock of a film', () => {
  it.each([
    ['silent film', { num: 18, den: 1 }],
    ['television', { num: 25, den: 1 }],
    ['film on television', { num: 24000, den: 1001 }],
    ['what the artist typed', { num: 1667, den: 100 }],
  ])('finds every frame by the time at which it begins, to the last of three hours: %s', (_, rate) => {
    const frames = Math.floor((3 * 3600 * rate.num) / rate.den)
    const clock = new FilmClock(frames, rate)
    for (const frame of [0, 1, 2, 17, 1000, 99_999, frames - 1]) {
      const from = clock.secondsOf(frame)
      expect([clock.frameAt(from), clock.frameAt(from + 0.5 / 25)]).toEqual([frame, frame])
      expect(clock.frameBefore(clock.secondsOf(frame + 1))).toBe(frame)
    }
    expect(clock.end).toBeCloseTo((frames * rate.den) / rate.num)
  })

  it('follows the times of a film whose frames do not come evenly', () => {
    const clock = new FilmClock(4, { num: 25, den: 1 }, Float64Array.of(0, 0.04, 2, 2.04, 2.5))
    expect([0, 0.039, 0.04, 1.99, 2, 2.03, 2.04, 2.49].map((time) => clock.frameAt(time))).toEqual([
      0, 0, 1, 1, 2, 2, 3, 3,
    ])
    expect([2.5, 2.04, 2, 0.04].map((time) => clock.frameBefore(time))).toEqual([3, 2, 1, 0])
    expect(clock.end).toBe(2.5)
  })

  it('has no frames before its first and behind its last', () => {
    const clock = new FilmClock(10, { num: 25, den: 1 })
    expect([clock.frameAt(-1), clock.frameAt(9), clock.frameBefore(0), clock.frameBefore(9)]).toEqual([0, 9, 0, 9])
  })
})
