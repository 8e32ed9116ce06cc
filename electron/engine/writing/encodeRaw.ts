/** One picture of raw samples through an ffmpeg of its own. */
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { eachLine, exited, LogTail, quietArgs, spawnFfmpeg } from '../ffmpeg/runFfmpeg.ts'
import { rawPlanes, type Planes } from '../picture/pixelLayout.ts'

/** Raw samples as they lie in memory. */
export interface RawSamples {
  /** As ffmpeg names it. */
  readonly pixelFormat: string
  readonly width: number
  readonly height: number
  readonly parts: readonly Uint8Array[]
}

export function rawSamples(planes: Planes): RawSamples {
  const { layout } = planes
  return {
    pixelFormat: layout.ffmpegName,
    width: layout.width,
    height: layout.height,
    parts: rawPlanes(planes),
  }
}

export interface EncodedRaw {
  /** What came on the pipe. */
  readonly bytes: Uint8Array
  /** What ffmpeg said where it did not end well; null where it did. */
  readonly trouble: LogTail | null
}

/** @param writing arguments that make ffmpeg write the picture, its target at their end */
export async function encodeRaw(
  tools: FfmpegTools,
  { pixelFormat, width, height, parts }: RawSamples,
  writing: readonly string[],
): Promise<EncodedRaw> {
  const child = spawnFfmpeg(tools, [
    ...quietArgs,
    ...['-v', 'level+warning', '-f', 'rawvideo', '-pix_fmt', pixelFormat, '-s', `${width}x${height}`],
    ...['-i', 'pipe:0', '-frames:v', '1', ...writing],
  ])
  const done = exited(child)
  const log = new LogTail()
  const out: Buffer[] = []
  eachLine(child.stderr, (line) => log.add(`${line}\n`))
  child.stdout.on('data', (part: Buffer) => out.push(part))
  // One that has ended reads no more; its exit says why.
  child.stdin.on('error', () => undefined)
  for (const part of parts) child.stdin.write(part)
  child.stdin.end()
  const isWell = (await done) === 0
  return { bytes: Uint8Array.from(Buffer.concat(out)), trouble: isWell ? null : log }
}

export function pictureFailed(log: LogTail | null): UserError {
  return new UserError(
    'ffmpeg-failed',
    sentence`The picture could not be written: ffmpeg stopped.`,
    sentence`Try again, or choose another place. The footage is unharmed.`,
    log?.lines(6),
  )
}
