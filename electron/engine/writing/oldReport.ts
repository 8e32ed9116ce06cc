/** The report (electron/report) of a film that an export has replaced: it says what was to be seen in another. */
import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { REPORT_HEAD, REPORT_TAIL } from '../../contract/reportFile.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { standingSideFile } from '../../system/sideFile.ts'
import { whyNotWritten } from './whyNotWritten.ts'

/**
 * @param path of the export
 * @returns what to tell the artist; nothing where there was none
 */
export async function removeReport(path: string): Promise<Sentence[]> {
  const report = await standingSideFile(path, REPORT_TAIL, REPORT_HEAD)
  if (report === null) return []
  const name = basename(report)
  try {
    await rm(report)
    return [sentence`“${name}” was the report of the film that was replaced; it is removed.`]
  } catch (error) {
    return [
      sentence`“${name}” is the report of the film that was replaced, and could not be removed. ${whyNotWritten(path, error)}`,
    ]
  }
}
