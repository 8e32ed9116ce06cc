/**
 * What the artist has locked stays as it was, whatever becomes of the color cache, the film's file and the networks.
 */
import {
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { RegionShape } from '../../electron/contract/operations.ts'
import type { Project } from '../../electron/contract/projectDocument.ts'
import { movePin } from '../../electron/main/movePin.ts'
import { unkeptColoring } from '../../electron/main/pinPicture.ts'
import { openDesk, type Desk } from '../material/desk.ts'
import { ffmpeg } from '../material/films.ts'
import { pictureHashes } from '../material/inspect.ts'
import { smallDisk } from '../material/smallDisk.ts'
import { weightsFolder } from '../material/testEngine.ts'
import { workFolder } from '../material/workFolder.ts'

const LOCKED = { from: 6, to: 10 }
const lock = { id: 'lock', ...LOCKED, region: null }

/** A red picture is pinned to frame 2 and colors its shot. */
async function redDesk(): Promise<Desk> {
  const desk = await openDesk()
  const picture = join(desk.folder, 'red.png')
  await ffmpeg(['-f', 'lavfi', '-i', 'color=red:size=96x64', '-frames:v', '1', picture])
  await desk.colorize()
  desk.session.apply({
    type: 'pin',
    clip: 'c',
    frame: 2,
    base: { kind: 'picture', asset: await desk.session.assets.putFile(picture) },
  })
  await desk.colorize()
  return desk
}

/** Mean U and V of the locked frames, in steps of 8 bits. */
async function means(desk: Desk): Promise<number[]> {
  await desk.clips.settled('c')
  const { u, v } = await desk.engine.call('measures', 'c', LOCKED)
  return [...u, ...v].map((value) => 255 * value)
}

async function reopened(desk: Desk): Promise<void> {
  await desk.clips.closeAll()
  await desk.clips.open('c')
}

let exports = 0
async function exportedPictures(desk: Desk): Promise<string[]> {
  const target = join(desk.folder, `export ${++exports}.mkv`)
  await desk.engine.call('startExport', { jobId: target, footageId: 'c', target, format: 'ffv1-mkv', overwrite: false })
  await vi.waitFor(() => expect(existsSync(target)).toBe(true), 120_000)
  return (await pictureHashes(target)).map(({ md5 }) => md5)
}

const filesBeside = (path: string): string[] => (existsSync(`${path}-assets`) ? readdirSync(`${path}-assets`) : [])

describe('locked frames', () => {
  it('keep their colors when the cache is cleared or shrunk, the film touched or copied, and the networks are others', async () => {
    const desk = await redDesk()
    await desk.locks.lock('c', lock)
    expect(desk.clip().locks).toMatchObject([{ ...lock, kept: [], colorings: expect.stringMatching(/\.colors$/) }])
    const before = await means(desk)
    const pictures = await exportedPictures(desk)
    desk.session.apply({ type: 'unpin', clip: 'c', frame: 2, keepColoring: false })
    await desk.colorize()
    const stay = async (what: string): Promise<void> => {
      await reopened(desk)
      const now = await means(desk)
      now.forEach((value, n) => expect(Math.abs(value - before[n]!), what).toBeLessThan(0.5))
      expect(
        (await desk.coloredRanges()).some(({ from, to }) => from <= LOCKED.from && to >= LOCKED.to),
        what,
      ).toBe(true)
    }
    await stay('the pin is gone')
    await desk.engine.call('clearCache')
    await desk.engine.call('cache', 1000)
    await stay('the cache was cleared and may hold nothing')
    await desk.engine.call('cache', 1e9)
    utimesSync(desk.film, new Date(), new Date(Date.now() - 5e6))
    await stay('the film was touched')
    copyFileSync(desk.film, `${desk.film} copy`)
    renameSync(`${desk.film} copy`, desk.film)
    await stay('the film is a copy')
    const weights = join(desk.folder, 'weights')
    cpSync(weightsFolder, weights, { recursive: true })
    const description = join(weights, 'color-model', 'model.json')
    writeFileSync(
      description,
      JSON.stringify({ ...(JSON.parse(readFileSync(description, 'utf8')) as object), version: 'another' }),
    )
    desk.settings.COLORNN_WEIGHTS = weights
    process.kill(desk.pid(), 'SIGKILL')
    await stay('the networks are others')
    const after = await exportedPictures(desk)
    expect(after.slice(LOCKED.from, LOCKED.to)).toEqual(pictures.slice(LOCKED.from, LOCKED.to))
    expect(after[LOCKED.to]).not.toBe(pictures[LOCKED.to])
    expect(desk.troubles).toEqual([])
  })

  it('are there after undo and redo, in the project saved elsewhere, and after a crash', async () => {
    // Gone after the studio has let go of the project in it.
    const elsewhere = join(workFolder(), 'project')
    const desk = await redDesk()
    await desk.locks.lock('c', lock)
    const before = await means(desk)
    desk.session.undo()
    expect(desk.clip().locks).toEqual([])
    desk.session.redo()
    const saved = join(desk.folder, 'saved.colornn')
    await desk.session.saveAs(saved)
    expect(filesBeside(saved)).toContain(desk.clip().locks[0]!.colorings)
    await desk.engine.call('clearCache')
    expect(await means(desk)).toEqual(before)
    // What a crash leaves: everything the project's folder holds at this moment.
    desk.session.apply({ type: 'rename-project', title: 'Not saved' })
    await desk.session.flush()
    cpSync(desk.folder, elsewhere, { recursive: true, filter: (path) => !path.endsWith('-lock') })
    await desk.clips.closeAll()
    await desk.session.open(join(elsewhere, 'saved.colornn'))
    expect(desk.session.project.title).toBe('Not saved')
    await desk.clips.open('c')
    expect(await means(desk)).toEqual(before)
    desk.session.apply({ type: 'remove-lock', clip: 'c', lock: 'lock' })
    expect(await desk.coloredRanges()).not.toContainEqual(expect.objectContaining({ from: LOCKED.from }))
    expect(desk.troubles).toEqual([])
  })

  it('are refused where they have no color, and where the disk is full: then nothing is left of them', async () => {
    const desk = await openDesk()
    await desk.colorize('between', { from: 0, to: 8 })
    await expect(desk.locks.lock('c', lock)).rejects.toMatchObject({
      code: 'edit-refused',
      message: '2 of these frames have no colors yet that could be locked, the first of them frame 8.',
    })
    await desk.colorize()
    const { folder } = await smallDisk(desk.folder)
    const path = join(folder, 'p.colornn')
    await desk.session.saveAs(path)
    const room = statfsSync(folder)
    const small = room.bavail * room.bsize < 1e6
    if (small) writeFileSync(join(folder, 'filler'), Buffer.alloc(room.bavail * room.bsize - 8192))
    if (small)
      await expect(desk.locks.lock('c', { ...lock, from: 0, to: 24 })).rejects.toMatchObject({ code: 'disk-full' })
    expect(desk.clip().locks).toEqual([])
    expect(filesBeside(path)).toEqual([])
    rmSync(join(folder, 'filler'), { force: true })
    await desk.locks.lock('c', lock)
    expect(filesBeside(path)).toEqual([desk.clip().locks[0]!.colorings])
    await desk.session.close('keep')
  })

  it('keep a region too, while the rest is colored anew', async () => {
    const desk = await redDesk()
    const left: RegionShape = {
      kind: 'lasso',
      points: [
        [-0.5, -0.5],
        [0.5, -0.5],
        [0.5, 1.5],
        [-0.5, 1.5],
      ],
    }
    await desk.locks.lock('c', { id: 'region', ...LOCKED, region: { shape: left, inverted: false, feather: 0 } })
    const pick = async (x: number): Promise<{ u: number; v: number } | null> =>
      desk.engine.call('pickColor', 'c', 8, [x, 0.5], 0.05)
    await desk.clips.settled('c')
    const [inside, outside] = [await pick(0.2), await pick(0.8)]
    desk.session.apply({ type: 'unpin', clip: 'c', frame: 2, keepColoring: false })
    await desk.engine.call('clearCache')
    await desk.colorize()
    await desk.clips.settled('c')
    expect(await pick(0.2)).toEqual(inside)
    expect(await pick(0.8)).not.toEqual(outside)
    // Pinned, the frame is as it was: the region is in the pin, and in one that comes to it.
    const before = await pick(0.8)
    const base = (await unkeptColoring(desk, 'c', 8))!
    desk.session.apply({ type: 'pin', clip: 'c', frame: 8, base })
    await desk.clips.settled('c')
    expect([await pick(0.2), await pick(0.8)]).toEqual([inside, before])
    desk.session.undo()
    await desk.pin(4)
    await movePin(desk, { clip: 'c', from: 4, to: 8, copy: true })
    await desk.clips.settled('c')
    expect(await pick(0.2)).toEqual(inside)
  })
})

describe('locks of a project of before, which trusted the cache', () => {
  /** The project as the version before wrote it. */
  async function oldProject(desk: Desk): Promise<string> {
    const path = join(desk.folder, 'old.colornn')
    await desk.session.saveAs(path)
    await desk.clips.closeAll()
    await desk.session.close('keep')
    rmSync(`${path}-journal`)
    const { saved: _, ...project } = JSON.parse(readFileSync(path, 'utf8')) as Project & { saved: unknown }
    const clips = project.clips.map((clip) => ({
      ...clip,
      locks: [
        {
          ...lock,
          kept: clip.passes
            .filter(({ from, to }) => from <= LOCKED.from && to >= LOCKED.to)
            .map((pass) => ({ ...pass, ...LOCKED })),
        },
      ],
    }))
    writeFileSync(path, JSON.stringify({ ...project, clips, version: 1 }))
    await desk.session.open(path)
    return path
  }

  it('get files of their own as soon as the film is open', async () => {
    const desk = await redDesk()
    const before = await means(desk)
    const path = await oldProject(desk)
    await desk.clips.open('c')
    desk.locks.keepOldLocks('c')
    await vi.waitFor(() => expect(desk.clip().locks[0]!.colorings).toMatch(/\.colors$/), 120_000)
    expect(filesBeside(path)).toContain(desk.clip().locks[0]!.colorings)
    await desk.engine.call('clearCache')
    expect(await means(desk)).toEqual(before)
    expect(desk.troubles).toEqual([])
  })

  it('are told of where the cache has lost what they kept', async () => {
    const desk = await redDesk()
    await oldProject(desk)
    await desk.engine.call('clearCache')
    await desk.clips.open('c')
    desk.locks.keepOldLocks('c')
    await vi.waitFor(() => expect(desk.troubles).not.toEqual([]), 120_000)
    expect(desk.troubles).toMatchObject([{ code: 'not-found', message: { values: [4] } }])
    expect(desk.clip().locks[0]!.colorings).toBeUndefined()
  })
})
