/** Whether all is on the disk, asked while edits go on. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { someFootage } from '../../../test/material/arbitraryEdits.ts'
import { ProjectSession } from '../session/projectSession.ts'

async function openSession(): Promise<ProjectSession> {
  const folder = await mkdtemp(join(tmpdir(), 'journal-'))
  const session = new ProjectSession({ untitledFolder: join(folder, 'untitled'), emit: () => undefined })
  onTestFinished(async () => {
    await session.close('keep')
    await rm(folder, { recursive: true, force: true })
  })
  await session.new()
  session.apply({
    type: 'add-clip',
    clip: 'c',
    name: 'Reel',
    footage: someFootage,
    frameCount: 100_000,
    rate: { num: 24, den: 1 },
  })
  return session
}

/**
 * Splits shots one after the other for as long as something takes. Gives what came of it, and how many edits there
 * were.
 */
async function editedDuring<T>(session: ProjectSession, work: Promise<T>): Promise<[result: T, edits: number]> {
  let [isOver, edits] = [false, 0]
  const result = work.finally(() => (isOver = true))
  while (!isOver) {
    await nextTurn()
    session.apply({ type: 'split-shot', clip: 'c', at: ++edits })
  }
  return [await result, edits]
}

describe('an edit that is made while the disk is being written to', () => {
  it('is not taken for one that the disk refuses', async () => {
    const session = await openSession()
    expect(await editedDuring(session, session.flush())).toEqual([true, expect.any(Number)])
  })

  it('is on the disk before the project may be left', async () => {
    const session = await openSession()
    const flushed = session.flush()
    await nextTurn()
    session.apply({ type: 'split-shot', clip: 'c', at: 1 })
    expect(await session.unwrittenTrouble()).toBeNull()
    expect(session.unwrittenEdits).toBe(0)
    expect(await readFile(`${session.path}-journal`, 'utf8')).toContain('"split-shot"')
    expect(await flushed).toBe(true)
  })
})
