/** Writes a colored film: the source's own luma, and chroma brought to full size along it. */
import { basename } from 'node:path'
import type { FilmComparison } from '../../contract/comparison.ts'
import { asItIs, deliveredFormat, type Crop } from '../../contract/delivery.ts'
import type { ExportFile } from '../../contract/exportFile.ts'
import type { ExportSettings } from '../../contract/exportSettings.ts'
import { exportFormat } from '../../contract/formats.ts'
import { orientationOf, uprightSize } from '../../contract/orientation.ts'
import type { Originals } from '../../contract/originals.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { digest } from '../../content/digest.ts'
import { FullSizeComposer } from '../compose/fullSizeFrame.ts'
import type { ComposedColoring } from '../film/composition.ts'
import type { Film } from '../film/film.ts'
import { keepsOwn, lostLockAt, type FilmView } from '../film/filmView.ts'
import { countFrames, framesOf, recordAt } from '../../contract/ranges.ts'
import { comparedLayout, ComparedPictures } from '../picture/comparedPictures.ts'
import { croppedLayout, croppedPlanes, storedCrop, wholeCrop } from '../picture/croppedPicture.ts'
import { matrixChange, unknownMatrix, type MatrixChange } from '../picture/matrixChange.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import type { PixelLayout, Planes } from '../picture/pixelLayout.ts'
import type { SourceFrame } from '../reading/footage.ts'
import { sizeOfFootage } from '../reading/sizedFootage.ts'
import { timecodeFrom } from '../writing/startTimecode.ts'
import { fileSum, hasSums, missSums, writeSums } from '../writing/files/checksums.ts'
import { checkTarget, openFilmWriter, type FilmWriterOptions, type FinishedFilm } from '../writing/encode.ts'
import { writtenLayout } from '../writing/segments/encoders.ts'
import { writeRecord } from '../writing/files/exportRecord.ts'
import { removeReport } from '../writing/files/oldReport.ts'
import { isOriginal, withFootage } from '../writing/files/originals.ts'
import type { PartRegister } from '../writing/files/partFiles.ts'
import type { Standings } from '../writing/files/standing.ts'
import { isTaken } from '../writing/files/taken.ts'
import { colorAll } from './colorAll.ts'
import type { ColoringContext } from './coloring.ts'
import { keptSentence } from './colorizeJob.ts'
import { composedFrame } from './composedFrame.ts'
import { FrameColors, isSynthetic, labelOf, recordOf, remarkOf, type Maker } from './exportRecord.ts'
import { exportContent } from './exportContent.ts'
import { exportParts, keptPartsSentence, partedAt, partsLeft, partsSentence, type ExportPart } from './exportParts.ts'
import type { JobReport } from './jobReport.ts'
import { ResizedFrames } from './resizedFrames.ts'
import { allDamage, tellDamage } from './tellDamage.ts'
import { traceWait } from './trace.ts'

/** Timecode and first number are of the frame 'countedFrom'. */
export interface ExportJob extends ExportSettings {
  readonly target: string
  readonly range: FrameRange
  readonly overwrite: boolean
  /** The first frame behind the handles. */
  readonly countedFrom: number
  /** See writing/files/standing.ts. */
  readonly standing?: Standings | undefined
  /** Of its files, those that are there already and are left as they are. */
  readonly kept?: readonly string[] | undefined
  /** What must not be written over beside the film itself. */
  readonly originals?: Originals
  /** Where the unfinished file is noted. */
  readonly parts: PartRegister
  /** The document as it was when the export was ordered. */
  readonly view: FilmView
  /** Who makes it, and what the project says of it; without that there is no record. */
  readonly maker?: Maker | undefined
}

interface Layouts {
  /** Of each picture that is colored. */
  readonly colored: PixelLayout
  /** Of what is left of it; and what is cut off, null where that is nothing. */
  readonly picture: PixelLayout
  readonly crop: Crop | null
  /** Of what is written: of a comparison, both pictures. */
  readonly written: PixelLayout
}

