/**
 * Whether a film's pictures are called of another range midway, as where recordings were joined. Their samples stay as
 * they are, and all are taken for of the first one's range. What is asked are the headers of H.264 and H.265, without
 * decoding: pictures bear the range of the header behind them while the decoder holds them back, and older versions of
 * ffmpeg say nothing of a range that changes.
 */
import type { ColorRange } from '../../../contract/schemas.ts'
import { sentence, type Sentence } from '../../../contract/sentence.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { PacketLines } from '../../ffmpeg/packetLines.ts'
import { quietArgs, runFfmpeg } from '../../ffmpeg/runFfmpeg.ts'
import { TagLines } from '../../ffmpeg/tagLines.ts'
import type { FirstLook } from '../opening/firstLook.ts'
import type { InputFile } from '../inputFile.ts'
import { asStored } from './packetList.ts'

/** Units that say it, by their number in each codec: sequence parameter sets. */
const headers: Readonly<Record<string, number>> = { h264: 7, hevc: 33 }
/** Containers that hold one such header for the whole film. */
const ofOneHeader = new Set(['mov', 'matroska', 'mxf', 'flv'])

/** Where a film's range becomes another: the time that this picture is stored with; null where it has none. */
export interface RangeChange {
  readonly seconds: number | null
}

/** @returns null where all is of one range, and where nobody can tell */
export async function rangeChange(
  tools: FfmpegTools,
  { args }: Pick<InputFile, 'args'>,
  { banner, stream }: Pick<FirstLook, 'banner' | 'stream'>,
  signal?: AbortSignal,
): Promise<RangeChange | null> {
  const codec = banner.streams.find(({ index }) => index === stream)?.codec ?? ''
  const unit = headers[codec]
  if (unit === undefined || banner.container.some((name) => ofOneHeader.has(name))) return null
  /** Of each packet that has a header. What is said before the first one is of none. */
  const isFull: boolean[] = []
  const times: (number | null)[] = []
  const lines = new PacketLines()
  const tags = new TagLines()
  const said = `filter_units=pass_types=${unit},trace_headers,${asStored}`
  await runFfmpeg(
    tools,
    [
      ...[...quietArgs, '-v', 'level+info', '-copyts', ...args, '-map', `0:${stream}`, '-c', 'copy'],
      ...['-copypriorss', '1', '-bsf:v', said, '-f', 'framecrc', '-'],
    ],
    {
      signal,
      onStderrLine: (line) => {
        if (tags.isTag(line)) return
        if (/^\[trace_headers @ [^\]]*\] \[info\] Packet: /.test(line)) isFull.push(false)
        const flag = /\bvideo_full_range_flag\s.*= ([01])$/.exec(line)
        if (flag && isFull.length > 0) isFull[isFull.length - 1] = flag[1] === '1'
      },
      onStdoutLine: (line) => {
        const packet = lines.read(line)
        if (packet) times.push(packet.pts)
      },
    },
  )
  const at = isFull.findIndex((full) => full !== isFull[0])
  const time = times[at] ?? null
  return at < 0 ? null : { seconds: time === null ? null : time * lines.tickOf(0) }
}

/**
 * Said when the film is opened.
 * @param range that all is taken for
 * @param frame where it becomes another; null where that is not known
 */
export function rangeSentence(range: ColorRange, frame: number | null): Sentence {
  const others = range === 'limited' ? sentence`full` : sentence`limited`
  const first = range === 'limited' ? sentence`limited` : sentence`full`
  return frame === null
    ? sentence`Within the film, pictures are called of another tonal range (${others}) than the first ones (${first}). All are taken for what the first ones are, and keep their samples.`
    : sentence`From frame ${frame} on, pictures are called of another tonal range (${others}) than the first ones (${first}). All are taken for what the first ones are, and keep their samples.`
}
