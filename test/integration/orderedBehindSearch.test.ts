/** Exports that are ordered while their film is still being looked through for shots are planned by its shots. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { QueuedExport } from '../../electron/contract/exportQueue.ts'
import { RECORD_TAIL, type ExportRecord } from '../../electron/contract/exportRecord.ts'
import { framesToDo } from '../../electron/project/dependents.ts'
import { openDesk, type Desk } from '../material/desk.ts'
import { pictureHashes } from '../material/inspect.ts'
import { FRAMES, searching, SHOT } from '../material/searching.ts'
import { workFolder } from '../material/workFolder.ts'

/** Across a cut. */
const RANGE = { from: SHOT - 30, to: SHOT + 30 }

const entryOf = ({ exports }: Desk, id: string): QueuedExport => exports.entries.find((entry) => entry.id === id)!

/** Orders an export, and has it stand still where its film is being looked through. */
async function orderAndPause(desk: Desk, target: string): Promise<string> {
  const id = await desk.order(target, { range: RANGE })
  desk.exports.pause([id])
  await vi.waitFor(() => expect(entryOf(desk, id)).toMatchObject({ state: 'paused', searching: true }), 60_000)
  return id
}

const hashesOf = async (path: string): Promise<string[]> => (await pictureHashes(path)).map(({ md5 }) => md5)

describe('an export that is ordered before the shots of its film are known', () => {
  it('has its film looked through, then the very colors of one that is ordered after', async () => {
    const { desk, search } = await searching(250)
    const target = join(desk.folder, 'early.mkv')
    const id = await orderAndPause(desk, target)
    await desk.exports.goOn([id])
    expect(await desk.exported(id)).toMatchObject({ state: 'done', progress: { total: RANGE.to - RANGE.from } })
    expect(entryOf(desk, id)).not.toHaveProperty('searching', true)
    const record = JSON.parse(readFileSync(`${target}${RECORD_TAIL}`, 'utf8')) as ExportRecord
    expect(record.shots.map(({ from }) => from)).toEqual([0, SHOT])

    // The document knows at once what was found and colored on the way; the search that waited has nothing left to do.
    expect(desk.clip().shots.map(({ from }) => from)).toEqual(Array.from({ length: FRAMES / SHOT }, (_, n) => n * SHOT))
    expect(framesToDo(desk.clip(), RANGE)).toEqual([])
    await desk.jobs.resume(search)
    await desk.jobs.ended(search)
    const late = join(desk.folder, 'late.mkv')
    await desk.exported(await desk.order(late, { range: RANGE }))
    expect(await hashesOf(target)).toEqual(await hashesOf(late))
    expect(desk.troubles).toEqual([])
  })

  it('is paused, cancelled and begun again meanwhile, and outlives search, project and program', async () => {
    const folder = workFolder()
    const { desk, search } = await searching(250, folder)
    const target = join(folder, 'early.mkv')
    await expect(desk.order(target, { eachShot: true })).rejects.toMatchObject({
      message: expect.stringContaining('shots of this film are still being looked for') as string,
    })
    const id = await orderAndPause(desk, target)
    await desk.exports.cancel(id)
    const ended = { state: 'cancelled', progress: { total: RANGE.to - RANGE.from } }
    await vi.waitFor(() => expect(entryOf(desk, id)).toMatchObject(ended), 10_000)
    expect(readdirSync(folder).filter((name) => name.includes('early'))).toEqual([])
    await desk.exports.remove([id])

    const left = await orderAndPause(desk, target)
    await desk.jobs.cancel(search)
    await desk.session.close('give-up')
    expect(entryOf(desk, left)).toMatchObject({ state: 'paused', searching: true })
    await desk.shutDown()

    const next = await openDesk(folder, { path: desk.film, frameCount: FRAMES })
    await next.exports.load()
    expect(entryOf(next, left)).toMatchObject({ state: 'paused', left: true })
    expect(entryOf(next, left)).not.toHaveProperty('searching', true)
    await next.exports.goOn([left])
    expect(await next.exported(left)).toMatchObject({ state: 'done' })
    await next.shots.ensure('c')
    const late = join(folder, 'late.mkv')
    await next.exported(await next.order(late, { range: RANGE }))
    expect(await hashesOf(target)).toEqual(await hashesOf(late))
    expect([desk.troubles, next.troubles]).toEqual([[], []])
  })

  it('goes on with the search where the engine was killed', async () => {
    const { desk } = await searching(1)
    const target = join(desk.folder, 'early.mkv')
    const id = await orderAndPause(desk, target)
    process.kill(desk.pid(), 'SIGKILL')
    await desk.exports.goOn([id])
    expect(await desk.exported(id)).toMatchObject({ state: 'done' })
    expect(desk.clip().shots).toHaveLength(FRAMES / SHOT)
    expect(desk.troubles).toEqual([])
  })
})