/** Throws UserError 'bad-argument' where nothing is left of the picture. */
function layoutsOf({ footage }: ExportPart, order: ExportJob): Layouts {
  const { format, delivery = asItIs, comparison } = order
  const orientation = orientationOf(footage.info)
  const colored = writtenLayout(footage.layout, deliveredFormat(exportFormat(format), delivery))
  const crop = delivery.crop ? wholeCrop(storedCrop(delivery.crop, orientation), footage.layout) : null
  const picture = crop ? croppedLayout(colored, crop) : colored
  if (crop && (picture.width < 2 || picture.height < 2)) {
    const [width, height] = uprightSize(footage.info)
    throw new UserError(
      'bad-argument',
      sentence`The film’s picture is ${width} × ${height}; nothing would be left of it.`,
      sentence`Cut less off its sides.`,
    )
  }
  return { colored, picture, crop, written: comparison ? comparedLayout(picture, comparison, orientation) : picture }
}

/** What writes a part of the order, as a writer wants to know it. */
function writerOptions(part: ExportPart, order: ExportJob): FilmWriterOptions {
  const { footage, range, target } = part
  const { standing, timecode, firstNumber, ...same } = order
  const own = ownColors(part, order)
  const before = range.from - order.countedFrom
  if (timecode !== undefined && before !== 0 && footage.info.variableRate) throw uncounted()
  return {
    ...same,
    label: order.maker && isSynthetic(order.view, range) ? labelOf(order.maker, order.comparison) : null,
    // Of pieces it is all that they have together.
    range: order.pieces ? undefined : range,
    target,
    whole: order.target,
    changesLuma: own.change !== null && (own.isKept || order.comparison !== undefined),
    footage,
    layout: layoutsOf(part, order).written,
    standing: standing && (standing[target] ?? null),
    // One that does not exist is refused as it was typed.
    timecode: timecode && (timecodeFrom(timecode, before, footage.info.rate) ?? timecode),
    firstNumber: firstNumber === undefined ? undefined : numberFrom(firstNumber, before),
  }
}

const uncounted = (): UserError =>
  new UserError(
    'bad-argument',
    sentence`The frame rate varies, so the timecode of the frames before or behind the one that was given is not known.`,
    sentence`Leave the start timecode out, or export this part by itself, without frames around it.`,
  )

/** What the film's own colors go through on the way to the export, and whether any frame of it keeps them. */
function ownColors({ footage, range }: ExportPart, order: ExportJob): OwnColors {
  const { format, delivery = asItIs, pieces = [range] } = order
  const { space } = footage.source.tags
  return {
    space,
    change: matrixChange(space, footage.layout, deliveredFormat(exportFormat(format), delivery).matrix),
    isKept: pieces.flatMap(framesOf).some((frame) => keepsOwn(order.view, frame)),
  }
}

interface OwnColors {
  readonly space: string
  readonly change: MatrixChange | null
  readonly isKept: boolean
}

/** What there is to say of them. */
function ownColorsSentences({ space, change, isKept }: OwnColors): Sentence[] {
  const unknown = unknownMatrix(space)
  if (!isKept) return []
  if (unknown !== null) {
    return [
      sentence`The film says that its colors are in the matrix “${unknown}”, which can not be converted: where it keeps its own they may come out as others.`,
    ]
  }
  return change
    ? [
        sentence`Where the film keeps its own colors they were converted from ${change.from} to ${change.to}, luma as well: the export says that it is in that.`,
      ]
    : []
}

/** Throws UserError 'bad-argument' where there is no such number. */
function numberFrom(first: number, before: number): number {
  if (first + before >= 0) return first + before
  throw new UserError(
    'bad-argument',
    sentence`Pictures are numbered from 0 on: with ${-before} frames before it, the first of this part can not be ${first}.`,
    sentence`Write a larger first number, or ask for fewer frames around the part.`,
  )
}

/**
 * Throws what runExport would before it computes anything.
 * @param keepsThere of several files those that are there already are left as they are
 * @returns all files that it is to be written as
 */
