/** Raw pictures as an ffmpeg gives them that decodes a film: each with its frame's number, gaps left as they are. */
import { cancelled, type UserError } from '../../../contract/userError.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { ended, spawnFfmpeg } from '../../ffmpeg/runFfmpeg.ts'
import { pictureBytes, type PixelLayout } from '../../picture/pixelLayout.ts'
import { decodeArgs } from './decodeArgs.ts'
import { DecoderTalk, type Tick } from './decoderTalk.ts'
import { isChanged } from '../fileStamp.ts'
import type { PictureSize } from '../opening/filmSizes.ts'
import type { Footage } from '../footage.ts'
import { frameFinder } from '../index/indexLookup.ts'
import { inFrame } from './letterbox.ts'
import { failedRead, judge } from './readEnd.ts'
import { canStandIn, isStandInTalk, StandInMatch, type TakeStandIn } from './standInOutput.ts'

/** What becomes of the pictures' bytes. */
export interface Reception<T> {
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
class ArrivingPicture<T> {
  readonly #size: { readonly width: number; readonly height: number }
  /** Of the whole picture, in bytes. */
  readonly #length: number
  /** Takes its bytes, or the first of them. */
  readonly #memory: Uint8Array<ArrayBuffer>
  #arrived = 0

  constructor(
    readonly tick: Tick,
    private readonly layout: PixelLayout,
    private readonly reception: Reception<T>,
  ) {
    const { width, height } = tick.scaled ?? layout
    this.#size = { width, height }
    this.#length = pictureBytes({ ...layout, width, height })
    this.#memory = this.fillsFrame ? reception.memory() : new Uint8Array(this.#length)
  }

  /** It is as large as the film's frames, and has no black beside it. */
  get fillsFrame(): boolean {
    return this.#size.width === this.layout.width && this.#size.height === this.layout.height
  }

  get isComplete(): boolean {
    return this.#arrived === this.#length
  }

  /** Takes what it still lacks of a chunk, from a place of it on. Gives the place behind that. */
  take(chunk: Buffer, at: number): number {
    const count = Math.min(this.#length - this.#arrived, chunk.length - at)
    const room = this.#memory.length - this.#arrived
    if (room > 0) this.#memory.set(chunk.subarray(at, at + Math.min(count, room)), this.#arrived)
    this.#arrived += count
    return at + count
  }

  make(): T {
    const { buffer } = this.#memory
    return this.reception.make(this.fillsFrame ? buffer : inFrame(this.layout, buffer, this.#size))
  }
}

/** What of the film is read, in frames. */
interface Stretch {
  /** Where reading starts (decodeArgs.ts); 0 reads from the head of the film. */
  readonly start: number
  readonly firstWanted: number
  readonly lastWanted: number
}

interface ArrivalOptions {
  readonly signal?: AbortSignal | undefined
  readonly standIns?: TakeStandIn | undefined
}

/**
 * Pictures told by their times, in rising order. Ends where the film does; throws the error of a failed read
 * (readEnd.ts). A picture that ffmpeg had something to say of is held back until the next one comes: the last one
 * before a failed read may be half a picture.
 */
export async function* arrivals<T>(
  tools: FfmpegTools,
  footage: Footage,
  reception: Reception<T>,
  { start, firstWanted, lastWanted }: Stretch,
  { signal, standIns }: ArrivalOptions,
): AsyncGenerator<Arrival<T>, void, void> {
  if (signal?.aborted) throw cancelled()
  const { index, info, layout, source } = footage
  const match = standIns && canStandIn(tools, footage) ? new StandInMatch(standIns) : null
  const { args, passedOver } = decodeArgs(tools, footage, start, firstWanted, match !== null)
  const child = spawnFfmpeg(tools, args, match !== null)
  if (match) child.beside?.on('data', match.hear)
  const done = ended(child)
  done.catch(() => {})
  const shift = source.file.sequence === null ? 0 : start
  const talk = new DecoderTalk(child.stderr, source, shift, (line) => match !== null && isStandInTalk(line))
  const kill = (): void => child.kill()
  signal?.addEventListener('abort', kill, { once: true })

  const find = frameFinder(index)
  let place = -1
  /** The frame's number, or -1 for a picture that is none of the frames still to come. */
  const placeOf = (pts: number | null): number => {
    const number = pts === null ? place + 1 : find(pts, place)
    if (number >= 0) place = number
    return number
  }
  const isChangedNow = (): Promise<boolean> => isChanged(info.path, source.stamp)
  const failedNow = async (): Promise<UserError> =>
    failedRead(info.name, (await isChangedNow()) ? 'changed' : 'unreadable', talk.lastWords)

  let held: Arrival<T> | null = null
  let reached = false
  let arrived = 0
  try {
    for (let n = 0; n < passedOver; n++) placeOf((await talk.next()).pts)
    let arriving: ArrivingPicture<T> | null = null
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      let at = 0
      while (at < chunk.length) {
        arriving ??= new ArrivingPicture(await talk.next(), layout, reception)
        at = arriving.take(chunk, at)
        if (!arriving.isComplete) continue
        const whole = arriving
        arriving = null
        const { pts, clean, suspect, failed, scaled } = whole.tick
        // What is still in the decoder after a failed read is not waited for.
        if (failed) throw await failedNow()
        if (held) yield held
        const number = placeOf(pts)
        match?.arrived(number, whole.fillsFrame)
        const arrival = { number, picture: whole.make(), suspect, size: scaled?.size ?? null }
        held = clean || number < 0 ? null : arrival
        arrived++
        reached ||= number >= lastWanted
        if (clean && number >= 0) yield arrival
      }
      if (signal?.aborted) throw cancelled()
    }
    if (signal?.aborted) throw cancelled()
    const changed = await isChangedNow()
    const verdict = judge({ ...(await done), failure: talk.failure, changed, reached, arrived })
    if (verdict !== 'whole' && verdict !== 'short') throw failedRead(info.name, verdict, talk.lastWords)
    if (held) yield held
  } finally {
    signal?.removeEventListener('abort', kill)
    child.stdout.destroy()
    kill()
    await done.catch(() => null)
  }
}
