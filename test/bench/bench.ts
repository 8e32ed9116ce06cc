/**
 * The benchmarks behind the figures in the README and in models/: `npm run bench -- --help` names them and what they
 * take. Figures that are compared come from one run; every line says what it measured.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { describeEngine } from '../../electron/host/describeEngine.ts'
import { compareWith, printCompared } from './against.ts'
import { measureFirstColors } from './firstColors.ts'
import { measureEngineWait } from './engineWait.ts'
import { measureMainLag } from './mainLag.ts'
import { drawFilm, drawPin } from './drawFilm.ts'
import { measureEditLatency } from './editLatency.ts'
import { measureFineColor, measureLastStep } from './lastStepLoss.ts'
import { measureOpening } from './opening.ts'
import { measureOthers, printOthers } from './others.ts'
import { measureScrubLatency, type Waits } from './scrubLatency.ts'
import { measureWalks, type WalkScores } from './walkScores.ts'
import { startBenchEngine, watchMemory, type BenchEngine, type Measured } from './runJob.ts'

const root = resolve(import.meta.dirname, '../..')

/** Names of films and where they lie. */
async function filmsToTime(
  ffmpeg: string,
  folder: string,
  film: string | undefined,
): Promise<[name: string, path: string][]> {
  if (film !== undefined) return [[film, film]]
  const films: [string, string][] = []
  for (const [name, width, height] of [
    ['576p', 720, 576],
    ['1080p', 1920, 1080],
  ] as const) {
    const path = join(folder, `${name}.mp4`)
    await drawFilm(ffmpeg, path, { width, height, seconds: 4 })
    films.push([name, path])
  }
  return films
}

async function speed(engine: BenchEngine, ffmpeg: string, folder: string, film: string | undefined): Promise<void> {
  console.log('\nspeed                        frames   seconds  frames/s  ms/frame   CPU time: engine, ffmpeg')
  for (const [name, path] of await filmsToTime(ffmpeg, folder, film)) {
    const pin = join(folder, 'pin.png')
    await drawPin(ffmpeg, path, pin)
    const footageId = `speed-${name}`
    const { frameCount } = await engine.open(path, footageId)
    line(`${name} colorize, no pin`, await engine.run({ kind: 'colorize', footageId, frameCount }))
    const exports = [
      ['ffv1-mkv', 'film.mkv'],
      ['h264-mp4', 'film.mp4'],
    ] as const
    for (const [format, target] of exports) {
      line(
        `${name} export ${format}`,
        await engine.run({ kind: 'export', footageId, target: join(folder, target), format }),
      )
    }
    await engine.client.call('closeFootage', footageId)
    await engine.open(path, footageId, pin)
    line(`${name} colorize, a pin`, await engine.run({ kind: 'colorize', footageId, frameCount }))
    await engine.client.call('closeFootage', footageId)
  }
}

function line(what: string, { frames, seconds, processors: { engine, ffmpeg } }: Measured): void {
  const each = (time: number): string => ((1000 * time) / frames).toFixed(1)
  const numbers = [frames, seconds.toFixed(2), (frames / seconds).toFixed(1), each(seconds), each(engine), each(ffmpeg)]
  console.log(what.padEnd(28), numbers.map((n) => String(n).padStart(8)).join('  '))
}

/**
 * What the engine says of its own stages stands before each line (electron/engine/jobs/trace.ts); reading holds luma.
 */
async function timeParts(
  start: (cache: string) => BenchEngine,
  ffmpeg: string,
  folder: string,
  film: string | undefined,
): Promise<void> {
  console.log('\nparts                        frames   seconds  frames/s  ms/frame   CPU time: engine, ffmpeg')
  process.env['COLORNN_TRACE'] = '1'
  const engine = start(join(folder, 'cache-parts'))
  for (const [name, path] of await filmsToTime(ffmpeg, folder, film)) {
    const pin = join(folder, 'pin.png')
    await drawPin(ffmpeg, path, pin)
    for (const [how, picture] of [
      ['no pin', undefined],
      ['a pin', pin],
    ] as const) {
      const footageId = `${name} with ${how}`
      const { frameCount } = await engine.open(path, footageId, picture)
      line(footageId, await engine.run({ kind: 'colorize', footageId, frameCount }))
      await engine.client.call('closeFootage', footageId)
    }
  }
  await engine.client.stop()
  delete process.env['COLORNN_TRACE']
}

