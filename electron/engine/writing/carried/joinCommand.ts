/**
 * The command line that makes ffmpeg lay what an export carries over beside its pictures: these come from a pipe as
 * they are encoded (joinSegments.ts), everything else from the film. Pure.
 */
import type { ExportFormat } from '../../../contract/formats.ts'
import type { Rational } from '../../../contract/schemas.ts'
import { sentence, type Sentence } from '../../../contract/sentence.ts'
import { parseFfmpegVersion, type FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { filmGuards } from '../../ffmpeg/inputGuards.ts'
import { quietArgs } from '../../ffmpeg/runFfmpeg.ts'
import type { Footage, FootageSource } from '../../reading/footage.ts'
import { secondsOf } from '../../reading/index/indexLookup.ts'
import { fileUrl } from '../../reading/inputFile.ts'
import { metadataArgs, reelArgs, reelNotes, timecodeArgs, type FilmTags } from './carriedMetadata.ts'
import { unsaidTags } from '../filters/colorTags.ts'
import { tooFewFrames } from '../heads/pictureHeads.ts'
import { carriedInputs, streamArgs, type Carried } from './carriedStreams.ts'
import { shownSeconds, type FrameTimes } from '../frameTimes.ts'
import type { PictureOrder } from '../segments/segmentCommand.ts'
import { labelArgs } from '../heads/fileLabel.ts'
import { partOf, readsApart, type Laid } from './sideClock.ts'
import type { CarriedChoice } from './tryCarried.ts'

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
      throw new Error('pictures are not joined')
  }
}

export interface JoinOrder extends PictureOrder {
  readonly carried: CarriedChoice
  readonly laid: ReadonlyMap<number, Laid>
  /** Packets at the head of each sound that are not to be heard (hiddenLead.ts). */
  readonly hidden: ReadonlyMap<number, number>
}

/** A file with the film's closed captions, from the first picture of the export on, and what becomes of them. */
export interface CaptionInput {
  readonly file: string
  readonly place: 'line 21' | 'text'
}

/** What ffmpeg does not tell of the encoded pictures by itself. */
function tagArgs({ id }: ExportFormat): string[] {
  return id === 'h265-mp4' || id === 'h265-8bit-mp4' ? ['-tag:v:0', 'hvc1'] : []
}

/** The track of captions as the output's stream 1. */
function captionArgs({ place }: CaptionInput, input: number): string[] {
  const codec = place === 'text' ? 'srt' : 'copy'
  return ['-map', `${input}:0`, '-c:1', codec, '-disposition:1', 'hearing_impaired']
}

/** MXF has a rate and no times, and its muxer heeds nothing else. */
function rateArgs({ container }: ExportFormat, { num, den }: Rational): string[] {
  return container === 'mxf' ? ['-r:v:0', `${num}/${den}`] : []
}

/**
 * Films are sought by pictures, and some containers (Matroska) give none of a sound's packets that begin before the
 * picture, though they reach into the part. Packets are as long as whoever wrote them liked; and decoders need some
 * before the first that is heard.
 */
const EARLIER_SECONDS = 10

/** Null for the film's head. */
function earlier(from: number | null, { index, source }: Footage): number | null {
  const seconds = from === null ? null : from - EARLIER_SECONDS
  return seconds === null || seconds <= Math.max(source.banner.startSeconds, secondsOf(index, 0)) ? null : seconds
}

/**
 * @param part file to write
 * @param captions that lie beside the pictures, whose track comes behind theirs; null for none
 */
