/** Decodes the pictures of an export that are files, and hashes them as they were hashed when they were written. */
import { pictureGuards } from '../../ffmpeg/inputGuards.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { lastLines, runFfmpeg } from '../../ffmpeg/runFfmpeg.ts'
import { readFailure } from '../../reading/decoding/readEnd.ts'
import { fileUrl } from '../../reading/inputFile.ts'
import { hashIn, hashing } from './sampleHash.ts'
import { encodingOf, firstNumber, picturesUrl, type PictureOrder } from '../segments/segmentCommand.ts'

interface FilesToRead {
  /** Arguments up to the '-i' and what it names. */
  readonly input: readonly string[]
  /** What the encoder was given. */
  readonly pixelFormat: string
}

/**
 * One that can not be decoded is left out: the next one's hash comes in its place.
 * @param onPicture hears the hash of each, in their order
 * @throws Error where they could not be read, or ffmpeg did not end by itself; or UserError 'cancelled'
 */
async function hashFiles(
  tools: FfmpegTools,
  { input, pixelFormat }: FilesToRead,
  onPicture: (hash: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  let failure: string | null = null
  const run = await runFfmpeg(
    tools,
    [
      ...['-v', 'level+error', '-max_error_rate', '1', '-noautorotate', ...input],
      ...['-map', '0:v:0', ...hashing(pixelFormat), '-'],
    ],
    {
      signal,
      onStderrLine: (line) => void (failure ??= readFailure(line, input)),
      onStdoutLine: (line) => {
        const hash = hashIn(line)
        if (hash !== null) onPicture(hash)
      },
    },
  )
  const reason = failure ?? run.signal
  if (reason !== null) throw new Error(`reading back ended by ${reason}: ${lastLines(run.stderr)}`)
}

/** Of a finished export, all of them, in a folder. */
export function readBackFiles(
  tools: FfmpegTools,
  order: PictureOrder,
  folder: string,
  onPicture: (hash: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const numbers = ['-start_number_range', '1', '-start_number', `${firstNumber(order)}`]
  const input = [...pictureGuards, ...numbers, '-i', picturesUrl(order, folder)]
  return hashFiles(tools, { input, pixelFormat: encodingOf(order).pixelFormat }, onPicture, signal)
}

/**
 * Of one file; null where it can not be decoded. Throws what readBackFiles does.
 * @param codec ffmpeg's name of what it is written in; its name need not say that
 */
export async function hashOfFile(
  tools: FfmpegTools,
  path: string,
  codec: string,
  pixelFormat: string,
): Promise<string | null> {
  const input = [...pictureGuards, '-pattern_type', 'none', '-c:v', codec, '-i', fileUrl(path)]
  const hashes: string[] = []
  await hashFiles(tools, { input, pixelFormat }, (hash) => hashes.push(hash))
  return hashes[0] ?? null
}
