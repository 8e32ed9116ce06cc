/** The record of an export, as it lies beside its file. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { exportRecordSchema, RECORD_TAIL, type ExportRecord } from '../../contract/exportRecord.ts'
import { sideFile } from '../../system/sideFile.ts'

/**
 * The record that lies beside an export, if there is a readable one of it.
 * @param path of the file or the folder of pictures
 */
export async function recordBeside(path: string): Promise<ExportRecord | null> {
  try {
    const record = exportRecordSchema.parse(JSON.parse(await readFile(sideFile(path, RECORD_TAIL), 'utf8')))
    return record.file.name === basename(path) ? record : null
  } catch {
    return null
  }
}
