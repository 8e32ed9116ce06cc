/** Writes what was found in a film as a report (reportHtml.ts): where somebody has said, or beside the film. */
import type { Inspection } from '../contract/inspection.ts'
import { REPORT_HEAD, REPORT_TAIL } from '../contract/reportFile.ts'
import { freeSideFile } from '../system/sideFile.ts'
import type { Language } from '../text/language.ts'
import { placesToShow, reportHtml } from './reportHtml.ts'
import { writeChosen } from './writeChosen.ts'

/** Small JPEG pictures of the film's frames, in the order in which they are named; null where one can not be had. */
export type PicturesOf = (frames: readonly number[]) => Promise<readonly (Uint8Array | null)[]>

/** Whole or not at all. Throws what the pictures throw, and UserError where nothing can be written. */
export async function writeReport(
  target: string,
  inspection: Inspection,
  picturesOf: PicturesOf,
  language: Language,
): Promise<void> {
  const frames = placesToShow(inspection)
  const pictures = await picturesOf(frames)
  const shown = new Map(frames.flatMap((frame, n) => (pictures[n] ? [[frame, pictures[n]] as const] : [])))
  await writeChosen(target, reportHtml(inspection, shown, language, new Date()))
}

/**
 * Beside the film, by its name; in the place of an earlier report, but of nothing else.
 * @param film the file, or the folder of pictures
 * @returns where it lies
 */
export async function writeReportBeside(
  film: string,
  inspection: Inspection,
  picturesOf: PicturesOf,
  language: Language,
): Promise<string> {
  const target = await freeSideFile(film, REPORT_TAIL, REPORT_HEAD)
  await writeReport(target, inspection, picturesOf, language)
  return target
}
