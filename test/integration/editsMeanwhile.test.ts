/**
 * Edits that come in while a coloring is being ordered: what it colors is kept under the name of what it was made by.
 */
import { describe, expect, it, vi } from 'vitest'
import type { FrameRange } from '../../electron/contract/schemas.ts'
import type { EngineCallName } from '../../electron/engine/protocol.ts'
import { openDesk, type Desk } from '../material/desk.ts'
import { stroke } from '../material/layouts.ts'
import { searching } from '../material/searching.ts'

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
