/** Frames one after another, in the film's own samples, from one ffmpeg child that waits whenever we do. */
import { basename } from 'node:path'
import type { FrameRange } from '../../contract/schemas.ts'
import { sentence } from '../../contract/sentence.ts'
import { cancelled, UserError } from '../../contract/userError.ts'
import { pictureBytes, splitPicture, type PixelLayout, type Planes } from '../picture/pixelLayout.ts'
import type { Footage, SourceFrame } from './footage.ts'
import { clockFilters, eachClockedLine } from '../ffmpeg/frameClock.ts'
import { isChanged } from './fileStamp.ts'
import { frameFinder, listPackets, storedSecondsOf, toldByTime } from './frameIndex.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { bystanders, isDamageTalk } from './damageTalk.ts'
import { parseScaleLine, type PictureSize, type ScaledPicture } from './filmSizes.ts'
import { layoutFilters } from './layoutFilters.ts'
import { inFrame } from './letterbox.ts'
import { decodedFormat } from './pixelFormats.ts'
import { FailureWatch, failedRead, judge } from './readEnd.ts'
import { readingStarts } from './readingStarts.ts'
import { canStandIn, isStandInTalk, StandInMatch, standInOutput, type TakeStandIn } from './standInOutput.ts'
import { ended, isIdleTalk, LogTail, quietArgs, sizeTalkArgs, spawnFfmpeg } from '../ffmpeg/runFfmpeg.ts'

export interface DecodeOptions {
  readonly signal?: AbortSignal | undefined
  /** To be looked at only: pictures that were replaced since the run was opened are given, too. */
  readonly toShow?: boolean
  /** Is given small pictures of some of the frames, also of some outside of the range (standInOutput.ts). */
  readonly standIns?: TakeStandIn | undefined
}

/** Where to start reading so that 'frame' decodes whole. */
export function seekFrame(footage: Footage, frame: number): number {
  return footage.source.seekTrusted ? readingStarts(footage.index)[frame]! : 0
}

/** What becomes of the pictures' bytes. */
interface Reception<T> {
  /** For the first bytes of a picture of the footage's layout; those that do not fit are passed over. */
  memory(): Uint8Array<ArrayBuffer>
  /** @param bytes the memory, filled; or those of a whole picture of the footage's layout */
  make(bytes: ArrayBuffer): T
}

interface Arrival<T> {
  /** Which frame of the film it is. */
  readonly number: number
  readonly picture: T
  /** ffmpeg spoke of damage shortly before it came. */
  readonly suspect: boolean
  /** Its own, before it was brought to the layout's. */
  readonly size: PictureSize | null
}

