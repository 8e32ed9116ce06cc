/** The command line that makes ffmpeg encode a segment of an export: pictures from a pipe. Pure. */
import type { FilmComparison } from '../../../contract/comparison.ts'
import type { Delivery } from '../../../contract/delivery.ts'
import type { ExportFormat } from '../../../contract/formats.ts'
import type { FrameRange, Rational } from '../../../contract/schemas.ts'
import { quietArgs } from '../../ffmpeg/runFfmpeg.ts'
import type { PixelLayout } from '../../picture/pixelLayout.ts'
import type { Footage } from '../../reading/footage.ts'
import { patternSafe } from '../../reading/inputFile.ts'
import { encodings, type Encoding } from './encoders.ts'
import type { FileLabel } from '../heads/fileLabel.ts'
import type { CaptionReading } from '../carried/exportCaptions.ts'
import {
  deinterlaceFilters,
  progressiveLayout,
  type Deinterlacing,
  type SegmentEdges,
} from '../filters/deinterlaced.ts'
import type { FrameGeometry } from '../filters/frameGeometry.ts'
import type { FrameTimes } from '../frameTimes.ts'
import type { SoundPiece } from '../piecedFilm.ts'
import { pictureFilters, sitingArgs } from '../filters/pictureFilters.ts'
import { hashOutput, keepsSamples, splitFilters } from '../check/sampleHash.ts'
import type { StartTimecode } from '../startTimecode.ts'

/** What decides how the pictures of an export are written. */
export interface PictureOrder {
  /** The film as the export shows it. */
  readonly footage: Footage
  /** Of the pictures as they come. */
  readonly layout: PixelLayout
  readonly format: ExportFormat
  readonly delivery: Delivery
  /** Of the frames that are written; 'footage' has their size. */
  readonly geometry: FrameGeometry
  readonly deinterlacing: Deinterlacing | null
  /** Pictures of 'footage'. */
  readonly range: FrameRange
  /** Of the film's sound, where only pieces of it follow one another (piecedFilm.ts); null where it goes on. */
  readonly pieces: readonly SoundPiece[] | null
  readonly times: FrameTimes
  readonly start: StartTimecode
  /** Number of the first of pictures that are files; null for what follows from the film's own. */
  readonly firstNumber: number | null
  /** See lightCurve.ts; null where samples stay on the film's curve. */
  readonly lightCurve: string | null
  /** What the file says of itself; null for nothing. */
  readonly label: FileLabel | null
  /** How its pictures show the film's own beside the colors; null where colors stand alone. */
  readonly comparison: FilmComparison | null
  /** Some of the pictures are of another size or kind in the film, as far as they were met. */
  readonly converts: () => boolean
  /** Closed captions of the film's pictures. */
  readonly captions: CaptionReading
}

/** Length of a tick of what is written, in seconds: Matroska counts milliseconds whatever it is given, MXF pictures. */
function clockOf({ container }: ExportFormat, times: FrameTimes, { num, den }: Rational): string {
  return container === 'mxf' ? `${den}:${num}` : `1:${container === 'matroska' ? 1000 : times.ticksPerSecond}`
}

type Numbering = Pick<PictureOrder, 'footage' | 'range' | 'firstNumber'>

/** Number of the first picture of a run. Where nobody has said one, pictures that are made of pictures keep theirs. */
export function firstNumber({ footage, range, firstNumber: asked }: Numbering): number {
  return asked ?? (footage.source.file.sequence?.first ?? 0) + range.from
}

/**
 * As many as the film's last picture takes: programs sort by name, and take numbers of another length for another run.
 * Parts and shots of one film have as many each.
 */
function digitsOf(order: Numbering): number {
  const { footage, range } = order
  const last = firstNumber(order) + footage.info.frameCount - range.from - 1
  return Math.max(6, footage.source.file.sequence?.digits ?? 0, String(last).length)
}

/** Name of the n-th picture of an export that is pictures. */
export function pictureName(order: Numbering & Pick<PictureOrder, 'format'>, n: number): string {
  return `frame_${String(firstNumber(order) + n).padStart(digitsOf(order), '0')}${order.format.pictures}`
}

/** Where the pictures of an export lie that are files, as ffmpeg's 'image2' is told. */
export function picturesUrl(order: Numbering & Pick<PictureOrder, 'format'>, folder: string): string {
  return `file:${patternSafe(folder)}/frame_%0${digitsOf(order)}d${order.format.pictures}`
}

/** What the encoder is given, and how it is asked. */
export function encodingOf({ footage, layout, format, delivery, geometry }: PictureOrder): Encoding {
  const written = { ...layout, width: geometry.width, height: geometry.height }
  return encodings[format.id](written, footage.source.field, delivery)
}

/**
 * Segments follow one another without a seam: each begins with a picture that is decoded by itself, and none refers to
 * another's. Where files keep their samples (sampleHash.ts), what is to be in each is told by 'pipe:3'.
 * @param place file to write, or folder to write pictures into
 * @param first the segment's first picture in the export
 * @param edges of deinterlaced ones: what else the pipe brings
 */
export function segmentCommand(order: PictureOrder, place: string, first: number, edges: SegmentEdges): string[] {
  const { footage, layout, format, times, lightCurve, geometry, deinterlacing } = order
  const { pixelFormat, args } = encodingOf(order)
  const isHashed = keepsSamples(format, order.delivery)
  const output =
    format.container === 'image2'
      ? ['-start_number', `${firstNumber(order) + first}`, '-f', 'image2', picturesUrl(order, place)]
      : ['-f', 'matroska', `file:${place}`]
  const clock = ['-enc_time_base', clockOf(format, times, footage.info.rate)]
  const shown = deinterlacing ? progressiveLayout(layout) : layout
  const filters = [
    ...(deinterlacing ? deinterlaceFilters(deinterlacing, edges) : []),
    ...pictureFilters(footage, shown, format, pixelFormat, lightCurve, geometry),
  ].join(',')
  return [
    ...quietArgs,
    ...['-v', 'level+warning', '-max_error_rate', '1', '-progress', 'pipe:1', '-stats_period', '3600', '-y'],
    ...['-copyts', '-noautorotate', '-f', 'matroska', '-i', 'pipe:0'],
    ...(isHashed ? splitFilters(filters) : ['-map', '0:v:0', '-filter:v:0', filters]),
    ...['-fps_mode', 'passthrough', ...clock],
    ...['-c:v:0', format.encoder, ...args, '-pix_fmt', pixelFormat, ...sitingArgs(layout, pixelFormat)],
    // Where the last picture is held, they are stored in the order of showing, so that it is stored last as well.
    ...(times.lastIsHeld && format.container !== 'image2' && format.container !== 'mxf' ? ['-bf', '0'] : []),
    ...output,
    ...(isHashed ? [...clock, ...hashOutput(pixelFormat, 'pipe:3')] : []),
  ]
}
