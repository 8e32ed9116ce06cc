import { describe, expect, it } from 'vitest'
import { stemsOf } from './films.ts'

describe('the names that films of a folder are written under', () => {
  it('are those of the films, with the ending where two would be one', () => {
    expect(stemsOf(['a.mov', 'b.mov', 'b.mp4'])).toEqual(['a', 'b.mov', 'b.mp4'])
  })

  it('differ also where a name with its ending is what another film is called without it', () => {
    const films = ['reel.mov', 'reel.mov.avi', 'reel.mov.avi.mkv', 'reel.mp4', 'other.mkv']
    const stems = stemsOf(films)
    expect(new Set(stems).size).toBe(films.length)
    expect(stems.at(-1)).toBe('other')
  })

  it('differ where disks do not tell capitals from small letters', () => {
    expect(stemsOf(['Reel.mov', 'reel.avi'])).toEqual(['Reel.mov', 'reel.avi'])
  })
})
