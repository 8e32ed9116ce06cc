import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatTimecode, parsePosition } from './timecode.ts'

const pal = { num: 25, den: 1 }
const film = { num: 24000, den: 1001 }
const ntsc = { num: 30000, den: 1001 }

describe('timecode', () => {
  it('counts hours, minutes, seconds and frames', () => {
    expect(formatTimecode(25 * 3661 + 7, pal)).toBe('01:01:01:07')
    expect(formatTimecode(24, film)).toBe('00:00:01:00')
  })

  it('leaves out two numbers a minute in drop-frame, but not every tenth', () => {
    expect(formatTimecode(1799, ntsc)).toBe('00:00:59;29')
    expect(formatTimecode(1800, ntsc)).toBe('00:01:00;02')
    expect(formatTimecode(17982, ntsc)).toBe('00:10:00;00')
  })

  it('comes back to the same frame at every rate', () => {
    const rates = [pal, film, ntsc, { num: 60000, den: 1001 }, { num: 24, den: 1 }, { num: 12, den: 1 }]
    fc.assert(
      fc.property(fc.constantFrom(...rates), fc.integer({ min: 0, max: 5_000_000 }), (rate, frame) => {
        expect(parsePosition(formatTimecode(frame, rate), rate)).toBe(frame)
      }),
    )
  })

  it('takes a plain number as a frame and fills short codes from the left', () => {
    expect(parsePosition('120', pal)).toBe(120)
    expect(parsePosition('1:05', pal)).toBe(30)
  })

  it('refuses what is no position', () => {
    for (const text of ['', 'abc', '00:61:00:00', '1:25', '-3']) expect(parsePosition(text, pal)).toBeNull()
  })
})
