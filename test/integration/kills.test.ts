/**
 * Parts of the program are killed in the middle of an export: nothing half is left but segments that it goes on from,
 * and the film comes out as if nothing had been.
 */
import type { ChildProcess } from 'node:child_process'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { colorize, prepareCommandLine, type Finished } from '../material/commandLine.ts'
import { drawFilm, ffmpeg } from '../material/films.ts'
import { pictureHashes, type HashedFrame } from '../material/inspect.ts'
import { descendantsOf, isAlive, killWhole } from '../material/processes.ts'
import { sharedFolder, workFolder } from '../material/workFolder.ts'

/** A whole segment, and enough of the next one for a kill to come before it is sealed too. */
const FRAMES = 320
const SEALED = 240
const shared = sharedFolder()
afterAll(() => rmSync(shared, { recursive: true, force: true }))

let args: readonly string[]
let undisturbed: HashedFrame[]
let wholeBytes: number
beforeAll(async () => {
  await prepareCommandLine()
  // Each export has a cache of its own, and might choose another one.
  vi.stubEnv('COLORNN_PRECISION', 'fp32')
  const film = await drawFilm(shared, 'film.mkv', { frames: FRAMES })
  const picture = join(shared, 'pin.png')
  await ffmpeg([
    '-f',
    'lavfi',
    '-i',
    'testsrc=size=96x64:rate=1',
    '-frames:v',
    '1',
    '-pix_fmt',
    'rgb24',
    `file:${picture}`,
  ])
  // Colors run back from the pin first, then on from it.
  args = [film, '--keyframe', `20=${picture}`, '-o', 'out.mkv']
  expect(await colorize(args, { cwd: shared })).toMatchObject({ code: 0 })
  undisturbed = await pictureHashes(join(shared, 'out.mkv'))
  wholeBytes = statSync(join(shared, 'out.mkv')).size
})

/** What lies in a folder beside the cache. */
const left = (folder: string): string[] => readdirSync(folder).filter((name) => name !== '.colors')

/** What is unfinished in a folder: the export itself, and its segments. */
const unfinishedIn = (folder: string): string[] => left(folder).filter((name) => /\.(part|segments)-/.test(name))

/** Bytes of a file among the segments that there are in a folder. */
function segmentBytes(folder: string, file: string): number {
  const [segments] = unfinishedIn(folder).filter((name) => name.includes('.segments-'))
  return segments === undefined ? 0 : (statSync(join(folder, segments, file), { throwIfNoEntry: false })?.size ?? 0)
}

/** Whether more than this share of the film is written. (Before it is looked through, its target is only tried.) */
function hasWritten(folder: string, share: number): boolean {
  return segmentBytes(folder, '000000.mkv') > share * wholeBytes
}

/** Whether its first segment is there for good. */
const isSealed = (folder: string): boolean => segmentBytes(folder, '000000.json') > 0

/** Exports, and does something to the program as soon as it is so far. Gives what came of it. */
function disturbed(
  folder: string,
  isSoFar: () => boolean,
  disturb: (program: ChildProcess, below: number[]) => void,
): Promise<Finished> {
  return colorize(args, {
    cwd: folder,
    onStart: (program) => {
      const timer = setInterval(() => {
        if (program.exitCode !== null) clearInterval(timer)
        if (!isSoFar()) return
        clearInterval(timer)
        disturb(program, descendantsOf(program.pid!))
      }, 5)
    },
  })
}

const kill = (pid: number): void => void process.kill(pid, 'SIGKILL')

/** Done again it comes out as if nothing had been. Gives what was said of it. */
async function resumes(folder: string): Promise<string> {
  const { code, stderr } = await colorize(args, { cwd: folder })
  expect(code, stderr).toBe(0)
  expect(left(folder)).toEqual(['out.mkv', 'out.mkv.colornn.json'])
  expect(await pictureHashes(join(folder, 'out.mkv'))).toEqual(undisturbed)
  return stderr
}

describe('an export in the middle of which', () => {
  it('the engine is killed goes on by itself from its last whole segment, and comes out the same', async () => {
    const folder = workFolder()
    const finished = await disturbed(
      folder,
      () => isSealed(folder),
      (_program, [engine]) => kill(engine!),
    )
    expect(finished, finished.stderr).toMatchObject({ code: 0 })
    expect(finished.stderr).toMatch(/started again/)
    expect(finished.stderr).toContain(`went on from frame ${SEALED}`)
    expect(left(folder)).toEqual(['out.mkv', 'out.mkv.colornn.json'])
    expect(await pictureHashes(join(folder, 'out.mkv'))).toEqual(undisturbed)
  })

  it('the command line is killed, with less than a segment written, is tidied up', async () => {
    const folder = workFolder()
    let below: number[] = []
    await disturbed(
      folder,
      () => hasWritten(folder, 0.2),
      (program, processes) => {
        below = processes
        kill(program.pid!)
      },
    )
    expect(below.length).toBeGreaterThan(1)
    await vi.waitUntil(() => !below.some(isAlive), { timeout: 60_000, interval: 50 })
    expect(left(folder)).toEqual([])
    await resumes(folder)
  })

  it('everything is killed keeps whole segments alone, and done again it goes on from them and comes out the same', async () => {
    const folder = workFolder()
    await disturbed(
      folder,
      () => hasWritten(folder, 0),
      (program) => killWhole(program.pid!),
    )
    expect(unfinishedIn(folder)).toHaveLength(2)
    // Another folder, but the same notes of what is unfinished.
    expect(await colorize(['--version', '--verbose'], { cwd: folder })).toMatchObject({ code: 0 })
    expect(unfinishedIn(folder)).toEqual([])

    await disturbed(
      folder,
      () => isSealed(folder),
      (program) => killWhole(program.pid!),
    )
    // Another name in the same folder.
    const other = [...args.slice(0, -1), 'other.mkv', '--range', '0:1']
    expect(await colorize(other, { cwd: folder })).toMatchObject({ code: 0 })
    for (const name of ['other.mkv', 'other.mkv.colornn.json']) rmSync(join(folder, name))
    expect(unfinishedIn(folder)).toHaveLength(1)
    expect(await resumes(folder)).toContain(`went on from frame ${SEALED}`)
  })
})