export function joinCommand(
  tools: Pick<FfmpegTools, 'version'>,
  { footage, format, range, times, carried, laid, hidden, start, label, pieces }: JoinOrder,
  part: string,
  captions: CaptionInput | null,
): string[] {
  const isSought = times.sourceFrom !== null
  const inputs = carriedInputs(carried.carried, readsApart(footage), isSought)
  const inputOf = (one: Carried): number => 1 + inputs.of[carried.carried.indexOf(one)]!
  const source: string[] = []
  for (const [n, own] of inputs.shifts.entries()) {
    // Sound and subtitles keep their distance to the pictures, and of a part of the film only theirs are taken.
    // ffmpeg itself would cut decoded sound by the film's clock, behind which it is moved here: nothing would be left.
    const from = n === inputs.early ? earlier(times.sourceFrom, footage) : times.sourceFrom
    if (from !== null) source.push('-noaccurate_seek', '-seek_timestamp', '1', '-ss', from.toFixed(6))
    const shift = times.sourceShift + own
    if (shift !== 0) source.push('-itsoffset', shift.toFixed(6))
    source.push(...footage.inputArgs)
  }
  const shift = shownSeconds(times, range)(0) - times.outputShift
  const captionSource = captions ? [...filmGuards, '-itsoffset', shift.toFixed(6), '-i', fileUrl(captions.file)] : []
  return [
    ...quietArgs,
    ...['-v', 'level+warning', '-max_error_rate', '1', '-progress', 'pipe:1', '-stats_period', '3600', '-y', '-copyts'],
    ...(times.pipeShift === 0 ? [] : ['-itsoffset', `${times.pipeShift}`]),
    ...['-f', 'matroska', '-i', 'pipe:0', ...source, ...captionSource],
    ...['-map', '0:v:0', '-c:v:0', 'copy', ...tagArgs(format), ...rateArgs(format, footage.info.rate)],
    ...['-copypriorss', times.sourceFrom === null ? '1' : '0'],
    // In MXF all that is beside the pictures is sound, which is cut by itself: some versions end the pictures with it.
    ...(times.sourceFrom === null || format.container === 'mxf' ? [] : ['-t', times.span.toFixed(6)]),
    ...(times.outputShift === 0 ? [] : ['-output_ts_offset', times.outputShift.toFixed(6)]),
    ...(captions ? captionArgs(captions, 1 + inputs.shifts.length) : []),
    ...streamArgs(carried.carried, format, inputOf, captions ? 2 : 1, {
      laid,
      hidden,
      pieces,
      span: isSought || format.container === 'mxf' || partOf(footage, range, times.span) ? times.span : null,
      isSought,
    }),
    ...metadataArgs(filmStream(footage.source), ffmpegMajor(tools) < 7 ? (360 - footage.info.rotation) % 360 : null),
    // Of pieces they would be at other places.
    ...(pieces ? ['-map_chapters', '-1'] : []),
    ...timecodeArgs(start, format),
    ...reelArgs(footage.source.banner.reel, { format, timecode: start.timecode, own: carried.tags.own }),
    ...(label ? labelArgs(format, label, carried.tags.comment) : []),
    ...muxerArgs(format, times, carried.tags.own),
    `file:${part}`,
  ]
}

function filmStream({ banner, stream }: Pick<FootageSource, 'banner' | 'stream'>): FilmTags {
  return banner.streams.find(({ index }) => index === stream) ?? { index: stream, tagNames: [] }
}

function ffmpegMajor({ version }: Pick<FfmpegTools, 'version'>): number {
  return parseFfmpegVersion(version)?.[0] ?? 99
}

/** What can not be written as it is in the film. */
export function exportNotes(
  tools: Pick<FfmpegTools, 'version'>,
  { footage, format, layout, start, carried, pieces }: JoinOrder,
): Sentence[] {
  const { info, source } = footage
  const notes = [...carried.notes]
  if (pieces && source.banner.chapters > 0 && format.container !== 'image2')
    notes.push(sentence`The film’s chapters do not fit its pieces; they are left out.`)
  if (start.note !== null) notes.push(start.note)
  const most = start.timecode === null ? null : tooFewFrames(format, info.rate)
  if (most !== null)
    notes.push(
      sentence`The timecode of ${format.name} files counts no more than ${most} frames a second; these pictures have none.`,
    )
  notes.push(...unsaidTags(layout, source, format))
  notes.push(...reelNotes(source.banner.reel, { format, timecode: start.timecode, own: carried.tags.own }))
  if (format.container === 'image2' && info.variableRate) {
    notes.push(sentence`Pictures have no times of their own; that the film’s frame rate varies is not in this export.`)
  }
  if (source.field !== 'progressive' && format.wholeFramesOnly) {
    notes.push(
      sentence`${format.name} has no interlaced form; both fields are written as the lines of one whole frame.`,
    )
  }
  if (info.rotation !== 0 && format.container === 'matroska' && ffmpegMajor(tools) < 7) {
    notes.push(
      sentence`The film is stored turned, and this ffmpeg can not note that in Matroska files; turn the picture when showing it.`,
    )
  }
  return notes
}
