/** The command line: the whole job on one film, over the same engine as the editor's, without a window. */
import { randomUUID } from 'node:crypto'
import { lstat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { FoundShots } from '../contract/foundShots.ts'
import { noOriginals } from '../contract/originals.ts'
import { program } from '../contract/program.ts'
import type { FootageInfo, FrameRange, JobProgress } from '../contract/schemas.ts'
import { uprightSize } from '../contract/orientation.ts'
import { inWords, sentence } from '../contract/sentence.ts'
import { toUserErrorData, UserError } from '../contract/userError.ts'
import { resolveInput } from '../engine/reading/inputFile.ts'
import { describeEngine } from '../host/describeEngine.ts'
import { helpFor, parseCommandLine, WrongUse, type ColorizeOrder, type Command } from './arguments.ts'
import { FilmProject } from './filmProject.ts'
import { runInspect } from './inspect.ts'
import { formatSeconds } from './progressLine.ts'
import {
  DONE,
  FAILED,
  inEnglish,
  line,
  quietPipes,
  report,
  Session,
  withSession,
  WRONG_USE,
  type OnProgress,
  type Surroundings,
} from './session.ts'

function checkedRange(order: ColorizeOrder, film: FootageInfo): FrameRange | undefined {
  const last = film.frameCount - 1
  const outside = order.keyframes.find((keyframe) => keyframe.frame > last)
  if (outside) {
    throw new UserError(
      'bad-argument',
      sentence`The film has no frame ${outside.frame}: its frames are 0 to ${last}.`,
      sentence`Correct the number given with --keyframe.`,
    )
  }
  if (order.range === null) return undefined
  const to = order.range.to ?? film.frameCount
  if (order.range.from > last || to > film.frameCount) {
    throw new UserError(
      'bad-argument',
      sentence`The film has ${film.frameCount} frames, so the range can not be ${order.range.from}:${to}.`,
      sentence`Choose a range within 0:${film.frameCount}.`,
    )
  }
  return { from: order.range.from, to }
}

/** The shots that `range` lies in, all shots where it is left out. */
async function findShots(
  session: Session,
  footageId: string,
  range: FrameRange | undefined,
  onProgress: OnProgress,
): Promise<FoundShots> {
  const { client } = session
  for (;;) {
    await session.run(
      (jobId) => client.call('startFindShots', { jobId, footageId, ...(range && { around: range }) }),
      onProgress,
    )
    // An engine that was started again meanwhile may not know them any more, if the disk could not take them.
    const found = await client.call('shots', footageId, range)
    if (found) return found
  }
}

async function colorize(session: Session, order: ColorizeOrder, cacheFolder: string): Promise<void> {
  const { client } = session
  const footageId = randomUUID()
  const say = (text: string): void => {
    if (!order.quiet) line.note(text)
  }
  const showLine = (progress: JobProgress): void => {
    if (!order.quiet && (progress.state === 'running' || progress.state === 'done')) line.show(progress)
  }
  const show = (progress: JobProgress): void => {
    showLine(progress)
    // They come with a job's last message, be it done or not.
    for (const note of progress.notes ?? []) say(`Note: ${inEnglish(note)}`)
  }
  const film = await client.call('openFootage', order.film, footageId, order.rate ?? undefined)
  const range = checkedRange(order, film)
  const rate = (film.rate.num / film.rate.den).toFixed(3).replace(/\.?0+$/, '')
  const length = `${film.frameCount} frames, ${rate} frames/s, ${formatSeconds(film.durationSeconds)}`
  say(`${film.name}: ${uprightSize(film).join(' x ')}, ${length}, ${film.codec} ${film.pixelFormat}`)
  for (const warning of film.warnings) say(`Note: ${inEnglish(warning)}`)
  const started = Date.now()

  // What can go wrong with the target and the pictures is said before the film is looked through.
  const { target, format, overwrite, sizes, timecode } = order
  const originals = { ...noOriginals, files: order.keyframes.map(({ picturePath }) => picturePath) }
  const exportOrder = {
    footageId,
    target,
    format,
    overwrite,
    sizes,
    originals,
    ...(range && { range }),
    ...(timecode !== null && { timecode }),
  }
  const taken = await client.call('checkExport', exportOrder)
  const project = await FilmProject.of(film, order.keyframes, cacheFolder)
  if (project.notice) say(`Note: ${inEnglish(project.notice)}`)
  await client.call('setEdits', footageId, project.edits)
  // What is in color already is worth a word only where it is to be colored anew.
  const found = await findShots(session, footageId, range, order.keepColor ? showLine : show)
  project.setShots(found, order.keepColor)
  await client.call('setEdits', footageId, project.edits)

  const exported = await session.run(
    (jobId) => client.call('startExport', { jobId, ...exportOrder, ...taken, account: project.account }),
    show,
  )
  const { total, parts: written = [exported.target ?? target] } = exported
  line.clear()
  const seconds = (Date.now() - started) / 1000
  if (!order.quiet) process.stdout.write(`${written.join('\n')}\n`)
  for (const found of exported.found ?? []) say(inWords(found))
  say(`${total} frames in ${formatSeconds(seconds)}, ${(total / Math.max(seconds, 0.001)).toFixed(1)} frames/s.`)
}

async function printVersion(verbose: boolean, { launchEngine }: Surroundings): Promise<void> {
  process.stdout.write(`${program.name} ${program.version}\n`)
  if (!verbose) return
  const session = new Session(launchEngine, true)
  try {
    process.stdout.write(`${describeEngine(await session.client.call('info'))}\n`)
  } finally {
    await session.client.stop()
  }
}

/** Throws UserError 'target-not-writable' where a file is in the way that was not said to be replaced. */
async function refuseTaken({ target, overwrite }: ColorizeOrder): Promise<void> {
  const there = overwrite ? null : await lstat(target).catch(() => null)
  if (!there || there.isDirectory()) return
  throw new UserError(
    'target-not-writable',
    sentence`“${basename(target)}” is already there.`,
    sentence`Choose another name, or replace it with --overwrite.`,
    target,
  )
}

/** Runs the job. */
async function run(order: ColorizeOrder, surroundings: Surroundings): Promise<number> {
  // What can be said without starting the networks is said at once.
  await resolveInput(order.film)
  await refuseTaken(order)
  return withSession(surroundings, order.quiet, (session) => colorize(session, order, surroundings.cacheFolder))
}

/** @param args as they were typed @returns the exit code, which `--help` explains */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  quietPipes()
  // An installed program has one command for all.
  const [first, ...rest] = args
  if (first === 'inspect') return runInspect(rest, { ...surroundings, command: `${surroundings.command} inspect` })
  let command: Command
  try {
    command = parseCommandLine(args, process.cwd())
  } catch (error) {
    if (!(error instanceof WrongUse)) throw error
    process.stderr.write(`${error.message}\nSee: ${surroundings.command} --help\n`)
    return WRONG_USE
  }
  const verbose = command.kind === 'colorize' ? command.order.verbose : command.kind === 'version' && command.verbose
  try {
    if (command.kind === 'help') process.stdout.write(helpFor(surroundings.command))
    else if (command.kind === 'version') await printVersion(command.verbose, surroundings)
    else return await run(command.order, surroundings)
    return DONE
  } catch (error) {
    report(toUserErrorData(error), verbose)
    return FAILED
  }
}
