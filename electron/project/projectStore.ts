/**
 * A project on the disk, held open by this program alone: the saved file, the journal of all that was done since, the
 * backup of the file before, and the assets. Whatever is interrupted, one of them brings the work back.
 */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { applyPatches } from 'immer'
import type { Project } from '../contract/projectDocument.ts'
import { PROJECT_VERSION } from '../contract/projectDocument.ts'
import { AssetFolder, assetsInHistory } from './assets.ts'
import { readError, writeError } from './diskErrors.ts'
import { asFindings, clipsWithFoundCuts, withFindings } from './findings.ts'
import type { HistoryState } from './history.ts'
import { JOURNAL_FORMAT, JOURNAL_VERSION, type JournalEvent, type JournalHeader, type JournalRecord } from './journalFormat.ts'
import { Journal, type JournalHealth } from './journal.ts'
import { loadProject, type LoadedProject, type SavedMark } from './loadProject.ts'
import { assetsFolder, backupFile, exists, journalFile, keepAside, lockFile } from './projectFiles.ts'
import { ProjectLock } from './projectLock.ts'
import { sideFile } from './sideFile.ts'
import { copyAtomic, writeAtomic } from './writeAtomic.ts'
import { sentence, type Sentence } from '../contract/sentence.ts'

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
function recordsOf({ done, undone, findings, lastFinding }: HistoryState): JournalRecord[] {
  const records: JournalRecord[] = []
  const push = (event: JournalEvent): void => void records.push({ ...event, seq: records.length + 1 } as JournalRecord)
  for (const finding of asFindings(findings)) push({ kind: 'found', id: lastFinding ?? randomUUID(), finding })
  for (const step of [...done, ...[...undone].reverse()]) push({ kind: 'step', step })
  for (let count = 0; count < undone.length; count++) push({ kind: 'undo' })
  return records
}

export class ProjectStore {
  readonly assets: AssetFolder

  private constructor(
    readonly path: string,
    private readonly lock: ProjectLock,
    private readonly journal: Journal,
    private readonly journalId: string,
    /** Number of the last record handed to the journal. */
    private sequence: number,
    private savedSequence: number,
    /** Version of the file on the disk: before one of an older version is replaced, a copy of it is kept. */
    private fileVersion: number,
  ) {
    this.assets = new AssetFolder(assetsFolder(path))
  }

  /**
   * Opens a project and brings back what a crash has left unsaved. Throws UserError: see loadProject; 'project-in-use'
   * where it is open elsewhere; 'target-not-writable' where nothing may be written beside it.
   */
  static async open(file: string, onHealth: (health: JournalHealth) => void): Promise<OpenedProject> {
    const path = resolve(file)
    if (!(await exists(path)) && !(await exists(journalFile(path)))) throw readError(path, Object.assign(new Error(path), { code: 'ENOENT' }))
    const lock = await ProjectLock.take(lockFile(path), path)
    try {
      const loaded = await loadProject(path)
      const notices = [...loaded.notices]
      for (const aside of loaded.aside) {
        notices.push(sentence`What was there is kept as “${basename(await keepAside(aside))}”.`)
      }
      const store = loaded.journal
        ? new ProjectStore(
            path,
            lock,
            await Journal.resume(journalFile(path), loaded.journal.goodBytes, onHealth),
            loaded.journal.id,
            loaded.journal.lastSequence,
            loaded.savedSequence,
            loaded.version,
          )
        : await ProjectStore.#begin(path, lock, loaded.state, loaded.hash, loaded.version, onHealth)
      // After any repair nothing is thrown away: what looks unused may be needed to restore more by hand.
      if (loaded.notices.length === 0) await store.#removeUnusedAssets(loaded.state)
      if (loaded.journal?.isOld) store.record([{ kind: 'findings-apart' }], true)
      if (loaded.adopted) store.record([{ kind: 'step', step: loaded.adopted }], true)
      return { store, loaded, notices }
    } catch (error) {
      await lock.release()
      throw writeError(path, error)
    }
  }

