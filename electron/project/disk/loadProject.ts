/**
 * Reads a project with all that can be saved of it. Nothing is written here. In this order, until one is sound:
 * the project file, the backup of the one before, the document the journal starts from. Then what the journal has
 * beyond it is played. Whatever is damaged costs what it held and no more, and what was lost is counted and said.
 */
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { PROJECT_VERSION, type Project } from '../../contract/projectDocument.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { isMissing, readError } from './diskErrors.ts'
import { stateMark, type HistoryState, type Step } from '../history.ts'
import { clipsWithFoundCuts, sharedCuts } from '../findings.ts'
import { checkProject } from '../commands/invariants.ts'
import { isEdit, JournalDecoder, type DecodedJournal, type JournalMark, type JournalRecord } from './journalFormat.ts'
import type { KeptEdits } from './keptEdits.ts'
import { migrate } from './migrations.ts'
import { isFlipped, readProjectFile, tracesOfMark, type ReadFile, type Snapshot } from './projectFile.ts'
import { backupFile, journalFile } from './projectFiles.ts'
import { replay, withoutHistory, type Replayed, type SavedProject } from './replay.ts'

export interface Aside {
  readonly path: string
  readonly why: 'damaged' | 'unmatched' | 'changed'
  /** What is kept is a copy: the file goes on being used. */
  readonly copy: boolean
}

export interface LoadedProject {
  readonly state: HistoryState
  /** As everybody sees it: what the artist has made and what the program has found. */
  readonly project: Project
  /**
   * What the project file holds (see stateMark); undefined where the file is not what was loaded, so that it must be
   * saved.
   */
  readonly savedState: string | undefined
  /** The project file was missing or damaged: what was loaded comes from others. */
  readonly isRestored: boolean
  /** The document the history was played on: its last step, and the SHA-256 of its file (null where it is in none). */
  readonly base: { readonly step: string | null; readonly hash: string | null }
  /** Where to go on in the journal; null where a new one must be started. */
  readonly journal: { readonly goodBytes: number; readonly mark: JournalMark } | null
  /** Up to which record of the journal the file that was read holds everything. */
  readonly savedSequence: number
  /** A drag that a crash cut short, taken in as the last step; still to be written to the journal as such. */
  readonly adopted: Step | null
  /** The journal of which edits were taken in that are kept elsewhere (keptEdits.ts); null where there were none. */
  readonly keptFor: string | null
  /** Files to be kept under another name before anything is written. */
  readonly aside: readonly Aside[]
  /** By how many edits it is another than the project file has it; where some are lost, how many were found. */
  readonly recovered: number
  /** Version of the file format it was read from. */
  readonly version: number
  /** What the artist should know: a sentence each. */
  readonly notices: readonly Sentence[]
}

interface ReadJournal {
  readonly decoded: DecodedJournal | null
  readonly present: boolean
}

/** How much of a journal is read at a time. */
const PIECE_BYTES = 2 ** 20

/** Read in pieces: no journal is too large. */
async function readJournal(path: string): Promise<ReadJournal> {
  try {
    const decoder = new JournalDecoder()
    for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES })) decoder.push(piece as Buffer)
    return { decoded: decoder.end(), present: true }
  } catch (error) {
    return { decoded: null, present: !isMissing(error) }
  }
}

/** What is kept elsewhere of a journal, beyond the end that its disk has taken. */
async function beyond(decoded: DecodedJournal | null, path: string, kept: KeptEdits | null): Promise<JournalRecord[]> {
  if (!decoded || !kept) return []
  const last = decoded.records.at(-1)?.seq ?? 0
  return (await kept.find(path, decoded.journal)).filter(({ seq }) => seq > last)
}

function withMore(decoded: DecodedJournal, more: readonly JournalRecord[]): DecodedJournal {
  const last = more.at(-1)
  if (!last) return decoded
  const tally = { kind: 'tally' as const, journal: decoded.journal, last: last.seq, edits: last.edit ?? 0 }
  return { ...decoded, records: [...decoded.records, ...more], tally: decoded.tally && tally }
}

/** The document a journal starts from, as if it had been saved before the first step. */
function startOf({ header }: DecodedJournal): Snapshot | null {
  if (!header) return null
  try {
    const mark = { journal: header.journal, sequence: 0, edits: 0, step: null, foundCuts: [], sharedCuts: {} }
    return { project: checkProject(migrate(header.start)), mark, version: PROJECT_VERSION, hash: null }
  } catch {
    return null
  }
}

/** Which part of the journal a document holds; null where the journal is not its own. */
function markIn({ header, journal }: DecodedJournal, { mark, hash }: Snapshot): JournalMark | null {
  if (mark?.journal === journal) return mark
  if (!header || hash === null || header.beganAt !== hash) return null
  return header.beganWith ?? { journal, sequence: 0, edits: 0, step: null }
}

