/**
 * Edits that come in while a coloring is being ordered: what it colors is kept under the name of what it was made by.
 */
import { describe, expect, it, vi } from 'vitest'
import type { FrameRange } from '../../electron/contract/schemas.ts'
import { inWords } from '../../electron/contract/sentence.ts'
import type { ColorizeMore, EngineCallName } from '../../electron/engine/protocol.ts'
import { openDesk, type Desk } from '../material/desk.ts'
import { framesToDo, staleFrames } from '../../electron/project/dependents.ts'
import { countFrames, intersect, subtract, within } from '../../electron/contract/ranges.ts'
import { stroke } from '../material/layouts.ts'
import { FRAMES, longFilm, searching, SHOT } from '../material/searching.ts'
import { workFolder } from '../material/workFolder.ts'

const PIN = 4
/** Reads the pin. */
const FRAME = 8

/** As the disk has it: what an engine has in memory dies with it. */
function coloringOf(desk: Desk): Promise<Uint8Array> {
  process.kill(desk.pid(), 'SIGKILL')
  return desk.engine.call('frozenColoring', 'c', FRAME)
}

/** Colors what there is to do, and waits until the document says so, and the engine knows it. */
async function colorizeAll(desk: Desk, range?: FrameRange): Promise<void> {
  await desk.colorize('between', range)
  await vi.waitFor(() => expect(desk.jobs.isBusy('c')).toBe(false), 60_000)
  await desk.clips.settled('c')
}

const drawOnPin = ({ session }: Desk): void =>
  session.apply({ type: 'add-operation', clip: 'c', frame: PIN, operation: stroke(0, 0.4, { radius: 0.5 }) })

/**
 * Once, between the engine's answer to a question and whoever has asked: an edit, and the engine has been told of it.
 * @param nth of the times that it is asked
 */
function editBehind(desk: Desk, question: EngineCallName, edit: () => void, nth = 1): { isMade: boolean } {
  const made = { isMade: false }
  let asked = 0
  const call = desk.engine.call.bind(desk.engine)
  vi.spyOn(desk.engine, 'call').mockImplementation(async (name, ...args) => {
    const answer = await call(name, ...(args as never))
    if (name === question && ++asked === nth) {
      made.isMade = true
      edit()
      await desk.clips.settled('c')
    }
    return answer
  })
  return made
}

describe('an edit of a pin that comes in while a coloring is being ordered', () => {
  it('leaves no colors under the name of those of before: undo brings back those that were there', async () => {
    const desk = await openDesk()
    await desk.shots.ensure('c')
    await desk.pin(PIN)
    await colorizeAll(desk)
    const before = await coloringOf(desk)
    await desk.engine.call('clearCache')
    const made = editBehind(desk, 'coloredRanges', () => drawOnPin(desk))
    await colorizeAll(desk)
    expect(made.isMade).toBe(true)
    desk.session.undo()
    await colorizeAll(desk)
    expect(await coloringOf(desk)).toEqual(before)
    expect(desk.troubles).toEqual([])
  })

  it('nor do those that are colored while the film is looked through for shots', async () => {
    const { desk } = await searching(250)
    await desk.pin(PIN)
    const range = { from: 0, to: 60 }
    const colorize = async (): Promise<void> => {
      const job = await desk.coloring.colorize({ clip: 'c', mode: 'between', range })
      await vi.waitFor(
        () => expect(desk.jobs.entries.find(({ id }) => id === job)!.progress.done).toBe(range.to - 1),
        60_000,
      )
    }
    await colorize()
    const before = await coloringOf(desk)
    await desk.jobs.cancelAll()
    await desk.engine.call('clearCache')
    await desk.shots.find('c')
    await desk.jobs.pause(desk.jobs.open('c')[0]!.id)
    const made = editBehind(desk, 'shotsSoFar', () => drawOnPin(desk), 2)
    await colorize()
    expect(made.isMade).toBe(true)
    await desk.jobs.cancelAll()
    desk.session.undo()
    await desk.shots.ensure('c')
    await colorizeAll(desk, range)
    expect(await coloringOf(desk)).toEqual(before)
    expect(desk.troubles).toEqual([])
  })
})

