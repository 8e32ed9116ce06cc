/** The command line that makes ffmpeg write an export: pictures from a pipe, everything else from the film. Pure. */
import type { ExportFormat } from '../../contract/formats.ts'
import type { FrameRange, Rational } from '../../contract/schemas.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { parseFfmpegVersion, type FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { quietArgs } from '../ffmpeg/runFfmpeg.ts'
import type { PixelLayout } from '../picture/pixelLayout.ts'
import type { Footage } from '../reading/footage.ts'
import { patternSafe } from '../reading/inputFile.ts'
import { carriedInputs, metadataArgs, streamArgs, type Carried } from './carriedStreams.ts'
import { encodings } from './encoders.ts'
import { labelArgs, type FileLabel } from './fileLabel.ts'
import type { FrameTimes } from './frameTimes.ts'
import { pictureFilters, sitingArgs } from './pictureFilters.ts'
import { partOf, readsApart, type Laid } from './sideClock.ts'
import type { StartTimecode } from './startTimecode.ts'
import type { CarriedChoice } from './tryCarried.ts'

/** Length of a tick of what is written, in seconds: Matroska counts milliseconds whatever it is given, MXF pictures. */
function clockOf({ container }: ExportFormat, times: FrameTimes, { num, den }: Rational): string {
  return container === 'mxf' ? `${den}:${num}` : `1:${container === 'matroska' ? 1000 : times.ticksPerSecond}`
}

/**
 * Gives the last picture its own duration, which no encoder hands on: that of the last packet. Where it is held,
 * pictures are stored in the order of showing, so that the last one shown is the last one stored.
 */
function lastDuration(times: FrameTimes, count: number, { container }: ExportFormat): string[] {
  if (container === 'image2' || container === 'mxf') return []
  const seconds = times.lastTicks / times.ticksPerSecond
  return [
    ...(times.lastIsHeld ? ['-bf', '0'] : []),
    '-bsf:v:0',
    `setts=pts=PTS:dts=DTS:duration=if(eq(N\\,${count - 1})\\,${seconds.toFixed(9)}/TB\\,DURATION)`,
  ]
}

function muxerArgs({ container }: ExportFormat, times: FrameTimes, ownMetadata: boolean): string[] {
  const movie = `+write_colr${ownMetadata ? '+use_metadata_tags' : ''}`
  // Sound that starts late, or subtitles far apart, wait for the pictures, however slowly these come.
  const patience = ['-max_muxing_queue_size', '65536']
  switch (container) {
    case 'mp4':
      return [
        ...patience,
        '-movflags',
        `${movie}+faststart`,
        '-video_track_timescale',
        `${times.ticksPerSecond}`,
        '-f',
        'mp4',
      ]
    case 'mov':
      return [...patience, '-movflags', movie, '-video_track_timescale', `${times.ticksPerSecond}`, '-f', 'mov']
    case 'matroska':
      // Sound that starts a moment early, to prime its decoder, must not push the pictures off their times.
      return [...patience, '-avoid_negative_ts', 'disabled', '-f', 'matroska']
    case 'mxf':
      return [...patience, '-f', 'mxf']
    case 'image2':
      return ['-f', 'image2']
  }
}

export interface ExportCommand {
  readonly args: readonly string[]
  /** What can not be written as it is in the film. */
  readonly notes: readonly Sentence[]
}

/** Where an export begins in time of day, and what says so. */
function timecodeArgs({ timecode }: StartTimecode, { container }: ExportFormat): string[] {
  // What was copied from the film is true of its first frame alone.
  const none = ['-metadata', 'timecode=', '-metadata:s:v:0', 'timecode=']
  if (timecode === null || container === 'image2') return none
  // Movie files keep it on a track of its own, which is made from this.
  return container === 'matroska'
    ? ['-metadata', `timecode=${timecode}`, '-metadata:s:v:0', 'timecode=']
    : [...none, '-timecode', timecode]
}

export interface ExportOrder {
  readonly footage: Footage
  readonly layout: PixelLayout
  readonly format: ExportFormat
  readonly range: FrameRange
  readonly times: FrameTimes
  readonly carried: CarriedChoice
  readonly laid: ReadonlyMap<number, Laid>
  /** Packets at the head of each sound that are not to be heard (hiddenLead.ts). */
  readonly hidden: ReadonlyMap<number, number>
  readonly start: StartTimecode
  /** See lightCurve.ts; null where samples stay on the film's curve. */
  readonly lightCurve: string | null
  /** What the file says of itself; null for nothing. */
  readonly label: FileLabel | null
}

