/**
 * Reads the closed captions that lie within a film's pictures, each with the frame that it belongs to. Nothing is
 * decoded for that where packets have times: ffmpeg hands over the units that captions lie in, and nothing else.
 */
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FrameRange, Rational } from '../../../contract/schemas.ts'
import { makeTemporary, mustHaveRoom } from '../../../system/temporaryFolder.ts'
import { fullWords } from '../../ffmpeg/fullDisk.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { PacketLines } from '../../ffmpeg/packetLines.ts'
import { runFfmpeg, talkArgs } from '../../ffmpeg/runFfmpeg.ts'
import { captionsIn, captionUnits, isCaptionCodec, type CaptionCodec } from './captionData.ts'
import { seekFrame } from './decodeArgs.ts'
import type { Footage } from '../footage.ts'
import { frameFinder, storedSecondsOf, toldByTime } from '../index/indexLookup.ts'
import { ANY_MATRIX } from './layoutFilters.ts'
import { asStored } from '../index/packetList.ts'

/** What an ffmpeg is asked for. */
interface Units {
  readonly input: readonly string[]
  /** What goes into each of two outputs, and how: all but the format. */
  readonly output: readonly string[]
}

export interface CaptionedPacket {
  /** In ticks; null where none is stored. */
  readonly pts: number | null
  readonly bytes: Buffer
}

/** A stream's packets: their times and their bytes. */
export interface PacketBytes {
  readonly timeBase: Rational
  readonly packets: readonly CaptionedPacket[]
}

/** @returns null where ffmpeg could not read it to its end */
export async function packetBytes(
  tools: FfmpegTools,
  { input, output }: Units,
  signal?: AbortSignal,
): Promise<PacketBytes | null> {
  const folder = await makeTemporary('colornn-captions-')
  const file = join(folder, 'bytes')
  const lengths: { readonly pts: number | null; readonly length: number }[] = []
  const lines = new PacketLines()
  try {
    const run = await runFfmpeg(
      tools,
      [
        ...[...talkArgs, '-y', '-copyts', ...input],
        ...[...output, '-f', 'framecrc', '-'],
        ...[...output, '-f', 'data', `file:${file}`],
      ],
      {
        signal,
        onStdoutLine: (line) => {
          const packet = lines.read(line)
          if (packet) lengths.push({ pts: packet.pts, length: packet.bytes })
        },
      },
    )
    await mustHaveRoom(folder, fullWords.test(run.stderr))
    if (run.code !== 0) return null
    const bytes = lengths.length === 0 ? Buffer.alloc(0) : await readFile(file)
    let at = 0
    const packets = lengths.map(({ pts, length }) => ({ pts, bytes: bytes.subarray(at, (at += length)) }))
    return at === bytes.length ? { timeBase: lines.timeBaseOf(0), packets } : null
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The units of a stream's pictures that captions lie in, as they are stored. */
export function unitArgs(stream: number, codec: CaptionCodec): string[] {
  const units = `filter_units=pass_types=${captionUnits[codec]},${asStored}`
  return ['-map', `0:${stream}`, '-c', 'copy', '-copyinkf', '-copypriorss', '1', '-bsf:v', units]
}

/**
 * The same of pictures that are decoded: what each has, however it was wrapped, goes along into MPEG-2 as small as can
 * be, in the order of showing.
 */
function decodedUnitArgs(stream: number): string[] {
  const numbered = `settb=1/25,setpts=N,${ANY_MATRIX},scale=32:32,format=yuv420p`
  return [
    ...['-map', `0:${stream}`, '-vf', numbered, '-fps_mode', 'passthrough'],
    ...[
      '-c:v',
      'mpeg2video',
      '-bf',
      '0',
      '-a53cc',
      '1',
      '-bsf:v',
      `filter_units=pass_types=${captionUnits.mpeg2video}`,
    ],
  ]
}

export interface FilmCaptions {
  /** cc_data of the frames that have some. */
  readonly frames: ReadonlyMap<number, Buffer>
  /** There are captions of which nobody can tell where they belong. */
  readonly isUntold: boolean
}

const untold: FilmCaptions = { frames: new Map(), isUntold: true }
const none: FilmCaptions = { frames: new Map(), isUntold: false }

/** What is to be said of captions that could not be read, be it for want of room: whoever has none misses none. */
export function unread({ source }: Footage): FilmCaptions {
  return source.banner.streams.some(({ text }) => text.includes('Closed Captions')) ? untold : none
}

/** Pictures are stored out of the order of showing by less than this. */
const REORDERED_SECONDS = 5

/** Where a part of a film is read; all of it where seeking could land anywhere. */
function partArgs(footage: Footage, { from, to }: FrameRange): string[] {
  const { index, info } = footage
  const start = seekFrame(footage, from)
  if (start === 0 && to === info.frameCount) return []
  const first = storedSecondsOf(index, start)
  const length = storedSecondsOf(index, to - 1) - first + REORDERED_SECONDS
  return [
    ...(start === 0 ? [] : ['-noaccurate_seek', '-seek_timestamp', '1', '-ss', first.toFixed(6)]),
    ...(toldByTime(index) ? ['-t', length.toFixed(6)] : []),
  ]
}

/**
 * @param range of the film; captions of other frames may be found as well
 * @throws UserError 'cancelled'
 */
export async function readCaptions(
  tools: FfmpegTools,
  footage: Footage,
  range: FrameRange,
  signal?: AbortSignal,
): Promise<FilmCaptions> {
  const { source, inputArgs, index, info } = footage
  const codec = source.banner.streams.find((stream) => stream.index === source.stream)?.codec ?? ''
  if (!isCaptionCodec(codec)) return none
  const stored = await packetBytes(
    tools,
    { input: [...partArgs(footage, range), ...inputArgs], output: unitArgs(source.stream, codec) },
    signal,
  )
  if (stored === null) return unread(footage)
  const { timeBase } = stored
  const perTick = (timeBase.num * index.timeBase.den) / (timeBase.den * index.timeBase.num)
  const find = frameFinder(index)
  const frames = new Map<number, Buffer>()
  let isTold = toldByTime(index)
  let isThere = false
  for (const { pts, bytes } of stored.packets) {
    const { data, isOtherwise } = captionsIn(codec, bytes)
    if (data.length === 0 && !isOtherwise) continue
    isThere = true
    isTold &&= pts !== null && !isOtherwise
    if (!isTold) break
    const frame = find(pts! * perTick, -1)
    if (frame >= 0) frames.set(frame, Buffer.concat([frames.get(frame) ?? Buffer.alloc(0), data]))
  }
  if (!isThere || isTold) return { frames, isUntold: false }
  const decoded = await packetBytes(tools, { input: inputArgs, output: decodedUnitArgs(source.stream) }, signal)
  if (decoded === null) return untold
  frames.clear()
  let last = -1
  // What the decoder keeps back for damage moves all that follow; where it begins anew, so does the counting.
  let isWhole = source.damage.missing.size === 0
  for (const { pts, bytes } of decoded.packets) {
    const { data } = captionsIn('mpeg2video', bytes)
    const frame = pts ?? -1
    isWhole &&= frame > last && frame < info.frameCount
    last = frame
    if (data.length > 0) frames.set(frame, data)
  }
  return isWhole ? { frames, isUntold: false } : untold
}
