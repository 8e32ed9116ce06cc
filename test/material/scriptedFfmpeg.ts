/** The real ffmpeg behind some lines of shell, which may change what it is told. */
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { locateFfmpeg, type FfmpegTools } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'

/** @param lines of a POSIX shell, before ffmpeg takes its place */
export async function scriptedFfmpeg(folder: string, lines: string): Promise<FfmpegTools> {
  const tools = await locateFfmpeg()
  const path = join(folder, 'scripted-ffmpeg')
  writeFileSync(path, `#!/bin/sh\n${lines}\nexec '${tools.path}' "$@"\n`)
  chmodSync(path, 0o755)
  return { ...tools, path }
}

/**
 * Lines that look at each argument as $a, and hand it on as it is then.
 * @param look a command, or several; `continue` leaves the argument out
 */
export const eachArgument = (look: string): string => `for a; do shift; ${look}; set -- "$@" "$a"; done`
