/** Writes the sample film as a file, through ffmpeg. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rename, rm } from 'node:fs/promises'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { drawSampleFrame, SAMPLE } from './drawSeaside.ts'

/**
 * The file is whole or not there. Throws UserError where it can't be written. Lets other work in between two frames.
 */
export async function writeSample(tools: FfmpegTools, target: string): Promise<void> {
  const partial = `${target}.partial.mkv`
  const { width, height, rate, frames } = SAMPLE
  const shape = ['-f', 'rawvideo', '-pix_fmt', 'gray', '-s', `${width}x${height}`, '-r', String(rate), '-i', '-']
  const child = spawn(
    tools.path,
    ['-v', 'error', '-y', ...shape, '-pix_fmt', 'yuv420p', '-c:v', 'ffv1', '-g', '12', `file:${partial}`],
    {
      stdio: ['pipe', 'ignore', 'pipe'],
    },
  )
  let complaint = ''
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()))
  // A pipe that breaks is told by the exit code.
  child.stdin.on('error', () => undefined)
  const ended = once(child, 'close') as Promise<[code: number | null]>
  for (let frame = 0; frame < frames && child.exitCode === null; frame++) {
    if (!child.stdin.write(drawSampleFrame(frame))) await Promise.race([once(child.stdin, 'drain'), ended])
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  child.stdin.end()
  const [code] = await ended
  if (code === 0) return rename(partial, target)
  await rm(partial, { force: true })
  throw new UserError(
    'target-not-writable',
    sentence`The sample film could not be written.`,
    sentence`Free some space on the disk, or open a film of your own.`,
    complaint,
  )
}
