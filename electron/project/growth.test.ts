/** Long projects: what is written down stays in proportion to what is in them, and they open soon. */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { asset, countingIds, someFootage } from '../../test/material/arbitraryEdits.ts'
import type { PassResult } from '../contract/projectDocument.ts'
import { reportChange } from './session/changeReport.ts'
import { framesToDo } from './dependents.ts'
import { createProject } from './document.ts'
import { editsOf, passOver } from './passes/filmEdits.ts'
import { EditHistory, newHistoryState } from './history.ts'
import { ProjectSession } from './session/projectSession.ts'
import { ProjectStore } from './disk/projectStore.ts'

const PASSES = 2_000
const result = (n: number, key = `k${n}`): PassResult => ({ from: n * 50, to: n * 50 + 50, mode: 'between', key })

/** A clip of a hundred thousand frames, or so many. */
function longFilm(frameCount = 50 * PASSES): EditHistory {
  const history = new EditHistory(newHistoryState(createProject('p', 'Long')), {
    now: () => 1,
    newId: countingIds('new'),
  })
  history.apply({
    type: 'add-clip',
    clip: 'c',
    name: 'Reel',
    footage: someFootage,
    frameCount,
    rate: { num: 24, den: 1 },
  })
  return history
}

async function place(): Promise<{ path: string; session: ProjectSession }> {
  const folder = await mkdtemp(join(tmpdir(), 'growth-'))
  const session = new ProjectSession({ untitledFolder: join(folder, 'untitled'), emit: () => undefined })
  onTestFinished(async () => {
    await session.close('keep')
    await rm(folder, { recursive: true, force: true })
  })
  return { path: join(folder, 'long.colornn'), session }
}

/** Leaves a project as a program would that has done all this. */
async function saved(path: string, history: EditHistory): Promise<void> {
  const store = await ProjectStore.create(path, history.state, null, { onHealth: () => undefined, kept: null })
  await store.close()
}

const journalBytes = async (path: string): Promise<number> => (await stat(`${path}-journal`)).size

describe('a long project', () => {
  it('takes down each of two thousand passes in as few bytes as the first, and tells the window as little', () => {
    const history = longFilm()
    // Every one lands between others.
    const sizes = Array.from(
      { length: PASSES },
      (_, n) =>
        JSON.stringify(history.note({ kind: 'colored', clip: 'c', results: [result((n * 997) % PASSES)] })).length,
    )
    expect(Math.max(...sizes)).toBeLessThan(600)
    expect(history.project.clips[0]!.passes).toHaveLength(PASSES)
    expect(history.done).toHaveLength(1)
  })

  it('with ten thousand steps and two thousand passes opens soon, with all of its history', async () => {
    const { path, session } = await place()
    const history = longFilm()
    for (let n = 0; n < PASSES; n++) history.note({ kind: 'colored', clip: 'c', results: [result(n)] })
    for (let n = 0; n < 10_000; n++) {
      if (n % 50 === 0) {
        history.apply({
          type: 'pin',
          clip: 'c',
          frame: n % 300,
          base: { kind: 'picture', asset: asset(String(Math.floor(n / 300) % 10)) },
        })
      } else history.apply({ type: 'label-frame', clip: 'c', frame: n % 300, label: `note ${n}` })
    }
    const steps = history.done.length
    expect(steps).toBeGreaterThan(9_000)
    await saved(path, history)
    const started = performance.now()
    const { heapUsed } = process.memoryUsage()
    const state = await session.open(path)
    expect(performance.now() - started).toBeLessThan(20_000)
    expect(process.memoryUsage().heapUsed - heapUsed).toBeLessThan(500 * 1024 * 1024)
    expect(state).toMatchObject({ saved: true, steps, position: steps, recovered: 0 })
    session.undo()
    expect(session.project.clips[0]!.passes).toHaveLength(PASSES)
  })

  it('answers an edit in a time that grows with its shots, not with their square', () => {
    const [shots, each] = [8_000, 8]
    const history = longFilm(shots * each)
    history.apply({
      type: 'set-cuts',
      clip: 'c',
      cuts: Array.from({ length: shots - 1 }, (_, n) => (n + 1) * each),
      source: 'edited',
    })
    history.note({
      kind: 'colored',
      clip: 'c',
      results: Array.from({ length: shots }, (_, n): PassResult => ({
        ...result(n),
        from: n * each,
        to: (n + 1) * each,
      })),
    })
    const before = history.project
    const started = process.cpuUsage()
    history.apply({ type: 'join-shots', clip: 'c', at: 500 * each })
    const { coverage, concerned } = reportChange(before, history.project)
    const [old, now] = [before.clips[0]!, history.project.clips[0]!]
    const { layout } = editsOf(old, now, (asset) => asset)
    const { ranges } = passOver(now, 'between', { from: 0, to: now.frameCount }, framesToDo(now))
    const { user, system } = process.cpuUsage(started)
    expect(coverage).toHaveLength(1)
    expect(concerned[0]!.redraw).toEqual([])
    expect(layout!.shown).toHaveLength(shots)
    expect(ranges).toHaveLength(shots - 1)
    // A fraction of a second on a quiet machine; far more when each shot was held against all others.
    expect((user + system) / 1e6).toBeLessThan(4)
  })

  it('gives back at saving what its journal has taken for what was colored again and again, while edits go on', async () => {
    const { path, session } = await place()
    await saved(path, longFilm())
    await session.open(path)
    for (let round = 0; round < 18; round++) {
      session.note({
        kind: 'colored',
        clip: 'c',
        results: Array.from({ length: PASSES }, (_, n) =>
          result(n, `k${n} ${round % 2 ? 'a' : 'b'} ${'x'.repeat(80)}`),
        ),
      })
    }
    session.apply({ type: 'rename-project', title: 'One' })
    session.apply({ type: 'rename-project', title: 'Two' })
    session.undo()
    await session.flush()
    const large = await journalBytes(path)
    expect(large).toBeGreaterThan(4 * 1024 * 1024)
    const saving = session.save()
    setTimeout(() => session.apply({ type: 'label-frame', clip: 'c', frame: 1, label: 'meanwhile' }), 5)
    await saving
    await session.save()
    expect(await journalBytes(path)).toBeLessThan(large / 2)
    const { project } = session
    const { length } = session.steps
    session.apply({ type: 'label-frame', clip: 'c', frame: 9, label: 'not saved' })
    await session.close('keep')
    expect(await session.open(path)).toMatchObject({ recovered: 1, saved: false, notices: [] })
    session.undo()
    expect(session.project).toEqual(JSON.parse(JSON.stringify(project)))
    expect(session.steps.length).toBeGreaterThanOrEqual(length)
    await session.close('give-up')
    expect((await session.open(path)).project).toEqual(JSON.parse(JSON.stringify(project)))
    session.goTo(0)
    expect(session.project.clips).toEqual([])
  })
})
