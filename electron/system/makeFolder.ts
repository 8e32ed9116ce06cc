/**
 * Makes a folder and those around it that are missing. Node.js does so as well ('recursive'), but asks for ever where a
 * folder is there in which none can be made and that says of each that it is missing: those of the system (/proc), and
 * those that a network mounts when one asks for them (/home, /net).
 */
import { mkdirSync, statSync } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errorCode } from './errorCode.ts'

/**
 * Throws the system's error where there is none afterwards.
 * @param mode permissions of those that are made; the system's own where left out
 */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  try {
    await mkdir(path, { mode })
  } catch (error) {
    if ((await stat(path).catch(() => null))?.isDirectory()) return
    if (errorCode(error) !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolder(dirname(path), mode)
    await mkdir(path, { mode }).catch(async (again: unknown) => {
      // Another process may have been quicker.
      if (!(await stat(path).catch(() => null))?.isDirectory()) throw again
    })
  }
}

/** The same, at once. */
export function makeFolderSync(path: string): void {
  const isThere = (): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  try {
    mkdirSync(path)
  } catch (error) {
    if (isThere()) return
    if (errorCode(error) !== 'ENOENT' || dirname(path) === path) throw error
    makeFolderSync(dirname(path))
    try {
      mkdirSync(path)
    } catch (again) {
      if (!isThere()) throw again
    }
  }
}