/** Number of the first picture of a run: pictures that are made of pictures keep theirs. */
export function firstNumber({ source }: Pick<Footage, 'source'>, range: FrameRange): number {
  return (source.file.sequence?.first ?? 0) + range.from
}

/** @param part file to write, or folder to write pictures into */
export function exportCommand(
  tools: Pick<FfmpegTools, 'version'>,
  { footage, layout, format, range, times, carried, laid, hidden, start, lightCurve, label }: ExportOrder,
  part: string,
): ExportCommand {
  const { pixelFormat, args: encoderArgs } = encodings[format.id](layout, footage.source.field)
  const pictures = format.container === 'image2'
  const inputs = carriedInputs(carried.carried, readsApart(footage))
  const inputOf = (one: Carried): number => 1 + inputs.of[carried.carried.indexOf(one)]!
  const source: string[] = []
  for (const own of pictures ? [] : inputs.shifts) {
    // Sound and subtitles keep their distance to the pictures, and of a part of the film only theirs are taken.
    if (times.sourceFrom !== null) source.push('-seek_timestamp', '1', '-ss', times.sourceFrom.toFixed(6))
    const shift = times.sourceShift + own
    if (shift !== 0) source.push('-itsoffset', shift.toFixed(6))
    source.push(...footage.inputArgs)
  }
  const digits = Math.max(6, footage.source.file.sequence?.digits ?? 0)
  const output = pictures
    ? [
        '-start_number',
        `${firstNumber(footage, range)}`,
        `file:${patternSafe(part)}/frame_%0${digits}d${format.pictures}`,
      ]
    : [`file:${part}`]
  const args = [
    ...quietArgs,
    '-v',
    'level+warning',
    '-max_error_rate',
    '1',
    '-progress',
    'pipe:1',
    '-stats_period',
    '3600',
    '-y',
    '-copyts',
    ...(times.pipeShift === 0 ? [] : ['-itsoffset', `${times.pipeShift}`]),
    '-noautorotate',
    '-f',
    'matroska',
    '-i',
    'pipe:0',
    ...source,
    '-map',
    '0:v:0',
    '-copypriorss',
    times.sourceFrom === null ? '1' : '0',
    '-filter:v:0',
    pictureFilters(footage, layout, format, pixelFormat, lightCurve).join(','),
    '-fps_mode',
    'passthrough',
    '-enc_time_base',
    clockOf(format, times, footage.info.rate),
    '-c:v:0',
    format.encoder,
    ...encoderArgs,
    '-pix_fmt',
    pixelFormat,
    ...sitingArgs(layout, pixelFormat),
    // In MXF all that is beside the pictures is sound, which is cut by itself: some versions end the pictures with it.
    ...(times.sourceFrom === null || format.container === 'mxf' ? [] : ['-t', times.span.toFixed(6)]),
    ...(times.outputShift === 0 ? [] : ['-output_ts_offset', times.outputShift.toFixed(6)]),
    ...lastDuration(times, range.to - range.from, format),
    ...(pictures
      ? []
      : [
          ...streamArgs(carried.carried, format, inputOf, 1, {
            laid,
            hidden,
            span: format.container === 'mxf' || partOf(footage, range, times.span) ? times.span : null,
          }),
          ...metadataArgs(footage.source.stream),
          ...timecodeArgs(start, format),
          ...(label ? labelArgs(format, label, carried.tags.comment) : []),
        ]),
    ...muxerArgs(format, times, carried.tags.own),
    ...output,
  ]
  const notes = [...carried.notes]
  if (start.note !== null) notes.push(start.note)
  if (pictures && footage.info.variableRate) {
    notes.push(sentence`Pictures have no times of their own; that the film’s frame rate varies is not in this export.`)
  }
  if (footage.source.field !== 'progressive' && format.wholeFramesOnly) {
    notes.push(
      sentence`${format.name} has no interlaced form; both fields are written as the lines of one whole frame.`,
    )
  }
  if (
    footage.info.rotation !== 0 &&
    format.container === 'matroska' &&
    (parseFfmpegVersion(tools.version)?.[0] ?? 99) < 7
  ) {
    notes.push(
      sentence`The film is stored turned, and this ffmpeg can not note that in Matroska files; turn the picture when showing it.`,
    )
  }
  return { args, notes }
}