  /**
   * Makes a project at a place where the artist wants it; a project that is there already becomes the new one's backup.
   * Assets come from 'from'. Throws UserError where it is open elsewhere or can not be written; then nothing has changed.
   */
  static async create(file: string, state: HistoryState, from: AssetFolder | null, onHealth: (health: JournalHealth) => void): Promise<ProjectStore> {
    const path = resolve(file)
    const lock = await ProjectLock.take(lockFile(path), path)
    try {
      if (from) await new AssetFolder(assetsFolder(path)).copyFrom(from, assetsInHistory(state.own, [...state.done, ...state.undone]))
      const store = await ProjectStore.#begin(path, lock, state, null, PROJECT_VERSION, onHealth)
      await store.save(state, store.position)
      return store
    } catch (error) {
      await lock.release()
      throw writeError(path, error)
    }
  }

  static async #begin(path: string, lock: ProjectLock, state: HistoryState, beganAt: string | null, fileVersion: number, onHealth: (health: JournalHealth) => void): Promise<ProjectStore> {
    const journalId = randomUUID()
    const header: JournalHeader = { kind: 'header', format: JOURNAL_FORMAT, version: JOURNAL_VERSION, journal: journalId, start: startOf(state), beganAt }
    const records = recordsOf(state)
    const journal = await Journal.create(journalFile(path), header, records, onHealth)
    return new ProjectStore(path, lock, journal, journalId, records.length, 0, fileVersion)
  }

  /** Writes down what has happened. With urgent at once, else within a second. Never throws. */
  record(events: readonly JournalEvent[], urgent: boolean): void {
    this.journal.append(
      events.map((event) => ({ ...event, seq: ++this.sequence }) as JournalRecord),
      urgent,
    )
  }

  /** True once all that was recorded is on the disk. */
  flush(): Promise<boolean> {
    return this.journal.flush()
  }

  /** Number of the last record: what is done later is not in a state taken now. */
  get position(): number {
    return this.sequence
  }

  /**
   * Writes the project file as it was at 'sequence' (see position); the one before becomes the backup. Throws UserError;
   * then the old file is as it was.
   */
  async save({ own, findings }: Pick<HistoryState, 'own' | 'findings'>, sequence: number): Promise<void> {
    await this.journal.flush()
    const mark: SavedMark = { journal: this.journalId, sequence, foundCuts: clipsWithFoundCuts(own, findings) }
    try {
      await this.#keepOldVersion()
      await this.#keepBackup()
      await writeAtomic(this.path, `${JSON.stringify({ ...withFindings(own, findings), saved: mark }, null, 1)}\n`)
    } catch (error) {
      throw writeError(this.path, error)
    }
    this.savedSequence = sequence
  }

  /** Lets go of the project. Edits that were not saved come back at the next opening, unless they are given up. */
  async close(options: { readonly giveUpUnsaved: boolean }): Promise<void> {
    if (options.giveUpUnsaved && this.sequence > this.savedSequence) {
      this.record([{ kind: 'revert', to: this.savedSequence }], true)
    }
    await this.journal.close().catch(() => undefined)
    await this.lock.release()
  }

  /** Closes and removes all files: of an untitled project that was saved elsewhere, or is not wanted. */
  async remove(): Promise<void> {
    await this.journal.close().catch(() => undefined)
    await removeProjectFiles(this.path)
    await this.lock.release()
  }

  async #keepBackup(): Promise<void> {
    if (await exists(this.path)) await copyAtomic(this.path, backupFile(this.path))
  }

  async #keepOldVersion(): Promise<void> {
    const copy = sideFile(this.path, `.version-${this.fileVersion}`)
    if (this.fileVersion < PROJECT_VERSION && !(await exists(copy)) && (await exists(this.path))) await copyAtomic(this.path, copy)
    this.fileVersion = PROJECT_VERSION
  }

  async #removeUnusedAssets({ own, done, undone }: HistoryState): Promise<void> {
    const keep = assetsInHistory(own, [...done, ...undone])
    // The backup may be older than the history's beginning.
    const backup = await loadProject(backupFile(this.path)).catch(() => null)
    if (backup) for (const id of assetsInHistory(backup.project, [])) keep.add(id)
    await this.assets.removeAllBut(keep)
  }
}

/** Removes a project's files, its assets too. Films are never among them. */
export async function removeProjectFiles(path: string): Promise<void> {
  for (const file of [path, journalFile(path), backupFile(path)]) await rm(file, { force: true }).catch(() => undefined)
  await rm(assetsFolder(path), { recursive: true, force: true }).catch(() => undefined)
}
