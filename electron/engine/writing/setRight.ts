/** What is set right in a finished export before it is looked at: what ffmpeg has no option for, or writes wrongly. */
import { exportTags } from './colorTags.ts'
import { firstNumber, type ExportOrder } from './exportCommand.ts'
import { isMarkedLater, markFullRange } from './fullRange.ts'
import { labelMovie } from './movieLabel.ts'
import { correctMxfHead } from './mxfHead.ts'
import { completeHeads } from './pictureHeads.ts'
import { rangeOf } from './pictureFilters.ts'
import { timecodeFrom } from './startTimecode.ts'

/**
 * @param part file of the export, or folder of its pictures
 * @throws Error where it could not be done
 */
export async function setRight(part: string, order: ExportOrder, signal?: AbortSignal): Promise<void> {
  const { footage, layout, format, range, start, label } = order
  const { rate, pixelAspect } = footage.info
  if (format.container === 'mxf') {
    await correctMxfHead(part, { ...layout, range: rangeOf(format, layout) }, pixelAspect)
  } else if (format.container === 'matroska' && isMarkedLater(format, rangeOf(format, layout)))
    await markFullRange(part)
  else if (label && (format.container === 'mov' || format.container === 'mp4')) {
    await labelMovie(part, format.container, label)
  } else if (format.container === 'image2') {
    const run = {
      rate,
      first: firstNumber(footage, range),
      count: range.to - range.from,
      colors: exportTags(layout, footage.source, format),
      timecodeOf: (n: number) => timecodeFrom(start.timecode, n, rate),
      label,
    }
    await completeHeads(part, format, run, signal)
  }
}
