import { describe, expect, it } from 'vitest'
import { PacketLines } from './packetLines.ts'

describe('a list of packets as ffmpeg writes it', () => {
  it('tells of each packet its stream, times, length and flags', () => {
    const lines = new PacketLines()
    expect(lines.read('0,      -2002,          0,     1001,     1633, 0x3de6b4e6')).toEqual({
      stream: 0,
      dts: -2002,
      pts: 0,
      duration: 1001,
      bytes: 1633,
      isKey: true,
      isHidden: false,
    })
    expect(lines.read('1,     -14014,     -12012,     1001,     1041, 0x0f7f020d, F=0x5, S=1, 10')).toMatchObject({
      stream: 1,
      pts: -12012,
      isKey: true,
      isHidden: true,
    })
    expect(lines.read('0,       1001,       2002,     1001,      512, 0x0f7f020d, F=0x0')).toMatchObject({
      isKey: false,
      isHidden: false,
    })
    expect(lines.read('2,          0,          0,        1,     6144, 9de6b4e6ab0f7f020d9de6b4e6ab0f7f')).toMatchObject(
      {
        stream: 2,
        bytes: 6144,
        isKey: true,
      },
    )
  })

  it('tells of a packet without a time that it has none', () => {
    expect(new PacketLines().read('0,          0, -9223372036854775808,        1,     2118, 0x369d86ce')).toMatchObject(
      { pts: null, dts: 0 },
    )
  })

  it('tells the time base of each stream', () => {
    const lines = new PacketLines()
    expect(lines.read('#tb 0: 1/24000')).toBeNull()
    expect(lines.read('#tb 1: 1/48000')).toBeNull()
    expect(lines.read('#media_type 0: video')).toBeNull()
    expect([lines.timeBaseOf(0), lines.timeBaseOf(1)]).toEqual([
      { num: 1, den: 24000 },
      { num: 1, den: 48000 },
    ])
    expect(lines.tickOf(0)).toBe(1 / 24000)
  })
})
