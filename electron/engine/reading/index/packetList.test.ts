import { describe, expect, it } from 'vitest'
import { packetsAreFrames, type PacketList } from './packetList.ts'

describe('a list of packets', () => {
  const list = (times: readonly (number | null)[]): PacketList => ({
    timeBase: { num: 1, den: 24 },
    packets: times.map((pts) => ({ pts, key: pts === 0, duration: 1 })),
    cutOff: false,
    damaged: false,
  })

  it('knows when packets can not be frames', () => {
    expect(packetsAreFrames(list([0, 1, 2]))).toBe(true)
    expect(packetsAreFrames(list([0, null, 2]))).toBe(false)
    expect(packetsAreFrames(list([0, 1, 1]))).toBe(false)
    expect(packetsAreFrames(list([]))).toBe(false)
    // A keyframe before what was there already: another recording.
    expect(packetsAreFrames(list([1, 2, 0]))).toBe(false)
  })
})
