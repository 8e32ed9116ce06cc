/** The record of an export (contract/exportRecord.ts) on the disk, beside the finished film. */
import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { exportRecordSchema, RECORD_FORMAT, RECORD_TAIL, type ExportRecord } from '../../../contract/exportRecord.ts'
import { sentence, type Sentence } from '../../../contract/sentence.ts'
import { freeSideFile, sideFile, standingSideFile } from '../../../system/sideFile.ts'
import { writeAtomic } from '../../../system/writeAtomic.ts'
import { whyNotWritten } from './whyNotWritten.ts'

/** How every record begins. */
const HEAD = `{\n "format": "${RECORD_FORMAT}"`

/**
 * Written whole or not at all, and then what lay there of an earlier film is gone too. The film is finished by then: a
 * record that can not be written costs it nothing.
 * @param film the finished file, or folder of pictures
 * @returns what to tell the artist; nothing where all is as it should be
 */
export async function writeRecord(film: string, record: ExportRecord): Promise<Sentence[]> {
  try {
    const path = await freeSideFile(film, RECORD_TAIL, HEAD)
    await writeAtomic(path, `${JSON.stringify(exportRecordSchema.parse(record), null, 1)}\n`)
    if (path === sideFile(film, RECORD_TAIL)) return []
    return [sentence`The name of the record of “${basename(film)}” was taken; it is called “${basename(path)}”.`]
  } catch (error) {
    const why = whyNotWritten(film, error)
    // One of an earlier film of that name would be taken for this one's.
    const other = await standingSideFile(film, RECORD_TAIL, HEAD)
    if (other !== null) await rm(other, { force: true }).catch(() => undefined)
    return [sentence`“${basename(film)}” is finished and whole, but the record of it could not be written. ${why}`]
  }
}