export async function checkExport(film: Film, order: ExportJob, keepsThere = false): Promise<ExportFile[]> {
  const isFolder = exportFormat(order.format).container === 'image2'
  const files: ExportFile[] = []
  for (const part of exportParts(film, order)) {
    const { target, range } = part
    const originals = withFootage(part.footage, order.originals)
    const isThere =
      keepsThere && !order.overwrite && (await isTaken(target, isFolder)) && !(await isOriginal(target, originals))
    files.push({ target, range, isThere })
    if (!isThere && !order.kept?.includes(target)) await checkTarget(film.tools, writerOptions(part, order))
  }
  return files
}

/**
 * Throws UserErrors of openFilmWriter before anything is computed, and leaves no half file when it fails later. Parts
 * that were whole by then are kept, and told.
 */
export async function runExport(
  film: Film,
  order: ExportJob,
  context: ColoringContext,
  report: JobReport,
): Promise<void> {
  await context.turn()
  const all = exportParts(film, order)
  const parts = partsLeft(all, order.kept)
  if (parts.length > 1) await checkExport(film, order)
  const written: string[] = []
  try {
    for (const part of parts) written.push(await writePart(film, part, order, context, report))
  } catch (error) {
    if (written.length > 0) report.addNotes([keptPartsSentence(written)])
    throw error
  }
  report.setTargets(written)
  if (all.length > 1) report.addNotes([partsSentence(film, parts, written)])
}

/** Gives the name that the part has in the end. */
async function writePart(
  film: Film,
  part: ExportPart,
  order: ExportJob,
  context: ColoringContext,
  report: JobReport,
): Promise<string> {
  await context.turn()
  const { footage } = part
  const pieces = order.pieces ?? [part.range]
  const { colored: layout, picture, crop } = layoutsOf(part, order)
  const shown = await exportContent(film, order.view, part, order.comparison)
  const content = digest(shown, order.pieces ?? null, ...(crop ? [crop] : []))
  const replaces = order.overwrite && (await isTaken(part.target, false))
  const writer = await openFilmWriter(film.tools, { ...writerOptions(part, order), content, signal: context.signal })
  const written = writer.next - (order.pieces ? 0 : part.range.from)
  const { known, rest } = partedAt(pieces, written)
  for (const range of known) report.addKnown(range)
  if (written > 0) report.addNotes([goneOnSentence(part, rest[0]?.from ?? null)])
  const own = ownColors(part, order)
  const composer = new FullSizeComposer(footage.layout, layout, film, true, own.change)
  const compared = order.comparison && comparedPictures(part, pieces, picture, order.comparison)
  // Colors are found in the film's first size, which all of it is worked on in; pictures of another are read in theirs
  // as well.
  let resized: ResizedFrames | null = null
  const colors = new FrameColors()
  const losses = new Losses(film, order.view)
  known.flatMap(framesOf).forEach((frame, n) => {
    const remark = writer.remarks[n]
    if (remark) colors.add(frame, remark)
    losses.count(frame)
  })
  let count = written
  try {
    // While the networks color a frame, the one before is brought to full size, and the encoder has the one before
    // that.
    let writing: Promise<void> = Promise.resolve()
    // Where an earlier export came to the last frame, nothing is left to be read.
    for (const range of rest) {
      resized = footage === film.footage ? null : new ResizedFrames(film, footage, range, context.signal)
      for await (const colored of colorAll(film, order.view, range, context)) {
        const { luma } = colored
        const source = resized ? await resized.next() : colored.source
        const coloring = keepsOwn(order.view, source.number) ? null : await composedFrame(film, order.view, colored)
        const planes = finishedPicture(source, luma, coloring, resized, count++)
        const remark = remarkOf(coloring)
        colors.add(source.number, remark)
        losses.count(source.number)
        const before = writing
        writing = Promise.all([planes, before]).then(async ([ready]) => {
          await writer.write(ready, remark)
          composer.recycle(ready)
          report.addFrame(source.number)
        })
        writing.catch(() => undefined)
        await traceWait('encoder', () => before)
      }
      await writing
      await resized?.close()
    }
    for (const range of pieces) await tellDamage(film, report, context.signal, allDamage(film, range))
    report.addNotes(film.footage.source.sizes.notes(part.range, sizeOfFootage(footage)))
    const finished = await traceWait('finish', () => writer.finish(layBeside))
    return finished.path
  } catch (error) {
    await writer.abort()
    throw error
  } finally {
    await resized?.close()
    await composer.close()
  }

  /** Says what there is to say of the file, and writes its record and its checksum. */
  async function layBeside(finished: FinishedFilm): Promise<void> {
    const before = [...ownColorsSentences(own), ...losses.sentences]
    report.addNotes([...ownColorsSentences(own), ...finished.notes])
    report.addFound(finished.found)
    report.addNotes(losses.sentences)
    const isFile = exportFormat(order.format).pictures === undefined
    const hasList = order.checksums === true || (await hasSums(finished.path))
    const sum = isFile && (order.maker || hasList) ? await fileSum(finished.path).catch(() => null) : null
    if (order.maker) {
      const made = { finished, range: part.range, order, ownChange: own.change, before, sha256: sum }
      report.addNotes(await writeRecord(finished.path, recordOf(film, order.maker, colors, made)))
    }
    if (hasList)
      report.addNotes(isFile && sum === null ? await missSums(finished.path) : await writeSums(finished.path, sum))
    report.addNotes(await removeReport(finished.path, replaces))
  }

  /**
   * @param coloring null where the film's own is kept
   * @param sized null where the film's first size is written
   * @param n of the export, from 0
   */
  async function finishedPicture(
    source: SourceFrame,
    luma: NetworkLuma,
    coloring: ComposedColoring | null,
    sized: ResizedFrames | null,
    n: number,
  ): Promise<Planes> {
    const shown = coloring ? await compose(source, luma, coloring, sized) : composer.keep(source)
    if (!compared && !crop) return shown
    const left = cropped(shown)
    const finished = compared ? compared.join(cropped(composer.keep(source)), left, n) : left
    composer.recycle(shown)
    return finished
  }

  function cropped(planes: Planes): Planes {
    return crop ? croppedPlanes(planes, crop) : planes
  }

  function compose(
    source: SourceFrame,
    luma: NetworkLuma,
    coloring: ComposedColoring,
    sized: ResizedFrames | null,
  ): Promise<Planes> {
    return sized ? sized.compose(composer, source, coloring.chroma) : composer.compose(source, luma, coloring)
  }
}

