/** What each command needs, fetched side by side where the parts do not wait for each other. */
import { ensureElectron, type ElectronRuntime } from './electron.ts'
import { ensureFfmpeg } from './ffmpeg.ts'
import { readStamp, writeStamp } from './stamps.ts'
import { ELECTRON_PACKAGES, ensureSystemPackages } from './systemPackages.ts'
import { ensureTensorflow } from './tensorflow.ts'

/** For the command line: no window, no Electron. */
export async function prepareEngine(): Promise<void> {
  await settleAll([ensureTensorflow(), ensureFfmpeg()])
}

/** For the editor. */
export async function prepareEditor(): Promise<ElectronRuntime> {
  const electron = ensureElectron(ensureDisplayPackages())
  await settleAll([prepareEngine(), electron])
  return electron
}

/** Asking dpkg takes longer than a start may: once the system had everything, that is remembered. */
async function ensureDisplayPackages(): Promise<void> {
  const key = ELECTRON_PACKAGES.join(' ')
  if (readStamp('system-packages', key)) return
  const missing = await ensureSystemPackages(ELECTRON_PACKAGES)
  if (missing.length === 0) writeStamp('system-packages', key, {})
}

/** Waits for all, then throws the first error: nothing of a failed set-up goes on running behind its message. */
async function settleAll(parts: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(parts)
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}
