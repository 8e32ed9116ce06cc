/** `npm run inspect`: looks a finished film through, over the same engine as the editor's. */
import { lstat, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { findingKinds } from '../contract/inspection.ts'
import { sentence } from '../contract/sentence.ts'
import { toUserErrorData, UserError } from '../contract/userError.ts'
import { folderMissing } from '../report/writeChosen.ts'
import { writeReport } from '../report/writeReport.ts'
import { en } from '../text/en/en.ts'
import { WrongUse } from './wrongUse.ts'
import { inspectHelpFor, parseInspectLine, type InspectCommand } from './inspectArguments.ts'
import { lookThrough, placeLines } from './lookThrough.ts'
import {
  DONE,
  FAILED,
  line,
  quietPipes,
  report,
  tellInWords,
  tellNobody,
  withSession,
  WRONG_USE,
  type Session,
  type Surroundings,
} from './session.ts'

const t = en.words.inspection

/**
 * What is known of the report's place before the film is looked through. Throws UserError 'target-folder-missing', and
 * 'target-not-writable' where something is in the way that was not said to be replaced.
 */
async function checkPlace({ html, overwrite }: InspectCommand): Promise<void> {
  if (html === null) return
  const folder = dirname(html)
  if (!(await stat(folder).catch(() => null))?.isDirectory()) throw folderMissing(folder)
  const there = await lstat(html).catch(() => null)
  if (!there || (overwrite && there.isFile())) return
  throw new UserError(
    'target-not-writable',
    sentence`“${basename(html)}” is already there.`,
    sentence`Choose another name, or replace it with --overwrite.`,
    html,
  )
}

async function inspect(session: Session, command: InspectCommand): Promise<void> {
  const { film, original, html, json, quiet } = command
  const inspection = await lookThrough(session, film, original, (progress) => {
    if (!quiet && (progress.state === 'running' || progress.state === 'done')) line.show(progress)
  })
  line.clear()
  if (html !== null) {
    await writeReport(html, inspection, (frames) => session.client.call('pictures', film, frames), en)
    if (!quiet) line.note(t.saved(html))
  }
  process.stdout.write(json ? `${JSON.stringify(inspection, null, 1)}\n` : `${placeLines(inspection).join('\n')}\n`)
  const left = findingKinds.filter((kind) => !inspection.kinds.includes(kind))
  if (!json && left.length > 0)
    line.note(`Not looked for: ${left.map((kind) => t.kinds[kind].name.toLowerCase()).join(', ')}.`)
}

/** @param args as they were typed @returns the exit code, which `--help` explains */
export async function runInspect(args: readonly string[], surroundings: Surroundings): Promise<number> {
  quietPipes()
  let command: InspectCommand | null
  try {
    command = parseInspectLine(args, process.cwd())
  } catch (error) {
    if (!(error instanceof WrongUse)) throw error
    process.stderr.write(`${error.message}\nSee: ${surroundings.command} --help\n`)
    return WRONG_USE
  }
  if (command === null) {
    process.stdout.write(inspectHelpFor(surroundings.command))
    return DONE
  }
  const order = command
  try {
    await checkPlace(order)
    return await withSession(surroundings, order.quiet ? tellNobody : tellInWords, (session) => inspect(session, order))
  } catch (error) {
    report(toUserErrorData(error), order.verbose)
    return FAILED
  }
}
