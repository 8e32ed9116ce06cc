/**
 * The command line of an installed program. There is no other Node.js in it: its own executable does not take the part
 * of one (see the fuses in build/packaging/fuses.ts), so the command line runs in an Electron that shows no window.
 */
import { app } from 'electron'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommandLine } from '../cli/colorize.ts'
import { inWords } from '../contract/sentence.ts'
import { UserError } from '../contract/userError.ts'
import { utilityEngine } from '../host/utilityEngine.ts'
import { temporaryTrouble } from '../system/temporaryFolder.ts'
import { cacheFolder, engineFile, weightsFolder } from './paths.ts'
import { findNoHosts } from './shell/offline.ts'

/** @param args what stands behind the launcher's name @returns the exit code */
export async function runUnderElectron(args: readonly string[]): Promise<number> {
  findNoHosts()
  const colors = cacheFolder()
  const program = `${app.getName()} ${app.getVersion()}`
  // The editor may be open: what Chromium keeps of its own must not be shared by two programs.
  let scratch: string
  try {
    // At once: Chromium looks for its folder as soon as it is ready.
    scratch = mkdtempSync(join(tmpdir(), 'colornn-'))
  } catch (error) {
    const trouble = temporaryTrouble(error)
    if (!(trouble instanceof UserError)) throw error
    process.stderr.write(`${trouble.message}\n${inWords(trouble.advice)}\n`)
    return 1
  }
  app.setPath('userData', scratch)
  if (process.platform === 'darwin') app.dock?.hide()
  try {
    await app.whenReady()
    return await runCommandLine(args, {
      program,
      command: 'colornn',
      cacheFolder: colors,
      launchEngine: utilityEngine(engineFile, {
        COLORNN_CACHE: colors,
        COLORNN_WEIGHTS: weightsFolder(),
        COLORNN_CACHE_LIMIT: process.env['COLORNN_CACHE_LIMIT'] ?? '',
      }),
      exit: (code) => app.exit(code),
    })
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 })
  }
}
