/**
 * A project on the disk, held open by this program alone: the saved file, the journal of all that was done since, the
 * backup of the file before, and the assets. Whatever is interrupted, one of them brings the work back.
 */
import { randomUUID } from 'node:crypto'
import { readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { applyPatches } from 'immer'
import { sha256 } from '../../content/digest.ts'
import type { Project } from '../../contract/projectDocument.ts'
import { PROJECT_VERSION } from '../../contract/projectDocument.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { AssetFolder, assetsInHistory } from './assets.ts'
import { goneError, isGone, isMissing, readError, writeError } from './diskErrors.ts'
import { watchFolder } from './folderWatch.ts'
import { asFindings, clipsWithFoundCuts, sharedCuts, withFindings } from '../findings.ts'
import { stateMark, type HistoryEvent, type HistoryState, type Step } from '../history.ts'
import {
  isEdit,
  JOURNAL_FORMAT,
  JOURNAL_VERSION,
  type JournalHeader,
  type JournalMark,
  type JournalRecord,
} from './journalFormat.ts'
import { encodeJournal, Journal, type JournalOwner } from './journal.ts'
import { JournalNumbers } from './journalNumbers.ts'
import { loadProject, type LoadedProject } from './loadProject.ts'
import { encodeProjectFile, type SavedMark } from './projectFile.ts'
import { assetsFolder, backupFile, journalFile, keepAside, lockFile } from './projectFiles.ts'
import { ProjectLock } from './projectLock.ts'
import { fetchSideFiles } from './renamedProject.ts'
import { sideFile } from '../../system/sideFile.ts'
import { truePath } from './truePath.ts'
import { copyAtomic, writeAtomic } from '../../system/writeAtomic.ts'
import { exists } from '../../system/present.ts'

/** The artist's document before its first step. */
function startOf({ own, done }: HistoryState): Project {
  return done.reduceRight((document, step) => applyPatches(document, step.inverse), own)
}

export interface OpenedProject {
  readonly store: ProjectStore
  readonly loaded: LoadedProject
  readonly notices: readonly Sentence[]
}

/** The records that lead from the start to a history with these stacks. */
function recordsOf(
  numbers: JournalNumbers,
  start: Project,
  { done, undone, findings, lastFinding }: HistoryState,
): JournalRecord[] {
  let document = start
  const steps = [...done, ...[...undone].reverse()].map((step) => {
    document = applyPatches(document, step.patches)
    return numbers.next({ kind: 'step', step }, document)
  })
  const undos = undone.map(() => numbers.next({ kind: 'undo' }, document))
  // Behind the steps: a file that holds some of these need not hold what was found since.
  const found = asFindings(findings).map((finding) =>
    numbers.next({ kind: 'found', id: lastFinding ?? randomUUID(), finding }, document),
  )
  return [...steps, ...undos, ...found]
}

/**
 * A file that holds the project as it was after one of the steps: that step (null: before the first), and the file's
 * SHA-256.
 */
type Began = LoadedProject['base']

interface Beginning {
  readonly numbers: JournalNumbers
  readonly header: JournalHeader
  readonly records: readonly JournalRecord[]
  /** What the file that was there holds of it. */
  readonly beganWith: Required<JournalMark>
}

/**
 * A journal that holds a history and no more.
 * @param began the file that is there already, if it holds the project as it was at some time
 * @param isAll it holds all of this
 */
function beginning(state: HistoryState, began: Began | null, isAll: boolean): Beginning {
  const numbers = new JournalNumbers(randomUUID())
  const start = startOf(state)
  const nothing = numbers.mark
  const records = recordsOf(numbers, start, state)
  const saved = records.find((record) => record.kind === 'step' && record.step.id === began?.step)
  const asSaved = saved
    ? { ...nothing, sequence: saved.seq, edits: saved.edit ?? 0, step: saved.kind === 'step' ? saved.step.id : null }
    : nothing
  const beganWith = isAll ? numbers.mark : asSaved
  const header: JournalHeader = {
    kind: 'header',
    format: JOURNAL_FORMAT,
    version: JOURNAL_VERSION,
    journal: numbers.journal,
    start,
    beganAt: began?.hash ?? null,
    beganWith,
  }
  return { numbers, header, records, beganWith }
}

/** The latest steps of a history that has become too large to be kept whole. */
function withinBudget(state: HistoryState): HistoryState {
  let left = MOST_HISTORY_BYTES
  const undone = [...state.undone].reverse().filter((step) => (left -= sizeOf(step)) >= 0)
  const done = [...state.done].reverse().filter((step) => (left -= sizeOf(step)) >= 0)
  return { ...state, done: done.reverse(), undone: undone.reverse() }
}

const sizeOf = (step: Step): number => JSON.stringify(step).length

async function hashOf(path: string): Promise<string | null> {
  try {
    return sha256(await readFile(path))
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** A journal that is smaller is left as it is. */
const LARGE_BYTES = 4 * 1024 * 1024
/** A journal that is read is written anew from here on: whoever opens a project does not want to wait. */
const LARGE_AT_OPENING = 4 * LARGE_BYTES
/** Of the undo history so much outlasts a rewriting: the latest steps. */
const MOST_HISTORY_BYTES = 64 * 1024 * 1024

interface Held {
  readonly events: readonly HistoryEvent[]
  readonly document: Project
  readonly urgent: boolean
}

export class ProjectStore {
  readonly assets: AssetFolder
  /** What happens while the journal is being replaced. */
  #held: Held[] | null = null
  #replacing: Promise<void> = Promise.resolve()
  /** What the journal would take if it held no more than it must. */
  #leastBytes = 0
  readonly #endWatch: () => void

  private constructor(
    readonly path: string,
    private readonly lock: ProjectLock,
    private readonly journal: Journal,
    private numbers: JournalNumbers,
    private savedSequence: number,
    /** Version of the file on the disk: before one of an older version is replaced, a copy of it is kept. */
    private fileVersion: number,
    /** SHA-256 of the file as this program knows it; null where there is none. */
    private fileHash: string | null,
  ) {
    this.assets = new AssetFolder(assetsFolder(path))
    // Whether everything is still in its place is looked at with every write.
    this.#endWatch = watchFolder(dirname(path), () => void journal.flush())
  }

  /**
   * Opens a project and brings back what a crash has left unsaved. Throws UserError: see loadProject; 'project-in-use'
   * where it is open elsewhere, unless it is taken over; 'target-not-writable' where nothing may be written beside it.
   */
  static async open(file: string, owner: JournalOwner, takeOver = false): Promise<OpenedProject> {
    const path = await truePath(file)
    if (!(await exists(path)) && !(await exists(journalFile(path)))) {
      throw readError(path, Object.assign(new Error(path), { code: 'ENOENT' }))
    }
    const lock = await takeLock(path, owner, takeOver)
    try {
      await fetchSideFiles(path)
      // Whoever had it may live, and have the journal open: that one keeps the old file, which bears no name any more.
      if (lock.mayBeShared && (await exists(journalFile(path)))) await copyAtomic(journalFile(path), journalFile(path))
      const loaded = await loadProject(path, owner.kept)
      const notices = [...loaded.notices]
      for (const aside of loaded.aside) {
        notices.push(sentence`What was there is kept as “${basename(await keepAside(aside))}”.`)
      }
      // Where all is well and the journal large, a new one holds what is needed of it.
      const resumed =
        loaded.journal !== null && (loaded.journal.goodBytes < LARGE_AT_OPENING || loaded.base.hash === null)
      const store = await (resumed
        ? ProjectStore.#resume(path, lock, loaded, loaded.journal, owner)
        : ProjectStore.#begin(
            path,
            lock,
            withinBudget(loaded.state),
            loaded.base,
            loaded.version,
            owner,
            loaded.savedState === stateMark(loaded.state),
          ))
      // After any repair nothing is thrown away: what looks unused may be needed to restore more by hand.
      if (loaded.notices.length === 0) await store.#removeUnusedAssets(loaded.state)
      // The new journal holds them.
      if (loaded.keptFor !== null) await owner.kept?.forget(path, loaded.keptFor)
      if (loaded.adopted && resumed) store.record([{ kind: 'step', step: loaded.adopted }], loaded.state.own, true)
      // Whoever looks into the folder is to find a project there, not only its damaged file under another name. Whether
      // it is to stay so is the artist's to say.
      if (loaded.isRestored) await store.save(loaded.state, store.position).catch(() => undefined)
      return { store, loaded, notices }
    } catch (error) {
      await lock.release()
      throw writeError(path, error)
    }
  }

  /**
   * Makes a project at a place where the artist wants it; a project that is there already becomes the new one's backup.
   * Assets come from 'from'. Throws UserError where it is open elsewhere or can not be written; then nothing has
   * changed.
   */
  static async create(
    file: string,
    state: HistoryState,
    from: AssetFolder | null,
    owner: JournalOwner,
  ): Promise<ProjectStore> {
    const path = await truePath(file)
    const lock = await takeLock(path, owner)
    const [journal, before] = [journalFile(path), sideFile(journalFile(path), '.before')]
    const isThere = await exists(path)
    let store: ProjectStore | null = null
    try {
      if (await exists(journal)) await copyAtomic(journal, before)
      if (from) {
        await new AssetFolder(assetsFolder(path)).copyFrom(
          from,
          assetsInHistory(state.own, [...state.done, ...state.undone], state.findings),
        )
      }
      store = await ProjectStore.#begin(path, lock, state, null, PROJECT_VERSION, owner)
      await store.save(state, store.position)
      await rm(before, { force: true })
      return store
    } catch (error) {
      await store?.abandon()
      if (await exists(before)) await rename(before, journal).catch(() => undefined)
      else if (!isThere) await removeProjectFiles(path)
      await lock.release()
      throw writeError(path, error)
    }
  }

  static async #resume(
    path: string,
    lock: ProjectLock,
    loaded: LoadedProject,
    { goodBytes, mark }: NonNullable<LoadedProject['journal']>,
    owner: JournalOwner,
  ): Promise<ProjectStore> {
    const hash = await hashOf(path)
    const journal = await Journal.resume(journalFile(path), mark.journal, goodBytes, {
      project: path,
      ...owner,
      mayWrite: () => lock.check(),
    })
    // What was adopted is not in the journal yet.
    const done = loaded.adopted ? loaded.state.done.slice(0, -1) : loaded.state.done
    const numbers = new JournalNumbers(
      mark.journal,
      mark.sequence,
      mark.edits,
      done.map(({ id }) => id),
      loaded.state.undone.map(({ id }) => id),
    )
    return new ProjectStore(path, lock, journal, numbers, loaded.savedSequence, loaded.version, hash)
  }

  /** For began and isAll see beginning. */
  static async #begin(
    path: string,
    lock: ProjectLock,
    state: HistoryState,
    began: Began | null,
    fileVersion: number,
    owner: JournalOwner,
    isAll = false,
  ): Promise<ProjectStore> {
    const { numbers, header, records, beganWith } = beginning(state, began, isAll)
    const hash = await hashOf(path)
    const journal = await Journal.create(journalFile(path), header, records, {
      project: path,
      ...owner,
      mayWrite: () => lock.check(),
    })
    const store = new ProjectStore(path, lock, journal, numbers, beganWith.sequence, fileVersion, hash)
    // A file that holds steps that were undone and replaced since fits no place of the new journal: it is written anew.
    if (began && began.step !== null && beganWith.sequence === 0) await store.save(state, store.position)
    return store
  }

  /** How many edits are not on the disk yet. */
  get unwrittenEdits(): number {
    return this.journal.unwrittenEdits + (this.#held ?? []).flatMap(({ events }) => events).filter(isEdit).length
  }

  /** Whether a crash would cost none of them: another folder keeps them. */
  get areKept(): boolean {
    return this.journal.isKept && this.#held === null
  }

  /**
   * Writes down what has happened. With urgent at once, else within a second. Never throws.
   * @param document the artist's, with what has happened
   */
  record(events: readonly HistoryEvent[], document: Project, urgent: boolean): void {
    if (this.#held) {
      this.#held.push({ events, document, urgent })
      return
    }
    this.journal.append(
      events.map((event) => this.numbers.next(event, document)),
      urgent,
    )
  }

  /** How far everything recorded so far has come: what is done later is not in a state taken now. */
  get position(): Required<JournalMark> {
    return this.numbers.mark
  }

  /** True once all that was recorded is on the disk, where the project is. */
  async flush(): Promise<boolean> {
    await this.#replacing
    return this.journal.flush()
  }

  /**
   * Writes the project file as it was at 'position'; the one before becomes the backup. Throws UserError; then the old
   * file is as it was: 'project-changed' where another program has changed it meanwhile. With replaceChanged that one
   * is kept under another name, which is returned.
   */
  async save(state: HistoryState, position: Required<JournalMark>, replaceChanged = false): Promise<string | null> {
    await this.flush()
    let keptAs: string | null = null
    try {
      await this.lock.check()
      const present = await hashOf(this.path)
      if (present !== null && present !== this.fileHash) {
        if (!replaceChanged) {
          throw new UserError(
            'project-changed',
            sentence`“${basename(this.path)}” was changed by another program since it was opened.`,
            sentence`Save under another name, or replace it; what is there is kept beside it then.`,
          )
        }
        keptAs = basename(await keepAside({ path: this.path, why: 'changed', copy: true }))
      }
      await this.#keepOldVersion()
      if (present !== null) await copyAtomic(this.path, backupFile(this.path))
      await this.#write(state, position)
    } catch (error) {
      throw writeError(this.path, error)
    }
    await this.#tighten(state, position)
    return keptAs
  }

  async #write({ own, findings }: HistoryState, position: Required<JournalMark>): Promise<void> {
    const mark: SavedMark = {
      ...position,
      home: this.path,
      foundCuts: clipsWithFoundCuts(own, findings),
      sharedCuts: sharedCuts(own, findings),
    }
    const content = encodeProjectFile(withFindings(own, findings), mark)
    await writeAtomic(this.path, content, () => this.lock.check())
    this.fileHash = sha256(content)
    this.savedSequence = mark.sequence
  }

  /**
   * A journal that has become large with drags, with what was undone and replaced, and with what has been found again
   * and again is written anew with the steps alone. At every moment file and journal belong together: the new journal
   * names the file, then the file is written once more and names the journal. What can not be written leaves everything
   * as it was.
   */
  async #tighten(state: HistoryState, position: Required<JournalMark>): Promise<void> {
    if (
      this.journal.bytes < Math.max(LARGE_BYTES, 2 * this.#leastBytes) ||
      this.numbers.mark.sequence !== position.sequence
    )
      return
    const { numbers, header, records } = beginning(withinBudget(state), { hash: this.fileHash, step: null }, true)
    const content = encodeJournal(header, records)
    this.#leastBytes = content.length
    if (2 * content.length > this.journal.bytes) return
    this.#held = []
    const replaced = this.journal.replace(numbers.journal, content).then(
      () => true,
      () => false,
    )
    this.#replacing = replaced.then((done) => {
      if (done) this.numbers = numbers
      const held = this.#held ?? []
      this.#held = null
      for (const { events, document, urgent } of held) this.record(events, document, urgent)
    })
    const at = numbers.mark
    await this.#replacing
    if (await replaced) await this.#write(state, at).catch(() => (this.savedSequence = at.sequence))
  }

  /** All after the last saving counts as never done. */
  giveUpUnsaved(): void {
    if (this.numbers.mark.sequence > this.savedSequence)
      this.journal.append([this.numbers.revert(this.savedSequence)], true)
  }

  /** Lets go of the project. Edits that were not saved come back at the next opening. */
  async close(): Promise<void> {
    await this.flush()
    await this.abandon()
  }

  /** Lets go of the files, whatever has become of them. */
  async abandon(): Promise<void> {
    this.#endWatch()
    await this.journal.close().catch(() => undefined)
    await this.lock.release()
  }

  /** Closes and removes all files: of an untitled project that was saved elsewhere, or is not wanted. */
  async remove(): Promise<void> {
    this.#endWatch()
    await this.journal.close().catch(() => undefined)
    await removeProjectFiles(this.path)
    await this.lock.release()
  }

  async #keepOldVersion(): Promise<void> {
    const copy = sideFile(this.path, `.version-${this.fileVersion}`)
    if (this.fileVersion < PROJECT_VERSION && !(await exists(copy)) && (await exists(this.path)))
      await copyAtomic(this.path, copy)
    this.fileVersion = PROJECT_VERSION
  }

  async #removeUnusedAssets({ own, done, undone, findings }: HistoryState): Promise<void> {
    const keep = assetsInHistory(own, [...done, ...undone], findings)
    // The backup may be older than the history's beginning.
    const backup = await loadProject(backupFile(this.path)).catch(() => null)
    if (backup) for (const id of assetsInHistory(backup.project, [])) keep.add(id)
    await this.assets.removeAllBut(keep)
  }
}

function takeLock(path: string, owner: JournalOwner, force = false): Promise<ProjectLock> {
  return ProjectLock.take(lockFile(path), path, {
    force,
    onLost: (error) =>
      owner.onHealth({ ok: false, error: isGone(error) ? goneError(path, error) : writeError(path, error) }, path),
  })
}

/** Removes a project's files, its assets too. Films are never among them. */
export async function removeProjectFiles(path: string): Promise<void> {
  for (const file of [path, journalFile(path), backupFile(path)]) await rm(file, { force: true }).catch(() => undefined)
  await rm(assetsFolder(path), { recursive: true, force: true }).catch(() => undefined)
}
