import { expect, it } from 'vitest'
import type { OtherFilm } from '../contract/project.ts'
import type { ProjectHandlers } from '../project/session/projectHandlers.ts'
import { guardedProject } from './guardedProject.ts'
import type { UnwrittenEdits } from './unwrittenEdits.ts'

it('tells of a film that was linked anew, and not of one that is only asked about or is no film', async () => {
  const linked: string[] = []
  let other: OtherFilm | null = { frames: { was: 9, is: 4 } } as OtherFilm
  const handlers = { relinkClip: () => Promise.resolve(other) } as unknown as ProjectHandlers
  const check = (path: string): Promise<void> =>
    path.endsWith('.txt') ? Promise.reject(new Error('no film')) : Promise.resolve()
  const guarded = guardedProject(handlers, {} as UnwrittenEdits, check, (clip) => linked.push(clip))
  expect(await guarded.relinkClip({ clip: 'c', path: '/other.mkv' })).toBe(other)
  other = null
  await expect(guarded.relinkClip({ clip: 'c', path: '/notes.txt' })).rejects.toThrow('no film')
  expect(linked).toEqual([])
  expect(await guarded.relinkClip({ clip: 'c', path: '/film.mkv' })).toBeNull()
  expect(linked).toEqual(['c'])
})
