/** Writes a colored film: the source's own luma, and chroma brought to full size along it. */
import type { ExportFormatId } from '../../contract/formats.ts'
import type { Originals } from '../../contract/originals.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { FullSizeComposer } from '../compose/fullSizeFrame.ts'
import type { ComposedColoring } from '../film/composition.ts'
import type { Film } from '../film/film.ts'
import { keepsOwn, lostLockAt, type FilmView } from '../film/filmView.ts'
import { decodeFrames } from '../reading/decode.ts'
import type { Footage, SourceFrame } from '../reading/footage.ts'
import { sizedFootage } from '../reading/sizedFootage.ts'
import { CarryingFailed, checkTarget, openFilmWriter, type FilmWriterOptions } from '../writing/encode.ts'
import { coloredLayout } from '../writing/encoders.ts'
import type { PartRegister } from '../writing/partFiles.ts'
import type { Standing } from '../writing/standing.ts'
import type { Carrying } from '../writing/tryCarried.ts'
import { colorAll, type ColoredSourceFrame } from './colorAll.ts'
import type { ColoringContext } from './coloring.ts'
import { keptSentence } from './colorizeJob.ts'
import { composedFrame } from './composedFrame.ts'
import type { JobReport } from './jobReport.ts'
import { allDamage, tellDamage } from './tellDamage.ts'
import { traceWait } from './trace.ts'

export interface ExportOrder {
  readonly target: string
  readonly format: ExportFormatId
  readonly range: FrameRange
  readonly overwrite: boolean
  /** See writing/standing.ts. */
  readonly standing?: Standing | undefined
  /** What must not be written over beside the film itself. */
  readonly originals?: Originals
  /** Where the unfinished file is noted. */
  readonly parts: PartRegister
  /** The document as it was when the export was ordered. */
  readonly view: FilmView
}

/** What writes the order, as a writer wants to know it. */
function writerOptions(footage: Footage, order: ExportOrder): FilmWriterOptions {
  return { ...order, footage, layout: coloredLayout(footage.layout) }
}

/** The film in the size that the order is written in: the largest that its part of the film has, so that nothing of any frame is lost. */
function footageOf({ footage }: Film, { range }: ExportOrder): Footage {
  return sizedFootage(footage, footage.source.sizes.largest(range))
}

/** Throws what runExport would before it computes anything. */
export function checkExport(film: Film, order: ExportOrder): Promise<void> {
  return checkTarget(film.tools, writerOptions(footageOf(film, order), order))
}

/**
 * Throws UserErrors of openFilmWriter before anything is computed, and leaves no half file when it fails later. Where ffmpeg
 * gives up midway for something that is carried over, the film is written again with more care for that, at last without it:
 * its colors are computed by then.
 */
export async function runExport(film: Film, order: ExportOrder, context: ColoringContext, report: JobReport): Promise<void> {
  for (const carrying of ['tried', 'tried whole'] as const) {
    try {
      return await writeExport(film, order, carrying, context, report)
    } catch (error) {
      if (!(error instanceof CarryingFailed)) throw error
      report.beginAgain()
    }
  }
  await writeExport(film, order, 'nothing', context, report)
}

async function writeExport(film: Film, order: ExportOrder, carrying: Carrying, context: ColoringContext, report: JobReport): Promise<void> {
  await context.turn()
  const footage = footageOf(film, order)
  const writer = await openFilmWriter(film.tools, { ...writerOptions(footage, order), carrying, signal: context.signal })
  const composer = new FullSizeComposer(footage.layout, film, true)
  // Colors are found in the film's first size, which all of it is worked on in; pictures of another are read in theirs as well.
  const resized = footage === film.footage ? null : decodeFrames(film.tools, footage, order.range, { signal: context.signal })
  report.addNotes(writer.warnings)
  let lost = 0
  let lostRegions = 0
  try {
    // While the networks color a frame, the one before is brought to full size, and the encoder has the one before that.
    let writing: Promise<void> = Promise.resolve()
    for await (const colored of colorAll(film, order.view, order.range, context)) {
      const { luma, segment } = colored
      const source = resized ? await nextOf(resized) : colored.source
      const planes = keepsOwn(order.view, source.number)
        ? Promise.resolve(composer.keep(source))
        : composer.compose(source, luma, await composed(colored))
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
    await tellDamage(film, report, context.signal, allDamage(film, order.range))
    report.addNotes(film.footage.source.sizes.notes(order.range, footage.layout))
    const finished = await traceWait('finish', () => writer.finish())
    report.setTarget(finished.path)
    report.addNotes(finished.notes)
    if (lost > 0) report.addNotes([keptSentence(lost)])
    if (lostRegions > 0) report.addNotes([regionSentence(lostRegions)])
  } catch (error) {
    await writer.abort()
    throw error
  } finally {
    await resized?.return()
    await composer.close()
  }

  /** A picture of the artist's that was made for the film's first size is brought to another by its colors. */
  async function composed(colored: ColoredSourceFrame): Promise<ComposedColoring> {
    const coloring = await composedFrame(film, order.view, colored)
    return resized ? { ...coloring, picture: null } : coloring
  }
}

/** Decoding always gives as many frames as were asked for. */
async function nextOf(frames: AsyncGenerator<SourceFrame, void, void>): Promise<SourceFrame> {
  const { value } = await frames.next()
  if (!value) throw new Error('the film was read in two sizes, and one of them ended first')
  return value
}

function regionSentence(count: number): Sentence {
  return count === 1
    ? sentence`What a locked region keeps was no longer there on one frame; there it shows the colors of the rest.`
    : sentence`What a locked region keeps was no longer there on ${count} frames; there it shows the colors of the rest.`
}
