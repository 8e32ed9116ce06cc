/** `npm run inspect`: looks a finished film through, over the same engine as the editor's. */
import { lstat } from 'node:fs/promises'
import { basename } from 'node:path'
import { findingKinds, placeSentence, type Inspection } from '../contract/inspection.ts'
import { sentence } from '../contract/sentence.ts'
import { formatTimecode } from '../contract/timecode.ts'
import { toUserErrorData, UserError } from '../contract/userError.ts'
import { placesToShow, reportHtml } from '../report/reportHtml.ts'
import { writeAtomic } from '../system/writeAtomic.ts'
import { en } from '../text/en/en.ts'
import { WrongUse } from './wrongUse.ts'
import { inspectHelpFor, parseInspectLine, type InspectCommand } from './inspectArguments.ts'
import {
  DONE,
  FAILED,
  inEnglish,
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

/** Throws UserError 'target-not-writable' where something is in the way that was not said to be replaced. */
async function refuseTaken({ html, overwrite }: InspectCommand): Promise<void> {
  const there = html === null ? null : await lstat(html).catch(() => null)
  if (!there || (overwrite && there.isFile())) return
  throw new UserError(
    'target-not-writable',
    sentence`“${basename(html!)}” is already there.`,
    sentence`Choose another name, or replace it with --overwrite.`,
    html!,
  )
}

/** A line a place, and how many of each kind. */
function print({ found, kinds, more, rate }: Inspection): void {
  for (const place of found) {
    const { kind, from, to, frame } = place
    const at = `${formatTimecode(frame, rate)}  ${t.frames(from, to - 1)}`
    process.stdout.write(`${at}  ${t.kinds[kind].name}: ${inEnglish(placeSentence(place))}\n`)
  }
  for (const kind of findingKinds) {
    const rest = more[kind]
    if (rest !== undefined) process.stdout.write(`${t.kinds[kind].name}: ${t.more(rest)}\n`)
  }
  if (found.length === 0) process.stdout.write(`${t.nothing}\n`)
  const left = findingKinds.filter((kind) => !kinds.includes(kind))
  if (left.length > 0) line.note(`Not looked for: ${left.map((kind) => t.kinds[kind].name.toLowerCase()).join(', ')}.`)
}

async function inspect(session: Session, command: InspectCommand): Promise<void> {
  const { film, original, html, json, quiet } = command
  const { client } = session
  const order = { footageId: '', path: film, ...(original !== null && { original }) }
  const { inspection } = await session.run(
    (jobId) => client.call('startInspect', { jobId, ...order }),
    (progress) => {
      if (!quiet && (progress.state === 'running' || progress.state === 'done')) line.show(progress)
    },
  )
  line.clear()
  if (!inspection) throw new Error('the engine has told nothing of what it found')
  if (html !== null) {
    const frames = placesToShow(inspection)
    const pictures = await client.call('pictures', film, frames)
    const shown = new Map(frames.flatMap((frame, n) => (pictures[n] ? [[frame, pictures[n]] as const] : [])))
    await writeAtomic(html, reportHtml(inspection, shown, en, new Date()))
    if (!quiet) line.note(t.saved(html))
  }
  if (json) process.stdout.write(`${JSON.stringify(inspection, null, 1)}\n`)
  else print(inspection)
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
    await refuseTaken(order)
    return await withSession(surroundings, order.quiet ? tellNobody : tellInWords, (session) => inspect(session, order))
  } catch (error) {
    report(toUserErrorData(error), order.verbose)
    return FAILED
  }
}
