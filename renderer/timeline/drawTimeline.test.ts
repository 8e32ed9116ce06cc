import { describe, expect, it } from 'vitest'
import { fittingName } from './drawTimeline.ts'

describe('what is written on a shot of the timeline', () => {
  const inRoom = (room: number): string => fittingName('Shot 23', 23, ' *', (words) => words.length <= room)

  it('is its name with its signs, and in less room less of that, down to the number alone', () => {
    expect([9, 8, 6, 4, 3, 2].map(inRoom)).toEqual(['Shot 23 *', 'Shot 23', '23 *', '23 *', '23', '23'])
  })

  it('is nothing where the number has no room: a part of it would be the number of another shot', () => {
    expect(inRoom(1)).toBe('')
  })
})
