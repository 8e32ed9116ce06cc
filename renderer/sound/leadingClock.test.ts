import { describe, expect, it } from 'vitest'
import { LeadingClock } from './leadingClock.ts'

describe('the clock that a film runs by', () => {
  it("is the window's while nothing is heard", () => {
    const clock = new LeadingClock()
    expect(clock.read(1000, null)).toBe(1000)
    expect(clock.read(1040, null)).toBe(1040)
    expect(clock.heardAt(1040)).toBeNull()
  })

  it("is the sound's where some is heard, however unlike the two clocks run", () => {
    const clock = new LeadingClock()
    const start = clock.read(1000, 5)
    // A card that is a hundredth too fast.
    for (let n = 1; n <= 100; n++) expect(clock.read(1000 + 10 * n, 5 + 0.0101 * n)).toBeCloseTo(start + 10.1 * n, 6)
    expect(clock.heardAt(start + 500)).toBeCloseTo(5.5, 9)
  })

  it('goes on without a leap when sound begins, and when its card stops', () => {
    const clock = new LeadingClock()
    clock.read(0, null)
    expect(clock.read(100, null)).toBe(100)
    const changes = clock.changes
    expect(clock.read(120, 42)).toBe(120)
    expect(clock.changes).toBe(changes + 1)
    expect(clock.read(160, 42.04)).toBeCloseTo(160)
    // It does not move any more: pulled out, or fed no longer.
    let last = 160
    for (let page = 180; page <= 1180; page += 20) {
      const now = clock.read(page, 42.04)
      expect(now - last).toBeLessThanOrEqual(20 + 1e-6)
      expect(now).toBeGreaterThanOrEqual(last)
      last = now
    }
    expect(clock.heardAt(last)).toBeNull()
    expect(clock.read(1200, 42.04) - last).toBeCloseTo(20)
    // And is back again.
    expect(clock.read(1220, 42.06) - last).toBeCloseTo(40)
    expect(clock.heardAt(last + 40)).toBeCloseTo(42.06)
  })
})
