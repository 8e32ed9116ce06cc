/**
 * Opens exports. Raw frames go to ffmpeg, to a child for each segment, which encodes them (segmentedFilm.ts); at the
 * end another joins the segments, and takes sound and the rest from the source. What is in a segment outlasts the
 * program.
 */
import { join } from 'node:path'
import type { FilmComparison } from '../../contract/comparison.ts'
import type { Originals } from '../../contract/originals.ts'
import { asItIs, type Delivery } from '../../contract/delivery.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { cancelled, UserError } from '../../contract/userError.ts'
import { digest } from '../../content/digest.ts'
import type { PixelLayout, Planes } from '../picture/pixelLayout.ts'
import { exportFormat, wholeName, type ExportFormat, type ExportFormatId } from '../../contract/formats.ts'
import { doubledTimecode, type Deinterlacing } from './filters/deinterlaced.ts'
import { checkDelivery, delivered } from './delivered.ts'
import { checkRoom } from './files/diskRoom.ts'
import { CaptionReading } from './carried/exportCaptions.ts'
import { checkFilmFits } from './segments/encoders.ts'
import type { FileLabel } from './heads/fileLabel.ts'
import type { Footage } from '../reading/footage.ts'
import { sizeOfFootage } from '../reading/sizedFootage.ts'
import { frameTimes } from './frameTimes.ts'
import { withCarried } from './carried/joinFilm.ts'
import { writeLightCurve } from './filters/lightCurve.ts'
import { withFootage } from './files/originals.ts'
import type { PartRegister } from './files/partFiles.ts'
import { checkPieces, piecedFootage, soundPieces } from './piecedFilm.ts'
import { pictureName, segmentCommand, type PictureOrder } from './segments/segmentCommand.ts'
import { SegmentedFilm } from './segments/segmentedFilm.ts'
import { SegmentFolder, type FrameRemark } from './segments/segmentFolder.ts'
import type { Standing } from './files/standing.ts'
import { startTimecode, typedTimecode, type StartTimecode } from './startTimecode.ts'
import { TargetFile } from './files/targetFile.ts'
import { whyUnwritable } from './files/writable.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'

/**
 * Pictures of a segment: what is lost at most. Ten seconds of film; and H.264 and H.265 begin anew with a whole picture
 * after 250 at the latest anyway.
 */
const SEGMENT_PICTURES = 240

const LIGHT_CURVE = 'light.cube'

export interface FilmWriterOptions {
  readonly footage: Footage
  /** Final name of the file, or of the folder that picture sequences are put in. */
  readonly target: string
  /** The name that was asked for, where the target is one of several parts; the target when not given. */
  readonly whole?: string | undefined
  readonly format: ExportFormatId
  /** The frames that will be written; all of them when not given. */
  readonly range?: FrameRange | undefined
  /** What is asked for beyond the format; nothing when left out. */
  readonly delivery?: Delivery | undefined
  /**
   * Pieces of the film that are written one behind the other, in their order; 'range' is of the frames that they have
   * together then. All of the film when not given.
   */
  readonly pieces?: readonly FrameRange[] | undefined
  /** Not all luma is the film's own: its own colors were in another matrix than the export is. */
  readonly changesLuma?: boolean
  /** Layout of the planes that will be written: writtenLayout(footage.layout, deliveredFormat(format, delivery)). */
  readonly layout: PixelLayout
  /** Of the first frame that is written; what follows from the film's own when not given. */
  readonly timecode?: string | undefined
  /** Of pictures that are files: number of the first; what follows from the film's own when not given. */
  readonly firstNumber?: number | undefined
  readonly overwrite?: boolean
  /** What stood at the target when the export was ordered (standing.ts); what stands there now when not given. */
  readonly standing?: Standing | undefined
  /** What must not be written over beside the footage itself. */
  readonly originals?: Originals
  /** Where the unfinished file is noted. */
  readonly parts?: PartRegister
  /**
   * Stands for what the pictures show. An export that was ended before its time is taken up by the next one to the same
   * target of the same content, film, range and format; never where this is not given.
   */
  readonly content?: string | undefined
  /** Pictures of a segment; SEGMENT_PICTURES when not given. */
  readonly segmentPictures?: number | undefined
  /** What the file is to say of itself. */
  readonly label?: FileLabel | null
  /** How the planes show the film's own pictures beside the colors; 'layout' is that of both together. */
  readonly comparison?: FilmComparison | undefined
  readonly signal?: AbortSignal | undefined
}

