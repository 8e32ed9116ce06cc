import { describe, expect, it } from 'vitest'
import { parseRate } from './frameRate.ts'
import { formatTimecode, readTimecode } from './timecode.ts'

describe('a frame rate that is typed', () => {
  it('is the broadcast one that its decimals are rounded from', () => {
    const meant = {
      '23.976': 24000,
      '23,976': 24000,
      '23.98': 24000,
      '23976/1000': 24000,
      '29.97': 30000,
      '29,97': 30000,
      '47.952': 48000,
      '47.95': 48000,
      '59.94': 60000,
      '119.88': 120000,
    }
    for (const [text, num] of Object.entries(meant)) expect(parseRate(text), text).toEqual({ num, den: 1001 })
  })

  it('is itself otherwise', () => {
    expect(parseRate('24000/1001')).toEqual({ num: 24000, den: 1001 })
    expect(parseRate('16')).toEqual({ num: 16, den: 1 })
    expect(parseRate('16.67')).toEqual({ num: 1667, den: 100 })
    expect(parseRate('24.0')).toEqual({ num: 240, den: 10 })
    expect(parseRate('29.9')).toEqual({ num: 299, den: 10 })
    for (const text of ['0', '1000', 'fast', '24/0', '-5', '']) expect(parseRate(text), text).toBeNull()
  })
})

describe('timecode of a film whose rate is rounded', () => {
  it('counts as that of the broadcast rate', () => {
    // As AVI and older projects have it.
    for (const rate of [parseRate('29.97')!, { num: 2997, den: 100 }]) {
      expect(formatTimecode(107892, rate)).toBe('01:00:00;00')
      expect(readTimecode('01:00:00;00', rate)).toEqual({ frame: 107892, dropFrame: true })
    }
    expect(formatTimecode(215784, { num: 5994, den: 100 })).toBe('01:00:00;00')
    expect(formatTimecode(108000, { num: 30, den: 1 })).toBe('01:00:00:00')
  })
})