/** Exports a short and a long film, each in an engine of its own, and compares the highest memory of all processes. */
async function memory(
  start: (cache: string) => BenchEngine,
  ffmpeg: string,
  folder: string,
  minutes: number,
  rate: string,
): Promise<void> {
  console.log(
    '\nmemory (engine and its ffmpeg children, shared pages once): highest of all, of each tenth of an export, of its end',
  )
  const peaks: number[] = []
  for (const [name, seconds] of [
    ['10 s', 10],
    [`${minutes} min`, minutes * 60],
  ] as const) {
    const path = join(folder, `memory-${seconds}.mp4`)
    await drawFilm(ffmpeg, path, { width: 320, height: 240, seconds, rate })
    const engine = start(join(folder, `cache-${seconds}`))
    await engine.client.call('info')
    await engine.open(path, 'film')
    const watch = watchMemory(engine.pid())
    const tenths: number[] = []
    const { frames } = await engine.run(
      { kind: 'export', footageId: 'film', target: join(folder, 'memory.mkv'), format: 'ffv1-mkv' },
      ({ done, total }) => {
        if (done >= ((tenths.length + 1) * total) / 10) tenths.push(watch.highestSince())
      },
    )
    // Joining and reading back come after the last frame.
    tenths.push(watch.highestSince())
    const peak = watch.stop()
    peaks.push(peak)
    const each = tenths.map((highest) => highest.toFixed(0)).join(' ')
    console.log(`${name.padEnd(8)} ${String(frames).padStart(7)} frames   ${peak.toFixed(0).padStart(6)} MiB   ${each}`)
    await engine.client.stop()
  }
  console.log(`long / short = ${((peaks[1] ?? 0) / (peaks[0] ?? 1)).toFixed(3)}`)
}

function printWalks(scores: readonly WalkScores[]): void {
  console.log('\nchroma PSNR of walks               mean    first   last fifth    worst    flicker   ms of processor')
  for (const pins of new Set(scores.map((score) => score.pins))) {
    const these = scores.filter((score) => score.pins === pins)
    const figures = (of: readonly WalkScores[]): string =>
      (['mean', 'first', 'lastFifth', 'worst', 'flicker', 'processor'] as const)
        .map((name) =>
          (of.reduce((sum, score) => sum + score[name], 0) / of.length).toFixed(name === 'flicker' ? 3 : 2).padStart(9),
        )
        .join(' ')
    for (const score of these) console.log(`${pins}, ${score.clip}`.padEnd(30), figures([score]))
    console.log(`${pins}, all`.padEnd(30), figures(these))
  }
}

