/**
 * Reads a project with all that can be saved of it. Nothing is written here. In this order, until one is sound:
 * the project file, the backup of the one before, the document the journal starts from. Then what the journal has beyond
 * it is played. A damaged journal costs the history, never the project.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { PROJECT_VERSION, type Project } from '../contract/projectDocument.ts'
import { sentence, type Sentence } from '../contract/sentence.ts'
import { UserError } from '../contract/userError.ts'
import { isMissing, readError } from './diskErrors.ts'
import { stateMark, type HistoryState, type Step } from './history.ts'
import { checkProject } from './invariants.ts'
import { decodeJournal, JOURNAL_VERSION, type DecodedJournal } from './journalFormat.ts'
import { migrate } from './migrations.ts'
import { backupFile, journalFile } from './projectFiles.ts'
import { replay, withoutHistory } from './replay.ts'

/** Written beside the project's own fields: where in which journal the file was saved. */
export const savedMarkSchema = z.object({
  journal: z.string(),
  sequence: z.number().int().nonnegative(),
  /** Clips whose shots were found, not made by the artist. */
  foundCuts: z.array(z.string()).default([]),
})
export type SavedMark = z.infer<typeof savedMarkSchema>

interface Snapshot {
  readonly project: Project
  readonly mark: SavedMark | null
  readonly version: number
  /** SHA-256 of the file. */
  readonly hash: string | null
}

export interface Aside {
  readonly path: string
  readonly why: 'damaged' | 'unmatched'
  /** What is kept is a copy: the whole part of the file goes on being used. */
  readonly copy: boolean
}

export interface LoadedProject {
  readonly state: HistoryState
  /** As everybody sees it: what the artist has made and what the program has found. */
  readonly project: Project
  /** What the project file holds (see stateMark); undefined where the file is not what was loaded, so that it must be saved. */
  readonly savedState: string | undefined
  /** Up to which record of the journal the file that was read holds everything. */
  readonly savedSequence: number
  readonly hash: string | null
  /** Where to go on in the journal; null where a new one must be started. */
  readonly journal: { readonly id: string; readonly goodBytes: number; readonly lastSequence: number; readonly isOld: boolean } | null
  /** A drag that a crash cut short, taken in as the last step; still to be written to the journal as such. */
  readonly adopted: Step | null
  /** Files to be kept under another name before anything is written. */
  readonly aside: readonly Aside[]
  /** How many edits were found that the project file did not have. */
  readonly recovered: number
  /** Version of the file format it was read from. */
  readonly version: number
  /** What the artist should know: a sentence each. */
  readonly notices: readonly Sentence[]
}

function parseSnapshot(text: string): Snapshot {
  const content: unknown = JSON.parse(text)
  const project = checkProject(migrate(content))
  const head = z.object({ version: z.number(), saved: savedMarkSchema.optional().catch(undefined) }).parse(content)
  return { project, mark: head.saved ?? null, version: head.version, hash: createHash('sha256').update(text).digest('hex') }
}

/** The snapshot in a file, what is wrong with it, or null where there is no such file. */
async function readSnapshot(path: string): Promise<Snapshot | Error | null> {
  try {
    return parseSnapshot(await readFile(path, 'utf8'))
  } catch (error) {
    if (isMissing(error)) return null
    // A newer version, a folder, or no permission to read: nothing is damaged, and nothing may be replaced.
    if (error instanceof UserError && error.code === 'project-too-new') throw error
    if (error instanceof Error && 'code' in error && !(error instanceof UserError)) throw readError(path, error)
    return error instanceof Error ? error : new Error(String(error))
  }
}

interface ReadJournal {
  readonly decoded: DecodedJournal | null
  readonly present: boolean
}

async function readJournal(path: string): Promise<ReadJournal> {
  try {
    return { decoded: decodeJournal(await readFile(path)), present: true }
  } catch (error) {
    return { decoded: null, present: !isMissing(error) }
  }
}

/** The document a journal starts from, as if it had been saved before the first step. */
function startOf(decoded: DecodedJournal): Snapshot | null {
  try {
    return { project: checkProject(decoded.header.start), mark: { journal: decoded.header.journal, sequence: 0, foundCuts: [] }, version: PROJECT_VERSION, hash: null }
  } catch {
    return null
  }
}