async function soundBackup(path: string): Promise<Snapshot | null> {
  const backup = await readProjectFile(backupFile(path)).catch(() => null)
  return backup?.state === 'sound' ? backup.snapshot : null
}

const savedProjectOf = ({ project, mark }: Snapshot): SavedProject => ({
  project,
  foundCuts: mark?.foundCuts ?? [],
  sharedCuts: mark?.sharedCuts ?? {},
})

/**
 * Whether a file with a wrong checksum is what was once saved, but for single bits: the journal can say what was saved.
 */
function isDamagedSave(
  path: string,
  bytes: Buffer,
  claimed: Project | null,
  base: Snapshot,
  decoded: DecodedJournal,
): boolean {
  const from = markIn(decoded, base)
  if (!from) return false
  // The ways to the films are made anew at every saving.
  const linked = (project: Project): Project => ({
    ...project,
    clips: project.clips.map((clip, index) => ({
      ...clip,
      footage: {
        ...clip.footage,
        relativePath: claimed?.clips[index]?.footage.relativePath ?? clip.footage.relativePath,
      },
    })),
  })
  // The mark may be what is damaged: its numbers stand for one another.
  const { records } = decoded
  const traces = tracesOfMark(bytes)
  const saves = [
    records.find(({ seq }) => seq === traces.sequence),
    records.find((record) => isEdit(record) && record.edit === traces.edits),
  ]
  return [...new Set(saves)].some((save) => {
    if (!save || save.seq < from.sequence) return false
    const { project, state, lost, unfit } = replay(savedProjectOf(base), from, {
      records: records.filter(({ seq }) => seq <= save.seq),
      lastOld: decoded.lastOld,
    })
    if (lost + unfit > 0) return false
    const at = {
      journal: decoded.journal,
      sequence: save.seq,
      edits: save.edit ?? 0,
      step: state.done.at(-1)?.id ?? null,
    }
    const of = {
      foundCuts: clipsWithFoundCuts(state.own, state.findings),
      sharedCuts: sharedCuts(state.own, state.findings),
    }
    return [traces.home ?? path, path].some((home) => isFlipped(bytes, linked(project), { ...at, home, ...of }))
  })
}

/** What of a journal could not be brought back, in sentences. */
function lossesOf(
  name: string,
  { lost, unfit, recovered, shortened }: Replayed,
  damage: DecodedJournal['damage'],
): Sentence[] {
  const all = lost + unfit + recovered
  const notices: Sentence[] = []
  if (lost === 1 && all === 1)
    notices.push(sentence`The one unsaved edit of “${name}” could not be read: its journal was damaged.`)
  else if (lost > 0 && lost === all) {
    notices.push(sentence`None of the ${all} unsaved edits of “${name}” could be read: its journal was damaged.`)
  } else if (lost > 0 && unfit === 0) {
    notices.push(
      sentence`${lost} of ${all} unsaved edits of “${name}” could not be read: its journal was damaged. The others are back.`,
    )
  } else if (lost > 0)
    notices.push(sentence`${lost} of ${all} unsaved edits of “${name}” could not be read: its journal was damaged.`)
  if (unfit > 0)
    notices.push(
      sentence`${unfit} of ${all} unsaved edits of “${name}” were left out: they rest on others that are missing.`,
    )
  if (notices.length === 0 && damage === 'damaged') {
    notices.push(sentence`The journal of “${name}” was damaged; no unsaved edit is missing.`)
  }
  if (shortened) notices.push(sentence`The undo history of “${name}” does not reach back to its beginning any more.`)
  return notices
}

interface Chosen {
  readonly snapshot: Snapshot
  readonly from: 'file' | 'changed-file' | 'backup' | 'journal'
}

/** The first that is sound. Throws UserError where none is. */
async function choose(path: string, own: ReadFile, decoded: DecodedJournal | null): Promise<Chosen> {
  if (own.state === 'sound') return { snapshot: own.snapshot, from: 'file' }
  const backup = await soundBackup(path)
  const start = decoded && startOf(decoded)
  const claimed = own.state === 'doubtful' ? own.snapshot.project : null
  const damagedSave =
    own.state !== 'missing' &&
    decoded !== null &&
    [backup, start].some((base) => base && isDamagedSave(path, own.bytes, claimed, base, decoded))
  if (own.state === 'doubtful' && !damagedSave) return { snapshot: own.snapshot, from: 'changed-file' }
  if (own.state === 'damaged' && own.error instanceof UserError && own.error.code === 'project-too-new' && !damagedSave)
    throw own.error
  // A journal that was written anew since the backup holds all of the project, and the backup's edits with it.
  if (backup && (!decoded || !start || decoded.damage === 'damaged' || markIn(decoded, backup)))
    return { snapshot: backup, from: 'backup' }
  if (start) return { snapshot: start, from: 'journal' }
  if (own.state === 'missing') throw readError(path, Object.assign(new Error(path), { code: 'ENOENT' }))
  // A file that never was a project is not "repaired" into one.
  if (own.state === 'damaged' && own.error instanceof UserError) throw own.error
  throw new UserError(
    'damaged',
    sentence`“${basename(path)}” is damaged, and there is no backup of it.`,
    sentence`Restore the file from a copy of your own.`,
    own.state === 'damaged' ? own.error.message : undefined,
  )
}

