/**
 * Exports that were ended before their time are gone on with where they stood, and come out as if nothing had been.
 * COLORNN_KILLS sets how often each is killed: 10 for a thorough run.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { filmIdentity } from '../../electron/content/filmIdentity.ts'
import type { ExportFormatId } from '../../electron/contract/formats.ts'
import { PartRegister } from '../../electron/engine/writing/files/partFiles.ts'
import { endToGoOn } from '../../electron/engine/writing/segments/segmentFolder.ts'
import { drawFieldFilm } from '../material/fields.ts'
import { drawFilm, ffmpeg } from '../material/films.ts'
import { lumaHashes, pictureHashes, type HashedFrame } from '../material/inspect.ts'
import { killWhole } from '../material/processes.ts'
import { recolor, type Recolored } from '../material/recolor.ts'
import { limitedFfmpeg, smallDisk } from '../material/smallDisk.ts'
import { sharedFolder, workFolder } from '../material/workFolder.ts'
import { faultsCalls, mountsDisk } from '../material/onlyOn.ts'

const FRAMES = 48
const SEGMENT = 10
const KILLS = Number(process.env['COLORNN_KILLS'] ?? 1)
const program = join(import.meta.dirname, '..', 'material', 'writeFilm.ts')
const tsx = import.meta.resolve('tsx')

const shared = sharedFolder()
afterAll(() => rmSync(shared, { recursive: true, force: true }))

/** Its frames come at uneven times, and it has sound. */
let film: string
beforeAll(async () => {
  // Whole frames apart: encoders count in those.
  const uneven = "setpts='(N+floor(N/7)*2+gt(N\\,20)*11)/TB/24'"
  film = await drawFilm(shared, 'film.mkv', { frames: FRAMES, filters: uneven, sound: ['-c:a', 'pcm_s16le'] })
})

const targetOf = (folder: string, format: ExportFormatId): string =>
  join(folder, format.endsWith('sequence') ? 'out' : `out.${format.split('-').at(-1)}`)

/** Of every picture of an export: its time, where it has one, and what it shows. */
async function picturesOf(target: string): Promise<HashedFrame[]> {
  if (existsSync(join(target, 'frame_000000.dpx'))) {
    const names = readdirSync(target).sort()
    return names.map((name, n) => ({
      seconds: n,
      md5: `${name} ${readFileSync(join(target, name)).toString('base64')}`,
    }))
  }
  return pictureHashes(target)
}

/** Everything beside the target and the notes of what is unfinished. */
const hidden = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('.'))

interface WrittenFrames {
  readonly frames: number[]
  readonly recolored: Recolored
}

async function write(
  target: string,
  format: ExportFormatId,
  more: Parameters<typeof recolor>[3] = {},
): Promise<WrittenFrames> {
  const frames: number[] = []
  const recolored = await recolor(film, target, format, {
    content: 'drawn',
    segmentPictures: SEGMENT,
    ...more,
    onFrame: (frame) => {
      frames.push(frame)
      more.onFrame?.(frame)
    },
  })
  return { frames, recolored }
}

