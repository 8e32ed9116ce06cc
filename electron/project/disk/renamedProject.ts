/**
 * A project file that was renamed or moved by hand leaves behind what lay beside it: the journal with its unsaved edits
 * and its undo history, the backup, the pictures. They get the file's new name.
 */
import { createReadStream } from 'node:fs'
import { cp, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { PROJECT_ENDING } from '../../contract/fileEndings.ts'
import { errorCode } from '../../system/errorCode.ts'
import { exists } from '../../system/present.ts'
import { JournalDecoder } from './journalFormat.ts'
import { readProjectFile } from './projectFile.ts'
import { assetsFolder, backupFile, journalFile, lockFile } from './projectFiles.ts'
import { ProjectLock } from './projectLock.ts'
import type { ProjectStore } from './projectStore.ts'

/** A journal says within these whose it is. */
const HEAD_BYTES = 2 ** 16
const JOURNAL = `${PROJECT_ENDING}-journal`

/** Which journal lies there; null where there is none that could be read. */
async function journalAt(path: string): Promise<string | null> {
  try {
    const decoder = new JournalDecoder()
    for await (const piece of createReadStream(path, { end: HEAD_BYTES - 1 })) decoder.push(piece as Buffer)
    return decoder.end()?.journal ?? null
  } catch {
    return null
  }
}

/** Names that the project file may have had: that of its last saving, and others whose journals lie beside it. */
async function namesBefore(path: string, home: string | undefined): Promise<string[]> {
  const folder = dirname(path)
  const beside = (await readdir(folder).catch(() => []))
    .filter((name) => name.endsWith(JOURNAL))
    .map((name) => join(folder, name.slice(0, -JOURNAL.length) + PROJECT_ENDING))
    // Of a name that was too long for its journal's the rest can not be told.
    .filter((file) => !/~[0-9a-f]{8}$/.test(basename(file, PROJECT_ENDING)))
  const known = home === undefined ? [] : [join(folder, basename(home)), home]
  return [...new Set([...known, ...beside])].filter((file) => file !== path)
}

/** Whether a file is that of a project which is open, renamed by hand meanwhile. */
export async function isRenamed(
  { path, position }: Pick<ProjectStore, 'path' | 'position'>,
  file: string,
): Promise<boolean> {
  if (await exists(path)) return false
  const read = await readProjectFile(file).catch(() => null)
  return read?.state === 'sound' && read.snapshot.mark?.journal === position.journal
}

async function move(from: string, to: string): Promise<void> {
  if (!(await exists(from)) || (await exists(to))) return
  await rename(from, to).catch(async (error: unknown) => {
    // To another disk.
    if (errorCode(error) !== 'EXDEV') throw error
    await cp(from, to, { recursive: true })
    await rm(from, { recursive: true, force: true })
  })
}

/**
 * To be called by whoever holds the file's lock. A file that was copied has nothing to fetch: what lies beside the
 * other one is that one's. Nor is anything taken from under a program that still has the project open by its old name.
 * What can not be moved stays.
 */
export async function fetchSideFiles(path: string): Promise<void> {
  if (await exists(journalFile(path))) return
  const own = await readProjectFile(path)
  if (own.state !== 'sound' && own.state !== 'doubtful') return
  const { mark } = own.snapshot
  if (!mark) return
  for (const before of await namesBefore(path, mark.home)) {
    if ((await exists(before)) || (await journalAt(journalFile(before))) !== mark.journal) continue
    const lock = await ProjectLock.take(lockFile(before), before).catch(() => null)
    if (!lock) continue
    try {
      await move(backupFile(before), backupFile(path))
      await move(assetsFolder(before), assetsFolder(path))
      await move(journalFile(before), journalFile(path))
      return
    } catch {
      // Each is found by itself, or told to be missing.
    } finally {
      await lock.release()
    }
  }
}
