/** A folder of its own for each test, gone afterwards. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Removed when the running test ends. */
export function workFolder(): string {
  const folder = sharedFolder()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** For material that several tests of a file read; the caller removes it. */
export function sharedFolder(): string {
  return mkdtempSync(join(tmpdir(), 'colornn-test-'))
}
