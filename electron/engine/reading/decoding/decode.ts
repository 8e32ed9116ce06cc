/**
 * Frames one after another, in the film's own samples, from one ffmpeg child that waits whenever we do. Those that can
 * not be decoded are bridged here; what a child gives is read in arrivals.ts.
 */
import { basename } from 'node:path'
import type { FrameRange } from '../../../contract/schemas.ts'
import { sentence } from '../../../contract/sentence.ts'
import { UserError } from '../../../contract/userError.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { pictureBytes, splitPicture, type PixelLayout, type Planes } from '../../picture/pixelLayout.ts'
import { arrivals, type Reception } from './arrivals.ts'
import { seekFrame } from './decodeArgs.ts'
import { isChanged } from '../fileStamp.ts'
import type { Footage, SourceFrame } from '../footage.ts'
import { storedSecondsOf } from '../index/indexLookup.ts'
import { listPackets } from '../index/packetList.ts'
import { failedRead } from './readEnd.ts'
import type { TakeStandIn } from './standInOutput.ts'

export interface DecodeOptions {
  readonly signal?: AbortSignal | undefined
  /** To be looked at only: pictures that were replaced since the run was opened are given, too. */
  readonly toShow?: boolean
  /** Is given small pictures of some of the frames, also of some outside of the range (standInOutput.ts). */
  readonly standIns?: TakeStandIn | undefined
}

/** How far back to try, in frames, when the frames before a wanted one turn out not to decode either. */
const LOOK_BACK = [0, 2, 16, 128, Infinity]

/** Frame 'from' is missing from what this start gives: another start, further back, is needed. */
class StartTooLate extends Error {}

/** A frame of the film, and what was made of its bytes. */
interface Decoded<T> {
  readonly number: number
  readonly picture: T
}

async function* inOrder<T>(
  tools: FfmpegTools,
  footage: Footage,
  reception: Reception<T>,
  range: FrameRange,
  back: number,
  options: DecodeOptions,
  /** The picture before the range, where it is known: reading starts with the range then. Of sequences only. */
  before: T | null = null,
): AsyncGenerator<Decoded<T>, void, void> {
  const { info, source } = footage
  const wanted = Math.max(0, range.from - back)
  const start = before === null ? seekFrame(footage, wanted) : range.from
  const atHead = wanted === 0
  let next = range.from
  let last = before
  const stretch = { start, firstWanted: wanted, lastWanted: range.to - 1 }
  for await (const { number, picture, suspect, size } of arrivals(tools, footage, reception, stretch, options)) {
    if (suspect && !source.checked) source.damage.suspect(number)
    if (size) source.sizes.meet(number, size)
    if (number < next) {
      last = picture
      continue
    }
    if (number > next && last === null && !atHead) throw new StartTooLate()
    const gap = { from: next, to: Math.min(number, range.to) }
    if (source.checked && gap.from < gap.to && !isKnownDamage(footage, gap)) {
      // Far from its start a decoder may lose frames that it gives when it has seen all before them.
      if (start === 0) throw failedRead(info.name, 'lost')
      yield* inOrder(tools, footage, reception, { from: next, to: range.to }, Infinity, options)
      return
    }
    for (; next < gap.to; next++) {
      source.damage.missing.add(next)
      yield { number: next, picture: last ?? picture }
    }
    last = picture
    if (next < range.to) yield { number: next++, picture }
    if (next >= range.to) break
  }
  if (next >= range.to) {
    if (await isChanged(info.path, source.stamp)) throw failedRead(info.name, 'changed')
    return
  }
  if (last === null) {
    if (!atHead) throw new StartTooLate()
    throw new UserError(
      'damaged',
      sentence`The pictures of “${info.name}” can not be decoded.`,
      sentence`Copy the film again from where it came from, or repair it with the tool that made it.`,
    )
  }
  const missing = { from: next, to: range.to }
  if (source.file.sequence !== null) {
    // A picture of no bytes is the end of the run for ffmpeg, though others follow.
    source.damage.missing.add(next)
    yield { number: next, picture: last }
    if (next + 1 < range.to)
      yield* inOrder(tools, footage, reception, { from: next + 1, to: range.to }, 0, options, last)
    return
  }
  if (!(await isDamage(tools, footage, missing, options.signal))) {
    if (start === 0) throw failedRead(info.name, 'lost')
    yield* inOrder(tools, footage, reception, missing, Infinity, options)
    return
  }
  for (; next < range.to; next++) {
    source.damage.missing.add(next)
    yield { number: next, picture: last }
  }
}

