import { expect, it } from 'vitest'
import { text } from '../text/catalog.ts'
import { Coloring } from './coloring.svelte.ts'
import type { Editor } from './editor.svelte.ts'
import type { OpenFilm } from './film.svelte.ts'

it('says why nothing is propagated while the film is being colored', async () => {
  const told: string[] = []
  const coloring = new Coloring({
    film: { shotAt: () => ({ from: 0, to: 12 }) },
    playback: { frame: 4 },
    jobs: { colorizingOf: () => true },
    steps: { allMade: () => Promise.resolve() },
    tellOf: (_: OpenFilm, words: string) => void told.push(words),
    attempt: () => expect.unreachable(),
  } as unknown as Editor)
  await coloring.propagateShot('forward')
  expect(told).toEqual([text.job.underWay])
})
