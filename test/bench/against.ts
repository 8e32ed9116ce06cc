/**
 * Two checkouts and ffmpeg alone do the same work alternately, round after round, so that whatever else the machine
 * does hits all alike. Each checkout is run as its own command line; ratios are taken within a round.
 */
import { execFile, spawn } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { asItIs } from '../../electron/contract/delivery.ts'
import { encodings } from '../../electron/engine/writing/segments/encoders.ts'
import type { PixelLayout } from '../../electron/engine/picture/pixelLayout.ts'
import { drawFilm, drawPin } from './drawFilm.ts'
import { processorsOf, watchMemory } from './runJob.ts'

const run = promisify(execFile)

/**
 * One program doing one piece of work: how long it took, its CPU time, and the highest sum of memory of all its
 * processes.
 */
interface Run {
  readonly seconds: number
  /** CPU time in seconds. Others who use the machine make it no longer, or little. */
  readonly processors: number
  readonly mebibytes: number
}

/** What is compared, and what of it is left out of the clock. */
interface Work {
  readonly name: string
  readonly film: string
  /** Behind the film, for the command line. */
  readonly args: readonly string[]
  readonly target: string
  /** Colors of the run before are still there. */
  readonly colored?: boolean
  /** What ffmpeg alone does to write a film of this kind. */
  readonly ffmpeg?: readonly string[]
}

/** Figures of one work, round by round. */
export interface Compared {
  readonly name: string
  readonly ours: readonly Run[]
  readonly theirs: readonly Run[]
  readonly ffmpeg: readonly Run[]
}

export interface AgainstOptions {
  readonly ffmpeg: string
  /** This checkout, and the one that it is compared with; both are set up and bundled. */
  readonly checkouts: readonly [ours: string, theirs: string]
  /** For films, targets and caches. */
  readonly folder: string
  readonly rounds: number
  /** Frames of each film drawn. */
  readonly frames: number
}

/** Runs a program to its end; rejects with what it said where it fails. */
function timed(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
  return new Promise((done, reject) => {
    const started = performance.now()
    const before = processorsOf(process.pid).children
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] })
    const memory = watchMemory(child.pid!)
    let said = ''
    child.stderr.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-2_000)))
    child.once('error', reject)
    child.once('close', (code) => {
      const mebibytes = memory.stop()
      const processors = processorsOf(process.pid).children - before
      if (code === 0) done({ seconds: (performance.now() - started) / 1000, processors, mebibytes })
      else reject(new Error(`${program} ${args.join(' ')} ended with ${code}: ${said}`))
    })
  })
}

async function films({ ffmpeg, folder, frames }: AgainstOptions): Promise<{ hd: string; sd: string; pin: string }> {
  const [hd, sd, pin] = [join(folder, '1080p.mp4'), join(folder, '576p.mp4'), join(folder, 'pin.png')]
  await drawFilm(ffmpeg, hd, { width: 1920, height: 1080, seconds: frames / 24 })
  await drawFilm(ffmpeg, sd, { width: 720, height: 576, seconds: frames / 24 })
  await drawPin(ffmpeg, hd, pin)
  return { hd, sd, pin }
}

/** What the program colors the 1080p film into. */
const COLORED: PixelLayout = {
  width: 1920,
  height: 1080,
  sampling: '420',
  bitDepth: 8,
  range: 'limited',
  matrix: 'bt709',
  ffmpegName: 'yuv420p',
}

/** As one asks ffmpeg for an archive's file. What the program asks for takes nine tenths of that. */
const FFV1_ALONE = ['-c:v', 'ffv1', '-level', '3']

/** As the program asks the same encoder. */
function h264Alone(): string[] {
  const { pixelFormat, args } = encodings['h264-mp4'](COLORED, 'progressive', asItIs)
  return ['-c:v', 'libx264', ...args, '-pix_fmt', pixelFormat]
}

