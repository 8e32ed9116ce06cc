/** Remembers what is done: one small JSON file a part in the cache folder, read in well under a millisecond. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cacheFolder } from './root.ts'

/** Text values by name: what a part is made of (its key) or where it lies. */
export type Facts = Readonly<Record<string, string>>

const stampFile = (part: string): string => join(cacheFolder, `${part}.json`)

/** The facts noted for a part, if they were noted under the same key; null otherwise or when the note is damaged. */
export function readStamp(part: string, key: string): Facts | null {
  try {
    const stamp: unknown = JSON.parse(readFileSync(stampFile(part), 'utf8'))
    if (typeof stamp !== 'object' || stamp === null || !('key' in stamp) || !('facts' in stamp)) return null
    return stamp.key === key ? (stamp.facts as Facts) : null
  } catch {
    return null
  }
}

export function writeStamp(part: string, key: string, facts: Facts): void {
  const file = stampFile(part)
  mkdirSync(dirname(file), { recursive: true })
  const fresh = `${file}.${process.pid}`
  writeFileSync(fresh, `${JSON.stringify({ key, facts }, null, 2)}\n`)
  renameSync(fresh, file)
}
