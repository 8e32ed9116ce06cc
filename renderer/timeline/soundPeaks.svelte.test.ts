import { describe, expect, it } from 'vitest'
import { FilmClock } from '../state/filmClock.ts'
import { columnsOf, partInSight, SoundPeaks } from './soundPeaks.svelte.ts'

/** Ten seconds that are loud in the third alone, told in tenths. */
const peaks = Uint8Array.from({ length: 100 }, (_, n) => (n >= 20 && n < 30 ? 255 : 0))
const whole = { from: 0, to: 10, columns: 100, peaks, known: Infinity }

/** Where a column is loud. */
const loud = (columns: Float32Array): number[] => [...columns].flatMap((value, x) => (value > 0.5 ? [x] : []))

describe('the lane of sound', () => {
  it('shows each column as loud as what lies in it, at every zoom', () => {
    const clock = new FilmClock(250, { num: 25, den: 1 })
    expect(loud(columnsOf(whole, clock, { start: 0, pixels: 0.4 }, 100))).toEqual([
      20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
    ])
    expect(loud(columnsOf(whole, clock, { start: 0, pixels: 0.04 }, 10))).toEqual([2])
    // Zoomed in to the frames around the second second, of 4 pixels each.
    expect(loud(columnsOf(whole, clock, { start: 48, pixels: 4 }, 12))).toEqual([8, 9, 10, 11])
  })

  it('follows frames that do not come evenly', () => {
    // The first frame stands for two seconds, the second one for eight.
    const clock = new FilmClock(2, { num: 25, den: 1 }, Float64Array.of(0, 2, 10))
    expect(loud(columnsOf(whole, clock, { start: 0, pixels: 8 }, 16))).toEqual([8])
    expect(partInSight(clock, { start: 0.5, pixels: 8 }, 8)).toEqual({ from: 1, to: 6, columns: 8 })
  })

  it('is empty where nothing is known yet, and behind the end', () => {
    const clock = new FilmClock(250, { num: 25, den: 1 })
    const columns = columnsOf({ ...whole, known: 2.5 }, clock, { start: 0, pixels: 0.04 }, 12)
    expect([...columns].map((value) => Number.isNaN(value))).toEqual([
      ...[false, false, false, true, true, true, true, true, true, true],
      ...[true, true],
    ])
  })

  it('asks for one part at a time, and next for what is in sight by then', async () => {
    const asked: number[] = []
    const answers: (() => void)[] = []
    const sound = new SoundPeaks(({ from, columns }) => {
      asked.push(from)
      return new Promise((resolve) => answers.push(() => resolve({ peaks: new Uint8Array(columns), known: Infinity })))
    })
    for (const from of [0, 1, 2]) sound.want({ from, to: from + 1, columns: 10 })
    answers[0]!()
    await expect.poll(() => asked).toEqual([0, 2])
    answers[1]!()
    await expect.poll(() => sound.known?.from).toBe(2)
    sound.want({ from: 2, to: 3, columns: 10 })
    expect(asked).toEqual([0, 2])
  })
  it('takes no answer that is of the film before, be it as long', async () => {
    const answers: ((loud: number | null) => void)[] = []
    const sound = new SoundPeaks(
      ({ columns }) =>
        new Promise((resolve, reject) =>
          answers.push((loud) =>
            loud === null
              ? reject(new Error('the film is not open'))
              : resolve({ peaks: new Uint8Array(columns).fill(loud), known: Infinity }),
          ),
        ),
    )
    const part = { from: 0, to: 1, columns: 3 }
    for (const late of [9, null]) {
      sound.clear()
      answers.length = 0
      sound.want(part)
      sound.clear()
      sound.want(part)
      answers[0]!(late)
      await expect.poll(() => answers.length).toBe(2)
      expect(sound.known).toBeNull()
      answers[1]!(5)
      await expect.poll(() => sound.known?.peaks[0]).toBe(5)
    }
  })
})
