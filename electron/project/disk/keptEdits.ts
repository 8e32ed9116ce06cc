/**
 * Edits that a project's own disk does not take, kept elsewhere until it does: in the program's folder or, where that
 * is full as well, in the system's for temporary files. One file a journal, only ever appended to: a line that says
 * which project it belongs to, then the records that wait, as the journal is going to hold them. Whoever opens the
 * project takes them in, so a crash on a full disk costs no edit.
 */
import { constants } from 'node:fs'
import { open, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { digest } from '../../content/digest.ts'
import { syncOpen, writeAt } from '../../system/durable.ts'
import { makeFolder } from '../../system/makeFolder.ts'
import { decodeLine, encodeLine, isEdit, JournalDecoder, withChecksum, type JournalRecord } from './journalFormat.ts'

const ENDING = '.edits'

const headSchema = z.object({ kind: z.literal('kept'), project: z.string(), at: z.number() })

/** Unsaved edits of a project that only their file holds. */
export interface KeptProject {
  readonly path: string
  /** How many edits there are. */
  readonly edits: number
  /** When the first of them could not be written, in ms since 1970. */
  readonly at: number
}

/** @param untitledFolder the program's own folder for projects */
export function foldersForKept(untitledFolder: string): string[] {
  // Of each user their own: others can not make files in it.
  return [join(untitledFolder, 'kept'), join(tmpdir(), `colornn-studio-kept-${process.getuid?.() ?? 'edits'}`)]
}

export class KeptEdits {
  /** @param folders the first that takes a file gets it; all are looked through */
  constructor(private readonly folders: readonly string[]) {}

  /**
   * Appends records of a project's journal. False where no folder takes them; then nothing more of them is there than
   * before, for whoever reads.
   */
  async keep(project: string, journal: string, records: readonly JournalRecord[]): Promise<boolean> {
    const name = nameOf(project, journal)
    const lines = records.map(encodeLine).join('')
    for (const folder of this.folders) {
      try {
        await makeFolder(folder, 0o700)
        await append(join(folder, name), withChecksum(JSON.stringify({ kind: 'kept', project, at: Date.now() })), lines)
        return true
      } catch {
        // The next folder may lie on another disk.
      }
    }
    return false
  }

  /** The records that are kept of a journal, by rising number; damaged ones are missing. */
  async find(project: string, journal: string): Promise<JournalRecord[]> {
    const found = await Promise.all(this.#paths(project, journal).map(readKept))
    const records = found.flatMap((kept) => kept?.records ?? []).filter((record) => record.journal === journal)
    const bySequence = new Map(records.map((record) => [record.seq, record]))
    return [...bySequence.values()].sort((a, b) => a.seq - b.seq)
  }

  /** Nothing of this journal has to be kept any more. */
  async forget(project: string, journal: string): Promise<void> {
    for (const path of this.#paths(project, journal)) await rm(path, { force: true }).catch(() => undefined)
  }

  /** Projects of which edits are kept. */
  async list(): Promise<KeptProject[]> {
    const found: KeptProject[] = []
    for (const path of await this.#all()) {
      const kept = await readKept(path)
      const edits = kept ? editsIn(kept.records) : 0
      if (kept && edits > 0) found.push({ path: kept.project, edits, at: kept.at })
    }
    return found
  }

  /** The artist does not want what is kept of this project. */
  async discard(project: string): Promise<void> {
    for (const path of await this.#all())
      if ((await readKept(path))?.project === project) await rm(path, { force: true })
  }

  #paths(project: string, journal: string): string[] {
    return this.folders.map((folder) => join(folder, nameOf(project, journal)))
  }

  async #all(): Promise<string[]> {
    const names = await Promise.all(this.folders.map((folder) => readdir(folder).catch(() => [])))
    return names.flatMap((each, n) =>
      each.filter((name) => name.endsWith(ENDING)).map((name) => join(this.folders[n]!, name)),
    )
  }
}

function nameOf(project: string, journal: string): string {
  return `${digest(project, journal)}${ENDING}`
}

/** Whole or not at all. Throws the system's error. */
async function append(path: string, head: string, lines: string): Promise<void> {
  // Not 'for appending': Windows shortens no file that is opened so, and a failed try would stay in it by half.
  const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600)
  try {
    const { size } = await file.stat()
    try {
      await writeAt(file, Buffer.from(size === 0 ? head + lines : lines, 'utf8'), size)
      await syncOpen(file)
    } catch (error) {
      await file.truncate(size).catch(() => undefined)
      throw error
    }
  } finally {
    await file.close()
  }
}

/** Edits beyond what was given up again. */
function editsIn(records: readonly JournalRecord[]): number {
  return records.reduce<JournalRecord[]>(
    (kept, record) =>
      record.kind === 'revert' ? kept.filter(({ seq }) => seq <= record.to) : isEdit(record) ? [...kept, record] : kept,
    [],
  ).length
}

interface ReadKept {
  readonly project: string
  readonly at: number
  readonly records: readonly JournalRecord[]
}

/** Null where there is no such file, or it does not say what it belongs to. */
async function readKept(path: string): Promise<ReadKept | null> {
  const bytes = await readFile(path).catch(() => null)
  if (!bytes) return null
  const end = bytes.indexOf(0x0a)
  try {
    const { project, at } = headSchema.parse(decodeLine(bytes.subarray(0, end)))
    const decoder = new JournalDecoder()
    decoder.push(bytes.subarray(end + 1))
    return { project, at, records: decoder.end()?.records ?? [] }
  } catch {
    return null
  }
}