const colorize = async ({ coloring }: Desk, range: FrameRange): Promise<string> =>
  (await coloring.colorize({ clip: 'c', mode: 'between', range }))!
const finishedBy = ({ jobs }: Desk, job: string): number => countFrames(jobs.finishedBy(job))

const begun = async (range: FrameRange): Promise<{ desk: Desk; job: string }> => {
  const folder = workFolder()
  const desk = await openDesk(folder, { path: await longFilm(folder), frameCount: FRAMES })
  await desk.shots.ensure('c')
  const job = await colorize(desk, range)
  await vi.waitFor(() => expect(finishedBy(desk, job)).toBeGreaterThan(20), 60_000)
  await desk.jobs.pause(job)
  return { desk, job }
}

describe('colors that are cleared while their film is being colored', () => {
  it('are done again by it', async () => {
    const range = { from: 0, to: 2 * SHOT }
    const { desk, job } = await begun(range)
    await desk.coloring.clearStored()
    await desk.jobs.resume(job)
    await desk.jobs.ended(job)
    await vi.waitFor(async () => expect(await desk.coloredRanges()).toEqual([range]), 60_000)
    await vi.waitFor(() => expect(desk.jobs.open('c')).toEqual([]), 60_000)
    expect([desk.notices, desk.troubles]).toEqual([[], []])
  })
})

describe('colors that make way for later ones of the same film', () => {
  it('are told of', async () => {
    const { desk, job } = await begun({ from: 0, to: 2 * SHOT })
    await desk.engine.call('cache', 1000)
    await desk.jobs.resume(job)
    await desk.jobs.ended(job)
    await vi.waitFor(
      () =>
        expect(desk.notices.map(({ message }) => inWords(message))).toEqual([
          'Some colors of “Film” had to make way for later ones: the color cache is too small for this film.',
        ]),
      60_000,
    )
    expect(desk.jobs.open('c')).toEqual([])
  })
})

describe('colors that an edit hides while their film is being colored', () => {
  it('are none that had to make way: of the film’s own ones, and of those that are locked, nothing is missed', async () => {
    const { desk, job } = await begun({ from: 0, to: 2 * SHOT })
    const shot = desk.clip().shots[0]!.id
    desk.session.apply({ type: 'keep-own-colors', clip: 'c', shot, keep: true })
    const asked = vi.spyOn(desk.engine, 'call')
    await desk.jobs.resume(job)
    await desk.jobs.ended(job)
    // It was looked for what is gone.
    await vi.waitFor(() => expect(asked.mock.calls.map(([name]) => name)).toContain('coloredRanges'), 60_000)
    await desk.clips.settled('c')
    expect([desk.notices, desk.troubles]).toEqual([[], []])
  })
})

describe('what is told of a cache that is too small', () => {
  it('is told once of films that several jobs have colored', async () => {
    const { desk, job } = await begun({ from: 0, to: SHOT })
    await desk.engine.call('cache', 1000)
    const next = await colorize(desk, { from: SHOT, to: 2 * SHOT })
    await desk.jobs.resume(job)
    await Promise.all([job, next].map((each) => desk.jobs.ended(each)))
    await vi.waitFor(() => expect(desk.notices).toHaveLength(1), 60_000)
    // All that was asked is answered by then, and told.
    await desk.coloredRanges()
    await desk.coloredRanges()
    expect([desk.notices.length, desk.troubles]).toEqual([1, []])
  })

  it('is not told where the artist has cleared it when a job was just over', async () => {
    const range = { from: 0, to: SHOT }
    const { desk, job } = await begun(range)
    const call = desk.engine.call.bind(desk.engine)
    let cleared = false
    vi.spyOn(desk.engine, 'call').mockImplementation(async (name, ...args) => {
      if (name === 'coloredRanges' && !cleared && desk.jobs.open('c').length === 0) {
        cleared = true
        await desk.coloring.clearStored()
      }
      return call(name, ...(args as never))
    })
    await desk.jobs.resume(job)
    await desk.jobs.ended(job)
    await vi.waitFor(() => expect(cleared).toBe(true), 60_000)
    await vi.waitFor(async () => expect(await desk.coloredRanges()).toEqual([]), 60_000)
    await desk.coloredRanges()
    expect([desk.notices, desk.troubles, desk.jobs.open('c')]).toEqual([[], [], []])
  })
})

