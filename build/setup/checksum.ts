/** Files from elsewhere are used only when they are, byte for byte, the ones this version was tried with. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** SHA-256 of a file, in hexadecimal. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/**
 * @throws Error when the file is not the expected one; the file is then deleted, so that the next run fetches it afresh
 */
export async function requireChecksum(file: string, expected: string): Promise<void> {
  const actual = await sha256(file)
  if (actual === expected) return
  await rm(file, { force: true })
  throw new Error(`${basename(file)} is not the file that was expected (its SHA-256 is ${actual}, not ${expected})`)
}
