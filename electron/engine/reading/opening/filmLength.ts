/**
 * How long a film lasts by its pictures, whether that is as long as its container says, and where its clock does not go
 * on.
 */
import type { Rational } from '../../../contract/schemas.ts'
import { decimal, listed, sentence, type Sentence } from '../../../contract/sentence.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { PacketLines } from '../../ffmpeg/packetLines.ts'
import { runFfmpeg, talkArgs } from '../../ffmpeg/runFfmpeg.ts'
import { asfIsCutOff } from './asfLength.ts'
import type { FrameIndex } from '../footage.ts'
import { secondsOf } from '../index/indexLookup.ts'
import type { InputFile } from '../inputFile.ts'
import type { Banner } from './probeText.ts'
import { FailureWatch, mustHaveEnded } from '../decoding/readEnd.ts'
import { riffIsCutOff } from './riffLength.ts'
import type { ClockBreak } from '../index/risingTimes.ts'

/** No packet of sound is longer. */
const SOUND_PACKET_SECONDS = 1

/** Until when something is heard or read beside the pictures, in seconds on the file's own clock. */
async function endBeside(tools: FfmpegTools, file: InputFile, signal: AbortSignal | undefined): Promise<number> {
  const lines = new PacketLines()
  const watch = new FailureWatch(file)
  const ends: number[] = []
  const run = await runFfmpeg(
    tools,
    [
      ...[...talkArgs, '-ignore_unknown', '-copyts', ...file.args],
      ...['-map', '0:a?', '-map', '0:s?', '-c', 'copy', '-copypriorss', '1', '-f', 'framecrc', '-'],
    ],
    {
      signal,
      onStderrLine: (line) => watch.hear(line),
      onStdoutLine: (line) => {
        const packet = lines.read(line)
        if (!packet || packet.pts === null) return
        const { stream, pts, duration } = packet
        ends[stream] = Math.max(ends[stream] ?? -Infinity, (pts + duration) * lines.tickOf(stream))
      },
    },
  )
  mustHaveEnded(file.name, run, watch.failure, ends.length)
  return Math.max(0, ...ends)
}

/**
 * Whether the film ends before its container says, and all of its sounds and subtitles as well.
 * @param end of the pictures, in seconds on the film's own clock
 */
export async function endsEarly(
  tools: FfmpegTools,
  file: InputFile,
  banner: Banner,
  end: number,
  rate: Rational,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { durationSeconds, startSeconds } = banner
  if (file.sequence !== null) return false
  // Of such a one ffmpeg tells no duration at all.
  if (banner.container.includes('asf') && (await asfIsCutOff(file.path))) return true
  if (durationSeconds === null) return false
  if (banner.container.includes('avi') && (await riffIsCutOff(file.path))) return true
  // Some containers count from zero, others from their start. Many round, or guess.
  const isEarly = (seconds: number): boolean =>
    durationSeconds - Math.max(seconds, seconds - startSeconds) > 1 + rate.den / rate.num
  if (!isEarly(end)) return false
  if (!banner.streams.some(({ kind }) => kind === 'audio' || kind === 'subtitle')) return true
  return isEarly((await endBeside(tools, file, signal)) + SOUND_PACKET_SECONDS)
}

/**
 * Up to where pictures are there to be read, in seconds. A last picture that is held belongs to that where its duration
 * is stored with it; Matroska's length of the whole may as well be that of a film that was cut off.
 */
export function seenEnd(index: FrameIndex, { container }: Banner, rate: Rational): number {
  const usual = secondsOf(index, index.pts.length - 1) + rate.den / rate.num
  return container.includes('matroska') ? usual : Math.max(usual, (index.end * index.timeBase.num) / index.timeBase.den)
}

/** To the end of the last frame, whose own duration counts. */
export function durationOf(index: FrameIndex, rate: Rational, variable: boolean): number {
  const { pts, end, timeBase } = index
  const seconds = ((end - (pts[0] ?? 0)) * timeBase.num) / timeBase.den
  const even = (pts.length * rate.den) / rate.num
  // The ticks of an even film are rounded, and its last packet may claim less than a frame; its rate is not.
  return !variable && seconds - even <= (3 * timeBase.num) / timeBase.den ? even : seconds
}

/** Breaks that are named; a film may have one at every splice. */
const NAMED_BREAKS = 3

/** For a film whose clock breaks somewhere. */
export function breakSentence(breaks: readonly ClockBreak[], { timeBase }: FrameIndex): Sentence {
  const said = breaks.slice(0, NAMED_BREAKS).map(({ frame, ticks }) => {
    const seconds = (Math.abs(ticks) * timeBase.num) / timeBase.den
    const length =
      seconds >= 60
        ? sentence`${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
        : sentence`${decimal(seconds, 1)} s`
    return ticks < 0
      ? sentence`at frame ${frame} it runs back by ${length}`
      : sentence`at frame ${frame} it leaps by ${length}`
  })
  const more = breaks.length - said.length
  const places = more > 0 ? [...said, sentence`at ${more} more places`] : said
  return sentence`The film’s clock does not go on everywhere, as where recordings were joined: ${listed(places)}. All pictures are kept, one after another.`
}
