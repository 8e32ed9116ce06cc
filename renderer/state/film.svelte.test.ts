import { describe, expect, it } from 'vitest'
import { neutralGrade } from '../../electron/contract/operations.ts'
import type { Clip } from '../../electron/contract/projectDocument.ts'
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
  damaged: [],
}

function clipWith(pins: readonly number[], shots: readonly number[]): Clip {
  return {
    id: 'film',
    name: 'Film',
    footage: { relativePath: null, absolutePath: '/film.mkv', bytes: 1, modified: 0, hash: 'a'.repeat(64) },
    frameCount: 100,
    rate: info.rate,
    shots: shots.map((from, n) => ({ id: `s${n}`, from, to: shots[n + 1] ?? 100, look: neutralGrade })),
    cuts: 'automatic',
    frames: Object.fromEntries(
      pins.map((frame) => [
        frame,
        { base: { kind: 'picture', asset: `${'b'.repeat(64)}.png` }, operations: [], pinned: true },
      ]),
    ),
    passes: [],
    locks: [],
    inOut: null,
  }
}

describe('an open film', () => {
  it('shows as colored what is at hand and up to date, and what a running job has finished', () => {
    const film = new OpenFilm(info)
    film.present = [{ from: 0, to: 50 }]
    film.coverage = { clip: 'film', stale: [{ from: 40, to: 60 }], uncolored: [{ from: 60, to: 100 }] }
    expect([film.colored, film.stale]).toEqual([[{ from: 0, to: 40 }], [{ from: 40, to: 60 }]])
    film.markFinished({ from: 40, to: 100 })
    expect([film.fullyColored, film.stale]).toEqual([true, []])
  })

  it('shows as out of date what a running job had finished before its pins were changed, until it is finished again', () => {
    const film = new OpenFilm(info)
    film.takeCoverage({ clip: 'film', stale: [], uncolored: [{ from: 0, to: 100 }] })
    film.markFinished({ from: 0, to: 30 })
    film.takeCoverage({ clip: 'film', stale: [{ from: 0, to: 20 }], uncolored: [{ from: 30, to: 100 }] })
    expect([film.colored, film.stale]).toEqual([[{ from: 20, to: 30 }], [{ from: 0, to: 20 }]])
    film.markFinished({ from: 0, to: 10 })
    film.takeCoverage({ clip: 'film', stale: [{ from: 0, to: 20 }], uncolored: [] })
    expect(film.stale).toEqual([{ from: 10, to: 20 }])
  })

  it('tells the shots whose colors are guessed, since nothing is pinned in them', () => {
    const film = new OpenFilm(info)
    film.clip = clipWith([0, 59], [0, 20, 40, 60])
    expect(film.guessed).toEqual([
      { from: 20, to: 40 },
      { from: 60, to: 100 },
    ])
  })

  it('counts what an export of a part has to color on its way', () => {
    const film = new OpenFilm(info)
    film.present = [{ from: 0, to: 50 }]
    film.coverage = { clip: 'film', stale: [{ from: 40, to: 50 }], uncolored: [{ from: 50, to: 100 }] }
    expect(film.toColor([{ from: 0, to: 100 }])).toEqual({ uncolored: 50, stale: 10 })
    expect(film.toColor([{ from: 30, to: 45 }])).toEqual({ uncolored: 0, stale: 5 })
    expect(film.toColor([{ from: 0, to: 40 }])).toEqual({ uncolored: 0, stale: 0 })
    const chosen = [
      { from: 0, to: 45 },
      { from: 90, to: 100 },
    ]
    expect(film.toColor(chosen)).toEqual({ uncolored: 10, stale: 5 })
  })

  it('has nothing to color where the film keeps its own colors', () => {
    const film = new OpenFilm(info)
    const clip = clipWith([], [0, 20])
    film.clip = { ...clip, shots: clip.shots.map((shot) => (shot.from === 0 ? { ...shot, keepsOwn: true } : shot)) }
    expect(film.toColor([{ from: 10, to: 30 }])).toEqual({ uncolored: 10, stale: 0 })
    expect(film.guessed).toEqual([{ from: 20, to: 100 }])
    film.present = [{ from: 20, to: 100 }]
    expect(film.fullyColored).toBe(true)
  })

  it('is shown with square pixels, and upright', () => {
    expect(new OpenFilm(info).shownSize).toEqual([768, 576])
    expect(new OpenFilm({ ...info, rotation: 90 }).shownSize).toEqual([576, 768])
  })

  it('knows in how many sizes the pictures of a part come', () => {
    expect(new OpenFilm(info).sizesIn({ from: 0, to: 100 })).toBe(1)
    const film = new OpenFilm({
      ...info,
      sizes: [
        { from: 0, width: 720, height: 576 },
        { from: 40, width: 1920, height: 1080 },
        { from: 60, width: 720, height: 576 },
      ],
    })
    expect(
      [
        [0, 100],
        [0, 40],
        [39, 41],
        [45, 60],
        [60, 100],
      ].map(([from, to]) => film.sizesIn({ from: from!, to: to! })),
    ).toEqual([3, 1, 2, 1, 1])
  })

  it('finds the pins and the shots around a frame', () => {
    const film = new OpenFilm(info)
    film.clip = clipWith([10, 60], [0, 30, 70])
    expect(film.pins).toEqual([10, 60])
    expect([film.isPinned(10), film.isPinned(11)]).toEqual([true, false])
    expect([film.neighborPin(10, 1), film.neighborPin(60, 1), film.neighborPin(60, -1)]).toEqual([60, null, 10])
    expect([film.neighborShot(30, 1), film.neighborShot(31, -1), film.neighborShot(0, -1)]).toEqual([70, 30, null])
    expect(film.shotAt(69)).toMatchObject({ from: 30, to: 70 })
  })
})
