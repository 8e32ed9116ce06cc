import { describe, expect, it } from 'vitest'
import { indexFromBoth, indexFromPackets, type IndexOptions } from './frameIndex.ts'
import type { PacketList } from './packetList.ts'

describe('the index of a film', () => {
  const list = (times: readonly (number | null)[], cutOff = false): PacketList => ({
    timeBase: { num: 1, den: 24 },
    packets: times.map((pts) => ({ pts, key: pts === 0, duration: 1 })),
    cutOff,
    damaged: false,
  })

  const options: IndexOptions = {
    statedRate: { num: 24, den: 1 },
    longestHold: 10,
    statedEnd: null,
    full: null,
    storesTimes: true,
  }

  it('is in the order of showing, from the first frame that decodes', () => {
    expect([...indexFromPackets(list([3, 1, 0, 2, 6, 5, 4]), 1, options).index.pts]).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('keeps the place of damaged frames, but not of frames that are never shown', () => {
    const broken = indexFromBoth(
      list([0, 1, 2, 3, 4]),
      { times: [0, 1, 3, 4], sizes: [], interlaced: 0, otherOrder: null, complained: true, suspect: false },
      options,
    )
    expect({ pts: [...broken.index.pts], damaged: broken.damaged, cutOff: broken.cutOff }).toEqual({
      pts: [0, 1, 2, 3, 4],
      damaged: [2],
      cutOff: false,
    })
    const hidden = indexFromBoth(
      list([0, 1, 2, 3, 4]),
      { times: [0, 1, 3, 4], sizes: [], interlaced: 0, otherOrder: null, complained: false, suspect: false },
      options,
    )
    expect({ pts: [...hidden.index.pts], damaged: hidden.damaged }).toEqual({ pts: [0, 1, 3, 4], damaged: [] })
  })

  it('ends with the last picture of a film that is cut off', () => {
    const cut = indexFromBoth(
      list([0, 1, 2, 3]),
      { times: [0, 1, 2], sizes: [], interlaced: 0, otherOrder: null, complained: true, suspect: false },
      options,
    )
    expect({ pts: [...cut.index.pts], cutOff: cut.cutOff }).toEqual({ pts: [0, 1, 2], cutOff: true })
  })

  it('keeps joined recordings in the order in which they come, and can be read from where a time parts it', () => {
    const packets = [7, 8, 9, 10, 0, 1, 2, 11, 12].map((pts, n) => ({
      pts,
      key: n % 4 === 0 || pts === 11,
      duration: 1,
    }))
    const joined = indexFromBoth(
      { timeBase: { num: 1, den: 24 }, packets, cutOff: false, damaged: false },
      {
        times: packets.map(({ pts }) => pts),
        sizes: [],
        interlaced: 0,
        otherOrder: null,
        complained: false,
        suspect: false,
      },
      options,
    )
    expect([...joined.index.pts]).toEqual([7, 8, 9, 10, 11, 12, 13, 22, 23])
    expect([...joined.index.stored]).toEqual([7, 8, 9, 10, 0, 1, 2, 11, 12])
    expect(joined.breaks).toEqual([{ frame: 4, ticks: -10 }])
    expect([...joined.index.seekable]).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1])
  })

  it('takes times that rise as pictures are stored for those of the pictures as they are shown', () => {
    const guessed = { sizes: [], interlaced: 0, otherOrder: null, complained: false, suspect: false }
    const numbered = indexFromBoth(list([0, 1, 2, 3, 4]), { ...guessed, times: [0, 2, 3, 4, 3] }, options)
    expect([...numbered.index.pts]).toEqual([0, 1, 2, 3, 4])
    expect([...numbered.index.stored]).toEqual([0, 2, 3, 4, 3])
    expect([...numbered.index.seekable]).toEqual([0, 0, 0, 0, 0])
    expect(numbered.breaks).toEqual([])
  })

  it('ends where the last picture does', () => {
    const held = {
      timeBase: { num: 1, den: 24 },
      packets: [0, 1, 2].map((pts) => ({ pts, key: true, duration: pts === 2 ? 48 : 1 })),
      cutOff: false,
      damaged: false,
    }
    expect(indexFromPackets(held, 0, options).index.end).toBe(50)
    // Matroska stores no duration of a picture, but when the stream ends.
    expect(indexFromPackets(list([0, 1, 2]), 0, { ...options, statedEnd: 3 }).index.end).toBe(72)
    expect(indexFromPackets(list([0, 1, 2], true), 0, { ...options, statedEnd: 3 }).index.end).toBe(3)
  })
})
