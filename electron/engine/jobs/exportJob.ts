/** Writes a colored film: the source's own luma, and chroma brought to full size along it. */
import { exportFormat, type ExportFormatId, type SizesWish } from '../../contract/formats.ts'
import type { Originals } from '../../contract/originals.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { FullSizeComposer } from '../compose/fullSizeFrame.ts'
import type { ComposedColoring } from '../film/composition.ts'
import type { Film } from '../film/film.ts'
import { keepsOwn, lostLockAt, type FilmView } from '../film/filmView.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import type { Planes } from '../picture/pixelLayout.ts'
import type { SourceFrame } from '../reading/footage.ts'
import { sizeOfFootage } from '../reading/sizedFootage.ts'
import { timecodeFrom } from '../writing/startTimecode.ts'
import { CarryingFailed, checkTarget, openFilmWriter, type FilmWriterOptions } from '../writing/encode.ts'
import { writtenLayout } from '../writing/encoders.ts'
import { writeRecord } from '../writing/exportRecord.ts'
import type { PartRegister } from '../writing/partFiles.ts'
import type { Standings } from '../writing/standing.ts'
import type { Carrying } from '../writing/tryCarried.ts'
import { colorAll } from './colorAll.ts'
import type { ColoringContext } from './coloring.ts'
import { keptSentence } from './colorizeJob.ts'
import { composedFrame } from './composedFrame.ts'
import { FrameColors, isSynthetic, labelOf, recordOf, type Maker } from './exportRecord.ts'
import { exportParts, keptPartsSentence, partsSentence, type ExportPart } from './exportParts.ts'
import type { JobReport } from './jobReport.ts'
import { ResizedFrames } from './resizedFrames.ts'
import { allDamage, tellDamage } from './tellDamage.ts'
import { traceWait } from './trace.ts'

export interface ExportOrder {
  readonly target: string
  readonly format: ExportFormatId
  readonly range: FrameRange
  /** Of films whose pictures change their size; 'largest' when left out. */
  readonly sizes?: SizesWish
  readonly overwrite: boolean
  /** Timecode of the first frame; what follows from the film's own when left out. */
  readonly timecode?: string | undefined
  /** See writing/standing.ts. */
  readonly standing?: Standings | undefined
  /** What must not be written over beside the film itself. */
  readonly originals?: Originals
  /** Where the unfinished file is noted. */
  readonly parts: PartRegister
  /** The document as it was when the export was ordered. */
  readonly view: FilmView
  /** Who makes it, and what the project says of it; without that there is no record. */
  readonly maker?: Maker | undefined
}

/** What writes a part of the order, as a writer wants to know it. */
function writerOptions({ footage, range, target }: ExportPart, order: ExportOrder): FilmWriterOptions {
  const { standing, timecode, ...same } = order
  return {
    ...same,
    label: order.maker && isSynthetic(order.view, range) ? labelOf(order.maker) : null,
    range,
    target,
    footage,
    layout: writtenLayout(footage.layout, exportFormat(order.format)),
    standing: standing && (standing[target] ?? null),
    // One that does not exist is refused as it was typed.
    timecode: timecode && (timecodeFrom(timecode, range.from - order.range.from, footage.info.rate) ?? timecode),
  }
}

/** Throws what runExport would before it computes anything. */
export async function checkExport(film: Film, order: ExportOrder): Promise<void> {
  for (const part of exportParts(film, order)) await checkTarget(film.tools, writerOptions(part, order))
}

/**
 * Throws UserErrors of openFilmWriter before anything is computed, and leaves no half file when it fails later. Parts
 * that were whole by then are kept, and told.
 */
export async function runExport(
  film: Film,
  order: ExportOrder,
  context: ColoringContext,
  report: JobReport,
): Promise<void> {
  await context.turn()
  const parts = exportParts(film, order)
  if (parts.length > 1) await checkExport(film, order)
  const written: string[] = []
  try {
    for (const part of parts) written.push(await writePart(film, part, order, context, report))
  } catch (error) {
    if (written.length > 0) report.addNotes([keptPartsSentence(written)])
    throw error
  }
  report.setTargets(written)
  if (parts.length > 1) report.addNotes([partsSentence(film, parts, written)])
}

