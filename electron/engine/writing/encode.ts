/**
 * Writes a colored film: raw frames go to one ffmpeg child, which encodes them and takes sound and the rest from the
 * source.
 */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Originals } from '../../contract/originals.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { pictureBytes, type PixelLayout, type Plane, type Planes } from '../picture/pixelLayout.ts'
import { exportTags } from './colorTags.ts'
import { exportFormat, wholeName, type ExportFormat, type ExportFormatId } from '../../contract/formats.ts'
import { checkFilmFits } from './encoders.ts'
import { isChanged } from '../reading/fileStamp.ts'
import type { Footage } from '../reading/footage.ts'
import { inputUrl } from '../reading/inputFile.ts'
import { failedRead, inputFailure } from '../reading/readEnd.ts'
import { ExportCheck } from './exportCheck.ts'
import { exportCommand, type ExportCommand, type ExportOrder } from './exportCommand.ts'
import type { FileLabel } from './fileLabel.ts'
import { firstOtherLuma, lumaHash } from './lumaCheck.ts'
import { frameTimes } from './frameTimes.ts'
import { hiddenLead } from './hiddenLead.ts'
import { layCarried } from './layCarried.ts'
import { startTimecode, typedTimecode } from './startTimecode.ts'
import { chooseCarried, type Carrying } from './tryCarried.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { setRight } from './setRight.ts'
import { writeLightCurve } from './lightCurve.ts'
import { matroskaFrameHeader, matroskaHeader } from './rawMatroska.ts'
import {
  cancelled,
  eachLine,
  ended,
  LogTail,
  spawnFfmpeg,
  type ChildEnd,
  type FfmpegChild,
} from '../ffmpeg/runFfmpeg.ts'
import { withFootage } from './originals.ts'
import type { PartRegister } from './partFiles.ts'
import type { Standing } from './standing.ts'
import { diskFull, isDiskFull, TargetFile } from './targetFile.ts'

export interface FilmWriterOptions {
  readonly footage: Footage
  /** Final name of the file, or of the folder that picture sequences are put in. */
  readonly target: string
  readonly format: ExportFormatId
  /** The frames that will be written; all of them when not given. */
  readonly range?: FrameRange | undefined
  /** Layout of the planes that will be written: writtenLayout(footage.layout, format). */
  readonly layout: PixelLayout
  /** Of the first frame that is written; what follows from the film's own when not given. */
  readonly timecode?: string | undefined
  readonly overwrite?: boolean
  /** What stood at the target when the export was ordered (standing.ts); what stands there now when not given. */
  readonly standing?: Standing | undefined
  /** What must not be written over beside the footage itself. */
  readonly originals?: Originals
  /** Where the unfinished file is noted. */
  readonly parts?: PartRegister
  /** How what is carried over is chosen; 'tried' when not given. */
  readonly carrying?: Carrying
  /** What the file is to say of itself. */
  readonly label?: FileLabel | null
  readonly signal?: AbortSignal | undefined
}

/**
 * ffmpeg gave up midway while it carried something over, and nothing else explains it: the export is worth another try
 * with more care for that (see Carrying).
 */
export class CarryingFailed extends UserError {}

export interface FinishedFilm {
  readonly path: string
  readonly bytes: number
  /** What there is to say of it that was not known before. */
  readonly notes: readonly Sentence[]
  /** What was read back and is as it was to be; null where something is not. */
  readonly found: Sentence | null
}

export interface FilmWriter {
  /** What could not be carried over unchanged, in sentences. */
  readonly warnings: readonly Sentence[]
  /** The next frame; resolves when ffmpeg has room for more. The planes may be reused afterwards. */
  write(planes: Planes): Promise<void>
  /**
   * Resolves when the file is whole, on the disk, under its final name, or under a free one where that was taken
   * meanwhile.
   */
  finish(): Promise<FinishedFilm>
  /** Stops and removes what was written; harmless after finish. */
  abort(): Promise<void>
}

/** @throws UserError 'encoder-missing' where this ffmpeg can't write the format */
export function checkWritable({ unwritable }: Pick<FfmpegTools, 'unwritable'>, format: ExportFormat): void {
  const reason = unwritable.get(format.id)
  if (reason === undefined) return
  throw new UserError(
    'encoder-missing',
    reason,
    sentence`Choose another format, or install another ffmpeg.`,
    wholeName(format),
  )
}