const usage = `npm run bench -- [--only speed,parts,memory,open,edit,begin,scrub,lag] [--film F]

speed    frames/s of coloring and exporting films of several sizes, with and without a pin; --film F: of that film alone
parts    what each part of coloring costs; --film F: of that film alone
memory   of the engine and its ffmpegs, a short film against one of --minutes N (2) at --rate R (24) frames/s
open     from a path to the index of a film of --hours N (3), by its container's tables and by reading it through,
         alternately
edit     from an edit to its frame
begin    from the order to color a 1080p film of --minutes N (2), or --film F, that was opened just now to its first
         colors, in the window
scrub    from a key to its frame, and from a far jump to a picture and to its frame, in the window; --film F: in that film
lag      while 1080p is colored: how long main's event loop is held up, and how long the engine takes to answer
others   networks that color every frame by itself, at their published size, against the program's coloring of film; with
         PYTHONPATH leading to onnx and onnxruntime, there as well
laststep what true colors lose between the networks' size and full size, with --clips FOLDER of clips or pictures
fine     what a pinned picture's fine color adds to true colors there, with --clips FOLDER of clips in color
walk     how well colors keep on their way, with --clips FOLDER of clips in color; of each the first --frames N (48)

npm run bench -- --against CHECKOUT [--rounds N (3)] [--frames N (48)]

Whole jobs of the command line, from an empty cache and from colors that are there, by this checkout, by another one and,
of films that are only encoded anew, by ffmpeg alone, alternately: ratios, and how far they spread.
`

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean' },
      only: { type: 'string', default: 'speed,memory,open,edit,scrub,lag' },
      minutes: { type: 'string', default: '2' },
      hours: { type: 'string', default: '3' },
      rate: { type: 'string', default: '24' },
      film: { type: 'string' },
      clips: { type: 'string' },
      frames: { type: 'string', default: '48' },
      against: { type: 'string' },
      rounds: { type: 'string', default: '3' },
    },
  })
  if (values.help) return console.log(usage)
  const parts = new Set(values.only.split(','))
  const engineFile = join(root, 'out', 'engine.cjs')
  await stat(engineFile)
  const folder = await mkdtemp(join(tmpdir(), 'colornn-bench-'))
  const start = (cache: string): BenchEngine =>
    startBenchEngine({ engineFile, cache, weights: join(root, 'models', 'weights') })
  try {
    const engine = start(join(folder, 'cache'))
    const info = await engine.client.call('info')
    console.log(describeEngine(info))
    if (values.against !== undefined) {
      await engine.client.stop()
      const [rounds, frames] = [Number(values.rounds), Number(values.frames)]
      const options = {
        ffmpeg: info.ffmpeg.path,
        checkouts: [root, resolve(values.against)] as const,
        folder,
        rounds,
        frames,
      }
      const compared = await compareWith(options, (done) => console.log(`round ${done} of ${rounds}`))
      return printCompared(compared, values.against)
    }
    if (parts.has('speed')) await speed(engine, info.ffmpeg.path, folder, values.film)
    if (parts.has('others')) printOthers(await measureOthers(engine, info.ffmpeg.path, folder, Number(values.rounds)))
    await engine.client.stop()
    if (parts.has('parts')) await timeParts(start, info.ffmpeg.path, folder, values.film)
    if (parts.has('memory')) await memory(start, info.ffmpeg.path, folder, Number(values.minutes), values.rate)
    if (parts.has('open')) {
      console.log(`\nopening a film of ${values.hours} hours for the first time, median of ${values.rounds}`)
      for (const opening of await measureOpening(folder, 60 * Number(values.hours), Number(values.rounds))) {
        const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] ?? NaN
        const [byTables, readThrough] = [median(opening.byTables), median(opening.readThrough)]
        const figures = [byTables, readThrough].map((ms) => `${(ms / 1000).toFixed(2)} s`.padStart(8))
        console.log(
          `${opening.name}, ${opening.frames} frames`.padEnd(24),
          ...figures,
          `1 : ${(readThrough / byTables).toFixed(1)}`,
        )
      }
    }
    if (parts.has('edit')) {
      const film = join(folder, 'edit.mp4')
      await drawFilm(info.ffmpeg.path, film, { width: 1920, height: 1080, seconds: 2 })
      const edit = await measureEditLatency(
        { cache: join(folder, 'cache-edit'), weights: join(root, 'models', 'weights') },
        film,
      )
      console.log(
        `\nfrom an edit (5 strokes) to its ${edit.width} x ${edit.height} frame: first ${edit.firstMs.toFixed(0)} ms, median ${edit.medianMs.toFixed(0)} ms, worst ${edit.worstMs.toFixed(0)} ms`,
      )
    }
    if (parts.has('begin')) {
      const film = values.film ?? join(folder, 'begin.mp4')
      if (!values.film)
        await drawFilm(info.ffmpeg.path, film, { width: 1920, height: 1080, seconds: 60 * Number(values.minutes) })
      const waits: number[] = []
      for (let round = 0; round < Number(values.rounds); round++) waits.push(await measureFirstColors(film))
      const seconds = waits.map((ms) => (ms / 1000).toFixed(1)).join(', ')
      console.log(
        `\nfrom the order to color ${values.film ?? `${values.minutes} minutes of 1080p`} to first colors: ${seconds} s`,
      )
    }
    if (parts.has('scrub')) {
      const film = values.film ?? join(folder, 'scrub.mp4')
      if (!values.film) await drawFilm(info.ffmpeg.path, film, { width: 1920, height: 1080, seconds: 20 })
      console.log(`\nfrom a key to its frame (${values.film ?? '1080p'})      median      worst`)
      for (const [move, { medianMs, worstMs }] of Object.entries<Waits>({ ...(await measureScrubLatency(film)) })) {
        console.log(move.padEnd(34), ...[medianMs, worstMs].map((ms) => `${ms.toFixed(0)} ms`.padStart(10)))
      }
    }
    if (parts.has('lag')) {
      const film = join(folder, 'lag.mp4')
      await drawFilm(info.ffmpeg.path, film, { width: 1920, height: 1080, seconds: 4 })
      const busy = start(join(folder, 'busy'))
      const wait = await measureEngineWait(busy, film)
      await busy.client.stop()
      console.log(
        `\nengine while colorizing ${wait.frames} frames of 1080p: answers after ${wait.medianMs.toFixed(1)} ms in the median, ${wait.worstMs.toFixed(0)} ms at worst`,
      )
      const lag = await measureMainLag(film)
      console.log(
        `\nmain process while colorizing ${lag.frames} frames of 1080p: worst lag ${lag.worstMs.toFixed(1)} ms, mean ${lag.meanMs.toFixed(2)} ms`,
      )
    }
    if (parts.has('laststep')) {
      if (values.clips === undefined) throw new Error('laststep wants --clips FOLDER')
      console.log(`\ntrue colors, chroma PSNR     pictures   as exported      bilinear   (${values.clips})`)
      for (const { factor, pictures, along, bilinear } of await measureLastStep(info.ffmpeg.path, values.clips)) {
        const figures = [String(pictures), `${along.toFixed(2)} dB`, `${bilinear.toFixed(2)} dB`]
        console.log(`  ${factor} times the networks' size`.padEnd(28), ...figures.map((figure) => figure.padStart(10)))
      }
    }
    if (parts.has('fine')) {
      if (values.clips === undefined) throw new Error('fine wants --clips FOLDER')
      console.log(
        '\ntrue colors, chroma PSNR in dB    frames from the pin   without   with its fine color   left in place',
      )
      for (const gain of await measureFineColor(info.ffmpeg.path, values.clips)) {
        const figures = [gain.without, gain.with, gain.inPlace].map((psnr) => psnr.toFixed(2).padStart(10))
        console.log(`  ${gain.clip}, ${gain.factor}`.padEnd(34), String(gain.frames).padStart(4), ...figures)
      }
    }
    if (parts.has('walk')) {
      if (values.clips === undefined) throw new Error('walk wants --clips FOLDER')
      printWalks(
        await measureWalks(info.ffmpeg.path, join(root, 'models', 'weights'), values.clips, Number(values.frames)),
      )
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

await main()
