/** The record of an export (contract/exportRecord.ts) on the disk, beside the finished film. */
import { open } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { exportRecordSchema, RECORD_FORMAT, RECORD_TAIL, type ExportRecord } from '../../contract/exportRecord.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { errorCode } from '../../system/errorCode.ts'
import { sideFile } from '../../system/sideFile.ts'
import { writeAtomic } from '../../system/writeAtomic.ts'

/** Beyond 'film.mkv (99).colornn.json' it is not the name that is in the way. */
const MOST_NAMES = 99

/** How every record begins. */
const HEAD = Buffer.from(`{\n "format": "${RECORD_FORMAT}"`)

/** Nothing stands there, or the record of an export of this name that is gone or is being replaced. */
async function isFree(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'r')
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD.length), 0, HEAD.length, 0)
      return bytesRead === HEAD.length && buffer.equals(HEAD)
    } finally {
      await file.close()
    }
  } catch (error) {
    return errorCode(error) === 'ENOENT'
  }
}

/** @param film the finished file, or folder of pictures */
async function freeName(film: string): Promise<string> {
  for (let number = 1; number < MOST_NAMES; number++) {
    const path = sideFile(film, number === 1 ? RECORD_TAIL : ` (${number})${RECORD_TAIL}`)
    if (await isFree(path)) return path
  }
  throw Object.assign(new Error('all names are taken'), { code: 'EEXIST' })
}

/**
 * Written whole or not at all. The film is finished by then: a record that can not be written costs it nothing.
 * @param film the finished file, or folder of pictures
 * @returns what to tell the artist; nothing where all is as it should be
 */
export async function writeRecord(film: string, record: ExportRecord): Promise<Sentence[]> {
  try {
    const path = await freeName(film)
    await writeAtomic(path, `${JSON.stringify(exportRecordSchema.parse(record), null, 1)}\n`)
    if (path === sideFile(film, RECORD_TAIL)) return []
    return [sentence`The name of the record of “${basename(film)}” was taken; it is called “${basename(path)}”.`]
  } catch (error) {
    const folder = dirname(resolve(film))
    const why = errorCode(error) || (error instanceof Error ? error.name : String(error))
    return [
      sentence`“${basename(film)}” is finished and whole, but the record of it could not be written in the folder “${folder}”: ${why}.`,
    ]
  }
}
