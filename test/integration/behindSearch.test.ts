/** Coloring begins while a film is still being looked through for shots, and ends with the same colors. */
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { framesToDo, staleFrames } from '../../electron/project/dependents.ts'
import { countFrames } from '../../electron/contract/ranges.ts'
import { leftByKill, type Desk } from '../material/desk.ts'
import { FRAMES, longRun, searching, SHOT, upTo } from '../material/searching.ts'
import { workFolder } from '../material/workFolder.ts'

/** What is to be colored. */
const RANGE = { from: 0, to: 420 }

const entryOf = (desk: Desk, job: string) => desk.jobs.entries.find(({ id }) => id === job)!
const colorize = (desk: Desk): Promise<string | null> =>
  desk.coloring.colorize({ clip: 'c', mode: 'between', range: RANGE })
const done = (desk: Desk, job: string): number => entryOf(desk, job).progress.done

describe('coloring behind the search for shots', () => {
  it('gives colors at once, waits where nothing more is known, and notes all of it when the search has ended', async () => {
    const { desk, search } = await searching(250)
    const job = (await colorize(desk))!
    const to = Math.min(RANGE.to, await upTo(desk))
    await vi.waitFor(() => expect(done(desk, job)).toBe(to), 120_000)
    // Others may compute while it waits.
    await vi.waitFor(() => expect(entryOf(desk, job)).toMatchObject({ state: 'queued', progress: { total: RANGE.to } }))
    expect(await desk.engine.call('coloredRanges', 'c')).toEqual([{ from: 0, to }])
    const frame = await desk.engine.call('frozenColoring', 'c', SHOT + 20)

    await desk.jobs.resume(search)
    await desk.jobs.ended(job)
    expect(entryOf(desk, job)).toMatchObject({ state: 'done', progress: { done: RANGE.to, total: RANGE.to } })
    expect(desk.clip().shots.map(({ from }) => from)).toEqual(
      Array.from({ length: Math.ceil(FRAMES / SHOT) }, (_, n) => n * SHOT),
    )
    expect(framesToDo(desk.clip(), RANGE)).toEqual([])
    expect(staleFrames(desk.clip())).toEqual([])
    expect(await desk.coloredRanges()).toEqual([RANGE])
    expect(await desk.engine.call('frozenColoring', 'c', SHOT + 20)).toEqual(frame)
    expect(desk.troubles).toEqual([])
  })

  it('goes on where the engine was killed, and takes what was pinned meanwhile', async () => {
    const { desk, search } = await searching(250)
    const job = (await colorize(desk))!
    await vi.waitFor(() => expect(done(desk, job)).toBeGreaterThan(120), 120_000)
    await desk.pin(SHOT + 10)
    const calls = vi.spyOn(desk.engine, 'call')
    await desk.jobs.resume(search)
    // The last part of the order knows the pin, which those before do not.
    await vi.waitFor(async () => {
      const last = calls.mock.calls.findIndex(([, part]) => (part as { isLast?: boolean } | undefined)?.isLast)
      expect(last).toBeGreaterThanOrEqual(0)
      await calls.mock.results[last]!.value
    }, 60_000)
    expect(desk.jobs.isUnderWay(job)).toBe(true)
    process.kill(desk.pid(), 'SIGKILL')
    await desk.jobs.ended(job)
    expect(entryOf(desk, job)).toMatchObject({ state: 'done' })
    expect(framesToDo(desk.clip(), RANGE)).toEqual([])
    expect(desk.troubles).toEqual([])
  })

  it('keeps what it has colored where coloring or search are cancelled, and makes it the film’s with the next order', async () => {
    const { desk, search } = await searching(250)
    const first = (await colorize(desk))!
    await vi.waitFor(() => expect(done(desk, first)).toBeGreaterThan(120), 120_000)
    const cancelled = desk.jobs.cancel(first)
    await vi.waitFor(() => expect(entryOf(desk, first).state).toBe('cancelled'))
    // It stays in sight until the document can tell of it.
    await new Promise((resolve) => setTimeout(resolve, 2000))
    expect(countFrames(await desk.engine.call('coloredRanges', 'c'))).toBeGreaterThan(120)
    await desk.jobs.cancel(search)
    await cancelled
    expect(desk.clip().cuts).toBe('none')

    const second = (await colorize(desk))!
    const again = desk.jobs.open('c').find(({ kind }) => kind === 'shots')!
    await desk.jobs.cancel(again.id)
    await desk.jobs.ended(second)
    expect(entryOf(desk, second).state).toBe('cancelled')

    await desk.jobs.ended((await colorize(desk))!)
    expect(framesToDo(desk.clip(), RANGE)).toEqual([])
    expect(await desk.coloredRanges()).toEqual([RANGE])
    expect(desk.troubles).toEqual([])
  })

  it('shows it as well where the program was killed, once the shots are known', async () => {
    const { desk, search } = await searching(250)
    const first = (await colorize(desk))!
    await vi.waitFor(() => expect(done(desk, first)).toBeGreaterThan(120), 120_000)
    const killed = await leftByKill(desk)
    await desk.jobs.cancel(search)
    await desk.session.open(killed)
    await desk.clips.open('c')
    expect(desk.clip().cuts).toBe('none')
    await desk.shots.ensure('c')
    await vi.waitFor(() => expect(countFrames(framesToDo(desk.clip(), RANGE))).toBeLessThan(300), 10_000)
    expect(staleFrames(desk.clip())).toEqual([])
    expect(desk.troubles).toEqual([])
  })

  it('is ordered once, however often it is asked for before it has begun', async () => {
    const { desk } = await searching(1)
    const ids = await Promise.all([colorize(desk), colorize(desk), colorize(desk)])
    expect(new Set(ids).size).toBe(1)
    expect(desk.jobs.open('c').filter(({ kind }) => kind === 'colorize')).toHaveLength(1)
    await desk.jobs.cancelAll()
    expect(await colorize(desk)).not.toBe(ids[0])
  })

  it('colors by cuts of the artist’s own as well, where the search has been and where it has not', async () => {
    const { desk, search } = await searching(250)
    const job = (await colorize(desk))!
    desk.session.apply({ type: 'split-shot', clip: 'c', at: 390 })
    desk.session.apply({ type: 'split-shot', clip: 'c', at: 140 })
    await desk.jobs.resume(search)
    await desk.jobs.ended(job)
    expect(entryOf(desk, job)).toMatchObject({ state: 'done' })
    expect(desk.clip().shots.flatMap(({ from }) => (from % SHOT === 0 ? [] : [from]))).toEqual([140, 390])
    expect(framesToDo(desk.clip(), RANGE)).toEqual([])
    expect(staleFrames(desk.clip())).toEqual([])
    expect(desk.troubles).toEqual([])
  })

  it('begins with the shot in view, however far it is from what is known', async () => {
    const { desk } = await searching(250)
    const before = await upTo(desk)
    const inView = FRAMES - SHOT - 30
    expect(inView - SHOT).toBeGreaterThan(before)
    const job = (await desk.coloring.colorize({ clip: 'c', mode: 'between', first: inView }))!
    await vi.waitFor(() => expect(done(desk, job)).toBeGreaterThan(30), 120_000)
    const [colored] = await desk.engine.call('coloredRanges', 'c')
    expect(colored!.from).toBe(inView - (inView % SHOT))
    expect(await upTo(desk)).toBe(before)
    expect(entryOf(desk, job).progress.total).toBe(FRAMES)
    const cancelled = desk.jobs.cancelAll()
    await cancelled
    expect(desk.troubles).toEqual([])
  })

  it('colors by the film’s own cuts after all where the artist takes back a cut of theirs', async () => {
    const { desk, search } = await searching(250)
    const calls = vi.spyOn(desk.engine, 'call')
    const parts = (): number => calls.mock.calls.filter(([name]) => name === 'addToColorize').length
    const job = (await colorize(desk))!
    await vi.waitFor(() => expect(parts()).toBe(1), 60_000)
    desk.session.apply({ type: 'split-shot', clip: 'c', at: SHOT + 10 })
    await vi.waitFor(() => expect(parts()).toBe(2), 60_000)
    desk.session.undo()
    await desk.jobs.resume(search)
    await desk.jobs.ended(job)
    expect(entryOf(desk, job)).toMatchObject({ state: 'done' })
    expect(desk.clip()).toMatchObject({ cuts: 'automatic' })
    expect(framesToDo(desk.clip(), RANGE)).toEqual([])
    expect(desk.troubles).toEqual([])
  })

  it('goes on with numbered pictures as well, whose search waits', async () => {
    const { desk } = await searching(150, workFolder(), longRun)
    const range = { from: 0, to: SHOT }
    const job = (await desk.coloring.colorize({ clip: 'c', mode: 'between', range }))!
    await vi.waitFor(() => expect(done(desk, job)).toBe(SHOT), 120_000)
    const target = join(desk.folder, 'out.mkv')
    const ordered = await desk.order(target, { range: { from: 0, to: 4 } })
    await desk.exports.cancel(ordered)
    await desk.jobs.cancelAll()
    expect(desk.troubles).toEqual([])
  })

  it('carries colors through the shot of a frame, which is not known yet, and nothing else waits for that', async () => {
    const { desk, search } = await searching(250)
    const [from, pin] = [6 * SHOT, 6 * SHOT + 20]
    await desk.pin(pin)
    const carry = (): Promise<string | null> => desk.coloring.colorize({ clip: 'c', mode: 'forward', shotAt: pin })
    const carried = Promise.all([carry(), carry()])
    const job = (await colorize(desk))!
    await vi.waitFor(() => expect(done(desk, job)).toBeGreaterThan(100), 60_000)
    await desk.jobs.resume(search)
    const [first, second] = await carried
    expect([second, first === job]).toEqual([first, false])
    await Promise.all([desk.jobs.ended(first!), desk.jobs.ended(job)])
    expect(await desk.coloredRanges()).toEqual([RANGE, { from, to: from + SHOT }])
    expect(desk.troubles).toEqual([])
  })
})
