import { describe, expect, it } from 'vitest'
import { inWords } from '../../../contract/sentence.ts'
import { damageSentences, FilmDamage } from './damage.ts'

const told = (missing: readonly number[], flawed: readonly number[]): string[] =>
  damageSentences(missing, flawed).map((each) => inWords(each))

describe('the sentences about damage', () => {
  it('name frames, many as ranges', () => {
    expect(told([3, 9, 10, 11], [14])).toEqual([
      'Frames 3, 9–11 can not be decoded; the frame before is shown in their place.',
      'Frame 14 is damaged: a part of its picture is lost or wrong.',
    ])
  })

  it('never speak of a frame before the first', () => {
    expect(told([0], [])).toEqual(['Frame 0 can not be decoded; the frame after is shown in its place.'])
    expect(told([0, 1, 5], [])).toEqual([
      'Frames 0–1 can not be decoded; the frame after is shown in their place.',
      'Frame 5 can not be decoded; the frame before is shown in its place.',
    ])
  })

  it('stay short, and are none where nothing is damaged', () => {
    expect(
      told(
        [],
        Array.from({ length: 500 }, (_, n) => 2 * n + 2),
      )[0]!.length,
    ).toBeLessThan(140)
    expect(told([], [])).toEqual([])
  })

  it('are of the part asked for', () => {
    expect(new FilmDamage([2], [30]).sentences({ from: 10, to: 40 }).map((each) => inWords(each))).toEqual([
      'Frame 30 is damaged: a part of its picture is lost or wrong.',
    ])
  })
})

describe('frames during which something was said', () => {
  it('are looked at once, with those around them', () => {
    const damage = new FilmDamage()
    damage.suspect(5)
    damage.suspect(30)
    damage.suspect(500)
    expect(damage.takeSuspects(520)).toEqual([
      { from: 0, to: 70 },
      { from: 460, to: 520 },
    ])
    damage.suspect(31)
    expect(damage.takeSuspects(520)).toEqual([])
  })
})
