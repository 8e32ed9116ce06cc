/**
 * The peaks of films that were listened through before, in the cache's folder: eight bytes of name and version, the
 * CRC-32 of what follows (uint32), and a byte for every value. Disposable.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from '../../content/crc32.ts'
import { renewKept, writeKept } from '../reading/keptFiles.ts'

const MAGIC = Buffer.from('CRNNpk01')
const HEAD_BYTES = MAGIC.length + 4
/** Films that are kept; three hours take 5 MB. */
const KEPT = { suffix: '.peaks', most: 200 }

/** @param name of the film's sound: changes where the same film would be heard otherwise */
export async function readPeaks(folder: string, name: string, count: number): Promise<Uint8Array | null> {
  const file = join(folder, `${name}${KEPT.suffix}`)
  const bytes = await readFile(file).catch(() => null)
  if (bytes?.length !== HEAD_BYTES + count || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return null
  const values = Uint8Array.from(bytes.subarray(HEAD_BYTES))
  if (crc32(values) !== bytes.readUInt32LE(MAGIC.length)) return null
  await renewKept(file)
  return values
}

export async function writePeaks(folder: string, name: string, values: Uint8Array): Promise<void> {
  const check = Buffer.alloc(4)
  check.writeUInt32LE(crc32(values))
  await writeKept(folder, `${name}${KEPT.suffix}`, Buffer.concat([MAGIC, check, values]), KEPT)
}