/** Writes in a program of its own, which is killed when it has written a frame. */
async function writeUntil(target: string, format: ExportFormatId, last: number): Promise<void> {
  const args = ['--import', tsx, program, film, target, format, String(SEGMENT)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  createInterface({ input: child.stdout }).on('line', (line) => Number(line) === last && killWhole(child.pid!))
  await once(child, 'close')
  expect(child.signalCode).toBe('SIGKILL')
}

/** As a disk does that is unplugged: what is whole stays. */
async function endAt(frame: number, target: string, format: ExportFormatId, content = 'drawn'): Promise<void> {
  const abort = new AbortController()
  const onFrame = (n: number): void => void (n === frame && endToGoOn(abort))
  const ended = write(target, format, { content, signal: abort.signal, onFrame })
  await expect(ended).rejects.toMatchObject({ code: 'cancelled' })
}

describe('an export whose program is killed', () => {
  it.each(['ffv1-mkv', 'prores-mov', 'h264-mp4', 'dpx-sequence'] as const)(
    'as %s is gone on with from its last whole segment, and comes out the same picture by picture',
    async (format) => {
      const folder = workFolder()
      const whole = targetOf(await made(folder, 'undisturbed'), format)
      expect((await write(whole, format)).recolored.footage.info.variableRate).toBe(true)
      const undisturbed = await picturesOf(whole)
      expect(undisturbed).toHaveLength(FRAMES)
      for (let kill = 0; kill < KILLS; kill++) {
        const place = await made(folder, `killed${kill}`)
        const target = targetOf(place, format)
        const last = Math.floor(Math.random() * (FRAMES - 1))
        await writeUntil(target, format, last)
        expect(existsSync(target)).toBe(false)
        const { frames } = await write(target, format, { parts: new PartRegister(join(folder, 'notes')) })
        // A segment that was just complete may not have been sealed yet, and reading goes on ahead of it.
        expect(frames[0], `killed at ${last}`).toBeGreaterThan(last - 2 * SEGMENT)
        expect(frames).toEqual(Array.from({ length: FRAMES - frames[0]! }, (_, n) => frames[0]! + n))
        expect(await picturesOf(target), `killed at ${last}`).toEqual(undisturbed)
        expect(hidden(place)).toEqual([])
      }
      await new PartRegister(join(folder, 'notes')).removeAbandoned()
      expect(readdirSync(join(folder, 'notes'))).toEqual([])
    },
  )
})

it('of a deinterlaced film the segment that waits for its next frame is the only one that is not sealed', async () => {
  const folder = workFolder()
  const fields = { mode: 'tff', width: 64, height: 48, frames: 9, codec: ['-c:v', 'ffv1'] } as const
  const interlaced = await drawFieldFilm(folder, 'fields.mkv', fields)
  const place = await made(folder, 'export')
  const seals: number[] = []
  await recolor(interlaced, join(place, 'out.mkv'), 'ffv1-mkv', {
    content: 'drawn',
    segmentPictures: 3,
    delivery: { deinterlace: 'same' },
    onFrame: (frame) => {
      if (frame % 3 !== 2) return
      const names = readdirSync(
        join(
          place,
          hidden(place).find((name) => name.includes('.segments-'))!,
        ),
      )
      seals.push(names.filter((name) => /^\d+\.json$/.test(name)).length)
    },
  })
  // After three, six and nine frames.
  expect(seals.slice(0, 2)).toEqual([0, 1])
})

const library = join(shared, 'dieAfter.so')
const source = join(program, '..', 'dieAfter.c')
const built = spawnSync('gcc', ['-shared', '-fPIC', '-o', library, source, '-ldl']).status === 0
/** Leaves the running test out where a program can't be made to die behind a call, and says why. */
const needsDeath = (skip: TestContext['skip']): void =>
  skip(!built, 'a program can not be made to die behind a call here: there is no gcc')

describe('pictures that are finished', () => {
  it(
    'outlast a kill in whatever instant of their naming, and are named by the next start',
    faultsCalls,
    async ({ skip }) => {
      needsDeath(skip)
      const folder = workFolder()
      const register = (): PartRegister => new PartRegister(join(folder, 'notes'))
      for (let renames = 1; ; renames++) {
        const place = await made(folder, `killed${renames}`)
        const target = join(place, 'out')
        if (writeUntilCall(target, 'dpx-sequence', `rename ${renames}`) === null) {
          expect(renames).toBeGreaterThan(1)
          return
        }
        // As at every start of the program.
        await register().removeAbandoned()
        // Nothing was there when it was ordered.
        const options = { standing: null, parts: register() }
        const { frames, recolored } = await write(target, 'dpx-sequence', options)
        expect(frames, `killed after ${renames} renames`).toEqual([])
        expect(recolored.path).toBe(target)
        expect(readdirSync(place)).toEqual(['out'])
        expect(readdirSync(target)).toHaveLength(FRAMES)
      }
    },
  )
})

/** Writes in a program of its own, which dies behind a call (dieAfter.c); gives by what it was ended. */
function writeUntilCall(target: string, format: ExportFormatId, call: string): NodeJS.Signals | null {
  const args = ['--import', tsx, program, film, target, format, String(SEGMENT)]
  const env = { ...process.env, LD_PRELOAD: library, DIES_IN: join(target, '..'), DIES_AFTER: call }
  return spawnSync(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] }).signal
}

