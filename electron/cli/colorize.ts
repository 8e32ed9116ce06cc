/**
 * The command line: colors and exports films, reels of projects, folders and lists of them, over the same engine as the
 * editor's, without a window.
 */
import { toUserErrorData } from '../contract/userError.ts'
import { describeEngine } from '../host/describeEngine.ts'
import { helpFor, parseCommandLine, type Command, type Telling } from './arguments.ts'
import { WrongUse } from './wrongUse.ts'
import { checkOrder, isTakenAtItsName, runFilm } from './filmJob.ts'
import { filmsIn, isInFiles, isNameTaken, type Listed } from './films.ts'
import { GivenFilms } from './givenFilms.ts'
import { runInspect } from './inspect.ts'
import { readJobs } from './jobsFile.ts'
import { removeLeftPins } from './pinFolder.ts'
import { JsonReporter, WordsReporter, type Reporter } from './reporter.ts'
import {
  CANCELLED,
  DONE,
  FAILED,
  quietPipes,
  Session,
  stopSignals,
  tellNobody,
  withSession,
  WRONG_USE,
  type Surroundings,
} from './session.ts'
import { WrittenFiles } from './writtenFiles.ts'

/** An export that is there needs no film that has been put away since. */
function passOverWithoutFilm(error: unknown): boolean {
  if (['not-found', 'footage-missing'].includes(toUserErrorData(error).code)) return false
  throw error
}

async function printVersion(verbose: boolean, { program, launchEngine }: Surroundings): Promise<void> {
  process.stdout.write(`${program}\n`)
  if (!verbose) return
  const session = new Session(launchEngine, tellNobody)
  try {
    process.stdout.write(`${describeEngine(await session.client.call('info'))}\n`)
  } finally {
    await session.client.stop()
  }
}

/** Films one after the other; one that fails keeps none of the others from being done. */
async function run({ orders, notes }: Listed, reporter: Reporter, surroundings: Surroundings): Promise<number> {
  const count = { done: 0, skipped: 0, failed: 0 }
  const fail = (error: unknown): void => {
    count.failed++
    reporter.failed(toUserErrorData(error))
  }

  async function runAll(session: Session): Promise<void> {
    const films = await GivenFilms.of(orders.map(({ order }) => order))
    const written = new WrittenFiles()
    for (const [n, listed] of orders.entries()) {
      const { order, isOneOfMany } = listed
      reporter.begin(n, order)
      written.begin(n, order)
      try {
        await films.refuse(order.target)
        if (!isInFiles(order)) await written.refuse(order.target)
        const isThere = isOneOfMany && (await isNameTaken(order))
        if (!isThere) await checkOrder(order)
        const runs = !isThere || !(await isTakenAtItsName(order))
        const run = (): Promise<boolean> =>
          runFilm(session, listed, surroundings.cacheFolder, reporter, { films, written })
        if (runs && (await run().catch(isThere ? passOverWithoutFilm : undefined))) count.done++
        else {
          if (isThere) await written.add(order.target)
          count.skipped++
          reporter.skipped()
        }
      } catch (error) {
        if (session.isStopping) throw error
        fail(error)
      }
    }
  }

  // Whichever way this process ends: who reads along waits for that line.
  let hasEnded = false
  const end = (exitCode: number): void => {
    if (!hasEnded) reporter.ended({ ...count, exitCode })
    hasEnded = true
  }
  const exit = (exitCode: number): void => {
    end(exitCode)
    surroundings.exit(exitCode)
  }
  const endAtOnce = (): void => exit(CANCELLED)
  process.once('exit', end)
  for (const signal of stopSignals) process.on(signal, endAtOnce)

  const [first] = orders
  let isStopped = false
  try {
    for (const note of notes) reporter.note(note)
    await removeLeftPins()
    // What can be said of a film without starting the networks is said at once.
    if (first && !first.isOneOfMany) {
      reporter.begin(0, first.order)
      await checkOrder(first.order)
    }
    // From here on the session hears the signals.
    for (const signal of stopSignals) process.off(signal, endAtOnce)
    isStopped = (await withSession({ ...surroundings, exit }, (text) => reporter.note(text), runAll)) === CANCELLED
  } catch (error) {
    fail(error)
  }
  const exitCode = isStopped ? CANCELLED : count.failed > 0 ? FAILED : DONE
  end(exitCode)
  process.off('exit', end)
  for (const signal of stopSignals) process.off(signal, endAtOnce)
  return exitCode
}

const reporterOf = (jobs: number, telling: Telling): Reporter =>
  telling.json ? new JsonReporter(jobs) : new WordsReporter(jobs, telling)

async function ordersOf(command: Extract<Command, { telling: Telling }>): Promise<Listed> {
  switch (command.kind) {
    case 'film':
      return { orders: [{ order: command.order, isOneOfMany: false }], notes: [] }
    case 'folder':
      return filmsIn(command.order)
    case 'jobs':
      return { orders: (await readJobs(command.path)).map((order) => ({ order, isOneOfMany: true })), notes: [] }
  }
}

async function obey(command: Command, surroundings: Surroundings): Promise<number> {
  if (command.kind === 'help') process.stdout.write(helpFor(surroundings.command))
  else if (command.kind === 'version') await printVersion(command.verbose, surroundings)
  else {
    const listed = await ordersOf(command)
    return run(listed, reporterOf(listed.orders.length, command.telling), surroundings)
  }
  return DONE
}

/** @param args as they were typed @returns the exit code, which `--help` explains */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  quietPipes()
  // An installed program has one command for all.
  const [first, ...rest] = args
  if (first === 'inspect') return runInspect(rest, { ...surroundings, command: `${surroundings.command} inspect` })
  let command: Command | null = null
  try {
    command = parseCommandLine(args, process.cwd())
    return await obey(command, surroundings)
  } catch (error) {
    if (error instanceof WrongUse) {
      process.stderr.write(`${error.message}\nSee: ${surroundings.command} --help\n`)
      return WRONG_USE
    }
    const telling =
      command && 'telling' in command
        ? command.telling
        : { quiet: false, json: false, verbose: command?.kind === 'version' && command.verbose }
    const reporter = reporterOf(0, telling)
    reporter.failed(toUserErrorData(error))
    reporter.ended({ done: 0, skipped: 0, failed: 1, exitCode: FAILED })
    return FAILED
  }
}