function isKnownDamage({ source }: Footage, { from, to }: FrameRange): boolean {
  for (let n = from; n < to; n++) if (!source.damage.missing.has(n)) return false
  return true
}

/**
 * Whether frames that did not come at the end of a film are in the film all the same, so that it is they that are
 * broken and not the reading. Where the film was decoded on opening that is known; else their packets are looked for
 * again.
 */
async function isDamage(
  tools: FfmpegTools,
  footage: Footage,
  missing: FrameRange,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (isKnownDamage(footage, missing)) return true
  const { index, source } = footage
  if (source.checked) return false
  const start = seekFrame(footage, missing.from)
  const seek = start > 0 ? ['-seek_timestamp', '1', '-ss', `${storedSecondsOf(index, start).toFixed(6)}`] : []
  const { packets } = await listPackets(tools, source.file, `0:${source.stream}`, { signal, seek })
  const last = index.stored[missing.to - 1]!
  return packets.some(({ pts }) => pts !== null && Math.abs(pts - last) < 0.5)
}

function pictureReplaced(path: string): UserError {
  return new UserError(
    'footage-changed',
    sentence`“${basename(path)}” was replaced while the film was open.`,
    sentence`Start again: what is finished is kept, and what the picture has outdated is colored anew.`,
    path,
  )
}

async function* decoded<T>(
  tools: FfmpegTools,
  footage: Footage,
  reception: Reception<T>,
  range: FrameRange,
  options: DecodeOptions,
): AsyncGenerator<Decoded<T>, void, void> {
  const to = Math.min(range.to, footage.info.frameCount)
  if (range.from < 0 || range.from >= to) return
  if (await isChanged(footage.info.path, footage.source.stamp)) throw failedRead(footage.info.name, 'changed')
  for (const back of LOOK_BACK) {
    try {
      for await (const frame of inOrder(tools, footage, reception, { from: range.from, to }, back, options)) {
        const { pictures } = footage.source
        if (pictures && !(await pictures.holds(frame.number)) && !options.toShow)
          throw pictureReplaced(pictures.pathOf(frame.number)!)
        yield frame
      }
      return
    } catch (error) {
      // Thrown before anything was delivered, so starting over repeats nothing.
      if (!(error instanceof StartTooLate)) throw error
    }
  }
}

/**
 * Frames range.from to range.to (not included) in the order of showing. Always delivers exactly that many: a frame
 * that can not be decoded comes as its predecessor's picture and is noted in footage.source.damage. Memory stays
 * bounded: ffmpeg waits while the consumer does. Leaving the loop early, or aborting, ends the child. Throws UserError
 * 'footage-changed' where the film could not be read (readEnd.ts), or at a picture that was replaced since its run was
 * opened; frames that came before are good.
 */
export async function* decodeFrames(
  tools: FfmpegTools,
  footage: Footage,
  range: FrameRange,
  options: DecodeOptions = {},
): AsyncGenerator<SourceFrame, void, void> {
  const { layout } = footage
  const reception: Reception<ArrayBuffer> = {
    memory: () => new Uint8Array(pictureBytes(layout)),
    make: (bytes) => bytes,
  }
  for await (const { number, picture } of decoded(tools, footage, reception, range, options)) {
    yield { number, layout, ...splitPicture(layout, picture) }
  }
}

/**
 * The same frames, of which nothing is kept but what is made of their luma: one plane's memory serves all of them.
 * @param make of a plane that is good until it returns
 */
export async function* decodeLumas<T>(
  tools: FfmpegTools,
  footage: Footage,
  range: FrameRange,
  make: (luma: Pick<Planes, 'y'>) => T,
  options: DecodeOptions = {},
): AsyncGenerator<{ readonly number: number; readonly made: T }, void, void> {
  const plane: PixelLayout = { ...footage.layout, sampling: 'gray' }
  const memory = new Uint8Array(pictureBytes(plane))
  const reception: Reception<T> = { memory: () => memory, make: (bytes) => make(splitPicture(plane, bytes)) }
  for await (const { number, picture } of decoded(tools, footage, reception, range, options))
    yield { number, made: picture }
}
