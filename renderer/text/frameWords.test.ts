import { expect, it } from 'vitest'
import { runCommand } from '../../electron/project/commands/commands.ts'
import { countingIds, smallProject } from '../../test/material/arbitraryEdits.ts'
import { infoOf } from '../../test/material/openEditor.ts'
import { OpenFilm } from '../state/film.svelte.ts'
import { frameInWords, markerInWords, positionInWords } from './frameWords.ts'

const rate = { num: 24, den: 1 }
const coat = { id: 'm', frame: 12, name: 'Coat', color: 'red' } as const

function filmWithShots(): OpenFilm {
  let project = smallProject()
  for (const command of [
    { type: 'split-shot', clip: 'c0', at: 10 },
    { type: 'add-marker', clip: 'c0', marker: coat },
  ] as const)
    ({ project } = runCommand(project, command, countingIds()))
  const [clip] = project.clips
  const film = new OpenFilm(infoOf(clip!))
  film.clip = clip!
  film.present = [{ from: 0, to: 30 }]
  film.coverage = { clip: 'c0', stale: [{ from: 20, to: 30 }], uncolored: [{ from: 30, to: 40 }] }
  film.damaged = [{ from: 25, to: 26 }]
  return film
}

it('a frame is said with what is known of it', () => {
  const film = filmWithShots()
  const said = [12, 25, 35].map((frame) => frameInWords(film, frame, frame === 12 ? 0.4 : NaN))
  expect(said).toEqual([
    '00:00:00:12  ·  12  ·  colored  ·  a guess, nothing is pinned in this shot',
    '00:00:01:01  ·  25  ·  damaged in the film  ·  out of date',
    '00:00:01:11  ·  35',
  ])
})

it('the playhead is said with its shot and its marker, and without a film as well', () => {
  expect(positionInWords(filmWithShots(), 12, rate, undefined)).toBe(
    'Frame 12, 00:00:00:12, Shot 2, colored, Marker: Coat',
  )
  expect(positionInWords(null, 0, rate, undefined)).toBe('Frame 0, 00:00:00:00')
})

it('a marker is said on one line, of a long note the beginning', () => {
  expect(markerInWords(coat, rate)).toBe('00:00:00:12  ·  Coat')
  const note = `two\nlines ${'and more '.repeat(20)}`
  expect(markerInWords({ ...coat, name: '', note }, rate)).toMatch(
    /^00:00:00:12 {2}· {2}Marker {2}· {2}two lines.{71}$/,
  )
})
