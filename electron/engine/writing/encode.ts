/** Writes a colored film: raw frames go to one ffmpeg child, which encodes them and takes sound and the rest from the source. */
import { stat } from 'node:fs/promises'
import type { Originals } from '../../contract/originals.ts'
import type { FrameRange, Rational } from '../../contract/schemas.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { pictureBytes, type PixelLayout, type Plane, type Planes } from '../picture/pixelLayout.ts'
import { carriedStreams } from './carriedStreams.ts'
import { exportTags } from './colorTags.ts'
import { exportFormat, type ExportFormat, type ExportFormatId } from '../../contract/formats.ts'
import { checkPictureFits, encodings } from './encoders.ts'
import type { Footage } from '../reading/footage.ts'
import { frameTimes, type FrameTimes } from './frameTimes.ts'
import { parseFfmpegVersion, type FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { patternSafe } from '../reading/inputFile.ts'
import { pictureFilters, sitingArgs } from './pictureFilters.ts'
import { matroskaFrameHeader, matroskaHeader } from './rawMatroska.ts'
import { cancelled, eachLine, exited, LogTail, quietArgs, spawnFfmpeg, type FfmpegChild } from '../ffmpeg/runFfmpeg.ts'
import { withFootage } from './originals.ts'
import type { PartRegister } from './partFiles.ts'
import { diskFull, isDiskFull, TargetFile, type FinishedFile } from './targetFile.ts'

export interface FilmWriterOptions {
  readonly footage: Footage
  /** Final name of the file, or of the folder that picture sequences are put in. */
  readonly target: string
  readonly format: ExportFormatId
  /** The frames that will be written; all of them when not given. */
  readonly range?: FrameRange | undefined
  /** Layout of the planes that will be written: coloredLayout(footage.layout). */
  readonly layout: PixelLayout
  readonly overwrite?: boolean
  /** What must not be written over beside the footage itself. */
  readonly originals?: Originals
  /** Where the unfinished file is noted. */
  readonly parts?: PartRegister
  readonly signal?: AbortSignal | undefined
}

export interface FilmWriter {
  /** What could not be carried over unchanged, in sentences. */
  readonly warnings: readonly Sentence[]
  /** The next frame; resolves when ffmpeg has room for more. The planes may be reused afterwards. */
  write(planes: Planes): Promise<void>
  /** Resolves when the file is whole, on the disk, under its final name, or under a free one where that was taken meanwhile. */
  finish(): Promise<FinishedFile & { readonly bytes: number }>
  /** Stops and removes what was written; harmless after finish. */
  abort(): Promise<void>
}

export function encoderMissing(format: ExportFormat): UserError {
  return new UserError('encoder-missing', sentence`This ffmpeg can not write ${format.name}.`, sentence`Choose another format, or install an ffmpeg with the ${format.encoder} encoder.`)
}

/** Ticks a second of what is written: Matroska counts milliseconds whatever it is given. */
function clockOf({ container }: ExportFormat, times: FrameTimes): number {
  return container === 'matroska' ? 1000 : times.ticksPerSecond
}

/**
 * Gives the last picture its own duration, which no encoder hands on: that of the last packet. Where it is held, pictures
 * are stored in the order of showing, so that the last one shown is the last one stored.
 */
function lastDuration(times: FrameTimes, count: number, { container }: ExportFormat): string[] {
  if (container === 'image2') return []
  const seconds = times.lastTicks / times.ticksPerSecond
  return [...(times.lastIsHeld ? ['-bf', '0'] : []), '-bsf:v', `setts=pts=PTS:dts=DTS:duration=if(eq(N\\,${count - 1})\\,${seconds.toFixed(9)}/TB\\,DURATION)`]
}

function muxerArgs(format: ExportFormat, times: FrameTimes): string[] {
  switch (format.container) {
    case 'mp4':
      return ['-movflags', '+faststart+write_colr', '-video_track_timescale', `${times.ticksPerSecond}`, '-f', 'mp4']
    case 'mov':
      return ['-movflags', '+write_colr', '-video_track_timescale', `${times.ticksPerSecond}`, '-f', 'mov']
    case 'matroska':
      // Sound that starts a moment early, to prime its decoder, must not push the pictures off their times.
      return ['-avoid_negative_ts', 'disabled', '-f', 'matroska']
    case 'image2':
      return ['-f', 'image2']
  }
}

interface Plan {
  readonly args: string[]
  readonly warnings: readonly Sentence[]
}

function plan(tools: FfmpegTools, options: FilmWriterOptions, format: ExportFormat, range: FrameRange, times: FrameTimes, part: string): Plan {
  const { footage, layout } = options
  const { pixelFormat, args: encoderArgs } = encodings[format.id](layout, footage.source.field)
  const carried = carriedStreams(footage.source.banner, footage.source.stream, format, times.sourceFrom === null)
  const source: string[] = []
  if (carried.any) {
    // Sound and subtitles keep their distance to the pictures, and of a part of the film only theirs are taken.
    if (times.sourceFrom !== null) source.push('-seek_timestamp', '1', '-ss', times.sourceFrom.toFixed(6))
    if (times.sourceShift !== 0) source.push('-itsoffset', times.sourceShift.toFixed(6))
    source.push(...footage.inputArgs)
  }
  const output =
    format.container === 'image2'
      ? ['-start_number', `${(footage.source.file.sequence?.first ?? 0) + range.from}`, `file:${patternSafe(part)}/frame_%0${Math.max(6, footage.source.file.sequence?.digits ?? 0)}d.png`]
      : [`file:${part}`]
  const args = [
    ...quietArgs, '-v', 'level+warning', '-progress', 'pipe:1', '-stats_period', '3600', '-y', '-copyts',
    ...(times.pipeShift === 0 ? [] : ['-itsoffset', `${times.pipeShift}`]),
    '-noautorotate', '-f', 'matroska', '-i', 'pipe:0',
    ...source,
    '-map', '0:v:0', ...carried.args, '-copypriorss', times.sourceFrom === null ? '1' : '0',
    '-vf', pictureFilters(footage, layout, format, pixelFormat).join(','),
    '-fps_mode', 'passthrough', '-enc_time_base', `1:${clockOf(format, times)}`,
    '-c:v', format.encoder, ...encoderArgs, '-pix_fmt', pixelFormat, ...sitingArgs(layout, pixelFormat),
    ...(times.sourceFrom === null ? [] : ['-t', times.span.toFixed(6)]),
    ...(times.outputShift === 0 ? [] : ['-output_ts_offset', times.outputShift.toFixed(6)]),
    ...lastDuration(times, range.to - range.from, format),
    ...muxerArgs(format, times), ...output,
  ]
  const warnings = [...carried.warnings]
  if (footage.source.field !== 'progressive' && format.wholeFramesOnly) {
    warnings.push(sentence`${format.name} has no interlaced form; both fields are written as the lines of one whole frame.`)
  }
  if (footage.info.rotation !== 0 && format.container === 'matroska' && (parseFfmpegVersion(tools.version)?.[0] ?? 99) < 7) {
    warnings.push(sentence`The film is stored turned, and this ffmpeg can not note that in Matroska files; turn the picture when showing it.`)
  }
  return { args, warnings }
}

function bytesOf(plane: Plane): Buffer {
  return Buffer.from(plane.buffer, plane.byteOffset, plane.byteLength)
}

class PipedFilm implements FilmWriter {
  readonly #child: FfmpegChild
  readonly #done: Promise<number | null>
  readonly #log = new LogTail()
  #encoded = 0
  #written = 0
  #ended = false
  #failure: UserError | null = null
  readonly #onAbort = (): void => void this.#child.kill()

  constructor(
    tools: FfmpegTools,
    args: readonly string[],
    header: Buffer,
    readonly warnings: readonly Sentence[],
    private readonly target: TargetFile,
    private readonly count: number,
    private readonly layout: PixelLayout,
    private readonly times: FrameTimes,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.#child = spawnFfmpeg(tools, args)
    this.#done = exited(this.#child)
    this.#done.catch(() => {})
    eachLine(this.#child.stderr, (line) => this.#log.add(`${line}\n`))
    eachLine(this.#child.stdout, (line) => {
      const frame = /^frame=\s*(\d+)/.exec(line)
      if (frame) this.#encoded = Number(frame[1])
    })
    signal?.addEventListener('abort', this.#onAbort, { once: true })
    this.#child.stdin.write(header)
  }

  async write(planes: Planes): Promise<void> {
    if (this.signal?.aborted) {
      await this.abort()
      throw cancelled()
    }
    if (this.#failure) throw this.#failure
    if (this.#ended || this.#written >= this.count) throw new Error('more frames written than announced')
    const chunks = [planes.y, planes.u, planes.v].flatMap((plane) => (plane === null ? [] : [bytesOf(plane)]))
    const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
    if (size !== pictureBytes(this.layout)) throw new Error(`a frame of ${size} bytes for ${this.layout.ffmpegName} ${this.layout.width}x${this.layout.height}`)
    const { stdin } = this.#child
    stdin.write(matroskaFrameHeader(this.times.nanoseconds(this.#written), size))
    this.#written++
    const last = chunks.length - 1
    for (let n = 0; n < last; n++) stdin.write(chunks[n])
    // The callback comes when the bytes have left our memory, so that the planes may be used again.
    await new Promise<void>((resolve, reject) => {
      stdin.write(chunks[last], (error) => (error ? reject(error) : resolve()))
    }).catch(async (error: unknown) => {
      throw await this.#failed(error)
    })
  }

  /** Why ffmpeg went away, as a sentence; removes the part file. */
  async #failed(cause: unknown): Promise<UserError> {
    const code = await this.#done.catch((error: unknown) => error)
    const full = /No space left on device|Disk quota exceeded|File too large/.test(this.#log.text) || (await isDiskFull(this.target.directory))
    await this.abort()
    if (this.signal?.aborted) return (this.#failure = cancelled())
    const detail = `${this.#log.lines(8)}\n${cause instanceof Error ? cause.message : String(cause)} (${String(code)})`
    if (full) this.#failure = diskFull(this.target.directory, detail)
    else if (code instanceof UserError) this.#failure = code
    else {
      this.#failure = new UserError(
        'ffmpeg-failed',
        sentence`The film could not be written: ffmpeg stopped.`,
        sentence`Check that the disk is still connected, try again, or choose another format. The footage is unharmed.`,
        detail,
      )
    }
    return this.#failure
  }

  async finish(): Promise<FinishedFile & { readonly bytes: number }> {
    if (this.#failure) throw this.#failure
    if (this.#written !== this.count) {
      await this.abort()
      throw new Error(`${this.#written} of ${this.count} frames were written`)
    }
    this.#child.stdin.end()
    const code = await this.#done.catch((error: unknown) => error)
    const complaint = /No space left on device|Disk quota exceeded|File too large|Error writing trailer|Conversion failed/.test(this.#log.text)
    if (code !== 0 || complaint || this.#encoded !== this.count) throw await this.#failed(`${this.#encoded} of ${this.count} frames encoded`)
    this.#ended = true
    this.signal?.removeEventListener('abort', this.#onAbort)
    const finished = await this.target.commit()
    return { ...finished, bytes: (await stat(finished.path)).size }
  }

  async abort(): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    this.signal?.removeEventListener('abort', this.#onAbort)
    this.#child.kill()
    this.#child.stdin.destroy()
    await this.#done.catch(() => null)
    await this.target.discard()
  }
}

/**
 * Starts an export. Frame n that is written is frame range.from + n of the footage and gets its very time. Throws a
 * UserError before anything is computed when it could not end well: encoder-missing, unsupported-picture,
 * target-is-source, name-too-long, target-folder-missing, target-not-writable, disk-full.
 */
export async function openFilmWriter(tools: FfmpegTools, options: FilmWriterOptions): Promise<FilmWriter> {
  const { footage, layout } = options
  const format = exportFormat(options.format)
  const range = options.range ?? { from: 0, to: footage.info.frameCount }
  const target = await takeTarget(tools, options, format, range)
  const times = frameTimes(footage, range)
  const { args, warnings } = plan(tools, options, format, range, times, target.part)
  const rate: Rational = footage.info.rate
  const header = matroskaHeader(layout, rate, exportTags(layout, footage.source), footage.info.rotation)
  return new PipedFilm(tools, args, header, warnings, target, range.to - range.from, layout, times, options.signal)
}

/** Throws whatever openFilmWriter would, and leaves nothing behind: for finding out before a long work. */
export async function checkTarget(tools: FfmpegTools, options: FilmWriterOptions): Promise<void> {
  const range = options.range ?? { from: 0, to: options.footage.info.frameCount }
  await (await takeTarget(tools, options, exportFormat(options.format), range)).discard()
}

async function takeTarget(tools: FfmpegTools, options: FilmWriterOptions, format: ExportFormat, range: FrameRange): Promise<TargetFile> {
  const { footage, layout } = options
  if (!tools.encoders.has(format.encoder)) throw encoderMissing(format)
  checkPictureFits(format, layout)
  if (range.from < 0 || range.to > footage.info.frameCount || range.from >= range.to) {
    throw new UserError('bad-argument', sentence`The film has frames 0 to ${footage.info.frameCount - 1}.`, sentence`Choose a part that lies within the film.`)
  }
  if (options.signal?.aborted) throw cancelled()
  return TargetFile.prepare(options.target, {
    originals: withFootage(footage, options.originals),
    overwrite: options.overwrite ?? false,
    folder: format.container === 'image2',
    parts: options.parts,
  })
}
