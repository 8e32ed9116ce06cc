/** All that `npm run bench` measures, in the order in which it is run. */
import { join, resolve } from 'node:path'
import { drawFilm } from './drawFilm.ts'
import { measureEditLatency } from './editLatency.ts'
import { measureEngineWait } from './engineWait.ts'
import { measureFirstColors } from './firstColors.ts'
import { measureFineColor, measureLastStep } from './lastStepLoss.ts'
import { measureMainLag } from './mainLag.ts'
import { compareMemory } from './memory.ts'
import { measureOpening, printOpenings } from './opening.ts'
import { measureOthers, printOthers } from './others.ts'
import type { BenchEngine } from './runJob.ts'
import { measureScrubLatency, type Waits } from './scrubLatency.ts'
import { timeParts, timeSpeed } from './speed.ts'
import { measureWalks, printWalks } from './walkScores.ts'

export const root = resolve(import.meta.dirname, '../..')
export const weights = join(root, 'models', 'weights')

/** As typed; each measurement takes some of them. */
export interface BenchOptions {
  readonly film: string | undefined
  readonly clips: string | undefined
  readonly minutes: number
  readonly hours: number
  /** Frames per second, as ffmpeg takes it. */
  readonly rate: string
  readonly frames: number
  readonly rounds: number
}

/** What every measurement has at hand. */
export interface Bench {
  readonly ffmpeg: string
  /** For films, targets and caches; gone at the end. */
  readonly folder: string
  readonly options: BenchOptions
  /**
   * Starts an engine that has its networks ready; the caller stops it.
   * @param cache name of a cache of its own, with no colors in it
   */
  start(cache: string): Promise<BenchEngine>
}

interface Measurement {
  /** For --only. */
  readonly name: string
  /** For --help, with the options that it takes. */
  readonly what: string
  /** It is run where --only does not say what is. */
  readonly isUsual: boolean
  /** Measures, and prints what it found. */
  readonly run: (bench: Bench) => Promise<void>
}

export const measurements: readonly Measurement[] = [
  {
    name: 'speed',
    what: 'frames/s of coloring and exporting films of several sizes, with and without a pin; --film F: of that film alone',
    isUsual: true,
    run: timeSpeed,
  },
  {
    name: 'parts',
    what: 'what each part of coloring costs; --film F: of that film alone',
    isUsual: false,
    run: timeParts,
  },
  {
    name: 'memory',
    what: 'of the engine and its ffmpegs, a short film against one of --minutes N (2) at --rate R (24) frames/s',
    isUsual: true,
    run: compareMemory,
  },
  {
    name: 'open',
    what: "from a path to the index of a film of --hours N (3), by its container's tables and by reading it through, alternately",
    isUsual: true,
    run: open,
  },
  { name: 'edit', what: 'from an edit to its frame', isUsual: true, run: edit },
  {
    name: 'begin',
    what: 'from the order to color a 1080p film of --minutes N (2), or --film F, that was opened just now to its first colors, in the window',
    isUsual: false,
    run: begin,
  },
  {
    name: 'scrub',
    what: 'from a key to its frame, and from a far jump to a picture and to its frame, in the window; --film F: in that film',
    isUsual: true,
    run: scrub,
  },
  {
    name: 'lag',
    what: "while 1080p is colored: how long main's event loop is held up, and how long the engine takes to answer",
    isUsual: true,
    run: lag,
  },
  {
    name: 'others',
    what: "networks that color every frame by itself, at their published size, against the program's coloring of film; with PYTHONPATH leading to onnx and onnxruntime, there as well",
    isUsual: false,
    run: others,
  },
  {
    name: 'laststep',
    what: "what true colors lose between the networks' size and full size, with --clips FOLDER of clips or pictures",
    isUsual: false,
    run: lastStep,
  },
  {
    name: 'fine',
    what: "what a pinned picture's fine color adds to true colors there, with --clips FOLDER of clips in color",
    isUsual: false,
    run: fineColor,
  },
  {
    name: 'walk',
    what: 'how well colors keep on their way, with --clips FOLDER of clips in color; of each the first --frames N (48)',
    isUsual: false,
    run: walks,
  },
]

/** Draws a film of 1080p. */
async function drawHd({ ffmpeg, folder }: Bench, name: string, seconds: number): Promise<string> {
  const path = join(folder, `${name}.mp4`)
  await drawFilm(ffmpeg, path, { width: 1920, height: 1080, seconds })
  return path
}

