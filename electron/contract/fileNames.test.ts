import { describe, expect, it } from 'vitest'
import { byteLength, fitBytes, fittingName, isNameTooLong } from './fileNames.ts'

describe('names of files', () => {
  it('are counted as the disk counts them', () => {
    for (const text of ['film', 'фильм', '映画', '🎞️ reel', 'é', 'a\ud800b'])
      expect(byteLength(text)).toBe(Buffer.byteLength(text))
  })

  it('are cut between letters, never within one', () => {
    expect(fitBytes('фильм', 5)).toBe('фи')
    expect(fitBytes('🎬🎬', 7)).toBe('🎬')
    expect(fitBytes('film', 10)).toBe('film')
    expect(fitBytes('film', 0)).toBe('')
  })

  it('keep their ending when they are cut', () => {
    const name = fittingName('ж'.repeat(200), ' (2).mkv')
    expect(name.endsWith('ж (2).mkv')).toBe(true)
    expect(byteLength(name)).toBeGreaterThan(250)
    expect(isNameTooLong(name)).toBe(false)
    expect(isNameTooLong('ж'.repeat(128))).toBe(true)
  })
})
