import { describe, expect, it } from 'vitest'
import type { FootageInfo } from '../../electron/contract/schemas.ts'
import { OpenFilm } from './film.svelte.ts'

const info: FootageInfo = {
  id: 'film',
  path: '/film.mkv',
  name: 'film.mkv',
  bytes: 1,
  width: 720,
  height: 576,
  pixelAspect: { num: 16, den: 15 },
  rotation: 0,
  frameCount: 100,
  rate: { num: 25, den: 1 },
  variableRate: false,
  durationSeconds: 4,
  pixelFormat: 'yuv420p',
  bitDepth: 8,
  range: 'limited',
  matrix: 'bt601',
  codec: 'ffv1',
  container: 'matroska',
  audio: [],
  warnings: [],
}

describe('an open film', () => {
  it('moves frames from colored to stale and back', () => {
    const film = new OpenFilm(info)
    film.markColored({ from: 0, to: 50 })
    film.markStale({ from: 40, to: 100 })
    expect([film.colored, film.stale]).toEqual([[{ from: 0, to: 40 }], [{ from: 40, to: 50 }]])
    film.markColored({ from: 40, to: 100 })
    expect([film.fullyColored, film.stale]).toEqual([true, []])
  })

  it('is shown with square pixels, and upright', () => {
    expect(new OpenFilm(info).shownSize).toEqual([768, 576])
    expect(new OpenFilm({ ...info, rotation: 90 }).shownSize).toEqual([576, 768])
  })

  it('finds the pins around a frame', () => {
    const film = new OpenFilm(info)
    film.keyframes = [10, 60].map((frame) => ({ frame, picturePath: '/a.png' }))
    expect([film.neighborPin(30, -1), film.neighborPin(30, 1), film.neighborPin(60, 1)]).toEqual([10, 60, null])
  })
})
