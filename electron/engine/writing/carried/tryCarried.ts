/**
 * Finds for each stream beside the pictures a way to write it, by trying: whether a stream can be decoded, holds
 * anything and fits a container no list knows as surely as ffmpeg itself, and an export of hours must not fail for its
 * third sound.
 */
import { readFile, rm, stat } from 'node:fs/promises'
import { devNull } from 'node:os'
import { dirname, join } from 'node:path'
import type { ExportFormat } from '../../../contract/formats.ts'
import { sentence, type Sentence } from '../../../contract/sentence.ts'
import { fullWords } from '../../ffmpeg/fullDisk.ts'
import { filmGuards } from '../../ffmpeg/inputGuards.ts'
import { PacketLines } from '../../ffmpeg/packetLines.ts'
import { lastLines, runFfmpeg, type FinishedRun } from '../../ffmpeg/runFfmpeg.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import type { Footage } from '../../reading/footage.ts'
import { fileUrl } from '../../reading/inputFile.ts'
import { failedRead, inputFailure } from '../../reading/decoding/readEnd.ts'
import { makeTemporary, mustHaveRoom } from '../../../system/temporaryFolder.ts'
import { noTags, tagsIn, type CarriedTags } from './carriedMetadata.ts'
import { cannotTake, carriedPlan, streamArgs, type Carriable, type Carried, type Way } from './carriedStreams.ts'
import { inPieces } from '../piecedFilm.ts'
import { listStreams } from '../check/readBack.ts'

export interface CarriedChoice {
  readonly carried: readonly Carried[]
  /** What is changed or left out. */
  readonly notes: readonly Sentence[]
  readonly tags: CarriedTags
  /** For what is put aside for the export. */
  readonly folder: string
  /** Removes the folder. */
  readonly forget: () => Promise<void>
}

/**
 * How what is carried over is chosen, each the next resort where an export failed for it: by trying how each stream
 * begins, by trying each stream by itself to its end, or not at all.
 */
export type Carrying = 'tried' | 'tried whole' | 'nothing'

/** How many streams are tried side by side. */
const AT_ONCE = 3
/** Frames of a stream that are written to see whether it can be. */
const TRIED_FRAMES = 4
/** Sound that is moved by less, in seconds, is rounded; by more, it is not primed. */
const LEAST_MOVED = 0.002
const MOST_MOVED = 0.1
interface ReadOptions {
  /** That ffmpeg writes into; null where it writes nothing. */
  readonly folder: string | null
  readonly signal?: AbortSignal | undefined
  readonly onStdoutLine?: (line: string) => void
}

/**
 * Runs ffmpeg on the film; throws UserError 'footage-changed' where it could not be read, or one of the folder for
 * temporary files where that is full: neither says anything of its streams.
 */
async function readFilm(
  tools: FfmpegTools,
  { info, inputArgs }: Pick<Footage, 'info' | 'inputArgs'>,
  args: readonly string[],
  { folder, signal, onStdoutLine }: ReadOptions,
): Promise<FinishedRun> {
  let failure: string | null = null
  const run = await runFfmpeg(tools, args, {
    signal,
    ...(onStdoutLine && { onStdoutLine }),
    onStderrLine: (line) => void (failure ??= inputFailure(line, inputArgs, 0)),
  })
  if (failure !== null) throw failedRead(info.name, 'unreadable', lastLines(run.stderr))
  if (folder !== null) await mustHaveRoom(folder, fullWords.test(run.stderr))
  return run
}

async function tryWay(
  tools: FfmpegTools,
  footage: Footage,
  format: ExportFormat,
  carriable: Carriable,
  way: Way,
  /** Where its first frames are written to; null to write all of it nowhere. */
  file: string | null,
  signal?: AbortSignal,
): Promise<'works' | 'fails' | 'empty'> {
  const { stream } = carriable
  const target = file ?? devNull
  // The muxer of MXF takes no sound without pictures; how it can be written is the same for Matroska.
  const container = format.container === 'mxf' ? 'matroska' : format.container
  let packets = 0
  const run = await readFilm(
    tools,
    footage,
    [
      '-v',
      'level+warning',
      '-max_error_rate',
      '1',
      '-y',
      ...footage.inputArgs,
      ...streamArgs([{ ...carriable, way }], format, () => 0, 0),
      ...(file === null ? [] : ['-frames:0', `${TRIED_FRAMES}`]),
      '-f',
      container,
      `file:${target}`,
      '-map',
      `0:${stream.index}`,
      '-c',
      'copy',
      '-frames:0',
      '1',
      '-f',
      'framecrc',
      '-',
    ],
    {
      folder: file && dirname(file),
      signal,
      onStdoutLine: (line) => void (/^\d/.test(line) && packets++),
    },
  )
  const written = file === null || ((await stat(file).catch(() => null))?.size ?? 0) > 0
  if (run.code === 0 && !run.stderr.includes('Output file is empty') && written) {
    return packets > 0 ? 'works' : 'empty'
  }
  // A stream without a packet fails in its own way in every version.
  return packets === 0 && run.code === 0 ? 'empty' : 'fails'
}

/**
 * Seconds by which a muxer moves sound that it copies. Some versions of ffmpeg count the first samples of Opus, which
 * only prime its decoder, twice in Matroska: as a delay that is noted with the track, and in the times of its packets.
 */
