import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inWords } from './sentence.ts'
import { formatTimecode, laterTimecode, parsePlace, parsePosition, readTimecode } from './timecode.ts'

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

  it('goes back over midnight, and on over it', () => {
    expect(laterTimecode({ frame: 3, dropFrame: false }, -5, pal)).toBe('23:59:59:23')
    expect(laterTimecode({ frame: 25 * 86_400 - 1, dropFrame: false }, 2, pal)).toBe('00:00:00:01')
  })

  it('goes on and back from a frame where a sign stands before it', () => {
    expect(parsePlace('+48', pal, 100)).toBe(148)
    expect(parsePlace(' -1:00 ', pal, 100)).toBe(75)
    expect(parsePlace('−1:00', pal, 10)).toBe(-15)
    expect(parsePlace('1:05', pal, 100)).toBe(30)
    // A minute of drop-frame is as long as its frames.
    expect(parsePlace('+1:00:00', ntsc, 10)).toBe(1810)
    for (const text of ['+', '--3', '+1:25', '+x']) expect(parsePlace(text, pal, 100)).toBeNull()
  })

  it('refuses what is no position', () => {
    for (const text of ['', 'abc', '00:61:00:00', '1:25', '-3']) expect(parsePosition(text, pal)).toBeNull()
  })
})

describe('a whole timecode that is typed', () => {
  const said = (text: string, rate: { num: number; den: number }): string => {
    const read = readTimecode(text, rate)
    return 'frame' in read ? laterTimecode(read, 0, rate) : inWords(read)
  }

  it('is taken where it exists at the rate of the film, in drop-frame and without', () => {
    expect(said('01:00:00:00', pal)).toBe('01:00:00:00')
    expect(said('00:01:00;02', ntsc)).toBe('00:01:00;02')
    // Without drop-frame every number is there.
    expect(said('00:01:00:00', ntsc)).toBe('00:01:00:00')
    expect(said('23:59:59:23', film)).toBe('23:59:59:23')
  })

  it('is refused with the rule that it breaks', () => {
    expect(said('1:0:0:0', pal)).toContain('is no timecode')
    expect(said('24:00:00:00', pal)).toContain('hours go to 23')
    expect(said('01:00:60:00', pal)).toContain('minutes and seconds to 59')
    expect(said('01:00:00:25', pal)).toContain('frames go to 24')
    expect(said('01:00:00;00', pal)).toContain('write “01:00:00:00”')
    expect(said('01:00:00;00', film)).toContain('29.97 and 59.94')
    expect(said('00:01:00;01', ntsc)).toContain('leaves out the first 2')
  })

  it('goes on over the end of the day', () => {
    const last = readTimecode('23:59:59:24', pal)
    expect('frame' in last && laterTimecode(last, 2, pal)).toBe('00:00:00:01')
    const drop = readTimecode('23:59:59;29', ntsc)
    expect('frame' in drop && laterTimecode(drop, 1, ntsc)).toBe('00:00:00;00')
  })
})