/** A picture of which some bytes are there. */
interface Arriving {
  readonly tick: Tick
  readonly width: number
  readonly height: number
  /** Of the whole picture. */
  readonly count: number
  /** Takes them, or the first of them. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Pictures that may be missing without anybody knowing yet, when they are passed over by their count. */
const UNSEEN_DAMAGE = 8

/**
 * How to leave frames before the first wanted one inside ffmpeg; one more is let through, to stand in for a damaged
 * one. Where times run back they can't tell what to pass over: then pictures are counted, and their times told all the
 * same.
 */
function passOver(
  { index, source }: Footage,
  start: number,
  firstWanted: number,
): { readonly count: number; readonly filters: readonly string[] } {
  if (firstWanted === 0 || source.file.sequence !== null) return { count: 0, filters: [] }
  if (toldByTime(index)) {
    const from = storedSecondsOf(index, firstWanted - 1) - index.timeBase.num / index.timeBase.den / 2
    return { count: 0, filters: [`trim=start=${from.toFixed(7)}`] }
  }
  const count = start > 0 ? 0 : Math.max(0, firstWanted - 1 - UNSEEN_DAMAGE - source.damage.missing.size)
  return { count, filters: count > 0 ? [`trim=start_frame=${count}`] : [] }
}

/**
 * Arguments that make ffmpeg read the film from a frame on (see seekFrame); pictures of a sequence are then counted
 * from there.
 */
export function inputFrom({ inputArgs, index, source }: Footage, start: number): readonly string[] {
  if (start === 0) return inputArgs
  const { sequence } = source.file
  if (sequence !== null)
    return inputArgs.map((arg, n) => (inputArgs[n - 1] === '-start_number' ? `${sequence.first + start}` : arg))
  return [
    '-noaccurate_seek',
    '-seek_timestamp',
    '1',
    '-ss',
    `${storedSecondsOf(index, start).toFixed(6)}`,
    ...inputArgs,
  ]
}

/** What ffmpeg says where a picture's size is another, which the scale filter says as well. */
function isSizeTalk(line: string): boolean {
  return /Changing video frame properties on the fly|filter context - w:/.test(line)
}

/** A frame's time, and what ffmpeg had said by then. */
interface Tick {
  readonly pts: number | null
  /** Nothing was said since the picture before. */
  readonly clean: boolean
  /** Damage was spoken of since then. */
  readonly suspect: boolean
  /** The film could not be read on. */
  readonly failed: boolean
  readonly scaled: ScaledPicture | null
}

/**
 * Raw pictures as ffmpeg gives them, told by their times, from 'start' (0 reads from the head of the film) on, in
 * rising order. Ends where the film does; throws the error of a failed read (readEnd.ts). A picture that ffmpeg had
 * something to say of is held back until the next one comes: the last one before a failed read may be half a picture.
 * @param lastWanted the number of the last frame wanted
 */
async function* arrivals<T>(
  tools: FfmpegTools,
  footage: Footage,
  reception: Reception<T>,
  start: number,
  firstWanted: number,
  lastWanted: number,
  { signal, standIns }: DecodeOptions,
): AsyncGenerator<Arrival<T>, void, void> {
  if (signal?.aborted) throw cancelled()
  const { index, layout, source } = footage
  const sequence = source.file.sequence
  const input = inputFrom(footage, start)
  const shift = sequence === null ? 0 : start
  const { count: passedOver, filters } = passOver(footage, start, firstWanted)
  const clock = clockFilters(index.timeBase)
  // What a picture's size is has to be said before its time is.
  const chain =
    passedOver > 0
      ? [...layoutFilters(tools, footage), ...clock, ...filters]
      : [...filters, ...layoutFilters(tools, footage), ...clock]
  // Filters that are set up anew count from zero again. Those for light need to be: they can't change their size.
  const { linear } = decodedFormat(source.decodedName)
  const match = standIns && canStandIn(tools, footage) ? new StandInMatch(standIns) : null
  const args = [
    '-nostdin',
    ...quietArgs,
    ...sizeTalkArgs,
    '-noautorotate',
    '-copyts',
    ...(linear ? [] : ['-reinit_filter', '0']),
    ...input,
    '-map',
    `0:${source.stream}`,
    '-vf',
    chain.join(','),
    '-fps_mode',
    'passthrough',
    '-f',
    'rawvideo',
    '-',
    ...(match ? standInOutput(footage, filters) : []),
  ]
  const child = spawnFfmpeg(tools, args, match !== null)
  if (match) child.beside?.on('data', match.hear)
  const done = ended(child)
  done.catch(() => {})
  const log = new LogTail()
  const ticks: Tick[] = []
  const watch = new FailureWatch(source.file)
  let met: ScaledPicture | null = null
  let clean = true
  let suspect = false
  let wake: (() => void) | null = null
  const others = bystanders(source.banner, source.stream)
  eachClockedLine(
    child.stderr,
    (line) => {
      const scaled = parseScaleLine(line, source.file)
      // Filters before it have brought light to another format.
      if (scaled) met = linear ? { ...scaled, size: { ...scaled.size, format: source.decodedName } } : scaled
      if (isIdleTalk(line) || isSizeTalk(line) || (match && isStandInTalk(line))) return
      log.add(`${line}\n`)
      watch.hear(line)
      clean = false
      suspect ||= isDamageTalk(line, others)
    },
    (pts) => {
      ticks.push({
        pts: pts === null ? null : pts + shift,
        clean,
        suspect,
        failed: watch.failure !== null,
        scaled: met,
      })
      clean = true
      suspect = false
      wake?.()
    },
  )
  child.stderr.once('close', () => wake?.())
  const kill = (): void => child.kill()
  signal?.addEventListener('abort', kill, { once: true })

  /** ffmpeg says the time before it writes the picture, but on another pipe. */
  const nextTick = async (): Promise<Tick> => {
    while (ticks.length === 0) {
      if (child.stderr.destroyed || child.stderr.readableEnded) {
        return { pts: null, clean: false, suspect: true, failed: watch.failure !== null, scaled: null }
      }
      await new Promise<void>((resolve) => (wake = resolve))
    }
    return ticks.shift()!
  }

  const find = frameFinder(index)
  let place = -1
  /** The frame's number, or -1 for a picture that is none of the frames still to come. */
  const placeOf = (pts: number | null): number => {
    const number = pts === null ? place + 1 : find(pts, place)
    if (number >= 0) place = number
    return number
  }

  const failedNow = async (): Promise<UserError> =>
    failedRead(
      footage.info.name,
      (await isChanged(footage.info.path, source.stamp)) ? 'changed' : 'unreadable',
      log.lines(6),
    )

  const isWhole = ({ width, height }: Pick<Arriving, 'width' | 'height'>): boolean =>
    width === layout.width && height === layout.height
  const begin = (tick: Tick): Arriving => {
    const { width, height } = tick.scaled ?? layout
    const count = pictureBytes({ ...layout, width, height })
    return {
      tick,
      width,
      height,
      count,
      bytes: isWhole({ width, height }) ? reception.memory() : new Uint8Array(count),
    }
  }
  const make = (arrived: Arriving): T =>
    reception.make(isWhole(arrived) ? arrived.bytes.buffer : inFrame(layout, arrived.bytes.buffer, arrived))

  let held: Arrival<T> | null = null
  let reached = false
  let arrived = 0
  try {
    let arriving: Arriving | null = null
    let filled = 0
    for (let n = 0; n < passedOver; n++) placeOf((await nextTick()).pts)
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      let at = 0
      while (at < chunk.length) {
        arriving ??= begin(await nextTick())
        const { bytes, count } = arriving
        const take = Math.min(count - filled, chunk.length - at)
        if (filled < bytes.length) bytes.set(chunk.subarray(at, at + Math.min(take, bytes.length - filled)), filled)
        filled += take
        at += take
        if (filled < count) continue
        const whole = arriving
        arriving = null
        filled = 0
        const { pts, clean, suspect, failed, scaled } = whole.tick
        // What is still in the decoder after a failed read is not waited for.
        if (failed) throw await failedNow()
        if (held) yield held
        const number = placeOf(pts)
        match?.arrived(number, isWhole(whole))
        const arrival = { number, picture: make(whole), suspect, size: scaled?.size ?? null }
        held = clean || number < 0 ? null : arrival
        arrived++
        reached ||= number >= lastWanted
        if (clean && number >= 0) yield arrival
      }
      if (signal?.aborted) throw cancelled()
    }
    if (signal?.aborted) throw cancelled()
    const changed = await isChanged(footage.info.path, source.stamp)
    const verdict = judge({ ...(await done), failure: watch.failure, changed, reached, arrived })
    if (verdict !== 'whole' && verdict !== 'short') throw failedRead(footage.info.name, verdict, log.lines(6))
    if (held) yield held
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
  for await (const { number, picture, suspect, size } of arrivals(
    tools,
    footage,
    reception,
    start,
    wanted,
    range.to - 1,
    options,
  )) {
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