describe('a film that has just got its name', () => {
  it.for(['link 1', 'unlink 3'])(
    'is not made once more where its program dies behind %s',
    faultsCalls,
    async (call, { skip }) => {
      needsDeath(skip)
      const folder = workFolder()
      const register = (): PartRegister => new PartRegister(join(folder, 'notes'))
      const place = await made(folder, 'killed')
      const target = join(place, 'out.mkv')
      expect(writeUntilCall(target, 'ffv1-mkv', call)).toBe('SIGKILL')
      const named = statSync(target)
      await register().removeAbandoned()
      const { frames, recolored } = await write(target, 'ffv1-mkv', { standing: null, parts: register() })
      expect(frames).toEqual([])
      expect(recolored.path).toBe(target)
      expect(statSync(target)).toMatchObject({ ino: named.ino, mtimeMs: named.mtimeMs })
      expect(readdirSync(place)).toEqual(['out.mkv'])
    },
  )
})

async function made(folder: string, name: string): Promise<string> {
  const path = join(folder, name)
  await mkdir(path)
  return path
}

describe('segments that an export has left', () => {
  it('count as far as they are whole, for the same export alone, and go when it has ended', async () => {
    const folder = workFolder()
    const target = join(folder, 'out.mkv')
    await endAt(37, target, 'ffv1-mkv')
    const [left] = hidden(folder)
    expect(hidden(folder)).toHaveLength(1)
    // A bit of the third one is another.
    const third = join(folder, left!, '000002.mkv')
    const bytes = readFileSync(third)
    bytes[bytes.length >> 1]! ^= 1
    writeFileSync(third, bytes)
    // Another target with a name that begins alike, and the same one in another format, go on from none.
    expect((await write(join(folder, 'out.mkv.mkv'), 'ffv1-mkv')).frames).toHaveLength(FRAMES)
    expect(hidden(folder)).toEqual([left])
    expect((await write(target, 'ffv1-mkv')).frames).toEqual(Array.from({ length: 28 }, (_, n) => 20 + n))
    expect(hidden(folder)).toEqual([])
  })

  it('are removed by an export of other pictures to the same target, by giving the export up, and after a month', async () => {
    const folder = workFolder()
    const target = join(folder, 'out.mov')
    await endAt(25, target, 'prores-mov')
    expect((await write(target, 'prores-mov', { content: 'others' })).frames).toHaveLength(FRAMES)
    expect(hidden(folder)).toEqual([])
    rmSync(target)
    await endAt(25, target, 'prores-mov')
    const abort = new AbortController()
    const givenUp = write(target, 'prores-mov', {
      signal: abort.signal,
      onFrame: (frame) => frame === 33 && abort.abort(),
    })
    await expect(givenUp).rejects.toMatchObject({ code: 'cancelled' })
    expect(hidden(folder)).toEqual([])
    await endAt(25, target, 'prores-mov')
    const longAgo = Date.now() / 1000 - 31 * 24 * 3600
    utimesSync(join(folder, hidden(folder)[0]!), longAgo, longAgo)
    await write(join(folder, 'other.mov'), 'prores-mov', { range: { from: 0, to: 1 } })
    expect(hidden(folder)).toEqual([])
  })

  it('are of no use where a picture of the run was written over, also at bytes that it is not known by', async () => {
    const folder = workFolder()
    const run = await made(folder, 'run')
    const draw = ['-f', 'lavfi', '-i', 'testsrc2=s=640x480:r=24', '-frames:v', '30', '-vf', 'format=gray']
    await ffmpeg([...draw, '-compression_algo', 'raw', join(run, 'p_%03d.tif')])
    const [target, options] = [join(folder, 'out.mkv'), { content: 'drawn', segmentPictures: SEGMENT }]
    const framesOf = async (last?: number): Promise<number[]> => {
      const abort = new AbortController()
      const frames: number[] = []
      const onFrame = (n: number): void => {
        frames.push(n)
        if (n === last) endToGoOn(abort)
      }
      const written = recolor(join(run, 'p_001.tif'), target, 'ffv1-mkv', { ...options, onFrame, signal: abort.signal })
      if (last === undefined) await written
      else await expect(written).rejects.toMatchObject({ code: 'cancelled' })
      return frames
    }
    const { hash } = await filmIdentity(join(run, 'p_001.tif'))
    await framesOf(25)
    expect((await framesOf(25))[0]).toBe(20)
    const picture = join(run, 'p_005.tif')
    const bytes = readFileSync(picture)
    bytes.fill(99, 24 * 1024, 36 * 1024)
    writeFileSync(picture, bytes)
    expect((await filmIdentity(picture)).hash).toBe(hash)
    expect((await framesOf())[0]).toBe(0)
  })

  it('are shared by no two exports to one target', async () => {
    const folder = workFolder()
    const target = join(folder, 'out.mkv')
    await endAt(25, target, 'ffv1-mkv')
    const both = await Promise.all([write(target, 'ffv1-mkv'), write(target, 'ffv1-mkv')])
    expect(both.map(({ frames }) => frames.length).sort((a, b) => a - b)).toEqual([FRAMES - 20, FRAMES])
    expect(readdirSync(folder).sort()).toEqual(['out (2).mkv', 'out.mkv'])
    expect(await pictureHashes(join(folder, 'out.mkv'))).toEqual(await pictureHashes(join(folder, 'out (2).mkv')))
  })
})