async function movedBy(
  tools: FfmpegTools,
  footage: Footage,
  { container }: ExportFormat,
  { stream }: Carriable,
  file: string,
  signal?: AbortSignal,
): Promise<number> {
  if (container !== 'matroska' || stream.codec !== 'opus') return 0
  let from = NaN
  const lines = new PacketLines()
  const copied = ['-map', `0:${stream.index}`, '-c', 'copy', '-copypriorss', '1']
  await readFilm(
    tools,
    footage,
    [
      '-v',
      'level+error',
      '-y',
      '-copyts',
      ...footage.inputArgs,
      ...copied,
      '-frames:0',
      `${TRIED_FRAMES}`,
      '-avoid_negative_ts',
      'disabled',
      '-f',
      container,
      `file:${file}`,
      ...copied,
      '-frames:0',
      '1',
      '-f',
      'framecrc',
      '-',
    ],
    {
      folder: dirname(file),
      signal,
      onStdoutLine: (line) => {
        const packet = lines.read(line)
        if (packet) from = (packet.pts ?? NaN) * lines.tickOf(0)
      },
    },
  )
  const written = await listStreams(tools, [...filmGuards, '-i', fileUrl(file)], [0], { signal })
  const moved = (written.get(0)?.from ?? NaN) - from
  // Less is the rounding of Matroska's milliseconds.
  return Math.abs(moved) > LEAST_MOVED && Math.abs(moved) < MOST_MOVED ? moved : 0
}

/** A cover as the file it is; null where it is none that can be attached. */
async function coverFile(
  tools: FfmpegTools,
  footage: Footage,
  { stream }: Carriable,
  folder: string,
  signal?: AbortSignal,
): Promise<string | null> {
  const ending = { png: '.png', mjpeg: '.jpg' }[stream.codec]
  if (ending === undefined) return null
  const file = join(folder, `${stream.index}${ending}`)
  const args = [
    '-v',
    'level+error',
    '-y',
    ...footage.inputArgs,
    '-map',
    `0:${stream.index}`,
    '-c',
    'copy',
    '-frames:v',
    '1',
    '-f',
    'image2',
    '-update',
    '1',
    file,
  ]
  const run = await readFilm(tools, footage, args, { folder, signal })
  return run.code === 0 && (await stat(file).catch(() => null))?.size ? file : null
}

/** @param folder for what ffmpeg writes: what comes by a pipe is taken apart into lines, also within a value */
async function tagsOf(
  tools: FfmpegTools,
  footage: Footage,
  folder: string,
  signal?: AbortSignal,
): Promise<CarriedTags> {
  const file = join(folder, 'tags.txt')
  const args = ['-v', 'level+error', '-y', ...footage.inputArgs, '-f', 'ffmetadata', `file:${file}`]
  await readFilm(tools, footage, args, { folder, signal })
  return tagsIn(await readFile(file, 'utf8').catch(() => ''))
}

/**
 * Throws UserError 'cancelled', 'footage-changed' where the film could not be read, or one of the folder for temporary
 * files where that can not be used.
 * @param isInPieces see piecedFilm.ts
 */
export async function chooseCarried(
  tools: FfmpegTools,
  footage: Footage,
  format: ExportFormat,
  carrying: Carrying,
  isInPieces: boolean,
  signal?: AbortSignal,
): Promise<CarriedChoice> {
  const offered = carriedPlan(footage.source.banner, footage.source.stream, format)
  const plan = isInPieces ? inPieces(offered) : offered
  const notes: Sentence[] = [...plan.notes]
  const carriable = carrying === 'nothing' ? [] : plan.carriable
  if (carrying === 'nothing') notes.push(...plan.carriable.map(({ label }) => cannotTake(label, format.name)))
  const found: (Carried | null)[] = []
  const folder = await makeTemporary('colornn-export-')
  const forget = (): Promise<void> => rm(folder, { recursive: true, force: true })

  async function choose(one: Carriable, place: number): Promise<void> {
    found[place] = null
    const { stream, kind, label } = one
    if (kind === 'attachment') {
      found[place] = { stream, kind, label, way: one.ways[0]! }
      return
    }
    if (kind === 'cover' && format.container === 'matroska') {
      const file = await coverFile(tools, footage, one, folder, signal)
      if (file === null) notes.push(cannotTake(label, format.name))
      else found[place] = { stream, kind, label, way: one.ways[0]!, file }
      return
    }
    const file = carrying === 'tried whole' ? null : join(folder, `${place}`)
    for (const way of one.ways) {
      const trial = await tryWay(tools, footage, format, one, way, file, signal)
      if (trial === 'empty') return void notes.push(sentence`${label} is empty; it is left out.`)
      if (trial === 'fails') {
        if (file === null && way.codec === 'copy')
          notes.push(sentence`${label} is damaged; it can not be copied to its end.`)
        continue
      }
      const moved =
        way.codec === 'copy' ? await movedBy(tools, footage, format, one, join(folder, `${place}`), signal) : 0
      found[place] = { stream, kind, label, way, moved }
      if (way.note !== null) notes.push(way.note)
      return
    }
    notes.push(cannotTake(label, format.name))
  }

  try {
    for (let at = 0; at < carriable.length; at += AT_ONCE) {
      // What one throws is thrown once the others have left the folder.
      const tried = await Promise.allSettled(carriable.slice(at, at + AT_ONCE).map((one, n) => choose(one, at + n)))
      for (const one of tried) if (one.status === 'rejected') throw one.reason
    }
    return {
      carried: found.filter((one) => one !== null),
      notes,
      tags: format.container === 'image2' ? noTags : await tagsOf(tools, footage, folder, signal),
      folder,
      forget,
    }
  } catch (error) {
    // That a folder stays behind is less than what went wrong.
    await forget().catch(() => undefined)
    throw error
  }
}
