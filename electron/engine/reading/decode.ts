/** Frames one after another, in the film's own samples, from one ffmpeg child that waits whenever we do. */
import type { FrameRange } from '../../contract/schemas.ts'
import { UserError } from '../../contract/userError.ts'
import { chromaSize, pictureBytes, type PixelLayout, type Plane } from '../picture/pixelLayout.ts'
import type { Footage, SourceFrame } from './footage.ts'
import { clockFilters, parseClockLine } from '../ffmpeg/frameClock.ts'
import { frameAt, secondsOf } from './frameIndex.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { decodedFormat } from './pixelFormats.ts'
import { cancelled, eachLine, exited, LogTail, quietArgs, spawnFfmpeg } from '../ffmpeg/runFfmpeg.ts'

export interface DecodeOptions {
  readonly signal?: AbortSignal | undefined
}

/** The filters that turn what the decoder gives into the footage's layout; none of them touches samples that already fit. */
export function layoutFilters(footage: Footage): string[] {
  const { layout, source } = footage
  const { fromRgb, fullByName } = decodedFormat(source.decodedName)
  // Also holds the size still where a film changes it midway.
  const scale = [`w=${layout.width}`, `h=${layout.height}`, 'flags=accurate_rnd+full_chroma_int+full_chroma_inp+bicubic']
  if (fromRgb) scale.push('out_color_matrix=bt709', 'out_range=full')
  const native = source.decodedName.replace('yuvj', 'yuv') === layout.ffmpegName
  // Asking yuvj pictures for the plain name would make ffmpeg squeeze their range.
  const name = fullByName && native ? source.decodedName : layout.ffmpegName
  return [`scale=${scale.join(':')}`, `format=${name}`]
}

/** The planes of one raw picture; views on one buffer of its own. */
export function splitPicture(layout: PixelLayout, buffer: ArrayBuffer): { y: Plane; u: Plane | null; v: Plane | null } {
  const [cw, ch] = chromaSize(layout)
  const luma = layout.width * layout.height
  const chroma = cw * ch
  const View = layout.bitDepth > 8 ? Uint16Array : Uint8Array
  const size = View.BYTES_PER_ELEMENT
  const y = new View(buffer, 0, luma)
  if (layout.sampling === 'gray') return { y, u: null, v: null }
  return { y, u: new View(buffer, luma * size, chroma), v: new View(buffer, (luma + chroma) * size, chroma) }
}

/** Where to start reading so that 'frame' decodes whole: the keyframe before the last one, past leading frames of open GOPs. */
export function seekFrame(footage: Footage, frame: number): number {
  if (!footage.source.seekTrusted) return 0
  const { seekable } = footage.index
  let found = 0
  for (let n = frame; n > 0; n--) {
    if (seekable[n] === 1 && ++found === 2) return n
  }
  return 0
}

interface Arrival {
  /** On the footage's own time base; null where ffmpeg could not tell. */
  readonly pts: number | null
  readonly buffer: ArrayBuffer
}