async function works(options: AgainstOptions): Promise<Work[]> {
  const { hd, sd, pin } = await films(options)
  const [ffv1, h264] = [FFV1_ALONE, h264Alone()]
  const pinned = ['--keyframe', `0=${pin}`]
  return [
    { name: '1080p to FFV1', film: hd, args: [], target: 'film.mkv', ffmpeg: ffv1 },
    { name: '1080p to FFV1, colored already', film: hd, args: [], target: 'film.mkv', colored: true, ffmpeg: ffv1 },
    { name: '1080p to H.264', film: hd, args: [], target: 'film.mp4', ffmpeg: h264 },
    { name: '1080p to FFV1, a pin', film: hd, args: pinned, target: 'film.mkv', ffmpeg: ffv1 },
    { name: '1080p, first frame', film: hd, args: ['--range', '0:1'], target: 'film.mkv' },
    { name: '576p to FFV1', film: sd, args: [], target: 'film.mkv', ffmpeg: ffv1 },
  ]
}

/** @param onRound hears of every round that is done, of how many */
export async function compareWith(options: AgainstOptions, onRound: (done: number) => void): Promise<Compared[]> {
  for (const checkout of options.checkouts)
    await run('npm', ['run', '-s', 'colorize', '--', '--version'], { cwd: checkout })
  const all = (await works(options)).map((work) => ({
    work,
    ours: [] as Run[],
    theirs: [] as Run[],
    ffmpeg: [] as Run[],
  }))
  for (let round = 0; round < options.rounds; round++) {
    for (const { work, ours, theirs, ffmpeg } of all) {
      const places = options.checkouts.map((checkout, which) => ({
        checkout,
        which,
        runs: which === 0 ? ours : theirs,
      }))
      // Whoever comes first finds the film read already, or not: they take turns.
      for (const { checkout, which, runs } of round % 2 === 0 ? places : places.reverse()) {
        const cache = join(options.folder, `cache-${which}`)
        if (!work.colored) await rm(cache, { recursive: true, force: true })
        const target = join(options.folder, `out-${which}`, work.target)
        await mkdir(join(target, '..'), { recursive: true })
        await rm(target, { force: true })
        const program = join(checkout, 'out', 'colorize.cjs')
        runs.push(
          await timed(process.execPath, [program, work.film, '-o', target, ...work.args], { COLORNN_CACHE: cache }),
        )
      }
      if (!work.ffmpeg) continue
      const line = ['-v', 'error', '-y', '-i', work.film, ...work.ffmpeg, join(options.folder, `alone-${work.target}`)]
      ffmpeg.push(await timed(options.ffmpeg, line))
    }
    onRound(round + 1)
  }
  return all.map(({ work: { name }, ...figures }) => ({ name, ...figures }))
}

/** Median, lowest and highest of the ratios of each round. */
function ratios(runs: readonly Run[], over: readonly Run[], of: keyof Run): string {
  if (over.length === 0) return ''
  const each = runs.map((one, round) => one[of] / over[round]![of]).sort((a, b) => a - b)
  const median = (each[Math.floor((each.length - 1) / 2)]! + each[Math.ceil((each.length - 1) / 2)]!) / 2
  return `${median.toFixed(2)} (${each[0]!.toFixed(2)} to ${each.at(-1)!.toFixed(2)})`
}

export function printCompared(compared: readonly Compared[], other: string): void {
  const mean = (runs: readonly Run[], of: keyof Run): number =>
    runs.reduce((sum, each) => sum + each[of], 0) / runs.length
  console.log(`\ntime of this checkout over that of ${resolve(other)}, and of each over ffmpeg alone, in one round`)
  console.log(
    [
      'work'.padEnd(32),
      'seconds',
      '  MiB',
      '  time over theirs',
      '        CPU time',
      '      memory over',
      '      over ffmpeg',
      '        CPU time',
      'theirs over ffmpeg',
    ].join('  '),
  )
  for (const { name, ours, theirs, ffmpeg } of compared) {
    const figures = [
      mean(ours, 'seconds').toFixed(1).padStart(7),
      mean(ours, 'mebibytes').toFixed(0).padStart(5),
      ...[
        ratios(ours, theirs, 'seconds'),
        ratios(ours, theirs, 'processors'),
        ratios(ours, theirs, 'mebibytes'),
        ratios(ours, ffmpeg, 'seconds'),
        ratios(ours, ffmpeg, 'processors'),
        ratios(theirs, ffmpeg, 'seconds'),
      ].map((ratio) => ratio.padStart(20)),
    ]
    console.log([name.padEnd(32), ...figures].join('  '))
  }
}
