/**
 * How much the color cache may take: one limit for all processes that use the folder, kept in it. The editor writes it
 * when the artist sets it; the command line and every restart of the engine obey it. While nobody has set one, nothing
 * that is there is given up: the store may take the usual size, or as much as it was found with.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolderSync } from '../../system/makeFolder.ts'

/** Colorings of about ten hours of film. */
export const USUAL_LIMIT = 8 * 1024 ** 3
const FILE = 'limit.json'

/** Bytes; null where nobody has set a limit, or it can't be read. */
export function readCacheLimit(folder: string): number | null {
  try {
    const { bytes } = JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as { bytes?: unknown }
    return typeof bytes === 'number' && bytes >= 0 ? bytes : null
  } catch {
    return null
  }
}

/** A failure is of no account: the artist's preference is written again when the editor starts. */
export function writeCacheLimit(folder: string, bytes: number): void {
  const temporary = join(folder, `${FILE}.${process.pid}`)
  try {
    makeFolderSync(folder)
    writeFileSync(temporary, JSON.stringify({ bytes }))
    renameSync(temporary, join(folder, FILE))
  } catch {
    rmSync(temporary, { force: true })
  }
}
