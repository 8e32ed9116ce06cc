/**
 * The first look at a film: its first picture, decoded alone, and what ffmpeg says of the file; or why it is no film
 * that can be read.
 */
import type { Rational } from '../../../contract/schemas.ts'
import { sentence, type Sentence } from '../../../contract/sentence.ts'
import { UserError, type UserErrorCode } from '../../../contract/userError.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { reduced } from '../../ffmpeg/rational.ts'
import { lastLines, runFfmpeg } from '../../ffmpeg/runFfmpeg.ts'
import { holdsMovieBox } from './containerParts.ts'
import type { PictureSize } from './filmSizes.ts'
import { findFilmStream, pictureStreams } from './filmStream.ts'
import { FirstWords } from './firstWords.ts'
import type { InputFile } from '../inputFile.ts'
import type { LightLevels } from './lightLevels.ts'
import { parseShownConfig, type Banner, type ColorTags, type ShownFrame } from './probeText.ts'
import { trueAspect } from '../pictures/pngAspect.ts'
import { FailureWatch, failedRead, hasCrashed } from '../decoding/readEnd.ts'
import { sitingTalk } from './siting.ts'
import { isReason, whyUnreadable } from './unreadable.ts'

/** Titles, which are opened within films and are none by themselves. */
const titles = new Set(['srt', 'ass'])

/** As many are kept, of lines that say why a file can't be read. */
const MOST_REASONS = 100

export interface FirstLook {
  readonly banner: Banner
  /** The film among the file's streams. */
  readonly stream: number
  readonly frame: ShownFrame
  readonly tags: ColorTags
  /** Of the light that it was made for. */
  readonly light: LightLevels
  readonly rate: Rational | null
}

/**
 * A film that is there, and broken.
 * @param what is the matter with it, as it is said behind its name
 */
export function damagedFilm(name: string, what: Sentence, detail: string): UserError {
  return new UserError(
    'damaged',
    sentence`“${name}” ${what}`,
    sentence`Copy it again from where it came from, or repair it with the tool that made it.`,
    detail,
  )
}

/**
 * Decodes the first frame, and hears what ffmpeg has to say of the file.
 * @param stream for -map
 * @param chosen filters that let the frame through that is looked at; the first one when left out
 */
export async function lookAtFirstFrame(
  tools: FfmpegTools,
  file: InputFile,
  stream: string,
  signal: AbortSignal | undefined,
  chosen: readonly string[] = [],
): Promise<FirstLook> {
  const words = new FirstWords()
  const watch = new FailureWatch(file)
  let rate: Rational | null = null
  const reasons: string[] = []
  const run = await runFfmpeg(
    tools,
    [
      // One thread, so that messages of several do not run into each other.
      '-v',
      sitingTalk(tools),
      '-noautorotate',
      '-copyts',
      '-threads',
      '1',
      ...file.args,
      '-map',
      stream,
      '-vf',
      [...chosen, 'showinfo=checksum=0'].join(','),
      '-fps_mode',
      'passthrough',
      '-frames:v',
      '1',
      '-f',
      'null',
      '-',
    ],
    {
      signal,
      onStderrLine: (line) => {
        if (!words.hear(line)) return
        // What is indented is said of what the file holds.
        if (!/^\s/.test(line)) watch.hear(line)
        if (reasons.length < MOST_REASONS && isReason(line)) reasons.push(line)
        const config = parseShownConfig(line)
        if (config && config.rate[0] > 0 && config.rate[1] > 0) rate ??= reduced(config.rate[0], config.rate[1])
      },
    },
  )
  const detail = lastLines(run.stderr)
  const { banner, frame: shown, colors, light } = words
  if (watch.failure !== null) throw failedRead(file.name, 'unreadable', detail)
  if (run.endedFor) throw failedRead(file.name, run.endedFor, detail)
  if (hasCrashed(run)) throw failedRead(file.name, 'crashed', detail)
  if (run.signal !== null) throw failedRead(file.name, 'killed', detail)
  const unreadable = shown === null ? await whyUnreadable(file.path, reasons.join('\n')) : null
  const refuse = (code: UserErrorCode): void => {
    if (unreadable) throw new UserError(code, sentence`“${file.name}” ${unreadable.what}`, unreadable.advice, detail)
  }
  if (banner === null) {
    refuse('unsupported-picture')
    if (
      /moov atom not found|End of file|partial file|truncat/i.test(run.stderr) &&
      !run.stderr.includes('detected only with low score')
    ) {
      // A read that failed looks the same in ffmpeg's log: its movie demuxer takes it for the end of the file, and says
      // no more.
      if (await holdsMovieBox(file.path).catch(() => true)) throw failedRead(file.name, 'unreadable', detail)
      throw damagedFilm(file.name, sentence`is cut off: the part that says where its pictures lie is missing.`, detail)
    }
    throw new UserError(
      'not-a-film',
      sentence`“${file.name}” is not a film that can be read.`,
      sentence`Open a film file such as mp4, mov, mkv, avi or mxf.`,
      detail,
    )
  }
  if (banner.container.some((name) => titles.has(name))) {
    throw new UserError(
      'not-a-film',
      sentence`“${file.name}” holds text, not a film.`,
      sentence`Open a film file such as mp4, mov, mkv, avi or mxf.`,
      detail,
    )
  }
  if (shown === null) {
    if (!banner.streams.some(({ kind, isCover }) => kind === 'video' && !isCover)) {
      const sound = banner.streams.some((stream) => stream.kind === 'audio')
      throw new UserError(
        'no-video',
        sentence`“${file.name}” holds ${sound ? sentence`only sound` : sentence`no pictures`}.`,
        sentence`Open a file that holds pictures.`,
        detail,
      )
    }
    refuse('unsupported-picture')
    if (banner.streams.some((s) => s.kind === 'video' && s.codec === 'none')) {
      throw new UserError(
        'unsupported-picture',
        sentence`The pictures of “${file.name}” are in a form that this ffmpeg can not decode.`,
        sentence`Convert the film with the tool that made it, for example to ProRes or FFV1.`,
        detail,
      )
    }
    throw damagedFilm(file.name, sentence`is damaged: none of its pictures can be decoded.`, detail)
  }
  const { num, den } = trueAspect(file, { num: shown.aspect[0], den: shown.aspect[1] })
  return {
    banner,
    stream: pictureStreams(banner)[0]?.index ?? 0,
    frame: { ...shown, aspect: [num, den] },
    tags: colors ?? { range: 'unknown', space: 'unknown', primaries: 'unknown', transfer: 'unknown' },
    light,
    rate,
  }
}

/** Of the film's first picture. */
export function sizeOf({ frame: { width, height, format, aspect } }: FirstLook): PictureSize {
  return { width, height, format, aspect: { num: aspect[0], den: aspect[1] } }
}

/**
 * What ffmpeg says of the film in a file. Throws UserError where there is none that can be read.
 */
export async function lookAtFilm(
  tools: FfmpegTools,
  file: InputFile,
  signal: AbortSignal | undefined,
): Promise<{ look: FirstLook; warnings: readonly Sentence[] }> {
  const look = await lookAtFirstFrame(tools, file, '0:V:0', signal)
  const { stream, warnings } = await findFilmStream(tools, file, look.banner, signal)
  if (stream === look.stream) return { look, warnings }
  return { look: { ...(await lookAtFirstFrame(tools, file, `0:${stream}`, signal)), stream }, warnings }
}
