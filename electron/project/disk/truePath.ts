/**
 * The one name of a project that may be called by several: links lead to their file, so that it is open once and saved
 * in its place.
 */
import { readdir, readlink, realpath, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { exists } from '../../system/present.ts'
import { readProjectFile } from './projectFile.ts'
import { journalFile } from './projectFiles.ts'

/** A path without symbolic links, also where there is no file yet. */
export async function withoutLinks(file: string): Promise<string> {
  const path = resolve(file)
  const real = await realpath(path).catch(() => null)
  if (real !== null) return real
  const target = await readlink(path).catch(() => null)
  if (target !== null) return withoutLinks(resolve(dirname(path), target))
  const folder = await realpath(dirname(path)).catch(() => dirname(path))
  return join(folder, basename(path))
}

async function isSameFile(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([a, b].map((path) => stat(path, { bigint: true }).catch(() => null)))
  return one != null && other != null && one.ino === other.ino && one.dev === other.dev
}

/**
 * Of several names of one file (hard links) the one that it was saved under; where that is gone, one in the same folder
 * that has a journal. Never throws.
 */
export async function truePath(file: string): Promise<string> {
  const path = await withoutLinks(file)
  const links = await stat(path).catch(() => null)
  if (!links?.isFile() || links.nlink < 2 || (await exists(journalFile(path)))) return path
  const read = await readProjectFile(path).catch(() => null)
  const home = read?.state === 'sound' ? read.snapshot.mark?.home : undefined
  if (home !== undefined && (await isSameFile(home, path))) return home
  const names = await readdir(dirname(path)).catch(() => [])
  for (const name of names.filter((each) => extname(each) === extname(path))) {
    const sibling = join(dirname(path), name)
    if ((await isSameFile(sibling, path)) && (await exists(journalFile(sibling)))) return sibling
  }
  return path
}
