/** Finds out how what an export carries over is laid beside the pictures of a film whose clock breaks. */
import type { FrameRange } from '../../../contract/schemas.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { PacketLines } from '../../ffmpeg/packetLines.ts'
import { runFfmpeg, talkArgs } from '../../ffmpeg/runFfmpeg.ts'
import type { Footage } from '../../reading/footage.ts'
import { mustHaveEnded, readFailure } from '../../reading/decoding/readEnd.ts'
import { carriedInputs, type Carried } from './carriedStreams.ts'
import { lay, partOf, readsApart, runsOf, type Laid, type StoredPacket } from './sideClock.ts'

/** Times below and above all that films have; in a double whole numbers beside them stay exact. */
const FAR_BELOW = 9e15
const FAR_ABOVE = 1e15
/**
 * Lists packets by their place in the file, which never runs back, and their times as durations: times that run back
 * would be written as if they stood still, and newer versions make those of sound anew.
 */
const byPlace = `setts=ts=max(POS\\,PREV_OUTDTS+${FAR_BELOW})-${FAR_BELOW}:duration=max(0\\,PTS+${FAR_ABOVE})`
/** No packet of sound is longer. */
const SOUND_PACKET_SECONDS = 1

/** All packets of the streams, each by its input (see carriedInputs), in the order of storing. */
async function listStored(
  tools: FfmpegTools,
  { source, inputArgs }: Footage,
  streams: readonly { readonly stream: number; readonly input: number }[],
  signal?: AbortSignal,
): Promise<StoredPacket[][]> {
  const packets: StoredPacket[][] = streams.map(() => [])
  const lines = new PacketLines()
  let failure: string | null = null
  const run = await runFfmpeg(
    tools,
    [
      ...talkArgs,
      '-copyts',
      ...Array.from({ length: 1 + Math.max(...streams.map(({ input }) => input)) }, () => inputArgs).flat(),
      ...streams.flatMap(({ stream, input }) => ['-map', `${input}:${stream}`]),
      '-c',
      'copy',
      '-copyinkf:0',
      '-copypriorss',
      '1',
      '-bsf',
      byPlace,
      '-f',
      'framecrc',
      '-',
    ],
    {
      signal,
      onStderrLine: (line) => void (failure ??= readFailure(line, inputArgs)),
      onStdoutLine: (line) => {
        const packet = lines.read(line)
        if (!packet) return
        const { stream, dts, duration: time, isKey } = packet
        packets[stream]?.push({
          time: time > 0 ? (time - FAR_ABOVE) * lines.tickOf(stream) : null,
          duration: 0,
          place: dts + FAR_BELOW,
          key: isKey,
        })
      },
    },
  )
  const arrived = packets.reduce((sum, list) => sum + list.length, 0)
  mustHaveEnded(source.file.name, run, failure, arrived)
  return packets.map(withDurations)
}

/** A packet of sound lasts until the next one. */
function withDurations(packets: readonly StoredPacket[]): StoredPacket[] {
  let duration = 0
  return packets.map((packet, n) => {
    const gap = (packets[n + 1]?.time ?? NaN) - (packet.time ?? NaN)
    if (gap > 0 && gap <= SOUND_PACKET_SECONDS) duration = gap
    return { ...packet, duration }
  })
}

/**
 * By the number of the film's stream; empty for films whose clock goes on everywhere, which need none of it.
 * Throws UserError 'footage-changed' where the film could not be read to its end, or 'cancelled'.
 */
export async function layCarried(
  tools: FfmpegTools,
  footage: Footage,
  carried: readonly Carried[],
  range: FrameRange,
  span: number,
  signal?: AbortSignal,
): Promise<ReadonlyMap<number, Laid>> {
  if (!readsApart(footage)) return new Map()
  const { of: inputs } = carriedInputs(carried, true, false)
  const timed = carried.flatMap(({ kind, stream }, n) =>
    kind === 'sound' || kind === 'subtitle' || kind === 'data' ? [{ stream: stream.index, input: 1 + inputs[n]! }] : [],
  )
  if (timed.length === 0) return new Map()
  const [pictures = [], ...others] = await listStored(
    tools,
    footage,
    [{ stream: footage.source.stream, input: 0 }, ...timed],
    signal,
  )
  const runs = runsOf(footage, pictures)
  const part = partOf(footage, range, span)
  return new Map(timed.map(({ stream }, n) => [stream, lay(others[n] ?? [], runs, part)]))
}
