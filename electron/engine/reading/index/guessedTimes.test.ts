import { describe, expect, it } from 'vitest'
import { withDurations, withEvenEnds } from './guessedTimes.ts'

const even = (count: number, step = 2): number[] => Array.from({ length: count }, (_, n) => n * step)

describe('times that ffmpeg has reckoned', () => {
  it('are even to the first picture, which it may take for decoded and shown at once', () => {
    expect(withEvenEnds([0, 4, 6, 8, 10, 12])).toEqual([2, 4, 6, 8, 10, 12])
  })

  it('are even to the last pictures, which it may space by a field', () => {
    expect(withEvenEnds([...even(10), 19])).toEqual(even(11))
    expect(withEvenEnds([...even(10), 19, 20, 21])).toEqual(even(13))
  })

  it('stay where a picture is held, at whichever end or between', () => {
    for (const held of [
      [...even(10), 60],
      [-20, ...even(10)],
      [...even(10), 26, 28, 30, 32, 34, 36, 37],
      [...even(5), 9, 10, 11, 12],
    ])
      expect(withEvenEnds(held)).toEqual(held)
  })

  it('stay where there are too few to tell, or where they run back', () => {
    for (const times of [[], [5], [7, 7, 7], [0, 2, 4, 1, 3]]) expect(withEvenEnds(times)).toEqual(times)
  })

  it('are by the pictures’ duration where they only number them', () => {
    expect(withDurations(even(4, 1), [48000, 48000, 48000, 48000])).toEqual(even(4, 48000))
    expect(withDurations(even(4, 1), [1, 1, 1, 1])).toEqual(even(4, 1))
    expect(withDurations(even(4, 1), [0, 0, 0, 0])).toEqual(even(4, 1))
    expect(withDurations(even(4, 1), [48000, 48000, 48000, 24000])).toEqual(even(4, 1))
    const pairs = [0, 1, 2048, 2049, 4096, 4097]
    expect(withDurations(pairs, Array<number>(6).fill(1024))).toEqual(pairs)
  })
})