function comparedPictures(
  { footage }: ExportPart,
  pieces: readonly FrameRange[],
  picture: PixelLayout,
  comparison: FilmComparison,
): ComparedPictures {
  const count = countFrames(pieces)
  const { rate } = footage.info
  const length = { count, seconds: (count * rate.den) / rate.num }
  return new ComparedPictures(picture, comparison, orientationOf(footage.info), length)
}

/** Frames on which something that the project kept is no longer there. */
class Losses {
  #frames = 0
  #regions = 0

  constructor(
    private readonly film: Film,
    private readonly view: FilmView,
  ) {}

  count(frame: number): void {
    const { isStored } = this.film
    const segment = recordAt(this.view.layout.wanted, frame)
    if (segment?.kind === 'kept' && !isStored(segment.key, frame)) this.#frames++
    if (lostLockAt(this.view, frame, isStored)) this.#regions++
  }

  get sentences(): Sentence[] {
    return [
      ...(this.#frames > 0 ? [keptSentence(this.#frames)] : []),
      ...(this.#regions > 0 ? [regionSentence(this.#regions)] : []),
    ]
  }
}

/** @param next the frame that it goes on from; null where all were there */
function goneOnSentence({ target }: ExportPart, next: number | null): Sentence {
  const name = basename(target)
  return next === null
    ? sentence`All frames of “${name}” were there from an export that was ended before its time.`
    : sentence`An export of “${name}” was ended before its time; this one went on from frame ${next}.`
}

function regionSentence(count: number): Sentence {
  return count === 1
    ? sentence`What a locked region keeps was no longer there on one frame; there it shows the colors of the rest.`
    : sentence`What a locked region keeps was no longer there on ${count} frames; there it shows the colors of the rest.`
}
