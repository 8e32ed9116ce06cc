/**
 * Which of a file's picture streams is the film. Files hold others as well, in any order: covers, thumbnails, proxies,
 * a second angle or eye, an enhancement layer.
 */
import { listed, sentence, type Sentence } from '../../../contract/sentence.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { PacketLines } from '../../ffmpeg/packetLines.ts'
import { runFfmpeg, talkArgs } from '../../ffmpeg/runFfmpeg.ts'
import type { InputFile } from '../inputFile.ts'
import type { Banner, BannerStream } from './probeText.ts'
import { FailureWatch, mustHaveEnded } from '../decoding/readEnd.ts'

/** What is stored of one stream. */
export interface StreamLength {
  readonly packets: number
  readonly seconds: number
}

export interface FilmStream {
  /** As ffmpeg numbers it. */
  readonly stream: number
  /** On the other ones. */
  readonly warnings: readonly Sentence[]
}

/** Streams with less than this share of the longest one's length are something else than the film. */
const LONG_ENOUGH = 0.5
/** A row of thumbnails lasts as long as the film, with far fewer pictures. */
const MANY_ENOUGH = 0.25
/** Streams within this share of the largest one's pixels are its equals. */
const LARGE_ENOUGH = 0.9

/** Streams that could be the film; covers that say so never are, unless there is nothing else. */
export function pictureStreams(banner: Banner): readonly BannerStream[] {
  const videos = banner.streams.filter(({ kind }) => kind === 'video')
  const films = videos.filter(({ isCover }) => !isCover)
  return films.length > 0 ? films : videos
}

const pixels = ({ size }: BannerStream): number => (size ? size[0] * size[1] : 0)

function described({ index, codec, size }: BannerStream, packets: number): Sentence {
  const shape = size ? `${size[0]} × ${size[1]}, ` : ''
  return packets === 1
    ? sentence`stream ${index} (${shape}one picture, ${codec})`
    : sentence`stream ${index} (${shape}${packets} pictures, ${codec})`
}

/**
 * The film is a stream that lasts, of many pictures; of several such the largest, then the one marked as default, then
 * the first. Pure.
 * @param lengths by the streams' numbers
 */
function chooseFilmStream(streams: readonly BannerStream[], lengths: ReadonlyMap<number, StreamLength>): FilmStream {
  const of = ({ index }: BannerStream): StreamLength => lengths.get(index) ?? { packets: 0, seconds: 0 }
  const longest = Math.max(...streams.map((stream) => of(stream).seconds))
  const most = Math.max(...streams.map((stream) => of(stream).packets))
  const lasting = streams.filter(
    (stream) => of(stream).seconds >= LONG_ENOUGH * longest && of(stream).packets >= MANY_ENOUGH * most,
  )
  const largest = Math.max(...lasting.map(pixels))
  const equals = lasting.filter((stream) => pixels(stream) >= LARGE_ENOUGH * largest)
  const film = equals.find(({ isDefault }) => isDefault) ?? equals[0] ?? streams[0]!
  const others = streams.filter((stream) => stream !== film).map((stream) => described(stream, of(stream).packets))
  if (others.length === 0) return { stream: film.index, warnings: [] }
  const opened = described(film, of(film).packets)
  const warnings = [
    sentence`The file holds other pictures as well: ${listed(others)}. The film that is opened is ${opened}.`,
  ]
  if (equals.length > 1) {
    warnings.push(
      sentence`More than one of them could be the film. If it is another one, take that out of the file first.`,
    )
  }
  return { stream: film.index, warnings }
}

/**
 * Reads the file through, as indexing it does, and counts what each stream holds. Throws UserError where it could not
 * be read to its end: another stream would look longer than the film.
 */
async function measureStreams(
  tools: FfmpegTools,
  file: InputFile,
  streams: readonly BannerStream[],
  signal?: AbortSignal,
): Promise<Map<number, StreamLength>> {
  const found = streams.map(() => ({ packets: 0, from: Infinity, to: -Infinity }))
  const lines = new PacketLines()
  const watch = new FailureWatch(file)
  const run = await runFfmpeg(
    tools,
    [
      ...talkArgs,
      '-copyts',
      ...file.args,
      ...streams.flatMap(({ index }) => ['-map', `0:${index}`]),
      '-c',
      'copy',
      '-copyinkf',
      '-f',
      'framecrc',
      '-',
    ],
    {
      signal,
      onStderrLine: (line) => watch.hear(line),
      onStdoutLine: (line) => {
        const packet = lines.read(line)
        const stream = packet && found[packet.stream]
        if (!stream) return
        const tick = lines.tickOf(packet.stream)
        const seconds = (packet.pts ?? 0) * tick
        stream.packets++
        stream.from = Math.min(stream.from, seconds)
        stream.to = Math.max(stream.to, seconds + packet.duration * tick)
      },
    },
  )
  const arrived = found.reduce((sum, { packets }) => sum + packets, 0)
  mustHaveEnded(file.name, run, watch.failure, arrived)
  return new Map(
    streams.map(({ index }, n) => [
      index,
      { packets: found[n]!.packets, seconds: Math.max(0, found[n]!.to - found[n]!.from) },
    ]),
  )
}

/** The file is read through only where there is a choice. Throws UserError where that fails. */
export async function findFilmStream(
  tools: FfmpegTools,
  file: InputFile,
  banner: Banner,
  signal?: AbortSignal,
): Promise<FilmStream> {
  const streams = pictureStreams(banner)
  if (streams.length < 2) return { stream: streams[0]?.index ?? 0, warnings: [] }
  return chooseFilmStream(streams, await measureStreams(tools, file, streams, signal))
}