/**
 * ffmpeg fails for want of an encoder of pictures, as its versions say it. Newer ones have the encoder complain as well
 * where it is the muxer that gave up, for whatever stream; what they only warn of is no failure.
 */
function isPictureTrouble(log: string): boolean {
  const encoderFails = /\[vost#0:0[^\]]*\] \[(?:error|fatal)\](?!.*(?:to the muxer|Task finished|Terminating thread))/
  return /output stream #?0:0\b|Video encoding failed/.test(log) || encoderFails.test(log)
}

/** ffmpeg fails for want of a disk, not for what it was to write. */
function isDiskTrouble(log: string): boolean {
  return /Input\/output error|No such device|Stale file handle|endpoint is not connected|Read-only file system|Connection timed out/.test(
    log,
  )
}

const notAllSaid = sentence`Not all that this export says of itself could be written; marks of its colors or of its origin may be missing.`

const picturesLost = sentence`The export lacks pictures that were written: ffmpeg has lost some.`

function bytesOf(plane: Plane): Buffer {
  return Buffer.from(plane.buffer, plane.byteOffset, plane.byteLength)
}

class PipedFilm implements FilmWriter {
  readonly #child: FfmpegChild
  readonly #done: Promise<ChildEnd>
  readonly #log = new LogTail()
  readonly warnings: readonly Sentence[]
  readonly #count: number
  /** Of the luma of each picture, where the format keeps it. */
  readonly #lumas: string[] = []
  #encoded = 0
  #written = 0
  #ended = false
  #failure: UserError | null = null
  /** Why what is carried from the film could not be read on; ffmpeg goes on without it then, and exits with 0. */
  #unread: string | null = null
  /** Streams of the film, by their numbers, that ffmpeg could not decode everywhere. */
  readonly #undecoded = new Set<number>()
  readonly #onAbort = (): void => this.#child.kill()

  constructor(
    private readonly tools: FfmpegTools,
    { args, notes }: ExportCommand,
    private readonly target: TargetFile,
    private readonly order: ExportOrder,
    private readonly check: ExportCheck,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.warnings = notes
    this.#count = order.range.to - order.range.from
    this.#child = spawnFfmpeg(tools, args)
    this.#done = ended(this.#child)
    this.#done.catch(() => {})
    const url = inputUrl(order.footage.inputArgs)
    eachLine(this.#child.stderr, (line) => {
      this.#log.add(`${line}\n`)
      this.#unread ??= inputFailure(line, url, 1)
      const stream =
        /Error while decoding stream #[1-9]\d*:(\d+)|#[1-9]\d*:(\d+)\b.*Error submitting packet to decoder/.exec(line)
      if (stream) this.#undecoded.add(Number(stream[1] ?? stream[2]))
    })
    eachLine(this.#child.stdout, (line) => {
      const frame = /^frame=\s*(\d+)/.exec(line)
      if (frame) this.#encoded = Number(frame[1])
    })
    signal?.addEventListener('abort', this.#onAbort, { once: true })
    this.#child.stdin.write(rawHeader(order))
  }

  async write(planes: Planes): Promise<void> {
    if (this.signal?.aborted) {
      await this.abort()
      throw cancelled()
    }
    if (this.#failure) throw this.#failure
    if (this.#unread !== null) throw await this.#failed(this.#unread)
    if (this.#ended || this.#written >= this.#count) throw new Error('more frames written than announced')
    const chunks = [planes.y, planes.u, planes.v].flatMap((plane) => (plane === null ? [] : [bytesOf(plane)]))
    const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
    if (size !== pictureBytes(this.order.layout)) {
      throw new Error(
        `a frame of ${size} bytes for ${this.order.layout.ffmpegName} ${this.order.layout.width}x${this.order.layout.height}`,
      )
    }
    const { stdin } = this.#child
    stdin.write(matroskaFrameHeader(this.order.times.nanoseconds(this.#written), size))
    this.#written++
    if (this.order.format.lossless) this.#lumas.push(lumaHash(planes.y))
    const last = chunks.length - 1
    for (let n = 0; n < last; n++) stdin.write(chunks[n])
    // The callback comes when the bytes have left our memory, so that the planes may be used again.
    await new Promise<void>((resolve, reject) => {
      stdin.write(chunks[last], (error) => (error ? reject(error) : resolve()))
    }).catch(async (error: unknown) => {
      throw await this.#failed(error)
    })
  }

  /** Why ffmpeg went away, or the film did, as a sentence; removes the part file. */
  async #failed(cause: unknown): Promise<UserError> {
    const { info, source } = this.order.footage
    // One that could not read on is still there.
    const end = this.#unread === null ? await this.#done.catch((error: unknown) => error as UserError) : null
    const changed = await isChanged(info.path, source.stamp)
    const full =
      /No space left on device|Disk quota exceeded|File too large/.test(this.#log.text) ||
      (await isDiskFull(this.target.directory))
    await this.abort()
    if (this.signal?.aborted) return (this.#failure = cancelled())
    const how = end instanceof UserError ? end.message : (end?.signal ?? end?.code)
    const detail = `${this.#log.lines(8)}\n${cause instanceof Error ? cause.message : String(cause)} (${how})`
    if (changed || this.#unread !== null)
      this.#failure = failedRead(info.name, changed ? 'changed' : 'unreadable', detail)
    else if (full) this.#failure = diskFull(this.target.directory, detail)
    else if (end instanceof UserError) this.#failure = end
    else {
      const disk = isDiskTrouble(this.#log.text)
      const carrying =
        this.order.carried.carried.length > 0 && end?.signal === null && !disk && !isPictureTrouble(this.#log.text)
      this.#failure = new (carrying ? CarryingFailed : UserError)(
        'ffmpeg-failed',
        sentence`The film could not be written: ffmpeg stopped.`,
        disk
          ? sentence`Check that the disk is still connected, and try again. The footage is unharmed.`
          : sentence`Try again, or choose another format; the details name the cause. The footage is unharmed.`,
        detail,
      )
    }
    return this.#failure
  }

  async finish(): Promise<FinishedFilm> {
    if (this.#failure) throw this.#failure
    if (this.#written !== this.#count) {
      await this.abort()
      throw new Error(`${this.#written} of ${this.#count} frames were written`)
    }
    this.#child.stdin.end()
    const end = await this.#done.catch((error: unknown) => error as UserError)
    const complaint =
      /No space left on device|Disk quota exceeded|File too large|Error writing trailer|Conversion failed/.test(
        this.#log.text,
      )
    // A film that was cut short meanwhile ends for ffmpeg where it ends now.
    const unread =
      this.#unread !== null || (await isChanged(this.order.footage.info.path, this.order.footage.source.stamp))
    if (unread || end instanceof UserError || end.code !== 0 || complaint || this.#encoded !== this.#count) {
      throw await this.#failed(`${this.#encoded} of ${this.#count} frames encoded`)
    }
    await this.order.carried.forget()
    const unsaid = await setRight(this.target.part, this.order, this.signal).then(
      () => [],
      () => [notAllSaid],
    )
    const [differs, other] = await Promise.all([
      this.check.run(this.target.part).catch(() => []),
      this.#lumas.length > 0
        ? firstOtherLuma(this.tools, this.target.part, this.#lumas, this.signal).catch(() => 0)
        : null,
    ])
    if (this.signal?.aborted) {
      await this.abort()
      throw cancelled()
    }
    this.#ended = true
    this.signal?.removeEventListener('abort', this.#onAbort)
    if (differs === null) throw await this.target.keepFailed(picturesLost)
    if (other !== null) {
      throw await this.target.keepFailed(
        sentence`The luma of the export’s picture ${other} is not the film’s: ffmpeg has written another.`,
      )
    }
    const { path, note } = await this.target.commit()
    const damaged = this.order.carried.carried.filter(
      ({ stream, way }) => way.codec !== 'copy' && this.#undecoded.has(stream.index),
    )
    const notes = damaged.map(
      ({ label }) => sentence`${label} is damaged: where it can not be decoded, nothing of it is in the export.`,
    )
    return {
      path,
      notes: [...notes, ...unsaid, ...differs, ...(note === null ? [] : [note])],
      found: differs.length > 0 ? null : this.#found(),
      bytes: (await stat(path)).size,
    }
  }

  /** What the checks have compared, in a sentence. */
  #found(): Sentence {
    const { format, footage } = this.order
    if (format.container === 'image2') return sentence`Read back: ${this.#count} pictures, all whole.`
    const rate = Math.round((1000 * footage.info.rate.num) / footage.info.rate.den) / 1000
    return format.lossless
      ? sentence`Read back: ${this.#count} pictures at ${rate} frames/s, luma bit for bit as in the film; times, timecode, fields, shape, colors and sound as ordered.`
      : sentence`Read back: ${this.#count} pictures at ${rate} frames/s; times, timecode, fields, shape, colors and sound as ordered.`
  }

  async abort(): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    this.signal?.removeEventListener('abort', this.#onAbort)
    this.#child.kill()
    this.#child.stdin.destroy()
    await this.#done.catch(() => null)
    this.check.stop()
    await this.order.carried.forget()
    await this.target.discard()
  }
}

/** What goes to ffmpeg before the first frame. */
function rawHeader({ footage, layout, format }: ExportOrder): Buffer {
  // Pictures are turned upright themselves: newer versions would write beside them how they are to be turned.
  const rotation = format.container === 'image2' ? 0 : footage.info.rotation
  return matroskaHeader(layout, footage.info.rate, exportTags(layout, footage.source, format), rotation)
}

/**
 * Starts an export. Frame n that is written is frame range.from + n of the footage and gets its very time. Throws a
 * UserError before anything is computed when it could not end well: encoder-missing, unsupported-picture,
 * target-is-source, name-too-long, target-folder-missing, target-not-writable, disk-full, footage-changed.
 */
export async function openFilmWriter(tools: FfmpegTools, options: FilmWriterOptions): Promise<FilmWriter> {
  const { footage, layout } = options
  const format = exportFormat(options.format)
  const range = options.range ?? { from: 0, to: footage.info.frameCount }
  const target = await takeTarget(tools, options, format, range)
  let forget = (): Promise<void> => Promise.resolve()
  try {
    const carried = await chooseCarried(tools, footage, format, options.carrying ?? 'tried', options.signal)
    const times = frameTimes(footage, range, format)
    forget = carried.forget
    const laid = await layCarried(tools, footage, carried.carried, range, times.span, options.signal)
    const whole = times.sourceFrom === null
    const hidden = whole
      ? await hiddenLead(tools, footage, format, carried.carried, options.signal)
      : new Map<number, number>()
    const start = startTimecode(options.timecode ?? null, footage.source.banner.timecode, range.from, footage.info)
    let lightCurve: string | null = null
    if (format.id === 'exr-sequence') await writeLightCurve((lightCurve = join(carried.folder, 'light.cube')))
    const { label = null } = options
    const order = { footage, layout, format, range, times, carried, laid, hidden, start, lightCurve, label }
    const check = new ExportCheck(tools, order)
    return new PipedFilm(tools, exportCommand(tools, order, target.part), target, order, check, options.signal)
  } catch (error) {
    await forget()
    await target.discard()
    throw error
  }
}

/** Throws whatever openFilmWriter would, and leaves nothing behind: for finding out before a long work. */
export async function checkTarget(tools: FfmpegTools, options: FilmWriterOptions): Promise<void> {
  const range = options.range ?? { from: 0, to: options.footage.info.frameCount }
  await (await takeTarget(tools, options, exportFormat(options.format), range)).discard()
}

async function takeTarget(
  tools: FfmpegTools,
  options: FilmWriterOptions,
  format: ExportFormat,
  range: FrameRange,
): Promise<TargetFile> {
  const { footage, layout } = options
  checkWritable(tools, format)
  checkFilmFits(format, layout, footage.info)
  if (options.timecode !== undefined) typedTimecode(options.timecode, footage.info.rate)
  if (range.from < 0 || range.to > footage.info.frameCount || range.from >= range.to) {
    throw new UserError(
      'bad-argument',
      sentence`The film has frames 0 to ${footage.info.frameCount - 1}.`,
      sentence`Choose a part that lies within the film.`,
    )
  }
  if (options.signal?.aborted) throw cancelled()
  return TargetFile.prepare(options.target, {
    originals: withFootage(footage, options.originals),
    overwrite: options.overwrite ?? false,
    standing: options.standing,
    folder: format.container === 'image2',
    parts: options.parts,
  })
}