function clipsFor(name: string, { options: { clips } }: Bench): string {
  if (clips === undefined) throw new Error(`${name} wants --clips FOLDER`)
  return clips
}

async function open({ folder, options: { hours, rounds } }: Bench): Promise<void> {
  console.log(`\nopening a film of ${hours} hours for the first time, median of ${rounds}`)
  printOpenings(await measureOpening(folder, 60 * hours, rounds))
}

async function edit(bench: Bench): Promise<void> {
  const cache = join(bench.folder, 'cache-edit')
  const { width, height, ...waits } = await measureEditLatency({ cache, weights }, await drawHd(bench, 'edit', 2))
  const [first, median, worst] = [waits.firstMs, waits.medianMs, waits.worstMs].map((ms) => `${ms.toFixed(0)} ms`)
  console.log(
    `\nfrom an edit (5 strokes) to its ${width} x ${height} frame: first ${first}, median ${median}, worst ${worst}`,
  )
}

async function begin(bench: Bench): Promise<void> {
  const { film, minutes, rounds } = bench.options
  const path = film ?? (await drawHd(bench, 'begin', 60 * minutes))
  const waits: number[] = []
  for (let round = 0; round < rounds; round++) waits.push(await measureFirstColors(path))
  const seconds = waits.map((ms) => (ms / 1000).toFixed(1)).join(', ')
  console.log(`\nfrom the order to color ${film ?? `${minutes} minutes of 1080p`} to first colors: ${seconds} s`)
}

async function scrub(bench: Bench): Promise<void> {
  const { film } = bench.options
  const path = film ?? (await drawHd(bench, 'scrub', 20))
  console.log(`\nfrom a key to its frame (${film ?? '1080p'})      median      worst`)
  for (const [move, { medianMs, worstMs }] of Object.entries<Waits>({ ...(await measureScrubLatency(path)) })) {
    console.log(move.padEnd(34), ...[medianMs, worstMs].map((ms) => `${ms.toFixed(0)} ms`.padStart(10)))
  }
}

async function lag(bench: Bench): Promise<void> {
  const film = await drawHd(bench, 'lag', 4)
  const engine = await bench.start('lag')
  const wait = await measureEngineWait(engine, film)
  await engine.client.stop()
  console.log(
    `\nengine while colorizing ${wait.frames} frames of 1080p: answers after ${wait.medianMs.toFixed(1)} ms in the median, ${wait.worstMs.toFixed(0)} ms at worst`,
  )
  const held = await measureMainLag(film)
  console.log(
    `\nmain process while colorizing ${held.frames} frames of 1080p: worst lag ${held.worstMs.toFixed(1)} ms, mean ${held.meanMs.toFixed(2)} ms`,
  )
}

async function others(bench: Bench): Promise<void> {
  const engine = await bench.start('others')
  printOthers(await measureOthers(engine, bench.ffmpeg, bench.folder, bench.options.rounds))
  await engine.client.stop()
}

async function lastStep(bench: Bench): Promise<void> {
  const clips = clipsFor('laststep', bench)
  console.log(`\ntrue colors, chroma PSNR     pictures   as exported      bilinear   (${clips})`)
  for (const { factor, pictures, along, bilinear } of await measureLastStep(bench.ffmpeg, clips)) {
    const figures = [String(pictures), `${along.toFixed(2)} dB`, `${bilinear.toFixed(2)} dB`]
    console.log(`  ${factor} times the networks' size`.padEnd(28), ...figures.map((figure) => figure.padStart(10)))
  }
}

async function fineColor(bench: Bench): Promise<void> {
  const clips = clipsFor('fine', bench)
  console.log('\ntrue colors, chroma PSNR in dB    frames from the pin   without   with its fine color   left in place')
  for (const gain of await measureFineColor(bench.ffmpeg, clips)) {
    const figures = [gain.without, gain.with, gain.inPlace].map((psnr) => psnr.toFixed(2).padStart(10))
    console.log(`  ${gain.clip}, ${gain.factor}`.padEnd(34), String(gain.frames).padStart(4), ...figures)
  }
}

async function walks(bench: Bench): Promise<void> {
  printWalks(await measureWalks(bench.ffmpeg, weights, clipsFor('walk', bench), bench.options.frames))
}
