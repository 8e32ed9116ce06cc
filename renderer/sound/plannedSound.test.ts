import { describe, expect, it } from 'vitest'
import { BLOCK_SAMPLES, SOUND_RATE } from '../../electron/contract/sound.ts'
import { Playback, type Run } from '../state/playback.svelte.ts'
import { behind, blocksAhead, isContinued, placeOf, plan, type Planned } from './plannedSound.ts'

/** All that is to be heard of a run. */
function planned(run: Run): Planned[] {
  const parts: Planned[] = []
  for (let place = placeOf(run, 0); ;) {
    const next = plan(run, place)
    if (!next) return parts
    parts.push(next)
    place = behind(run, next)
  }
}

/** When a sample of the film is heard, in seconds after the run began. */
function heardAfter(run: Run, sample: number): number | null {
  const part = planned(run).find(({ block, from, to }) => {
    const within = sample - block * BLOCK_SAMPLES
    return within >= from && within < to
  })
  if (!part) return null
  const within = sample - part.block * BLOCK_SAMPLES
  const before = run.speed > 0 ? within - part.from : part.to - within
  return part.after + before / SOUND_RATE / Math.abs(run.speed)
}

function runOf(playback: Playback): Run {
  playback.advance(0)
  return playback.run!
}

describe('what is heard of a run', () => {
  it.each([
    [25, 1, null],
    [18, 1, null],
    [24000, 1001, null],
    // Every third frame stands for three.
    [24, 1, (frame: number) => (Math.floor(frame / 3) * 5 + (frame % 3)) / 24],
  ])('is due when its frame is shown, at %i/%i frames per second, at every speed and both ways', (num, den, timeOf) => {
    const rate = { num, den }
    const times = timeOf && Float64Array.from({ length: 301 }, (_, frame) => timeOf(frame))
    for (const presses of [1, 2, 3, -1, -2]) {
      const playback = new Playback()
      playback.load(300, rate, times)
      playback.seek(150)
      for (let n = 0; n < Math.abs(presses); n++) playback.shuttle(presses > 0 ? 1 : -1)
      const run = runOf(playback)
      const { clock } = playback
      for (const frame of presses > 0 ? [150, 151, 200, 299] : [150, 149, 100, 0]) {
        const middle = (clock.secondsOf(frame) + clock.secondsOf(frame + 1)) / 2
        const after = heardAfter(run, Math.round(middle * SOUND_RATE))
        expect(after).not.toBeNull()
        playback.advance(after! * 1000)
        expect(playback.frame).toBe(frame)
      }
    }
  })

  it('ends with the marked part, and has no gap and nothing twice', () => {
    const playback = new Playback()
    playback.load(300, { num: 25, den: 1 })
    playback.range = { from: 10, to: 90 }
    playback.seek(20)
    playback.shuttle(1)
    const run = runOf(playback)
    const samples = planned(run).map(({ block, from, to }) => [
      block * BLOCK_SAMPLES + from,
      block * BLOCK_SAMPLES + to,
    ])
    expect([samples[0]![0], samples.at(-1)![1]]).toEqual([0.8 * SOUND_RATE, 3.6 * SOUND_RATE])
    samples.slice(1).forEach(([from], n) => expect(from).toBe(samples[n]![1]))
    expect(blocksAhead(run, 0, 60)).toEqual(planned(run).map(({ block }) => block))
  })

  it('begins again in time when a part is played over and over, also where that is noticed late', () => {
    const playback = new Playback()
    playback.load(300, { num: 25, den: 1 })
    playback.range = { from: 0, to: 50 }
    playback.loop = true
    playback.togglePlay()
    playback.advance(0)
    // A second and a half too late.
    playback.advance(3500)
    expect(playback.frame).toBe(37)
    expect(placeOf(playback.run!, (3500 - playback.run!.time) / 1000)).toBe(1.5 * SOUND_RATE)
  })

  it('goes on without a gap where it only runs further by other marks, and not where it ends before what is planned', () => {
    const playback = new Playback()
    playback.load(300, { num: 25, den: 1 })
    for (const way of [1, -1] as const) {
      playback.range = { from: 100, to: 200 }
      playback.seek(150)
      playback.pause()
      playback.shuttle(way)
      const run = runOf(playback)
      // A second ahead.
      const place = placeOf(run, 1)
      const changed = (from: number, to: number): Run => {
        playback.range = { from, to }
        playback.advance(0)
        return playback.run!
      }
      expect(isContinued(run, changed(0, 300), place)).toBe(true)
      expect(isContinued(run, changed(140, 160), place)).toBe(false)
      playback.seek(151)
      expect(isContinued(run, runOf(playback), place)).toBe(false)
    }
  })

  it('backward begins with the end of the frame in view, and asks for blocks from there down', () => {
    const playback = new Playback()
    playback.load(300, { num: 25, den: 1 })
    playback.seek(49)
    playback.shuttle(-1)
    const run = runOf(playback)
    expect(placeOf(run, 0)).toBe(2 * SOUND_RATE)
    expect(blocksAhead(run, 0, 60)).toEqual([3, 2, 1, 0])
    expect(planned(run).at(-1)).toMatchObject({ block: 0, from: 0 })
  })
})