export interface FinishedFilm {
  readonly path: string
  readonly bytes: number
  /** What there is to say of it that was not known before. */
  readonly notes: readonly Sentence[]
  /** What was read back and is as it was to be; null where something is not. */
  readonly found: Sentence | null
}

export interface FilmWriter {
  /** The frame of the film to be written next. More than the first one where an earlier export is gone on with. */
  readonly next: number
  /** What was remarked of the frames before that. */
  readonly remarks: readonly FrameRemark[]
  /**
   * The next frame; resolves when ffmpeg has room for more. The planes may be reused afterwards.
   * @param remark is kept for whoever goes on with the export
   */
  write(planes: Planes, remark?: FrameRemark): Promise<void>
  /**
   * Resolves when the file is whole, on the disk, under its final name, or under a free one where that was taken
   * meanwhile.
   * @param beside writes what lies beside it: up to then the next start knows that the film has its name
   */
  finish(beside?: (finished: FinishedFilm) => Promise<void>): Promise<FinishedFilm>
  /**
   * Stops, and removes what was written but for segments that can be gone on from; those too where the signal says that
   * the export is given up. Harmless after finish.
   */
  abort(): Promise<void>
}

/** @throws UserError 'encoder-missing' where this ffmpeg can't write the format */
export async function checkWritable(tools: FfmpegTools, format: ExportFormat): Promise<void> {
  const reason = await whyUnwritable(tools, format)
  if (reason === null) return
  throw new UserError(
    'encoder-missing',
    reason,
    sentence`Choose another format, or install another ffmpeg.`,
    wholeName(format),
  )
}

/**
 * Starts an export, or goes on with one. Frame n that is written is frame range.from + n of the footage and gets its
 * very time. Throws a UserError before anything is computed when it could not end well: encoder-missing,
 * unsupported-picture, target-is-source, name-too-long, target-folder-missing, target-not-writable, disk-full,
 * footage-changed.
 */
export async function openFilmWriter(tools: FfmpegTools, options: FilmWriterOptions): Promise<FilmWriter> {
  const { layout, signal, label = null, firstNumber = null, comparison = null, delivery = asItIs } = options
  const { pieces } = options
  const film = pieces ? piecedFootage(options.footage, pieces) : options.footage
  const range = options.range ?? { from: 0, to: film.info.frameCount }
  const target = await takeTarget(tools, options)
  const written = delivered(film, layout, exportFormat(options.format), delivery)
  const { footage, format, deinterlacing } = written
  const pictureRange = picturesOf(range, deinterlacing)
  const times = frameTimes(footage, pictureRange, format)
  const start = startOf(film, options.timecode ?? null, range, deinterlacing)
  const sounds = pieces ? soundPieces(options.footage, pieces) : null
  const head = { ...written, layout, delivery, range: pictureRange, pieces: sounds }
  const parts = pieces ?? [range]
  const { sizes } = options.footage.source
  const converts = (): boolean =>
    options.changesLuma === true || parts.some((part) => !sizes.areAll(part, sizeOfFootage(options.footage)))
  const captions = new CaptionReading(tools, {
    footage: options.footage,
    pieces: parts,
    format,
    perFrame: deinterlacing?.perFrame ?? 1,
  })
  const pictures: PictureOrder = {
    ...head,
    times,
    start,
    firstNumber,
    lightCurve: null,
    label,
    comparison,
    captions,
    converts,
  }
  try {
    const order = await withCarried(tools, pictures, 'tried', signal)
    try {
      const folder = await openSegments(tools, pictures, target, options)
      const lightCurve = format.id === 'exr-sequence' ? join(folder.path, LIGHT_CURVE) : null
      return new SegmentedFilm(tools, { ...order, lightCurve }, target, folder, signal)
    } catch (error) {
      await order.carried.forget()
      throw error
    }
  } catch (error) {
    captions.stop()
    await target.discard()
    throw error
  }
}

