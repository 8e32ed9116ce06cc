/**
 * The report (electron/report) of a film that bore an export's name before, whether that has replaced it or it was gone
 * by then: it says what was to be seen in another.
 */
import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { REPORT_HEAD, REPORT_TAIL } from '../../../contract/reportFile.ts'
import { sentence, type Sentence } from '../../../contract/sentence.ts'
import { standingSideFile } from '../../../system/sideFile.ts'
import { whyNotWritten } from './whyNotWritten.ts'

/**
 * @param path of the export
 * @param replaces the film of that report was there up to now
 * @returns what to tell the artist; nothing where there was none
 */
export async function removeReport(path: string, replaces: boolean): Promise<Sentence[]> {
  const report = await standingSideFile(path, REPORT_TAIL, REPORT_HEAD)
  if (report === null) return []
  const name = basename(report)
  try {
    await rm(report)
    return [
      replaces
        ? sentence`“${name}” was the report of the film that was replaced; it is removed.`
        : sentence`“${name}” was the report of an earlier film of that name; it is removed.`,
    ]
  } catch (error) {
    const why = whyNotWritten(path, error)
    return [
      replaces
        ? sentence`“${name}” is the report of the film that was replaced, and could not be removed. ${why}`
        : sentence`“${name}” is the report of an earlier film of that name, and could not be removed. ${why}`,
    ]
  }
}
