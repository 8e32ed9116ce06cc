import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FrameIndex } from './footage.ts'
import { frameAt, indexFromBoth, indexFromPackets, pace, packetsAreFrames, parsePacketLine, type PacketList } from './frameIndex.ts'

function indexOf(pts: readonly number[], den: number): FrameIndex {
  return { timeBase: { num: 1, den }, pts: Float64Array.from(pts), seekable: new Uint8Array(pts.length) }
}

const rates = [[24, 1], [25, 1], [24000, 1001], [30000, 1001], [60000, 1001], [18, 1], [16, 1]] as const

describe('the pace of a film', () => {
  it('is the stated rate for every even film, whatever clock rounds its times', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rates), fc.constantFrom(1000, 90_000, 12_800, 600), fc.integer({ min: 2, max: 400 }), fc.integer({ min: -5000, max: 5000 }), ([num, den], clock, count, start) => {
        const index = indexOf(Array.from({ length: count }, (_, n) => start + Math.round((n * den * clock) / num)), clock)
        expect(pace(index, { num, den })).toEqual({ rate: { num, den }, variable: false })
      }),
    )
  })

  it('is found where none, or a wrong one, is stated', () => {
    const index = indexOf(Array.from({ length: 50 }, (_, n) => n * 1001), 24_000)
    expect(pace(index, null)).toEqual({ rate: { num: 24_000, den: 1001 }, variable: false })
    expect(pace(index, { num: 25, den: 1 })).toEqual({ rate: { num: 24_000, den: 1001 }, variable: false })
  })

  it('varies as soon as one frame is out of step', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 200 }), fc.nat(), fc.integer({ min: 30, max: 400 }), (count, where, late) => {
        const at = 1 + (where % (count - 2))
        const pts = Array.from({ length: count }, (_, n) => n * 512 + (n === at ? late : 0))
        expect(pace(indexOf(pts, 12_800), { num: 25, den: 1 }).variable).toBe(true)
      }),
    )
  })

  it('of a single frame is the stated one', () => {
    expect(pace(indexOf([7], 1000), { num: 18, den: 1 })).toEqual({ rate: { num: 18, den: 1 }, variable: false })
  })
})

describe('the index of a film', () => {
  const list = (times: readonly (number | null)[], cutOff = false): PacketList => ({
    timeBase: { num: 1, den: 24 },
    packets: times.map((pts) => ({ pts, key: pts === 0 })),
    cutOff,
  })

  it('reads ffmpeg’s packet lines: flags only where a packet is not just a keyframe', () => {
    expect(parsePacketLine('0,      -2002,          0,     1001,     1633, 0x3de6b4e6')).toEqual({ pts: 0, flags: 1 })
    expect(parsePacketLine('0,     -14014,     -12012,     1001,     1041, 0x0f7f020d, F=0x5, S=1, 10')).toEqual({ pts: -12012, flags: 5 })
    expect(parsePacketLine('0,          0, -9223372036854775808,        1,     2118, 0x369d86ce')).toEqual({ pts: null, flags: 1 })
    expect(parsePacketLine('#tb 0: 1/24000')).toBeNull()
  })

  it('is in the order of showing, from the first frame that decodes', () => {
    expect([...indexFromPackets(list([3, 1, 0, 2, 6, 5, 4]), 1).index.pts]).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('knows when packets can not be frames', () => {
    expect(packetsAreFrames(list([0, 1, 2]))).toBe(true)
    expect(packetsAreFrames(list([0, null, 2]))).toBe(false)
    expect(packetsAreFrames(list([0, 1, 1]))).toBe(false)
    expect(packetsAreFrames(list([]))).toBe(false)
  })

  it('keeps the place of damaged frames, but not of frames that are never shown', () => {
    const broken = indexFromBoth(list([0, 1, 2, 3, 4]), { times: [0, 1, 3, 4], complained: true })
    expect({ pts: [...broken.index.pts], damaged: broken.damaged, cutOff: broken.cutOff }).toEqual({ pts: [0, 1, 2, 3, 4], damaged: [2], cutOff: false })
    const hidden = indexFromBoth(list([0, 1, 2, 3, 4]), { times: [0, 1, 3, 4], complained: false })
    expect({ pts: [...hidden.index.pts], damaged: hidden.damaged }).toEqual({ pts: [0, 1, 3, 4], damaged: [] })
  })

  it('ends with the last picture of a film that is cut off', () => {
    const cut = indexFromBoth(list([0, 1, 2, 3]), { times: [0, 1, 2], complained: true })
    expect({ pts: [...cut.index.pts], cutOff: cut.cutOff }).toEqual({ pts: [0, 1, 2], cutOff: true })
  })

  it('finds every frame by its time and nothing between', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 60 }), (times) => {
        const sorted = [...times].sort((a, b) => a - b)
        const index = indexOf(sorted, 90_000)
        sorted.forEach((pts, n) => expect(frameAt(index, pts)).toBe(n))
        expect(frameAt(index, (sorted[0] ?? 0) - 1)).toBe(-1)
      }),
    )
  })
})
