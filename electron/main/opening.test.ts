import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { linkFootage } from '../project/films/footageLink.ts'
import { ProjectSession } from '../project/session/projectSession.ts'
import { openPath, type OpeningContext } from './opening.ts'
import { RecentFootageList } from './recentFootage.ts'
import { UnwrittenEdits } from './unwrittenEdits.ts'

it('a film that is opened while a project is being closed goes into a project of its own', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'opening-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [first, second] = ['first', 'second'].map((name) => join(folder, `${name}.mkv`)) as [string, string]
  for (const film of [first, second]) writeFileSync(film, film)
  const session = new ProjectSession({ untitledFolder: join(folder, 'untitled'), emit: () => undefined })
  const unwritten = new UnwrittenEdits(session, { ask: async () => 'stay', choosePlace: async () => null })
  const addClip = async (path: string): Promise<string> => {
    const footage = await linkFootage(path, session.path)
    const clip = path
    session.apply({ type: 'add-clip', clip, name: clip, footage, frameCount: 24, rate: { num: 24, den: 1 } })
    return clip
  }
  const context: OpeningContext = {
    session,
    recent: new RecentFootageList(join(folder, 'recent.json')),
    addClip,
    check: async () => undefined,
    leaving: async (work) => unwritten.leaving(work),
    settled: () => unwritten.settled(),
  }
  await openPath(context, first, false)
  session.apply({ type: 'rename-project', title: 'First' })
  const closing = Promise.resolve(unwritten.leaving(() => session.close('keep')))
  const opened = openPath(context, second, false)
  await closing
  expect(await opened).toBe(second)
  expect(session.project).toMatchObject({ title: 'second', clips: [{ id: second }] })
  await session.close('keep')
  const kept = await session.unsavedProjects()
  expect(kept.map(({ films }) => films)).toContainEqual([first])
})