describe('a pin that is set while its shot is being colored', () => {
  const pinned = [{ from: PIN, to: PIN + 1 }]
  it('leaves the colors in view, as out of date, until the job has done them again', async () => {
    const range = { from: 0, to: 2 * SHOT }
    const { desk, job } = await begun(range)
    const calls = vi.spyOn(desk.engine, 'call')
    await desk.pin(PIN)
    // The one that it had in hand is finished by then, or is not said to be.
    const colored = { from: 0, to: 20 }
    await vi.waitFor(() => expect(intersect(staleFrames(desk.clip()), colored)).toEqual(subtract([colored], pinned)))
    await vi.waitFor(() => expect(calls.mock.calls.at(-1)![0]).toBe('addToColorize'), 60_000)
    await desk.jobs.resume(job)
    const { progress, state } = (await desk.jobs.ended(job))!
    expect([state, progress.done]).toEqual(['done', progress.total])
    // The engine knows the document, and shows nothing of the job any more.
    expect(await desk.coloredRanges()).toEqual([range])
    expect(framesToDo(desk.clip(), range)).toEqual([])
    const byTheJob = await coloringOf(desk)
    await desk.engine.call('clearCache')
    await colorizeAll(desk, range)
    expect(await coloringOf(desk)).toEqual(byTheJob)
    // What undo brings back was done, and is at hand.
    desk.session.undo()
    await colorizeAll(desk, range)
    expect(framesToDo(desk.clip(), range)).toEqual([])
    expect(desk.troubles).toEqual([])
  })

  it('is read in a shot that the job had not come to, and nothing is done twice', async () => {
    const range = { from: 0, to: 2 * SHOT }
    const { desk, job } = await begun(range)
    const done = finishedBy(desk, job)
    expect(done).toBeLessThan(SHOT)
    const calls = vi.spyOn(desk.engine, 'call')
    await desk.pin(SHOT + PIN)
    await vi.waitFor(() => expect(calls.mock.calls.at(-1)![0]).toBe('addToColorize'), 60_000)
    await desk.jobs.resume(job)
    const { progress } = (await desk.jobs.ended(job))!
    expect([progress.done, progress.total]).toEqual([2 * SHOT - 1, 2 * SHOT - 1])
    expect(framesToDo(desk.clip(), range)).toEqual([])
    expect(staleFrames(desk.clip())).toEqual([])
    expect(desk.troubles).toEqual([])
  })

  it('is taken in by a job whose engine dies right then, and by one that is cancelled', async () => {
    const range = { from: 0, to: 2 * SHOT }
    for (const end of ['kill', 'cancel'] as const) {
      const { desk, job } = await begun(range)
      const call = desk.engine.call.bind(desk.engine)
      let taken = 0
      vi.spyOn(desk.engine, 'call').mockImplementation(async (name, ...args) => {
        const answer = await call(name, ...(args as never))
        if (name === 'takeBackColorize' && ++taken === 1) {
          if (end === 'kill') process.kill(desk.pid(), 'SIGKILL')
          else void desk.jobs.cancel(job)
        }
        return answer
      })
      await desk.pin(PIN)
      await vi.waitFor(() => expect(taken).toBe(1), 60_000)
      if (end === 'kill') await desk.jobs.resume(job)
      const { state } = (await desk.jobs.ended(job))!
      expect(state).toBe(end === 'kill' ? 'done' : 'cancelled')
      const present = await desk.coloredRanges()
      expect(subtract(desk.clip().passes, present)).toEqual([])
      if (end === 'kill') expect(framesToDo(desk.clip(), range)).toEqual([])
      else expect(countFrames(staleFrames(desk.clip()))).toBeGreaterThan(15)
      expect(desk.troubles).toEqual([])
    }
  })

  it('is taken in by a job that began behind the search, once that has ended', async () => {
    const { desk, search } = await searching(250)
    const range = { from: 0, to: 2 * SHOT }
    const job = await colorize(desk, range)
    await vi.waitFor(() => expect(finishedBy(desk, job)).toBeGreaterThan(20), 60_000)
    await desk.jobs.pause(job)
    const calls = vi.spyOn(desk.engine, 'call')
    await desk.jobs.resume(search)
    await desk.jobs.ended(search)
    await vi.waitFor(
      () =>
        expect(calls.mock.calls.some(([name, more]) => name === 'addToColorize' && (more as ColorizeMore).isLast)).toBe(
          true,
        ),
      60_000,
    )
    await desk.pin(PIN)
    await vi.waitFor(() => expect(calls.mock.calls.map(([name]) => name)).toContain('takeBackColorize'), 60_000)
    await desk.jobs.resume(job)
    const { progress, state } = (await desk.jobs.ended(job))!
    expect([state, progress.done]).toEqual(['done', progress.total])
    expect(framesToDo(desk.clip(), range)).toEqual([])
    expect(subtract(desk.clip().passes, await desk.coloredRanges())).toEqual([])
    expect(desk.troubles).toEqual([])
  })

  it('is read by no frame that a job of an engine that has died had done before', async () => {
    const { desk, job } = await begun({ from: 0, to: SHOT })
    process.kill(desk.pid(), 'SIGKILL')
    await desk.engine.call('coloredRanges', 'c')
    const calls = vi.spyOn(desk.engine, 'call')
    // The job waits for its turn in the new engine, and has told nothing there.
    await desk.pin(PIN)
    await vi.waitFor(() => expect(calls.mock.calls.map(([name]) => name)).toContain('addToColorize'), 60_000)
    const paused = desk.jobs.entries.find(({ id }) => id === job)!.progress
    await desk.jobs.resume(job)
    await vi.waitFor(() => expect(desk.jobs.entries[0]!.progress.done).toBeGreaterThan(paused.done), 60_000)
    await desk.jobs.cancel(job)
    expect(subtract(desk.clip().passes, await desk.coloredRanges())).toEqual([])
    const { progress } = desk.jobs.entries.find(({ id }) => id === job)!
    expect([progress.total, progress.done < progress.total]).toEqual([paused.done + SHOT - 1, true])
    expect(desk.troubles).toEqual([])
  })

  it('makes frames out of date that were being done again since the cache had lost them', async () => {
    const folder = workFolder()
    const desk = await openDesk(folder, { path: await longFilm(folder), frameCount: FRAMES })
    await desk.shots.ensure('c')
    const range = { from: 0, to: SHOT }
    await desk.pin(PIN)
    await colorizeAll(desk, range)
    await desk.engine.call('clearCache')
    const job = await colorize(desk, range)
    await vi.waitFor(() => expect(finishedBy(desk, job)).toBeGreaterThan(20), 60_000)
    await desk.jobs.pause(job)
    drawOnPin(desk)
    expect(staleFrames(desk.clip())).toEqual(subtract([range], pinned))
    await desk.jobs.resume(job)
    await desk.jobs.ended(job)
    expect(framesToDo(desk.clip(), range)).toEqual([])
    expect(desk.troubles).toEqual([])
  })

  it('is taken up by another job where it comes right before the end', async () => {
    const { desk, job } = await begun({ from: 0, to: SHOT })
    const call = desk.engine.call.bind(desk.engine)
    vi.spyOn(desk.engine, 'call').mockImplementation(async (name, ...args) => {
      if (name === 'takeBackColorize') await desk.jobs.ended(job)
      return call(name, ...(args as never))
    })
    await desk.pin(PIN)
    await desk.jobs.resume(job)
    await desk.jobs.ended(job)
    await vi.waitFor(() => expect(framesToDo(desk.clip(), { from: 0, to: SHOT })).toEqual([]), 60_000)
    await vi.waitFor(() => expect(desk.jobs.isBusy('c')).toBe(false), 60_000)
    const states = desk.jobs.entries.filter(({ kind }) => kind === 'colorize').map(({ state }) => state)
    expect(states).toEqual(['done', 'done'])
    expect(desk.troubles).toEqual([])
  })

  it('shows again what was there before when it is undone, though the job goes on', async () => {
    const folder = workFolder()
    const desk = await openDesk(folder, { path: await longFilm(folder), frameCount: FRAMES })
    await desk.shots.ensure('c')
    await desk.pin(PIN)
    await colorizeAll(desk, { from: 0, to: SHOT })
    const before = await desk.engine.call('frozenColoring', 'c', FRAME)
    drawOnPin(desk)
    const job = await colorize(desk, { from: 0, to: 3 * SHOT })
    await vi.waitFor(() => expect(finishedBy(desk, job)).toBeGreaterThan(SHOT + 5), 60_000)
    await desk.jobs.pause(job)
    expect(await desk.engine.call('frozenColoring', 'c', FRAME)).not.toEqual(before)
    desk.session.undo()
    await desk.clips.settled('c')
    expect(await desk.engine.call('frozenColoring', 'c', FRAME)).toEqual(before)
    await desk.jobs.cancel(job)
  })

  it('does not disturb a job that has nothing to do with it', async () => {
    const { desk, job } = await begun({ from: 0, to: SHOT })
    const calls = vi.spyOn(desk.engine, 'call')
    await desk.pin(2 * SHOT + PIN)
    desk.session.apply({ type: 'add-operation', clip: 'c', frame: 2 * SHOT + PIN, operation: stroke(0, 0.4) })
    desk.session.apply({ type: 'rename-clip', clip: 'c', name: 'Other' })
    await desk.jobs.resume(job)
    await desk.jobs.ended(job)
    expect(calls.mock.calls.filter(([name]) => name === 'takeBackColorize')).toEqual([])
    expect(framesToDo(desk.clip(), { from: 0, to: SHOT })).toEqual([])
  })

  it('brings no older colors back where another coloring has come after them', async () => {
    const folder = workFolder()
    const desk = await openDesk(folder, { path: await longFilm(folder), frameCount: FRAMES })
    await desk.shots.ensure('c')
    const job = await colorize(desk, { from: 0, to: SHOT })
    await vi.waitFor(() => expect(finishedBy(desk, job)).toBeGreaterThan(20), 60_000)
    await desk.jobs.pause(job)
    await desk.pin(PIN)
    const again = { from: PIN + 1, to: PIN + 9 }
    await desk.jobs.ended(await colorize(desk, again))
    const later = within(desk.clip().passes, again)
    expect(later).toHaveLength(1)
    drawOnPin(desk)
    expect(within(desk.clip().passes, again)).toEqual(later)
    await desk.jobs.cancel(job)
    expect(within(desk.clip().passes, again)).toEqual(later)
    expect(desk.troubles).toEqual([])
  })

  it('is read by no frame that was not colored again, where coloring behind the search is cancelled', async () => {
    const { desk, search } = await searching(250)
    const job = await colorize(desk, { from: 0, to: 2 * SHOT })
    await vi.waitFor(() => expect(finishedBy(desk, job)).toBeGreaterThan(60), 60_000)
    await desk.jobs.pause(job)
    const calls = vi.spyOn(desk.engine, 'call')
    const orders = (): number => calls.mock.calls.filter(([name]) => name === 'addToColorize').length
    await desk.pin(PIN)
    await vi.waitFor(() => expect(orders()).toBe(1), 60_000)
    // Of this order nothing has been colored, nor of the next.
    drawOnPin(desk)
    await vi.waitFor(() => expect(orders()).toBe(2), 60_000)
    const cancelled = desk.jobs.cancel(job)
    await desk.jobs.resume(search)
    await cancelled
    await desk.jobs.ended(search)
    const present = await desk.coloredRanges()
    expect(countFrames(present)).toBeGreaterThan(60)
    expect(subtract(desk.clip().passes, present)).toEqual([])
    expect(countFrames(staleFrames(desk.clip()))).toBeGreaterThan(30)
    expect(desk.troubles).toEqual([])
  })
})
