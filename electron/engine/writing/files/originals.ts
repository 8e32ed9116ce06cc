/**
 * Tells whether a target is one of the originals (contract/originals.ts), by whatever link or spelling it is reached.
 */
import type { BigIntStats } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { noOriginals, type Originals } from '../../../contract/originals.ts'
import type { Footage } from '../../reading/footage.ts'

/** How many files are looked at side by side; a long reel has more pictures than a process may have calls under way. */
const AT_ONCE = 64

interface Identity {
  readonly dev: bigint
  readonly ino: bigint
}

async function identityOf(path: string): Promise<BigIntStats | null> {
  return stat(path, { bigint: true }).catch(() => null)
}

/** The path without links, as far as it is there; what is not there yet keeps its name. */
async function realPath(path: string): Promise<string> {
  const whole = resolve(path)
  try {
    return await realpath(whole)
  } catch {
    const folder = dirname(whole)
    return folder === whole ? whole : join(await realPath(folder), basename(whole))
  }
}

/** Numbers are what the names of one run differ in. Accents may be stored composed or not. */
function shapeOf(name: string): string {
  return name.normalize('NFC').replace(/\d+/g, '#')
}

/** Also where the disk takes capitals and small letters for the same. */
function foldedName(path: string): string {
  return basename(path).normalize('NFC').toLowerCase()
}

/**
 * Of a run's folder, the pictures that may be the very file that a target is. A file of one name only can be no other
 * than that which is called like it, unless a picture is a link: a long run is not looked at one by one.
 * @param target where it is without links
 */
async function mayBe(target: string, { nlink }: BigIntStats, folder: string, shape: string): Promise<string[]> {
  const name = foldedName(target)
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => nlink !== 1n || entry.isSymbolicLink() || foldedName(entry.name) === name)
    .filter((entry) => shapeOf(entry.name) === shape)
    .map((entry) => join(folder, entry.name))
}

async function isAmong(target: Identity, paths: readonly string[]): Promise<boolean> {
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const found = await Promise.all(paths.slice(at, at + AT_ONCE).map(identityOf))
    if (found.some((file) => file !== null && file.ino === target.ino && file.dev === target.dev)) return true
  }
  return false
}

/**
 * True where writing to `target` would change an original: it is one (also one that is not there just now, as on a disk
 * that is not connected), lies in a folder of originals, or would become one more picture of a run.
 */
export async function isOriginal(target: string, { files, sequences, folders }: Originals): Promise<boolean> {
  const real = await realPath(target)
  const identity = await identityOf(target)
  for (const folder of folders) {
    const place = await realPath(folder)
    if (real === place || real.startsWith(place + sep)) return true
  }
  for (const file of [...files, ...sequences])
    if (resolve(file) === resolve(target) || (await realPath(file)) === real) return true
  const shape = shapeOf(basename(target))
  const runs: string[] = []
  for (const picture of sequences) {
    const folder = dirname(resolve(picture))
    const own = shapeOf(basename(picture))
    // By the folder it was asked for as well: a picture that is a link lies elsewhere.
    if (shape === own && (dirname(resolve(target)) === folder || dirname(real) === (await realPath(folder))))
      return true
    // A folder is none of the pictures.
    if (identity?.isFile()) runs.push(...(await mayBe(real, identity, folder, own)))
  }
  return identity !== null && (await isAmong(identity, [...files, ...runs]))
}

/** A film that is exported is an original of its own export, whatever else is. */
export function withFootage(
  { info, source }: Pick<Footage, 'info' | 'source'>,
  originals: Originals = noOriginals,
): Originals {
  return source.file.sequence === null
    ? { ...originals, files: [...originals.files, info.path] }
    : { ...originals, sequences: [...originals.sequences, info.path] }
}