/**
 * Where ffmpeg gives up midway for something that is carried over, the part is written again with more care for that,
 * at last without it: its colors are computed by then. Gives the name that the part has in the end.
 */
async function writePart(
  film: Film,
  part: ExportPart,
  order: ExportOrder,
  context: ColoringContext,
  report: JobReport,
): Promise<string> {
  const begun = report.mark()
  for (const carrying of ['tried', 'tried whole'] as const) {
    try {
      return await writeOnce(film, part, order, carrying, context, report)
    } catch (error) {
      if (!(error instanceof CarryingFailed)) throw error
      report.returnTo(begun)
    }
  }
  return writeOnce(film, part, order, 'nothing', context, report)
}

async function writeOnce(
  film: Film,
  part: ExportPart,
  order: ExportOrder,
  carrying: Carrying,
  context: ColoringContext,
  report: JobReport,
): Promise<string> {
  await context.turn()
  const { footage, range } = part
  const writer = await openFilmWriter(film.tools, { ...writerOptions(part, order), carrying, signal: context.signal })
  const composer = new FullSizeComposer(
    footage.layout,
    writtenLayout(footage.layout, exportFormat(order.format)),
    film,
    true,
  )
  // Colors are found in the film's first size, which all of it is worked on in; pictures of another are read in theirs
  // as well.
  const resized = footage === film.footage ? null : new ResizedFrames(film, footage, range, context.signal)
  report.addNotes(writer.warnings)
  const colors = new FrameColors()
  let lost = 0
  let lostRegions = 0
  try {
    // While the networks color a frame, the one before is brought to full size, and the encoder has the one before
    // that.
    let writing: Promise<void> = Promise.resolve()
    for await (const colored of colorAll(film, order.view, range, context)) {
      const { luma, segment } = colored
      const source = resized ? await resized.next() : colored.source
      const coloring = keepsOwn(order.view, source.number) ? null : await composedFrame(film, order.view, colored)
      const planes = coloring ? compose(source, luma, coloring) : Promise.resolve(composer.keep(source))
      colors.add(source.number, coloring)
      if (lostLockAt(order.view, source.number, film.isStored)) lostRegions++
      if (segment.kind === 'kept' && !film.isStored(segment.key, source.number)) lost++
      const before = writing
      writing = Promise.all([planes, before]).then(async ([ready]) => {
        await writer.write(ready)
        composer.recycle(ready)
        report.addFrame(source.number)
      })
      writing.catch(() => undefined)
      await traceWait('encoder', () => before)
    }
    await writing
    await tellDamage(film, report, context.signal, allDamage(film, range))
    report.addNotes(film.footage.source.sizes.notes(range, sizeOfFootage(footage)))
    const finished = await traceWait('finish', () => writer.finish())
    report.addNotes(finished.notes)
    report.addFound(finished.found)
    const losses: Sentence[] = []
    if (lost > 0) losses.push(keptSentence(lost))
    if (lostRegions > 0) losses.push(regionSentence(lostRegions))
    report.addNotes(losses)
    if (order.maker) {
      const written = { finished, range, order, before: [...writer.warnings, ...losses] }
      report.addNotes(await writeRecord(finished.path, recordOf(film, order.maker, colors, written)))
    }
    return finished.path
  } catch (error) {
    await writer.abort()
    throw error
  } finally {
    await resized?.close()
    await composer.close()
  }

  function compose(source: SourceFrame, luma: NetworkLuma, coloring: ComposedColoring): Promise<Planes> {
    return resized ? resized.compose(composer, source, coloring.chroma) : composer.compose(source, luma, coloring)
  }
}

function regionSentence(count: number): Sentence {
  return count === 1
    ? sentence`What a locked region keeps was no longer there on one frame; there it shows the colors of the rest.`
    : sentence`What a locked region keeps was no longer there on ${count} frames; there it shows the colors of the rest.`
}
