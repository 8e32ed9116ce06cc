/**
 * Giving a file the name of another. Windows lets no file be replaced while anybody has it open, and there something
 * often has for a moment: virus scanners, the search, what copies folders to a cloud.
 */
import { rename } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { errorCode } from './errorCode.ts'

/** What Windows answers for a file that is open elsewhere; it does not tell it from one that may not be written. */
const HELD = new Set(['EPERM', 'EACCES', 'EBUSY'])

/** Three seconds in all. Elsewhere such an answer is final. */
const PAUSES_MS: readonly number[] = process.platform === 'win32' ? [10, 40, 100, 250, 600, 2000] : []

/** Replaces what bears the name already. Throws the system's error. */
export function renameOver(from: string, to: string): Promise<void> {
  return whileHeld(() => rename(from, to), PAUSES_MS)
}

/**
 * Tries again where a file may be open elsewhere for a moment. Throws the last try's error.
 * @param pauses in milliseconds, between two tries
 */
export async function whileHeld<T>(attempt: () => Promise<T>, pauses: readonly number[]): Promise<T> {
  for (const wait of pauses) {
    try {
      return await attempt()
    } catch (error) {
      if (!HELD.has(errorCode(error))) throw error
      await pause(wait)
    }
  }
  return attempt()
}
