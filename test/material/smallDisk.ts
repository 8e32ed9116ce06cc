/**
 * A place that runs full, for real: a tiny file system where we may mount one, else ffmpeg under a limit on file sizes.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { locateFfmpeg, type FfmpegTools } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { scriptedFfmpeg } from './scriptedFfmpeg.ts'

export interface SmallDisk {
  readonly folder: string
  readonly tools: FfmpegTools
  /** It has so much room for all that is on it; otherwise for each file that ffmpeg writes. */
  readonly isWhole: boolean
}

export async function smallDisk(folder: string, kilobytes = 300): Promise<SmallDisk> {
  const tools = await locateFfmpeg()
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', disk], { stdio: 'ignore' })
    onTestFinished(() => {
      execFileSync('umount', [disk])
      rmdirSync(disk)
    })
    return { folder: disk, tools, isWhole: true }
  } catch {
    return { folder: disk, tools: await limitedFfmpeg(folder, kilobytes), isWhole: false }
  }
}

/** An ffmpeg that writes no file larger than this, as if the disk were full then. */
export function limitedFfmpeg(folder: string, kilobytes: number): Promise<FfmpegTools> {
  // Ignoring the signal makes the write itself fail, as it does on a full disk.
  return scriptedFfmpeg(folder, `trap '' XFSZ\nulimit -f ${kilobytes * 2}`)
}