/** Pictures that are made of frames, as the film counts them that they make (deinterlaced.ts). */
function picturesOf({ from, to }: FrameRange, deinterlacing: Deinterlacing | null): FrameRange {
  const { perFrame = 1 } = deinterlacing ?? {}
  return { from: from * perFrame, to: to * perFrame }
}

/** Of the first picture. */
function startOf(
  { info, source }: Footage,
  timecode: string | null,
  { from }: FrameRange,
  deinterlacing: Deinterlacing | null,
): StartTimecode {
  const start = startTimecode(timecode, source.banner.timecode, from, info)
  return deinterlacing?.perFrame === 2 ? { ...start, timecode: doubledTimecode(start.timecode, info.rate) } : start
}

/** What is there of the export already, with what its encoders need. */
async function openSegments(
  tools: FfmpegTools,
  pictures: PictureOrder,
  target: TargetFile,
  options: FilmWriterOptions,
): Promise<SegmentFolder> {
  const { format, range, geometry, deinterlacing } = pictures
  const layout = { ...pictures.layout, width: geometry.width, height: geometry.height }
  const count = range.to - range.from
  const settings = {
    target: target.path,
    whole: options.whole ?? target.path,
    key: keyOf(tools, pictures, options),
    count,
    length: (options.segmentPictures ?? SEGMENT_PICTURES) * (deinterlacing?.perFrame ?? 1),
    pictureName: format.container === 'image2' ? (n: number) => pictureName(pictures, n) : null,
    register: options.parts,
  }
  let folder: SegmentFolder | null = null
  try {
    folder = await SegmentFolder.open(settings, options.signal)
    await checkRoom({ folder: target.directory, format, layout, count, known: folder.pictures })
    if (format.id === 'exr-sequence') await writeLightCurve(join(folder.path, LIGHT_CURVE))
    return folder
  } catch (error) {
    await folder?.leave()
    throw target.troubled(error)
  }
}

/** Equal where pictures come out the same, to the bit; null where that is not known. */
function keyOf(
  tools: FfmpegTools,
  order: PictureOrder,
  { content, segmentPictures }: FilmWriterOptions,
): string | null {
  if (content === undefined) return null
  const { layout, range, start, times, footage, label } = order
  const { stamp, pictures } = footage.source
  return digest(
    content,
    stamp,
    pictures?.stamp ?? null,
    tools.version,
    segmentCommand(order, '', 0, { lead: false, count: 0 }),
    layout,
    range,
    start,
    times.span,
    label,
    segmentPictures,
  )
}

/** Throws whatever openFilmWriter would, and leaves nothing behind: for finding out before a long work. */
export async function checkTarget(tools: FfmpegTools, options: FilmWriterOptions): Promise<void> {
  await (await takeTarget(tools, options)).discard()
}

async function takeTarget(tools: FfmpegTools, options: FilmWriterOptions): Promise<TargetFile> {
  const { layout, pieces, delivery = asItIs } = options
  if (pieces) checkPieces(options.footage, pieces)
  const footage = pieces ? piecedFootage(options.footage, pieces) : options.footage
  const range = options.range ?? { from: 0, to: footage.info.frameCount }
  const asked = exportFormat(options.format)
  await checkWritable(tools, asked)
  await checkDelivery(tools, asked, delivery, footage.layout.bitDepth)
  const { format, footage: written } = delivered(footage, layout, asked, delivery)
  checkFilmFits(format, written.info)
  if (options.timecode !== undefined) typedTimecode(options.timecode, footage.info.rate)
  if (range.from < 0 || range.to > footage.info.frameCount || range.from >= range.to) {
    throw new UserError(
      'bad-argument',
      sentence`The film has frames 0 to ${footage.info.frameCount - 1}.`,
      sentence`Choose a part that lies within the film.`,
    )
  }
  if (options.signal?.aborted) throw cancelled()
  return TargetFile.prepare(options.target, {
    originals: withFootage(footage, options.originals),
    overwrite: options.overwrite ?? false,
    standing: options.standing,
    folder: format.container === 'image2',
    parts: options.parts,
  })
}
