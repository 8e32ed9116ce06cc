/** Who owns work: exports that outlive their project, redos that miss no edit, films that come back. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { QueuedExport } from '../../electron/contract/exportQueue.ts'
import { foundIn } from '../../electron/contract/inspection.ts'
import type { JobEntry } from '../../electron/contract/jobs.ts'
import { framesToDo } from '../../electron/project/dependents.ts'
import { linkFootage } from '../../electron/project/films/footageLink.ts'
import { openDesk, type Desk } from '../material/desk.ts'
import { english } from '../material/english.ts'
import { lumaHashes, pictureHashes } from '../material/inspect.ts'
import { endToGoOn } from '../../electron/engine/writing/segments/segmentFolder.ts'
import { recolor } from '../material/recolor.ts'
import { stroke } from '../material/layouts.ts'
import { FRAMES, longFilm, SHOT } from '../material/searching.ts'
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

const stateOf = ({ exports }: Desk, id: string): string | undefined =>
  exports.entries.find((entry) => entry.id === id)?.state

/** As a run of the program does that is ended while it exports. */
async function leaveUnfinished(film: string, target: string): Promise<void> {
  const abort = new AbortController()
  const onFrame = (n: number): void => void (n === 12 && endToGoOn(abort))
  const ended = recolor(film, target, 'ffv1-mkv', { content: '1', segmentPictures: 5, signal: abort.signal, onFrame })
  await expect(ended).rejects.toMatchObject({ code: 'cancelled' })
  // Its process is there no more.
  for (const name of readdirSync(dirname(target)).filter((each) => each.includes('.segments-')))
    renameSync(join(dirname(target), name), join(dirname(target), name.replace(/-\d+-\w+-(\w+)$/, '-99999999-x-$1')))
}