/** Throws UserError: 'not-found', 'no-permission', 'not-a-project', 'project-too-new', 'damaged'. */
export async function loadProject(path: string, kept: KeptEdits | null = null): Promise<LoadedProject> {
  const name = basename(path)
  const notices: Sentence[] = []
  const aside: Aside[] = []

  const own = await readProjectFile(path)
  const { decoded: asWritten, present } = await readJournal(journalFile(path))
  const more = await beyond(asWritten, path, kept)
  const decoded = asWritten && withMore(asWritten, more)
  const { snapshot, from } = await choose(path, own, decoded)
  if (from === 'changed-file') {
    notices.push(
      sentence`“${name}” was changed by another program: its checksum is not right. It opens as it is; look it over.`,
    )
    aside.push({ path, why: 'changed', copy: true })
  } else if (from !== 'file') {
    if (own.state !== 'missing') aside.push({ path, why: 'damaged', copy: false })
    notices.push(
      sentence`“${name}” was ${own.state === 'missing' ? sentence`missing` : sentence`damaged`}; it was put together again from ${from === 'backup' ? sentence`its backup` : sentence`its journal`}.`,
    )
  }
  const saved = savedProjectOf(snapshot)
  const isRestored = from === 'backup' || from === 'journal'
  const ifFile = (state: string): string | undefined => (from === 'file' ? state : undefined)

  const alone = withoutHistory(saved)
  const fresh = (): LoadedProject => ({
    state: alone,
    project: snapshot.project,
    savedState: ifFile(stateMark(alone)),
    isRestored,
    base: { step: null, hash: snapshot.hash },
    journal: null,
    savedSequence: 0,
    adopted: null,
    keptFor: null,
    aside,
    recovered: 0,
    version: snapshot.version,
    notices,
  })
  /** Where the journal is of no use and the file is not either, its own words still say how much newer it was. */
  const sayMissing = (): void => {
    const editsOfFile = own.state === 'damaged' || own.state === 'doubtful' ? tracesOfMark(own.bytes).edits : null
    const missing = (editsOfFile ?? 0) - (snapshot.mark?.edits ?? 0)
    if (from !== 'backup' || missing <= 0) return
    notices.push(
      missing === 1
        ? sentence`One edit newer than the backup is missing.`
        : sentence`${missing} edits newer than the backup are missing.`,
    )
  }

  if (!decoded) {
    if (present) {
      aside.push({ path: journalFile(path), why: 'damaged', copy: false })
      notices.push(
        sentence`The journal of “${name}” could not be read. Edits made after the project was last saved are missing, if there were any, and so is the undo history.`,
      )
    } else if (from === 'file' && snapshot.mark?.home === path) {
      notices.push(
        sentence`The journal of “${name}” is missing. Edits made after the project was last saved are missing, if there were any, and so is the undo history.`,
      )
    }
    sayMissing()
    return fresh()
  }
  const mark = markIn(decoded, snapshot)
  if (!mark) {
    aside.push({ path: journalFile(path), why: 'unmatched', copy: false })
    notices.push(
      sentence`The journal beside “${name}” belongs to another copy of the project; it was put aside, and the undo history begins anew.`,
    )
    sayMissing()
    return fresh()
  }
  const replayed = replay(saved, mark, decoded, from === 'changed-file')
  const { lost, unfit, recovered, brought, shortened } = replayed
  const losses = lossesOf(name, replayed, decoded.damage)
  const whole = lost + unfit === 0 && decoded.damage !== 'damaged' && from !== 'changed-file'
  notices.push(...losses)
  if (!whole) aside.push({ path: journalFile(path), why: from === 'changed-file' ? 'changed' : 'damaged', copy: true })
  const last = decoded.records.at(-1)
  return {
    state: replayed.state,
    project: replayed.project,
    savedState: ifFile(replayed.savedState),
    isRestored,
    base: { step: replayed.savedStep, hash: snapshot.hash },
    // Journals of the first version have no tally to go on with; what was kept elsewhere is not in the file.
    journal:
      whole && decoded.tally && more.length === 0
        ? {
            goodBytes: decoded.goodBytes,
            mark: { journal: decoded.journal, sequence: last?.seq ?? 0, edits: last?.edit ?? 0 },
          }
        : null,
    savedSequence: mark.sequence,
    adopted: replayed.adopted,
    keptFor: more.length > 0 ? decoded.journal : null,
    aside,
    // Where all is there, what was done and undone again is no edit that anybody misses.
    recovered: whole && !shortened ? brought : recovered,
    version: snapshot.version,
    notices,
  }
}
