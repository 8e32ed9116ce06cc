/**
 * A place that runs full, for real: a tiny file system where we may mount one, else ffmpeg under a limit on file sizes.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { locateFfmpeg, type FfmpegTools } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'

export interface SmallDisk {
  readonly folder: string
  readonly tools: FfmpegTools
}

const KILOBYTES = 300

export async function smallDisk(folder: string): Promise<SmallDisk> {
  const tools = await locateFfmpeg()
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${KILOBYTES}k`, 'tmpfs', disk], { stdio: 'ignore' })
    onTestFinished(() => {
      execFileSync('umount', [disk])
      rmdirSync(disk)
    })
    return { folder: disk, tools }
  } catch {
    // Ignoring the signal makes the write itself fail, as it does on a full disk.
    const limited = join(folder, 'limited-ffmpeg')
    writeFileSync(limited, `#!/bin/sh\ntrap '' XFSZ\nulimit -f ${KILOBYTES * 2}\nexec '${tools.path}' "$@"\n`)
    chmodSync(limited, 0o755)
    return { folder: disk, tools: { ...tools, path: limited } }
  }
}