describe('an export', () => {
  it('is cancelled at once while its film is being opened, and waits for that where it is begun again', async () => {
    const desk = await openDesk()
    const { engine, exports } = desk
    const call = engine.call.bind(engine) as (...given: unknown[]) => Promise<unknown>
    const asked: string[] = []
    let open = (): void => undefined
    const slow = new Promise<void>((resolve) => (open = resolve))
    vi.spyOn(engine, 'call').mockImplementation(async (...given: unknown[]) => {
      const film = String(given[0] === 'openFootage' ? given[2] : given[1])
      if (film.startsWith('order ')) asked.push(String(given[0]))
      if (given[0] === 'openFootage' && film.startsWith('order ')) await slow
      return (await call(...given)) as never
    })
    const [target, other] = ['cancelled', 'other'].map((name) => join(desk.folder, `${name}.mkv`))
    const id = await desk.order(target!)
    await vi.waitFor(() => expect(asked).toEqual(['openFootage']), 60_000)
    await exports.cancel(id)
    expect(stateOf(desk, id)).toBe('cancelled')
    await exports.goOn([id])
    const next = await desk.order(other!)
    expect([id, next].map((each) => stateOf(desk, each))).toEqual(['running', 'waiting'])
    expect(asked).toEqual(['openFootage'])
    open()
    expect(await desk.exported(id)).toMatchObject({ state: 'done' })
    expect(asked.slice(0, 3)).toEqual(['openFootage', 'closeFootage', 'openFootage'])
    expect(await desk.exported(next)).toMatchObject({ state: 'done' })
    expect(desk.troubles).toEqual([])
  })

  it('is written with the colors as they were ordered, whatever becomes of pins, clips and projects meanwhile', async () => {
    const desk = await openDesk()
    const { session, clips, exports } = desk
    const [before, later, without] = ['before', 'later', 'without'].map((name) => join(desk.folder, `${name}.mkv`))
    session.apply({ type: 'add-operation', clip: 'c', frame: 4, operation: stroke(0, 0.4, { radius: 0.5 }) })
    await desk.pin(4)
    expect(await desk.exported(await desk.order(before!))).toMatchObject({ state: 'done', target: before, told: false })
    expect(await lumaHashes(before!)).toEqual(await lumaHashes(desk.film))
    // What it has colored on its way is there to be seen, and no step of the artist's.
    expect([framesToDo(desk.clip()), await desk.coloredRanges()]).toEqual([[], [{ from: 0, to: 24 }]])
    expect(session.steps.map(({ label }) => label.kind)).not.toContain('record-pass')

    const held = await desk.order(later!, { lookThrough: 'report' })
    exports.pause([held])
    session.apply({ type: 'unpin', clip: 'c', frame: 4, keepColoring: false })
    await desk.exported(await desk.order(without!))
    for (const other of ['1', '2', '3', '4', '5']) {
      await addClip(desk, other)
      await clips.open(other)
    }
    session.apply({ type: 'remove-clip', clip: 'c' })
    await session.close('give-up')
    expect(readdirSync(join(desk.folder, 'untitled'))).toEqual([])
    expect(stateOf(desk, held)).toBe('paused')
    await exports.goOn([held])
    expect((await desk.exported(held)).state).toBe('done')
    const [asOrdered, again, asEdited] = await Promise.all([before!, later!, without!].map(pictureHashes))
    expect(again).toEqual(asOrdered)
    expect(again).not.toEqual(asEdited)
    // It is looked through beside its film, though no project is open any more.
    const looked = (): QueuedExport['lookedThrough'] => exports.entries.find(({ id }) => id === held)?.lookedThrough
    await vi.waitFor(() => expect(looked()?.state).toBe('done'), 60_000)
    const [report] = looked()!.reports
    expect(report).toBe(`${later}.html`)
    expect(readFileSync(report!, 'utf8')).toContain('Looked through: later.mkv')
    const { inspection } = desk.jobs.entries.find(({ exported }) => exported === held)!
    expect(inspection).toMatchObject({ name: 'later.mkv', frames: 24 })
    expect(inspection!.kinds).toEqual(expect.arrayContaining(['unsure', 'dropped']))
    expect(looked()!.places).toBe(foundIn(inspection!))
    // Nothing is kept of what is done, as soon as the list is written.
    await vi.waitFor(() => expect(readdirSync(join(desk.folder, 'exports'))).toEqual(['queue.json']), 60_000)
    expect(desk.troubles).toEqual([])
  })

  it('waits for its turn and for what it needs; another to the same place is refused, and what is cancelled leaves nothing', async () => {
    const desk = await openDesk()
    const { exports, engine } = desk
    const disk = join(desk.folder, 'disk')
    mkdirSync(disk)
    const names = ['first', 'second', 'third']
    const targets = names.map((name) => join(disk, `${name}.mkv`))
    const ids: string[] = []
    for (const target of targets) ids.push(await desk.order(target))
    const [first, second, third] = ids as [string, string, string]
    exports.pause(ids)
    const states = (): (string | undefined)[] => ids.map((id) => stateOf(desk, id))
    expect(states()).toEqual(['paused', 'paused', 'paused'])
    await expect(desk.order(join(disk, '..', 'disk', 'second.mkv'))).rejects.toMatchObject({
      code: 'bad-argument',
      message: expect.stringContaining('Another export in the list goes to') as string,
    })
    await expect(desk.order(join(desk.folder, 'nowhere', 'x.mkv'))).rejects.toMatchObject({
      code: 'target-folder-missing',
    })
    await expect(desk.order(join(desk.folder, 'exports', 'x.mkv'))).rejects.toMatchObject({ code: 'target-is-source' })
    await leaveUnfinished(desk.film, targets[1]!)
    expect(readdirSync(disk).filter((name) => name.startsWith('.second.mkv.segments-'))).toHaveLength(1)
    await exports.cancel(second)
    expect(readdirSync(disk).filter((name) => name.includes('second'))).toEqual([])

    // Its disk is unplugged, and comes back.
    const away = join(desk.folder, 'away')
    await exports.cancel(first)
    renameSync(disk, away)
    await exports.goOn([third])
    await vi.waitFor(() => expect(states()).toEqual(['cancelled', 'cancelled', 'held']), 120_000)
    const { error } = exports.entries.find(({ id }) => id === third)!
    expect(english(error!.message)).toBe(`The folder “${disk}” is not there.`)
    await vi.waitFor(() => expect(desk.rested.at(-1)).toEqual(['held']), 10_000)
    renameSync(away, disk)
    expect((await desk.exported(third)).state).toBe('done')

    // So does its film's; what was cancelled is begun again, in the order of the list.
    renameSync(desk.film, away)
    exports.move(second, -1)
    await exports.goOn([first, second])
    await vi.waitFor(() => expect(states()).toEqual(['held', 'held', 'done']), 120_000)
    renameSync(away, desk.film)
    for (const id of [first, second]) expect((await desk.exported(id)).state).toBe('done')
    const hashes = await Promise.all(targets.map(pictureHashes))
    expect(hashes).toEqual(targets.map(() => hashes[2]))
    const films = readdirSync(disk).filter((name) => name.endsWith('.mkv'))
    expect(films.sort()).toEqual(names.map((name) => `${name}.mkv`))
    await exports.remove(ids)
    expect([exports.entries, readdirSync(join(desk.folder, 'exports'))]).toEqual([[], ['queue.json']])

    // Each shot as run of pictures of its own, with two frames more on each side, counted through; all, or none.
    await desk.shots.ensure('c')
    const marked = { eachShot: true, range: { from: 6, to: 24 }, firstNumber: 100, delivery: { handles: 2 } } as const
    const shots = { format: 'dpx-sequence', ...marked, lookThrough: 'told' } as const
    const scans = join(disk, 'scans')
    mkdirSync(join(disk, 'scans shot 2'))
    writeFileSync(join(disk, 'scans shot 2', 'not mine'), '')
    await expect(desk.order(scans, shots)).rejects.toMatchObject({ code: 'target-not-writable' })
    expect(exports.entries).toEqual([])
    await desk.exported(await desk.order(`${scans} anew`, shots))
    await desk.exported(exports.entries[1]!.id)
    const pictures = ['1', '2'].map((shot) => readdirSync(join(disk, `scans anew shot ${shot}`)).sort())
    expect(pictures.map((names) => [names.length, names[0]])).toEqual([
      [10, 'frame_000098.dpx'],
      [14, 'frame_000104.dpx'],
    ])
    // Each of them is looked through.
    await vi.waitFor(
      () => expect(exports.entries.map(({ lookedThrough }) => lookedThrough?.state)).toEqual(['done', 'done']),
      60_000,
    )
    const lookedAt = desk.jobs.entries.filter(({ kind }) => kind === 'inspect')
    expect(lookedAt.map(({ reel, inspection }) => [reel, inspection!.frames, inspection!.first])).toEqual([
      ['scans anew shot 1', 10, 4],
      ['scans anew shot 2', 14, 10],
    ])
    expect([engine.status.state, desk.troubles]).toEqual(['ready', []])
  })

  it('that waits for its film goes on where the artist says that it lies now, and is known there from then on', async () => {
    const desk = await openDesk()
    const { exports, session } = desk
    const [target, paused] = ['out.mkv', 'paused.mkv'].map((name) => join(desk.folder, name)) as [string, string]
    const ids = [await desk.order(target), await desk.order(paused)]
    exports.pause(ids)
    const elsewhere = join(desk.folder, 'elsewhere')
    mkdirSync(elsewhere)
    const moved = join(elsewhere, 'under another name.mkv')
    renameSync(desk.film, moved)
    await exports.goOn([ids[0]!])
    await vi.waitFor(() => expect(stateOf(desk, ids[0]!)).toBe('held'), 60_000)

    const { footage } = session.project.clips[0]!
    // Another film is nothing to it.
    await exports.filmIsAt({ ...footage, hash: 'f'.repeat(64), absolutePath: moved })
    expect(stateOf(desk, ids[0]!)).toBe('held')
    await exports.filmIsAt({ ...footage, absolutePath: moved })
    expect(await desk.exported(ids[0]!)).toMatchObject({ state: 'done', original: moved })
    // What nobody has begun yet is not begun by that; it knows the place as well, and that it is an original.
    expect(stateOf(desk, ids[1]!)).toBe('paused')
    const order = JSON.parse(readFileSync(join(desk.folder, 'exports', ids[1]!, 'order.json'), 'utf8')) as unknown
    expect(JSON.stringify(order)).toContain(JSON.stringify(moved))
    await exports.goOn([ids[1]!])
    expect((await desk.exported(ids[1]!)).state).toBe('done')
    expect(desk.troubles).toEqual([])
  })

  it('goes on where its film lies now, too, if another film lies in the old place', async () => {
    const desk = await openDesk()
    const { exports, session } = desk
    const id = await desk.order(join(desk.folder, 'out.mkv'))
    exports.pause([id])
    const elsewhere = join(desk.folder, 'elsewhere')
    mkdirSync(elsewhere)
    const moved = join(elsewhere, 'under another name.mkv')
    renameSync(desk.film, moved)
    writeFileSync(desk.film, Buffer.concat([readFileSync(moved).reverse(), Buffer.from('another')]))
    await exports.goOn([id])
    await vi.waitFor(() => expect(['held', 'failed']).toContain(stateOf(desk, id)), 60_000)
    await exports.filmIsAt({ ...session.project.clips[0]!.footage, absolutePath: moved })
    await exports.goOn([id])
    expect(await desk.exported(id)).toMatchObject({ state: 'done', original: moved })
  })

  it('that has failed takes nothing away, when it goes, of another to the same place by another way', async () => {
    const desk = await openDesk()
    const { exports } = desk
    const [disk, link] = [join(desk.folder, 'disk'), join(desk.folder, 'link')]
    mkdirSync(disk)
    symlinkSync(disk, link)
    const failed = await desk.order(join(link, 'out.mkv'))
    exports.pause([failed])
    const whole = readFileSync(desk.film)
    writeFileSync(desk.film, 'no film')
    await exports.goOn([failed])
    expect((await desk.exported(failed)).state).toBe('failed')
    writeFileSync(desk.film, whole)
    const later = await desk.order(join(disk, 'out.mkv'))
    exports.pause([later])
    await leaveUnfinished(desk.film, join(disk, 'out.mkv'))
    const left = readdirSync(disk)
    await exports.remove([failed])
    expect(readdirSync(disk)).toEqual(left)
    await exports.cancel(later)
    expect(readdirSync(disk)).toEqual([])
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

  it('the artist’s own coloring goes on behind it, by the new pins', async () => {
    const folder = workFolder()
    const desk = await openDesk(folder, { path: await longFilm(folder), frameCount: FRAMES })
    const { session, jobs, coloring } = desk
    await desk.shots.ensure('c')
    await desk.pin(4)
    await desk.colorize('between', { from: 0, to: 20 })
    session.apply({ type: 'change-settings', settings: { propagateAtOnce: true } })
    const range = { from: 0, to: 2 * SHOT }
    const own = (await coloring.colorize({ clip: 'c', mode: 'between', range }))!
    const entry = (id: string): JobEntry => jobs.entries.find((each) => each.id === id)!
    await vi.waitFor(() => expect(entry(own).progress.done).toBeGreaterThan(10), 60_000)
    session.apply({ type: 'add-operation', clip: 'c', frame: 4, operation: stroke(0, 0.4, { radius: 0.5 }) })
    await vi.waitFor(() => expect(entry(own).state).toBe('cancelled'), 60_000)
    await vi.waitFor(() => expect([framesToDo(desk.clip(), range), jobs.open()]).toEqual([[], []]), 120_000)
    expect(await desk.coloredRanges()).toEqual([range])
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
    const { clips, engine, exports, jobs, session } = desk
    const target = join(desk.folder, 'out.mkv')
    const written = await desk.order(target)
    exports.pause([written])
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
    await vi.waitFor(() => expect(stateOf(desk, written)).toBe('held'), 10_000)
    session.apply({ type: 'add-operation', clip: 'c', frame: 3, operation: stroke(0, 0.4, { radius: 0.5 }) })
    // Nothing that the program asks by itself right then brings it back.
    await expect(clips.settled('c')).rejects.toMatchObject({ code: 'engine-stopped' })
    expect(engine.status.state).toBe('failed')
    await vi.waitFor(() => clips.settled('c'), { timeout: 60_000, interval: 500 })
    expect((await engine.call('pickColor', 'c', 3, [0.45, 0.35], 0.02))!.v).toBeCloseTo(0.4, 1)
    await desk.colorize()
    expect([await desk.coloredRanges(), jobs.open()]).toEqual([[{ from: 0, to: 24 }], []])
    await exports.goOn([written])
    expect(await desk.exported(written)).toMatchObject({ state: 'done', target })
  })
})
