/** Names of files that belong to another and lie beside it, however long that one's name is. */
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fittingName, isNameTooLong } from '../contract/fileNames.ts'
import { errorCode } from './errorCode.ts'

/** Beyond 'film.mkv (99).html' it is not the name that is in the way. */
const MOST_NAMES = 99

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

/** What stands at a name: nothing, a file that begins with `head`, or something else. */
async function standsAt(path: string, head: Buffer): Promise<'nothing' | 'own' | 'other'> {
  try {
    const file = await open(path, 'r')
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(head.length), 0, head.length, 0)
      return bytesRead === head.length && buffer.equals(head) ? 'own' : 'other'
    } finally {
      await file.close()
    }
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? 'nothing' : 'other'
  }
}

/**
 * The first such name at which nothing stands, or an earlier file of the same kind, which may be replaced.
 * @param head how all files of the kind begin
 * @throws an error of code 'EEXIST' where all names are taken
 */
export async function freeSideFile(path: string, tail: string, head: string): Promise<string> {
  for (let number = 1; number < MOST_NAMES; number++) {
    const name = sideFile(path, number === 1 ? tail : ` (${number})${tail}`)
    if ((await standsAt(name, Buffer.from(head))) !== 'other') return name
  }
  throw Object.assign(new Error('all names are taken'), { code: 'EEXIST' })
}

/** The file of that kind which stands there; null where there is none. */
export async function standingSideFile(path: string, tail: string, head: string): Promise<string | null> {
  const name = await freeSideFile(path, tail, head).catch(() => null)
  return name !== null && (await standsAt(name, Buffer.from(head))) === 'own' ? name : null
}
