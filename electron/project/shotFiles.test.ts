import { describe, expect, it } from 'vitest'
import { shotFiles } from './shotFiles.ts'

const rate = { num: 25, den: 1 }
const clip = {
  frameCount: 30,
  rate,
  shots: [
    { id: 'a', from: 0, to: 10, look: [] },
    { id: 'b', from: 10, to: 30, look: [] },
  ],
} as unknown as Parameters<typeof shotFiles>[0]
const wish = { target: 'film.mov', format: 'prores-mov', timecode: '10:00:00:00' } as const

describe('shots as files of their own', () => {
  it('have the timecodes of their first frames, counted from the one that was typed', () => {
    expect(shotFiles(clip, { ...wish, range: { from: 4, to: 30 } })).toEqual([
      { target: 'film shot 1.mov', range: { from: 4, to: 10 }, timecode: '10:00:00:00' },
      { target: 'film shot 2.mov', range: { from: 10, to: 30 }, timecode: '10:00:00:06' },
    ])
  })

  it('have none to be counted where frames do not come evenly, but for a single one', () => {
    expect(() => shotFiles(clip, { ...wish, variableRate: true })).toThrow(/^The frame rate varies/)
    expect(shotFiles(clip, { ...wish, variableRate: true, timecode: undefined })).toHaveLength(2)
    expect(shotFiles(clip, { ...wish, variableRate: true, range: { from: 12, to: 20 } })).toMatchObject([
      { timecode: '10:00:00:00' },
    ])
  })
})
