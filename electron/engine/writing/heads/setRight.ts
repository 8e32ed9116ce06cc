/** What is set right in a finished export before it is looked at: what ffmpeg has no option for, or writes wrongly. */
import { exportTags } from '../filters/colorTags.ts'
import { firstNumber, pictureName, type PictureOrder } from '../segments/segmentCommand.ts'
import { isMarkedLater, markFullRange } from '../filters/fullRange.ts'
import type { JoinOrder } from '../carried/joinCommand.ts'
import { labelMovie } from './movieLabel.ts'
import { sayLanguages } from './movieLanguages.ts'
import { correctMxfHead } from './mxfHead.ts'
import { completeHeads, tooFewFrames } from './pictureHeads.ts'
import { rangeOf } from '../filters/pictureFilters.ts'
import { timecodeFrom } from '../startTimecode.ts'

/**
 * @param part file of the export
 * @throws Error where it could not be done
 */
export async function setRight(part: string, order: JoinOrder): Promise<void> {
  const { footage, layout, format, label, carried, captions } = order
  const range = rangeOf(format, layout)
  const { width, height, pixelAspect } = footage.info
  if (format.container === 'mxf') await correctMxfHead(part, { ...layout, width, height, range }, pixelAspect)
  else if (format.container === 'matroska' && isMarkedLater(format, range)) await markFullRange(part)
  else if (format.container === 'mov') {
    const beside = (await captions.found).place === 'line 21' ? [undefined] : []
    await sayLanguages(part, [undefined, ...beside, ...carried.carried.map(({ stream }) => stream.language)])
  }
  if (label && (format.container === 'mov' || format.container === 'mp4'))
    await labelMovie(part, format.container, label)
}

/**
 * The same of pictures that are files of their own.
 * @param first the first of them in the export
 * @throws Error where it could not be done
 */
export async function setPicturesRight(
  folder: string,
  order: PictureOrder,
  first: number,
  count: number,
): Promise<void> {
  const { footage, layout, format, range, start, label } = order
  const { rate } = footage.info
  const { pictures: originals } = footage.source
  const hasPlace = tooFewFrames(format, rate) === null
  const names = Array.from({ length: count }, (_, n) => pictureName(order, first + n))
  await completeHeads(folder, names, format, {
    rate,
    first: firstNumber(order) + first,
    count: range.to - range.from,
    colors: exportTags(layout, footage.source, format),
    // Where each field becomes a picture of its own there are more of them.
    originalOf: (n: number) =>
      originals?.count === footage.info.frameCount ? originals.pathOf(range.from + first + n) : null,
    timecodeOf: (n: number) => (hasPlace ? timecodeFrom(start.timecode, first + n, rate) : null),
    label,
  })
}
