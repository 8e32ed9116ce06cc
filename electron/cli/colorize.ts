/** `npm run colorize`: the whole job on one film, over the same engine as the editor's, on a machine without a display. */
import { randomUUID } from 'node:crypto'
import { version } from '../../package.json'
import type { FilmEdits } from '../contract/filmEdits.ts'
import { noOriginals } from '../contract/originals.ts'
import type { FootageInfo, FrameRange, JobProgress, Keyframe } from '../contract/schemas.ts'
import { inWords, noWords, sentence, type Sentence } from '../contract/sentence.ts'
import { toUserErrorData, UserError, type UserErrorData } from '../contract/userError.ts'
import { resolveInput } from '../engine/reading/inputFile.ts'
import { describeEngine } from '../host/describeEngine.ts'
import { EngineClient } from '../host/engineClient.ts'
import { forkedEngine } from '../host/forkedEngine.ts'
import { HELP, parseCommandLine, WrongUse, type ColorizeOrder, type Command } from './arguments.ts'
import { foldersFor } from './folders.ts'
import { formatSeconds, ProgressLine } from './progressLine.ts'

const DONE = 0
const FAILED = 1
const WRONG_USE = 2
const CANCELLED = 130

const line = new ProgressLine(process.stderr)

function report(error: UserErrorData, verbose: boolean): void {
  line.clear()
  const text = [error.message, error.advice].map((part) => inWords(part)).filter((part) => part !== '').join('\n')
  process.stderr.write(`${text}\n`)
  if (verbose && error.detail) process.stderr.write(`\n${error.detail}\n`)
}

/** The engine, and the promise of how each of its jobs ends. */
class Session {
  readonly client: EngineClient
  readonly #jobs = new Map<string, { onProgress: (progress: JobProgress) => void; resolve: () => void; reject: (error: UserError) => void }>()

  constructor(quiet: boolean) {
    const { engineFile, settings } = foldersFor(__dirname)
    this.client = new EngineClient(forkedEngine(engineFile, settings), {
      onStatus: (status) => {
        if (status.state === 'restarting' && !quiet) line.note('The engine stopped and is started again; finished colors are kept.')
      },
      onProgress: (progress) => this.#follow(progress),
    })
    this.client.start()
  }

  #follow(progress: JobProgress): void {
    const job = this.#jobs.get(progress.jobId)
    if (!job) return
    job.onProgress(progress)
    if (progress.state === 'done') job.resolve()
    else if (progress.state === 'failed') job.reject(UserError.from((progress.error ?? toUserErrorData(new Error('the job failed'))) as UserErrorData))
    else if (progress.state === 'cancelled') job.reject(new UserError('cancelled', sentence`Cancelled.`, noWords))
    else return
    this.#jobs.delete(progress.jobId)
  }

  /** Resolves when the export is whole under its final name. */
  async export(footageId: string, order: ColorizeOrder, range: FrameRange | undefined, onProgress: (progress: JobProgress) => void): Promise<void> {
    const jobId = randomUUID()
    const ended = new Promise<void>((resolve, reject) => this.#jobs.set(jobId, { onProgress, resolve, reject }))
    ended.catch(() => undefined)
    const { target, format, overwrite } = order
    const originals = { ...noOriginals, files: order.keyframes.map(({ picturePath }) => picturePath) }
    await this.client.call('startExport', { jobId, footageId, target, format, overwrite, originals, ...(range ? { range } : {}) })
    await ended
  }
}

function checkedRange(order: ColorizeOrder, film: FootageInfo): FrameRange | undefined {
  const last = film.frameCount - 1
  const outside = order.keyframes.find((keyframe) => keyframe.frame > last)
  if (outside) {
    throw new UserError('bad-argument', sentence`The film has no frame ${outside.frame}: its frames are 0 to ${last}.`, sentence`Correct the number given with --keyframe.`)
  }
  if (order.range === null) return undefined
  const to = order.range.to ?? film.frameCount
  if (order.range.from > last || to > film.frameCount) {
    throw new UserError('bad-argument', sentence`The film has ${film.frameCount} frames, so the range can not be ${order.range.from}:${to}.`, sentence`Choose a range within 0:${film.frameCount}.`)
  }
  return { from: order.range.from, to }
}

