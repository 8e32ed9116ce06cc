/** Names of files that belong to another and lie beside it, however long that one's name is. */
import { createHash } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { fittingName, isNameTooLong } from '../contract/fileNames.ts'

/**
 * The path with `tail` behind it. Where that is too long for a name the middle goes, and a digest of the whole name
 * takes its place, so that two long names that begin alike never share a file.
 */
export function sideFile(path: string, tail: string): string {
  const name = basename(path)
  if (!isNameTooLong(name + tail)) return path + tail
  const mark = createHash('sha256').update(name).digest('hex').slice(0, 8)
  return join(dirname(path), fittingName(name, `~${mark}${tail}`))
}
