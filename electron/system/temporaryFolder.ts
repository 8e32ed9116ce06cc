/**
 * Folders for a while, in the system's folder for temporary files. Where that is full, away or not to be written in, it
 * is said so: what a program has put there is then missing or cut short, which must not pass for a fault of the film.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { temporaryFolderError } from '../contract/temporaryFolder.ts'
import { errorCode } from './errorCode.ts'

const VARIABLE = process.platform === 'win32' ? 'TEMP' : 'TMPDIR'
/** With less room than this it is full. */
const ROOM_BYTES = 1 << 16

/** @returns what to throw instead of what came of using it: the error itself where that is not the system's */
export function temporaryTrouble(error: unknown, folder = tmpdir()): unknown {
  const code = errorCode(error)
  return /^E[A-Z]/.test(code) ? temporaryFolderError({ folder, code, variable: VARIABLE }) : error
}

/** @throws UserError where it can not be made */
export async function makeTemporary(prefix: string, parent = tmpdir()): Promise<string> {
  try {
    return await mkdtemp(join(parent, prefix))
  } catch (error) {
    throw temporaryTrouble(error, parent)
  }
}

/**
 * For whoever had another program write into such a folder.
 * @param isFull that program says so
 * @throws UserError where nothing more goes into it
 */
export async function mustHaveRoom(folder: string, isFull = false): Promise<void> {
  if (isFull) throw temporaryTrouble(Object.assign(new Error('said so'), { code: 'ENOSPC' }))
  // Several may try at once.
  const trial = join(folder, randomUUID())
  try {
    await writeFile(trial, Buffer.alloc(ROOM_BYTES))
  } catch (error) {
    throw temporaryTrouble(error)
  } finally {
    await rm(trial, { force: true }).catch(() => undefined)
  }
}