/** Raw pictures with their times as ffmpeg gives them, from 'start' (0 reads from the head of the file) on. */
async function* arrivals(
  tools: FfmpegTools,
  footage: Footage,
  start: number,
  firstWanted: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Arrival, void, void> {
  if (signal?.aborted) throw cancelled()
  const { index, layout, source } = footage
  const sequence = source.file.sequence
  const seek = start > 0 && sequence === null ? ['-noaccurate_seek', '-seek_timestamp', '1', '-ss', `${secondsOf(index, start).toFixed(6)}`] : []
  let input = footage.inputArgs
  if (start > 0 && sequence !== null) input = input.map((arg, n) => (input[n - 1] === '-start_number' ? `${sequence.first + start}` : arg))
  const shift = sequence === null ? 0 : start
  // Frames before the first wanted one stay inside ffmpeg; one more is let through, to stand in for a damaged one.
  const trim = firstWanted > 0 && sequence === null ? [`trim=start=${(secondsOf(index, firstWanted - 1) - index.timeBase.num / index.timeBase.den / 2).toFixed(7)}`] : []
  const child = spawnFfmpeg(tools, [
    '-nostdin', ...quietArgs, '-v', 'error', '-noautorotate', '-copyts', ...seek, ...input,
    '-map', '0:V:0', '-vf', [...trim, ...layoutFilters(footage), ...clockFilters(index.timeBase)].join(','),
    '-fps_mode', 'passthrough', '-f', 'rawvideo', '-',
  ])
  const done = exited(child)
  done.catch(() => {})
  const log = new LogTail()
  const times: (number | null)[] = []
  let wake: (() => void) | null = null
  eachLine(child.stderr, (line) => log.add(`${line}\n`))
  eachLine(child.side, (line) => {
    const pts = parseClockLine(line)
    if (pts === undefined) return
    times.push(pts === null ? null : pts + shift)
    wake?.()
  })
  child.side.once('close', () => wake?.())
  const kill = (): void => child.kill()
  signal?.addEventListener('abort', kill, { once: true })

  /** ffmpeg says the time before it writes the picture, but on another pipe. */
  const nextTime = async (): Promise<number | null> => {
    while (times.length === 0) {
      if (child.side.destroyed || child.side.readableEnded) return null
      await new Promise<void>((resolve) => (wake = resolve))
    }
    return times.shift() ?? null
  }

  const size = pictureBytes(layout)
  try {
    let buffer = new ArrayBuffer(size)
    let filled = 0
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      let at = 0
      while (at < chunk.length) {
        const take = Math.min(size - filled, chunk.length - at)
        new Uint8Array(buffer, filled, take).set(chunk.subarray(at, at + take))
        filled += take
        at += take
        if (filled < size) continue
        yield { pts: await nextTime(), buffer }
        buffer = new ArrayBuffer(size)
        filled = 0
      }
      if (signal?.aborted) throw cancelled()
    }
    if (signal?.aborted) throw cancelled()
    const code = await done
    // A film that ends in damage makes some versions of ffmpeg fail at the end; what was delivered still counts.
    if (code !== 0 && code !== null && /No such file or directory|Permission denied|Input\/output error/.test(log.text)) {
      throw new UserError(
        'footage-changed',
        `“${footage.info.name}” could not be read to its end.`,
        'Check that the film is still where it was and that its disk is connected, then try again.',
        log.lines(6),
      )
    }
  } finally {
    signal?.removeEventListener('abort', kill)
    child.stdout.destroy()
    kill()
    await done.catch(() => null)
  }
}

/** How far back to try, in frames, when the frames before a wanted one turn out not to decode either. */
const LOOK_BACK = [0, 2, 16, 128, Infinity]

/** Frame 'from' is missing from what this start gives: another start, further back, is needed. */
class StartTooLate extends Error {}

async function* inOrder(
  tools: FfmpegTools,
  footage: Footage,
  range: FrameRange,
  back: number,
  options: DecodeOptions,
): AsyncGenerator<SourceFrame, void, void> {
  const { layout, index } = footage
  const wanted = Math.max(0, range.from - back)
  const atHead = wanted === 0
  let next = range.from
  let last: ArrayBuffer | null = null
  let lastNumber = -1
  const frame = (number: number, buffer: ArrayBuffer): SourceFrame => ({ number, layout, ...splitPicture(layout, buffer) })
  for await (const { pts, buffer } of arrivals(tools, footage, seekFrame(footage, wanted), wanted, options.signal)) {
    const number = pts === null ? lastNumber + 1 : frameAt(index, pts)
    if (number < 0 || number <= lastNumber) continue
    lastNumber = number
    if (number < next) {
      last = buffer
      continue
    }
    if (number > next && last === null && !atHead) throw new StartTooLate()
    for (; next < Math.min(number, range.to); next++) {
      footage.source.damaged.add(next)
      yield frame(next, last ?? buffer)
    }
    last = buffer
    if (next >= range.to) return
    yield frame(next, buffer)
    next++
    if (next >= range.to) return
  }
  if (last === null) {
    if (!atHead) throw new StartTooLate()
    throw new UserError(
      'damaged',
      `The pictures of “${footage.info.name}” can not be decoded.`,
      'Copy the film again from where it came from, or repair it with the tool that made it.',
    )
  }
  for (; next < range.to; next++) {
    footage.source.damaged.add(next)
    yield frame(next, last)
  }
}

/**
 * Frames range.from to range.to (not included) in the order of showing. Always delivers exactly that many: a frame
 * that can not be decoded comes as its predecessor's picture and is noted in footage.source.damaged. Memory stays bounded:
 * ffmpeg waits while the consumer does. Leaving the loop early, or aborting, ends the child.
 */
export async function* decodeFrames(
  tools: FfmpegTools,
  footage: Footage,
  range: FrameRange,
  options: DecodeOptions = {},
): AsyncGenerator<SourceFrame, void, void> {
  const to = Math.min(range.to, footage.info.frameCount)
  if (range.from < 0 || range.from >= to) return
  for (const back of LOOK_BACK) {
    try {
      yield* inOrder(tools, footage, { from: range.from, to }, back, options)
      return
    } catch (error) {
      // Thrown before anything was delivered, so starting over repeats nothing.
      if (!(error instanceof StartTooLate)) throw error
    }
  }
}
