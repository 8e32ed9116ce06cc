/** Who owns work: exports that survive whatever the artist looks at, redos that miss no edit, films that come back. */
import { existsSync, readdirSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { JobEntry } from '../../electron/contract/jobs.ts'
import { checkReference } from '../../electron/main/pinPicture.ts'
import { guardedProject } from '../../electron/main/guardedProject.ts'
import { framesToDo } from '../../electron/project/dependents.ts'
import { linkFootage } from '../../electron/project/footageLink.ts'
import { projectHandlers } from '../../electron/project/projectHandlers.ts'
import { openDesk, type Desk } from '../material/desk.ts'
import { english } from '../material/english.ts'
import { lumaHashes } from '../material/inspect.ts'
import { stroke } from '../material/layouts.ts'
import { workFolder } from '../material/workFolder.ts'

async function addClip({ session, film }: Desk, clip: string, path = film): Promise<void> {
  session.apply({
    type: 'add-clip',
    clip,
    name: `Reel ${clip}`,
    footage: await linkFootage(path, session.path),
    frameCount: 24,
    rate: { num: 24, den: 1 },
  })
}

/** An export that waits to go on, for as long as a test likes. */
async function pausedExport({ exporting, jobs }: Desk, target: string, clip = 'c'): Promise<string> {
  const id = await exporting.start({ clip, target, format: 'ffv1-mkv', overwrite: false })
  await jobs.pause(id)
  await vi.waitFor(() => expect(jobs.entries.find((job) => job.id === id)?.state).toBe('paused'), 120_000)
  return id
}

describe('an export', () => {
  it('goes on whatever clips are looked at, and ends only when the artist has agreed to what would end it', async () => {
    let agrees = false
    const asked: string[][] = []
    const desk = await openDesk(workFolder(), (exports: readonly JobEntry[]) => {
      asked.push(exports.map(({ reel }) => reel))
      return Promise.resolve(agrees)
    })
    const { session, clips, jobs, engine, guard } = desk
    const probe = (path: string) => engine.call('probe', path)
    const requests = guardedProject(
      projectHandlers(session, {
        chooseProject: () => Promise.resolve(null),
        chooseProjectTarget: () => Promise.resolve(null),
        probe,
        checkReference: (clip, path, copy) => checkReference(engine, clip, path, copy),
      }),
      session,
      guard,
      probe,
    )
    const target = join(desk.folder, 'out.mkv')
    const id = await pausedExport(desk, target)
    const entry = (): JobEntry | undefined => jobs.entries.find((job) => job.id === id)
    expect(entry()).toMatchObject({ clip: 'c', reel: 'Two shots', kind: 'export', target })
    for (const other of ['1', '2', '3', '4', '5']) {
      await addClip(desk, other)
      await clips.open(other)
    }
    await requests.editProject({ type: 'remove-clip', clip: '2' })
    await requests.relinkClip({ clip: '3', path: join(desk.folder, 'a.mkv') })
    await requests.undoEdit()
    expect([entry()?.state, asked]).toEqual(['paused', []])

    const before = session.project
    const whatWouldEndIt: (() => unknown)[] = [
      () => requests.newProject(),
      () => requests.openProject(join(desk.folder, 'another.colornn')),
      () => requests.closeProject('keep'),
      () => requests.editProject({ type: 'remove-clip', clip: 'c' }),
      () => requests.relinkClip({ clip: 'c', path: join(desk.folder, 'a.mkv') }),
      () => requests.goToEdit(0),
    ]
    for (const [index, work] of whatWouldEndIt.entries()) {
      await expect(Promise.resolve().then(work)).rejects.toMatchObject({ code: 'cancelled' })
      expect(asked).toHaveLength(index + 1)
    }
    expect(asked.flat()).toEqual(whatWouldEndIt.map(() => 'Two shots'))
    expect([entry()?.state, session.project]).toEqual(['paused', before])

    await jobs.resume(id)
    expect(await jobs.ended(id)).toMatchObject({ state: 'done', told: false })
    expect(await lumaHashes(target)).toEqual(await lumaHashes(desk.film))
    // What it has colored on its way is there to be seen, and no step of the artist's.
    expect([framesToDo(desk.clip()), await desk.coloredRanges()]).toEqual([[], [{ from: 0, to: 24 }]])
    expect(session.steps.map(({ label }) => label.kind)).not.toContain('record-pass')

    agrees = true
    const given = await pausedExport(desk, join(desk.folder, 'given up.mkv'))
    // A place that holds no project costs nothing, whatever was agreed to.
    await expect(Promise.resolve(requests.openProject(join(desk.folder, 'nowhere.colornn')))).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(jobs.entries.find((job) => job.id === given)?.state).toBe('paused')
    await requests.editProject({ type: 'remove-clip', clip: 'c' })
    expect(jobs.entries.find((job) => job.id === given)?.state).toBe('cancelled')
    expect(session.project.clips.map((clip) => clip.id)).not.toContain('c')
    expect(readdirSync(desk.folder).filter((name) => name.includes('given up'))).toEqual([])

    // The step that brought a film, taken back while that film is being written.
    await addClip(desk, 'last')
    const last = await pausedExport(desk, join(desk.folder, 'undone.mkv'), 'last')
    agrees = false
    await expect(Promise.resolve(requests.undoEdit())).rejects.toMatchObject({ code: 'cancelled' })
    expect([jobs.entries.find((job) => job.id === last)?.state, session.project.clips.at(-1)?.id]).toEqual([
      'paused',
      'last',
    ])
    agrees = true
    await requests.undoEdit()
    expect([jobs.entries.find((job) => job.id === last)?.state, session.project.clips.at(-1)?.id]).toEqual([
      'cancelled',
      '5',
    ])
  })
})

describe('where stale frames are done again at once', () => {
  it('an edit that comes in while its clip is being done again is done as well', async () => {
    const desk = await openDesk()
    const { session, jobs, engine } = desk
    await desk.colorize()
    const asset = await session.assets.put(await engine.call('frozenColoring', 'c', 4), 'chroma')
    const pin = (frame: number): void =>
      session.apply({ type: 'pin', clip: 'c', frame, base: { kind: 'frozen', asset } })
    session.apply({ type: 'change-settings', settings: { propagateAtOnce: true } })
    pin(4)
    await vi.waitFor(() => expect(jobs.open('c').map(({ kind }) => kind)).toEqual(['colorize']), {
      timeout: 60_000,
      interval: 1,
    })
    // In the only part of the redo, and in another shot.
    pin(8)
    pin(20)
    await vi.waitFor(() => expect([framesToDo(desk.clip()), jobs.open()]).toEqual([[], []]), 120_000)
    expect(await desk.coloredRanges()).toEqual([{ from: 0, to: 24 }])
    expect(desk.troubles).toEqual([])
  })
})

describe('a film that was away when the engine died', () => {
  it('is opened anew once it is there again, by itself and by whoever wants it', async () => {
    const desk = await openDesk()
    const { clips, engine, jobs } = desk
    await desk.colorize('between', { from: 0, to: 2 })
    const away = `${desk.film} away`
    await rename(desk.film, away)
    process.kill(desk.pid(), 'SIGKILL')
    // Twice in a row: the second one dies while the first restore may still be under way.
    await vi.waitFor(() => expect(engine.status.state).toBe('restarting'), 120_000)
    process.kill(desk.pid(), 'SIGKILL')
    await engine.call('info')
    await expect(clips.open('c')).rejects.toMatchObject({ code: 'footage-missing' })
    expect(existsSync(desk.film)).toBe(false)
    await rename(away, desk.film)
    await vi.waitFor(() => expect(desk.back).toEqual(['c']), 120_000)
    expect((await clips.open('c')).frameCount).toBe(24)
    await desk.colorize()
    expect(await desk.coloredRanges()).toEqual([{ from: 0, to: 24 }])
    expect(jobs.open()).toEqual([])
  })
})

describe('an engine that stops again and again', () => {
  it('is given up in words after five times, and is there again for what the artist does next; no edit is lost', async () => {
    const desk = await openDesk()
    const { clips, engine, jobs, session } = desk
    const written = await pausedExport(desk, join(desk.folder, 'out.mkv'))
    for (let crashes = 1; engine.status.state !== 'failed'; crashes++) {
      expect(crashes).toBeLessThanOrEqual(5)
      const pid = desk.pid()
      process.kill(pid, 'SIGKILL')
      await vi.waitFor(() => expect(engine.status.state === 'failed' || desk.pid() !== pid).toBe(true), 120_000)
    }
    const { error } = engine.status
    expect([error.code, english(error.message)]).toEqual([
      'engine-stopped',
      expect.stringContaining('has stopped 5 times within a minute'),
    ])
    expect(english(error.advice)).toContain('is started again with the next thing that you do')
    expect(jobs.entries.find(({ id }) => id === written)?.state).toBe('failed')
    session.apply({ type: 'add-operation', clip: 'c', frame: 3, operation: stroke(0, 0.4, { radius: 0.5 }) })
    // Nothing that the program asks by itself right then brings it back.
    await expect(clips.settled('c')).rejects.toMatchObject({ code: 'engine-stopped' })
    expect(engine.status.state).toBe('failed')
    await vi.waitFor(() => clips.settled('c'), { timeout: 60_000, interval: 500 })
    expect((await engine.call('pickColor', 'c', 3, [0.45, 0.35], 0.02))!.v).toBeCloseTo(0.4, 1)
    await desk.colorize()
    expect([await desk.coloredRanges(), jobs.open()]).toEqual([[{ from: 0, to: 24 }], []])
  })
})
