/**
 * Parts of the program are killed in the middle of an export: nothing half is left, and the film comes out as if
 * nothing had been.
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

const FRAMES = 120
const shared = sharedFolder()
afterAll(() => rmSync(shared, { recursive: true, force: true }))

let args: readonly string[]
let undisturbed: HashedFrame[]
let wholeBytes: number
beforeAll(async () => {
  await prepareCommandLine()
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

const partsIn = (folder: string): string[] => left(folder).filter((name) => name.includes('.part-'))

/**
 * Whether a part holds more than this share of the film. (Before a film is looked through, its target is only tried.)
 */
function hasWritten(folder: string, share: number): boolean {
  return partsIn(folder).some(
    (name) => (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0) > share * wholeBytes,
  )
}

/** Exports, and does something to the program as soon as a share of the film is written. Gives what came of it. */
function disturbed(
  folder: string,
  share: number,
  disturb: (program: ChildProcess, below: number[]) => void,
): Promise<Finished> {
  return colorize(args, {
    cwd: folder,
    onStart: (program) => {
      const timer = setInterval(() => {
        if (program.exitCode !== null) clearInterval(timer)
        if (!hasWritten(folder, share)) return
        clearInterval(timer)
        disturb(program, descendantsOf(program.pid!))
      }, 5)
    },
  })
}

const kill = (pid: number): void => void process.kill(pid, 'SIGKILL')

async function resumes(folder: string): Promise<void> {
  expect(await colorize(args, { cwd: folder })).toMatchObject({ code: 0 })
  expect(left(folder)).toEqual(['out.mkv', 'out.mkv.colornn.json'])
  expect(await pictureHashes(join(folder, 'out.mkv'))).toEqual(undisturbed)
}

describe('an export in the middle of which', () => {
  it('the engine is killed goes on by itself and comes out the same', async () => {
    const folder = workFolder()
    const finished = await disturbed(folder, 0.3, (_program, [engine]) => kill(engine!))
    expect(finished, finished.stderr).toMatchObject({ code: 0 })
    expect(finished.stderr).toMatch(/started again/)
    expect(left(folder)).toEqual(['out.mkv', 'out.mkv.colornn.json'])
    expect(await pictureHashes(join(folder, 'out.mkv'))).toEqual(undisturbed)
  })

  it.each([0, 0.5])(
    'the command line is killed, with %d of the film written, is tidied up, and done again it comes out the same',
    async (share) => {
      const folder = workFolder()
      let below: number[] = []
      await disturbed(folder, share, (program, processes) => {
        below = processes
        kill(program.pid!)
      })
      expect(below.length).toBeGreaterThan(1)
      await vi.waitUntil(() => !below.some(isAlive), { timeout: 60_000, interval: 50 })
      expect(left(folder)).toEqual([])
      await resumes(folder)
    },
  )

  it('everything is killed is tidied up by whatever the program does next, and done again it comes out the same', async () => {
    const folder = workFolder()
    for (const [share, tidy] of [
      // Another folder, but the same notes of what is unfinished; then another name in the same folder.
      [0, ['--version', '--verbose']],
      [0.5, [...args.slice(0, -1), 'other.mkv', '--range', '0:1']],
    ] as const) {
      await disturbed(folder, share, (program) => killWhole(program.pid!))
      expect(partsIn(folder)).toHaveLength(1)
      expect(await colorize(tidy, { cwd: folder })).toMatchObject({ code: 0 })
      expect(partsIn(folder)).toEqual([])
    }
    for (const name of ['other.mkv', 'other.mkv.colornn.json']) rmSync(join(folder, name))
    await resumes(folder)
  })
})
