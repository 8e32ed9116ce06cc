/**
 * Whether a film's pictures are encrypted, by what its container says. ffmpeg doesn't tell it of every container, and
 * its decoders take scrambled bytes for damage, or now and then for a picture.
 */
import { open, type FileHandle } from 'node:fs/promises'
import { bytesAt, HEAD_BYTES, matroskaIds, partsAt, partsOf, readBox, readElement, tracksOf } from './containerParts.ts'

/** Sample entries of encrypted pictures: of ISO/IEC 23001-7, and of films bought from Apple. */
const lockedEntries = new Set(['encv', 'drmi'])
/** Version, flags and count, before the entries of a movie file's sample table. */
const STSD_HEAD = 8

async function movieIsEncrypted(file: FileHandle, size: number): Promise<boolean> {
  for (const { from, to } of await partsAt(file, readBox, { from: 0, to: size }, [
    'moov',
    'trak',
    'mdia',
    'minf',
    'stbl',
    'stsd',
  ])) {
    if ((await partsOf(file, readBox, { from: from + STSD_HEAD, to })).some(({ name }) => lockedEntries.has(name)))
      return true
  }
  return false
}

const TRACK_TYPE = '83'
/** ContentEncodings, ContentEncoding, ContentEncryption. */
const encryptionPath = ['6d80', '6240', '5035']

async function matroskaIsEncrypted(file: FileHandle, size: number): Promise<boolean> {
  const tracks = await tracksOf(file, size)
  if (tracks === null) return false
  for (const track of (await partsOf(file, readElement, tracks)).filter(
    ({ name }) => name === matroskaIds.trackEntry,
  )) {
    const type = (await partsAt(file, readElement, track, [TRACK_TYPE]))[0]
    const isPicture = type !== undefined && (await bytesAt(file, type.from, 1))[0] === 1
    if (isPicture && (await partsAt(file, readElement, track, encryptionPath)).length > 0) return true
  }
  return false
}

/**
 * ISO/IEC 13818-1, 2.4.3: packets of 188 bytes that begin with 0x47; two bits of the fourth byte say that the payload
 * is scrambled.
 */
const TS_PACKET = 188
const TS_LOOK = 4096

async function transportIsEncrypted(file: FileHandle): Promise<boolean> {
  const bytes = await bytesAt(file, 0, TS_PACKET * TS_LOOK)
  let scrambled = 0
  let payloads = 0
  for (let at = 0; at + TS_PACKET <= bytes.length; at += TS_PACKET) {
    if (bytes[at] !== 0x47) return false
    const flags = bytes[at + 3] ?? 0
    // Tables, which are never scrambled, are few.
    if ((flags & 0x10) !== 0) payloads++
    if ((flags & 0x80) !== 0) scrambled++
  }
  return scrambled * 2 > payloads
}

/** False for containers that it does not know. */
export async function isEncrypted(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const head = await bytesAt(file, 0, HEAD_BYTES)
    if (head.length < HEAD_BYTES) return false
    if (head.readUInt32BE(0) === 0x1a45dfa3) return await matroskaIsEncrypted(file, size)
    if (head[0] === 0x47) return await transportIsEncrypted(file)
    return (
      /^(?:ftyp|styp|moov|mdat|wide|free|skip|pnot)$/.test(head.toString('latin1', 4, 8)) &&
      (await movieIsEncrypted(file, size))
    )
  } finally {
    await file.close()
  }
}
