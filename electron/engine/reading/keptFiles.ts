/** Files in the cache's folder that cost time to make again and nothing else: the newest of a kind are kept. */
import { readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../../system/makeFolder.ts'

/** Counts as used just now, so that it is not among the oldest. */
export async function renewKept(file: string): Promise<void> {
  const now = new Date()
  await utimes(file, now, now).catch(() => undefined)
}

/**
 * Writes a file whole or not at all, and removes the oldest of its kind. A full disk is no error: what it would have
 * held is made again the next time.
 * @param suffix that all files of its kind end in
 * @param most how many of them are kept
 */
export async function writeKept(
  folder: string,
  name: string,
  bytes: Uint8Array,
  { suffix, most }: { readonly suffix: string; readonly most: number },
): Promise<void> {
  const temporary = join(folder, `${name}.${process.pid}`)
  try {
    await makeFolder(folder)
    await writeFile(temporary, bytes)
    await rename(temporary, join(folder, name))
    await dropOldest(folder, suffix, most)
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined)
  }
}

async function dropOldest(folder: string, suffix: string, most: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(suffix))
  if (names.length <= most) return
  const aged = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })))
  aged.sort((a, b) => a.at - b.at)
  for (const { name } of aged.slice(0, names.length - most)) await rm(join(folder, name), { force: true })
}