/** Takes all room that a disk has, in steps, since somebody else writes there as well. */
function fillUp(disk: string, filler: string): void {
  try {
    for (;;) appendFileSync(filler, Buffer.alloc(statfsSync(disk).bsize))
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' })
  }
}

describe('a disk that runs full', () => {
  it('while segments are joined costs nothing: with room again, not a picture is encoded anew', async () => {
    const folder = workFolder()
    const target = join(folder, 'out.mkv')
    const largest = statSync(film).size
    const limited = await limitedFfmpeg(folder, Math.floor(largest / 2 / 1024))
    await expect(write(target, 'ffv1-mkv', { tools: limited })).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringContaining('What is finished of it is kept') as unknown,
    })
    const { frames, recolored } = await write(target, 'ffv1-mkv')
    expect(frames).toEqual([])
    expect(await lumaHashes(recolored.path)).toEqual(await lumaHashes(film))
    expect(hidden(folder)).toEqual([])
  })

  it('midway costs a segment at most', async () => {
    const { folder: disk, isWhole } = await smallDisk(workFolder(), 2000)
    const target = join(disk, 'out.mkv')
    const filler = join(disk, 'filler')
    const fill = (frame: number): void => {
      if (frame !== 25) return
      if (!isWhole) throw Object.assign(new Error('as if'), { code: 'ENOSPC' })
      fillUp(disk, filler)
    }
    await expect(write(target, 'ffv1-mkv', { onFrame: fill })).rejects.toMatchObject({ code: 'disk-full' })
    expect(hidden(disk)).toHaveLength(1)
    rmSync(filler, { force: true })
    expect((await write(target, 'ffv1-mkv')).frames[0]).toBeGreaterThanOrEqual(10)
    expect(readdirSync(disk)).toEqual(['out.mkv'])
  })

  it('that is too small for an export is told before anything is written', mountsDisk, async ({ skip }) => {
    const { folder: disk, isWhole } = await smallDisk(workFolder(), 1900)
    skip(!isWhole, 'no disk can be mounted here')
    const large = await drawFilm(shared, 'large.mkv', { frames: 12, size: '320x240' })
    await expect(recolor(large, join(disk, 'out'), 'dpx-sequence')).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(/needs about 4 MB of room .* the disk has 1 MB/) as unknown,
    })
    expect(readdirSync(disk)).toEqual([])
  })
})