/** Keyframes as edits of the film; without a layout, the engine itself finds the cuts and plans. */
function pinned(keyframes: readonly Keyframe[]): FilmEdits {
  const frames = keyframes.map(({ frame, picturePath }) => [frame, { base: { kind: 'picture', path: picturePath }, operations: [], pinned: true }] as const)
  return { complete: true, frames, pictures: {} }
}

async function colorize(session: Session, order: ColorizeOrder): Promise<void> {
  const footageId = randomUUID()
  const say = (text: string): void => {
    if (!order.quiet) line.note(text)
  }
  const film = await session.client.call('openFootage', order.film, footageId)
  const range = checkedRange(order, film)
  const rate = (film.rate.num / film.rate.den).toFixed(3).replace(/\.?0+$/, '')
  say(`${film.name}: ${film.width} x ${film.height}, ${film.frameCount} frames, ${rate} frames/s, ${formatSeconds(film.durationSeconds)}, ${film.codec} ${film.pixelFormat}`)
  for (const warning of film.warnings) say(`Note: ${inWords(warning)}`)
  if (order.keyframes.length > 0) await session.client.call('setEdits', footageId, pinned(order.keyframes))
  const started = Date.now()
  let frames = 0
  let target = order.target
  let notes: readonly Sentence[] = []
  await session.export(footageId, order, range, (progress) => {
    frames = progress.total
    notes = progress.notes ?? []
    target = progress.target ?? target
    if (!order.quiet && (progress.state === 'running' || progress.state === 'done')) line.show(progress)
  })
  line.clear()
  const seconds = (Date.now() - started) / 1000
  if (!order.quiet) process.stdout.write(`${target}\n`)
  for (const note of notes) say(`Note: ${inWords(note)}`)
  say(`${frames} frames in ${formatSeconds(seconds)}, ${(frames / Math.max(seconds, 0.001)).toFixed(1)} frames/s.`)
}

async function printVersion(verbose: boolean): Promise<void> {
  process.stdout.write(`ColoRNN Studio ${version}\n`)
  if (!verbose) return
  const session = new Session(true)
  try {
    process.stdout.write(`${describeEngine(await session.client.call('info'))}\n`)
  } finally {
    await session.client.stop()
  }
}

/** Runs the job; a first Ctrl-C ends it tidily, so that no half file stays, a second one at once. */
async function run(order: ColorizeOrder): Promise<number> {
  // What can be said without starting the networks is said at once.
  await resolveInput(order.film)
  const session = new Session(order.quiet)
  let interrupted = false
  const interruption = new Promise<number>((resolve) => {
    const stop = (): void => {
      if (interrupted) process.exit(CANCELLED)
      interrupted = true
      if (!order.quiet) line.note('Stopping …')
      void session.client.stop().then(() => resolve(CANCELLED))
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  })
  const work = async (): Promise<number> => {
    try {
      await colorize(session, order)
      return DONE
    } catch (error) {
      // Everything fails once the engine is told to stop; only why it was is of interest.
      if (interrupted) return interruption
      throw error
    } finally {
      if (!interrupted) await session.client.stop()
    }
  }
  return Promise.race([work(), interruption])
}

async function main(): Promise<number> {
  let command: Command
  try {
    command = parseCommandLine(process.argv.slice(2), process.cwd())
  } catch (error) {
    if (!(error instanceof WrongUse)) throw error
    process.stderr.write(`${error.message}\nSee: npm run colorize -- --help\n`)
    return WRONG_USE
  }
  const verbose = command.kind === 'colorize' ? command.order.verbose : command.kind === 'version' && command.verbose
  try {
    if (command.kind === 'help') process.stdout.write(HELP)
    else if (command.kind === 'version') await printVersion(command.verbose)
    else return await run(command.order)
    return DONE
  } catch (error) {
    report(toUserErrorData(error), verbose)
    return FAILED
  }
}

// A reader that closes early (`| head`) is no error of ours.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
void main().then((code) => process.exit(code))
