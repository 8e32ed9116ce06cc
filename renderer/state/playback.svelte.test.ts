import { describe, expect, it } from 'vitest'
import { Playback } from './playback.svelte.ts'

function loaded(): Playback {
  const playback = new Playback()
  playback.load(100, { num: 25, den: 1 })
  return playback
}

describe('playback', () => {
  it('shows the frame that belongs to the time, passing over late ones', () => {
    const playback = loaded()
    playback.togglePlay()
    playback.advance(1000)
    playback.advance(1400)
    expect(playback.frame).toBe(10)
  })

  it('stops on the last frame, and begins again from there at the start', () => {
    const playback = loaded()
    playback.seek(98)
    playback.togglePlay()
    playback.advance(0)
    playback.advance(5000)
    expect([playback.frame, playback.playing]).toEqual([99, false])
    playback.togglePlay()
    expect(playback.frame).toBe(0)
  })

  it('loops within the marked range', () => {
    const playback = loaded()
    playback.seek(10)
    playback.markIn()
    playback.seek(19)
    playback.markOut()
    playback.loop = true
    playback.seek(18)
    playback.togglePlay()
    playback.advance(0)
    playback.advance(40)
    expect(playback.frame).toBe(19)
    playback.advance(80)
    expect(playback.frame).toBe(10)
  })

  it('runs backward with J and faster with each further press', () => {
    const playback = loaded()
    playback.seek(50)
    playback.shuttle(-1)
    playback.shuttle(-1)
    expect(playback.speed).toBe(-2)
    playback.advance(0)
    playback.advance(400)
    expect(playback.frame).toBe(30)
    playback.shuttle(1)
    expect(playback.speed).toBe(1)
  })

  it('goes a frame with J or L while K is held, and slowly on until they are let go', () => {
    const playback = loaded()
    playback.seek(50)
    playback.brake()
    playback.shuttle(1)
    playback.advance(0)
    expect(playback.frame).toBe(51)
    playback.endSlow()
    expect([playback.frame, playback.playing]).toEqual([51, false])
    playback.shuttle(-1)
    playback.advance(0)
    playback.advance(400)
    // Ten frames' time at a quarter of the speed, behind the frame that it went at once.
    expect(playback.frame).toBe(48)
    playback.releaseBrake()
    expect(playback.playing).toBe(false)
    playback.shuttle(1)
    playback.endSlow()
    expect(playback.speed).toBe(1)
  })

  it('tells how far it runs by the marks as they are now, and goes on with them', () => {
    const playback = loaded()
    playback.range = { from: 10, to: 20 }
    playback.seek(12)
    playback.togglePlay()
    playback.advance(0)
    const { run } = playback
    expect(run).toMatchObject({ until: 20 / 25 })
    playback.clearRange()
    playback.advance(40)
    expect([playback.frame, playback.run]).toEqual([13, { ...run, until: 100 / 25 }])
    // Undo brings them back.
    playback.range = { from: 10, to: 20 }
    playback.advance(80)
    const { run: again } = playback
    expect(again).toEqual(run)
    playback.advance(120)
    expect(playback.run).toBe(again)

    playback.shuttle(-1)
    playback.advance(200)
    playback.range = { from: 5, to: 20 }
    playback.advance(240)
    expect(playback.run).toMatchObject({ until: 5 / 25 })
  })

  it('never leaves the film when stepping', () => {
    const playback = loaded()
    playback.step(-1)
    expect(playback.frame).toBe(0)
    playback.step(1000)
    expect(playback.frame).toBe(99)
  })
})