/** The length of the journal up to and with a record. */
function endOf({ records, ends }: DecodedJournal, sequence: number): number {
  const kept = records.filter((record) => record.seq <= sequence).length
  return ends[kept]!
}

/** Throws UserError: 'not-found', 'no-permission', 'not-a-project', 'project-too-new', 'damaged'. */
export async function loadProject(path: string): Promise<LoadedProject> {
  const name = basename(path)
  const notices: Sentence[] = []
  const aside: Aside[] = []

  const own = await readSnapshot(path)
  const journal = await readJournal(journalFile(path))
  let snapshot = own instanceof Error ? null : own
  if (!snapshot) {
    // A file that never was a project is not "repaired" into one.
    const backup = await readSnapshot(backupFile(path)).catch(() => null)
    const source = backup && !(backup instanceof Error) ? backup : journal.decoded && startOf(journal.decoded)
    if (!source) {
      if (own === null) throw readError(path, Object.assign(new Error(path), { code: 'ENOENT' }))
      if (own instanceof UserError) throw own
      throw new UserError('damaged', sentence`“${name}” is damaged, and there is no backup of it.`, sentence`Restore the file from a copy of your own.`, own instanceof Error ? own.message : undefined)
    }
    snapshot = source
    if (own instanceof Error) aside.push({ path, why: 'damaged', copy: false })
    notices.push(sentence`“${name}” was ${own === null ? sentence`missing` : sentence`damaged`}; it was put together again from ${source === backup ? sentence`its backup` : sentence`its journal`}.`)
  }

  const saved = { project: snapshot.project, foundCuts: snapshot.mark?.foundCuts ?? [] }
  const state = withoutHistory(saved)
  const fresh = {
    state,
    project: snapshot.project,
    savedState: own === snapshot ? stateMark(state) : undefined,
    savedSequence: 0,
    hash: snapshot.hash,
    journal: null,
    adopted: null,
    recovered: 0,
    version: snapshot.version,
  }
  if (!journal.present) return { ...fresh, aside, notices }
  const { decoded } = journal
  if (!decoded) {
    aside.push({ path: journalFile(path), why: 'damaged', copy: false })
    notices.push(sentence`The journal of “${name}” was damaged; the project opens as it was last saved, without its undo history.`)
    return { ...fresh, aside, notices }
  }
  const { header } = decoded
  const began = snapshot.hash !== null && header.beganAt === snapshot.hash
  if (snapshot.mark?.journal !== header.journal && !began) {
    aside.push({ path: journalFile(path), why: 'unmatched', copy: false })
    notices.push(sentence`The journal beside “${name}” belongs to another copy of the project; it was put aside, and the undo history begins anew.`)
    return { ...fresh, aside, notices }
  }
  try {
    const savedSequence = snapshot.mark?.journal === header.journal ? snapshot.mark.sequence : 0
    const replayed = replay(saved, savedSequence, decoded.records, decoded.lastOld)
    const whole = replayed.complete && decoded.damage !== 'damaged'
    if (!whole) notices.push(sentence`A part of the journal of “${name}” was damaged; your edits are back as far as it could be read.`)
    if (!whole) aside.push({ path: journalFile(path), why: 'damaged', copy: true })
    return {
      state: replayed.state,
      project: replayed.project,
      savedState: own === snapshot ? replayed.savedState : undefined,
      savedSequence,
      hash: snapshot.hash,
      journal: {
        id: header.journal,
        goodBytes: replayed.complete ? decoded.goodBytes : endOf(decoded, replayed.lastSequence),
        lastSequence: replayed.lastSequence,
        isOld: header.version !== JOURNAL_VERSION && !decoded.records.some(({ kind }) => kind === 'findings-apart'),
      },
      adopted: replayed.adopted,
      aside,
      recovered: replayed.recovered,
      version: snapshot.version,
      notices,
    }
  } catch {
    aside.push({ path: journalFile(path), why: 'damaged', copy: false })
    notices.push(sentence`The journal of “${name}” was damaged; the project opens as it was last saved, without its undo history.`)
    return { ...fresh, aside, notices }
  }
}
