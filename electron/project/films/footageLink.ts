/** How a project finds its films, wherever both were moved, and notices when a film is no longer the same. */
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { filmIdentity, identityBefore, PICTURE_DIGITS } from '../../content/filmIdentity.ts'
import type { FootageLink, ReplacedPictures } from '../../contract/projectDocument.ts'
import { readError } from '../disk/diskErrors.ts'
import { continuedLink, replacedCount, replacedPictures } from './replacedPictures.ts'

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
 * @param before the link whose place it takes: of a run that goes on with the same pictures, colors are kept
 */
export async function linkFootage(path: string, projectPath: string, before?: FootageLink): Promise<FootageLink> {
  const absolutePath = resolve(path)
  try {
    const [{ mtimeMs }, { hash, bytes, pictures }] = await Promise.all([stat(absolutePath), filmIdentity(absolutePath)])
    const link = {
      relativePath: relativeTo(projectPath, absolutePath),
      absolutePath,
      bytes,
      modified: Math.round(mtimeMs),
      hash,
      ...(pictures !== null && { pictures }),
    }
    return before ? continuedLink(before, link) : link
  } catch (error) {
    throw readError(absolutePath, error)
  }
}

/** The link for a project at another place; the film itself is not looked at. */
export function rebase(link: FootageLink, projectPath: string): FootageLink {
  return { ...link, relativePath: relativeTo(projectPath, link.absolutePath) }
}

/**
 *   found     the same film, at 'path'; elsewhere than recorded if 'moved'. Some pictures of a run may have been
 *             replaced
 *   changed   there is a film at 'path', but not the one that the colors were made for; or a run of another length
 *   missing   nothing there
 */
export type FootageState =
  | { readonly state: 'found'; readonly path: string; readonly moved: boolean; readonly run?: Run }
  | { readonly state: 'changed'; readonly path: string; readonly run?: Run }
  | { readonly state: 'missing' }

/** A film of numbered pictures. */
interface Run {
  /** As they are now; see footageLinkSchema. */
  readonly pictures: string
  /** Those that are others than when it was linked. */
  readonly replaced: readonly ReplacedPictures[]
  /** Where they lie, in order. */
  readonly files: readonly string[]
}

interface Comparison {
  /** 'partly': a run as long as it was, some of whose pictures were replaced. */
  readonly same: 'wholly' | 'partly' | 'not'
  readonly run?: Run
}

/** Null where there is nothing. */
async function compare(path: string, link: FootageLink): Promise<Comparison | null> {
  try {
    const { hash, pictures, files } = await filmIdentity(path)
    if (link.pictures !== undefined && pictures !== null) {
      const replaced = replacedPictures(link.pictures, pictures)
      const isOther =
        pictures.length !== link.pictures.length || replacedCount(replaced) * PICTURE_DIGITS === pictures.length
      return { same: isOther ? 'not' : replaced.length > 0 ? 'partly' : 'wholly', run: { pictures, replaced, files } }
    }
    const isSame =
      hash === link.hash || ((await stat(path)).size === link.bytes && (await identityBefore(path)) === link.hash)
    const same = isSame ? 'wholly' : 'not'
    if (pictures === null) return { same }
    // Which pictures of the run are others was not written down in projects of before: each may be.
    return { same, run: { pictures, replaced: isSame ? [] : [{ from: 0, pictures }], files } }
  } catch {
    return null
  }
}

/**
 * Whether what was found lies there still. To be asked once the film is open: what is opened under a path need not be
 * what was looked at there a moment before.
 */
export async function lookAgain(
  { path, run }: Extract<FootageState, { readonly state: 'found' }>,
  link: FootageLink,
): Promise<FootageState['state']> {
  const now = await compare(path, link)
  if (!now) return 'missing'
  return now.same !== 'not' && now.run?.pictures === run?.pictures ? 'found' : 'changed'
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
 * Looks for a clip's film: at its relative path, at its absolute path and, with 'search', by name in the project's
 * folder and below it. Only the very same film (size and hash) is taken from elsewhere. Never throws.
 */
export async function locateFootage(
  link: FootageLink,
  projectPath: string,
  { search }: { readonly search: boolean },
): Promise<FootageState> {
  const folder = dirname(resolve(projectPath))
  const expected = link.relativePath === null ? [] : [resolve(folder, link.relativePath)]
  if (!expected.includes(link.absolutePath)) expected.push(link.absolutePath)
  let partly: FootageState | null = null
  let changed: FootageState | null = null
  for (const path of expected) {
    const compared = await compare(path, link)
    if (!compared) continue
    const { same, ...run } = compared
    const found: FootageState = { state: 'found', path, moved: path !== link.absolutePath, ...run }
    if (same === 'wholly') return found
    if (same === 'partly') partly ??= found
    else changed ??= { state: 'changed', path, ...run }
  }
  if (partly) return partly
  const names = new Set(search ? [basename(link.absolutePath), link.absolutePath.split(/[\\/]/).at(-1)!] : [])
  for (const name of names) {
    for await (const path of filesCalled(name, folder)) {
      const { same, ...run } = (await compare(path, link)) ?? { same: 'not' }
      if (same === 'wholly') return { state: 'found', path, moved: true, ...run }
    }
  }
  return changed ?? { state: 'missing' }
}
