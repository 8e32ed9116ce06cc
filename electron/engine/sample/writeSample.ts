/** Writes the sample film as a file, through ffmpeg. */
import { once } from 'node:events'
import { rename, rm } from 'node:fs/promises'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { eachLine, exited, LogTail, quietArgs, spawnFfmpeg } from '../ffmpeg/runFfmpeg.ts'
import { drawSampleFrame, SAMPLE } from './drawSeaside.ts'

/**
 * The file is whole or not there. Throws UserError where it can't be written. Lets other work in between two frames.
 */
export async function writeSample(tools: FfmpegTools, target: string): Promise<void> {
  const partial = `${target}.partial.mkv`
  const { width, height, rate, frames } = SAMPLE
  const shape = ['-f', 'rawvideo', '-pix_fmt', 'gray', '-s', `${width}x${height}`, '-r', String(rate), '-i', '-']
  const output = ['-pix_fmt', 'yuv420p', '-c:v', 'ffv1', '-g', '12', `file:${partial}`]
  const child = spawnFfmpeg(tools, [...quietArgs, '-v', 'error', '-y', ...shape, ...output])
  const log = new LogTail()
  eachLine(child.stderr, (line) => log.add(`${line}\n`))
  const done = exited(child)
  done.catch(() => undefined)
  for (let frame = 0; frame < frames && child.process.exitCode === null; frame++) {
    if (!child.stdin.write(drawSampleFrame(frame))) await Promise.race([once(child.stdin, 'drain'), done])
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  child.stdin.end()
  if ((await done) === 0) return rename(partial, target)
  await rm(partial, { force: true })
  throw new UserError(
    'target-not-writable',
    sentence`The sample film could not be written.`,
    sentence`Free some space on the disk, or open a film of your own.`,
    log.text,
  )
}
