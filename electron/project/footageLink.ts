/** How a project finds its films, wherever both were moved, and notices when a film is no longer the same. */
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { filmIdentity, identityBefore } from '../content/filmIdentity.ts'
import type { FootageLink } from '../contract/projectDocument.ts'
import { readError } from './diskErrors.ts'

/** How many files are looked at, at most, when a film is searched for beside its project. */
const SEARCH_LIMIT = 20_000
const SEARCH_DEPTH = 3

/** With forward slashes, so that a project made on one system opens on another; null across drives. */
function relativeTo(projectPath: string, path: string): string | null {
  const way = relative(dirname(resolve(projectPath)), path)
  return isAbsolute(way) || way === '' ? null : way.split(sep).join('/')
}

/**
 * Describes a film for a project that lies (or will lie) at projectPath. A run of numbered pictures is found by the one
 * it was opened by, and known by all of them. Throws UserError where the film can not be read.
 */
export async function linkFootage(path: string, projectPath: string): Promise<FootageLink> {
  const absolutePath = resolve(path)
  try {
    const [{ mtimeMs }, { hash, bytes }] = await Promise.all([stat(absolutePath), filmIdentity(absolutePath)])
    return { relativePath: relativeTo(projectPath, absolutePath), absolutePath, bytes, modified: Math.round(mtimeMs), hash }
  } catch (error) {
    throw readError(absolutePath, error)
  }
}

/** The link for a project at another place; the film itself is not looked at. */
export function rebase(link: FootageLink, projectPath: string): FootageLink {
  return { ...link, relativePath: relativeTo(projectPath, link.absolutePath) }
}

/**
 *   found     the same film, at 'path'; elsewhere than recorded if 'moved'
 *   changed   there is a film at 'path', but not the one that the colors were made for
 *   missing   nothing there
 */
export type FootageState =
  | { readonly state: 'found'; readonly path: string; readonly moved: boolean }
  | { readonly state: 'changed'; readonly path: string }
  | { readonly state: 'missing' }

/** Null where there is nothing. */
async function isSame(path: string, link: FootageLink): Promise<boolean | null> {
  try {
    if ((await filmIdentity(path)).hash === link.hash) return true
    const { size } = await stat(path)
    return size === link.bytes && (await identityBefore(path)) === link.hash
  } catch {
    return null
  }
}

/** Files called 'name' in a folder and a few levels below it; folders that can not be read are passed over. */
async function* filesCalled(name: string, folder: string): AsyncGenerator<string> {
  let seen = 0
  const queue = [{ folder, depth: 0 }]
  for (let next = queue.shift(); next && seen < SEARCH_LIMIT; next = queue.shift()) {
    for (const entry of await readdir(next.folder, { withFileTypes: true }).catch(() => [])) {
      seen++
      if (entry.isFile() && entry.name === name) yield join(next.folder, entry.name)
      else if (entry.isDirectory() && next.depth < SEARCH_DEPTH && !entry.name.startsWith('.')) {
        queue.push({ folder: join(next.folder, entry.name), depth: next.depth + 1 })
      }
    }
  }
}

/**
 * Looks for a clip's film: at its relative path, at its absolute path and, with 'search', by name in the project's folder
 * and below it. Only the very same film (size and hash) is taken from elsewhere. Never throws.
 */
export async function locateFootage(link: FootageLink, projectPath: string, { search }: { readonly search: boolean }): Promise<FootageState> {
  const folder = dirname(resolve(projectPath))
  const expected = link.relativePath === null ? [] : [resolve(folder, link.relativePath)]
  if (!expected.includes(link.absolutePath)) expected.push(link.absolutePath)
  let changed: string | null = null
  for (const path of expected) {
    const same = await isSame(path, link)
    if (same) return { state: 'found', path, moved: path !== link.absolutePath }
    if (same === false) changed ??= path
  }
  const names = new Set(search ? [basename(link.absolutePath), link.absolutePath.split(/[\\/]/).at(-1)!] : [])
  for (const name of names) {
    for await (const path of filesCalled(name, folder)) {
      if (await isSame(path, link)) return { state: 'found', path, moved: true }
    }
  }
  return changed === null ? { state: 'missing' } : { state: 'changed', path: changed }
}
