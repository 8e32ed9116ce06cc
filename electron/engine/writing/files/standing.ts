/**
 * What stands at a target when an export is ordered. An artist who agrees to its replacing means that very file:
 * another that comes to be there later, while the export waits, runs or is done again after a crash, is never replaced.
 */
import { lstat } from 'node:fs/promises'

/** A file or folder as it is at one moment, to be compared with another moment; null where there is none. */
export type Standing = string | null

/** By path. */
export type Standings = Readonly<Record<string, Standing>>

export async function standingsAt(paths: readonly string[]): Promise<Standings> {
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await standingAt(path)] as const)))
}

export async function standingAt(path: string): Promise<Standing> {
  const there = await lstat(path, { bigint: true }).catch(() => null)
  return there && [there.dev, there.ino, there.size, there.mtimeNs].join(' ')
}
