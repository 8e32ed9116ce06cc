/**
 * Whether a film's pictures are encrypted, by what its container says. ffmpeg doesn't tell it of every container, and its
 * decoders take scrambled bytes for damage, or now and then for a picture.
 */
import { open, type FileHandle } from 'node:fs/promises'

interface Part {
  /** Four letters of a movie file's box, hexadecimal digits of a Matroska element. */
  readonly name: string
  /** Bytes of the file that are its content. */
  readonly from: number
  readonly to: number
}

type ReadPart = (file: FileHandle, from: number, end: number) => Promise<Part | null>

/** Bytes that a part's name and length take at most. */
const HEAD = 16

async function bytesAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from)
  return buffer.subarray(0, bytesRead)
}

/** ISO/IEC 14496-12, 4.2: length, type, and a longer length where the first is 1; 0 is up to the end. */
const readBox: ReadPart = async (file, from, end) => {
  const head = await bytesAt(file, from, HEAD)
  if (head.length < 8) return null
  const short = head.readUInt32BE(0)
  const isLong = short === 1 && head.length === HEAD
  const length = isLong ? Number(head.readBigUInt64BE(8)) : short === 0 ? end - from : short
  const content = isLong ? HEAD : 8
  return length < content ? null : { name: head.toString('latin1', 4, 8), from: from + content, to: Math.min(end, from + length) }
}

/** RFC 8794: both the name and the length say how long they are by their leading zero bits; a length of ones alone is not known. */
const readElement: ReadPart = async (file, from, end) => {
  const head = await bytesAt(file, from, HEAD)
  const idLength = Math.clz32(head[0] ?? 0) - 23
  const first = head[idLength] ?? 0
  const sizeLength = Math.clz32(first) - 23
  if (idLength > 4 || sizeLength > 8 || head.length < idLength + sizeLength) return null
  const content = from + idLength + sizeLength
  let length = first & (0xff >> sizeLength)
  let known = length !== 0xff >> sizeLength
  for (const byte of head.subarray(idLength + 1, idLength + sizeLength)) {
    length = length * 256 + byte
    known ||= byte !== 0xff
  }
  return { name: head.toString('hex', 0, idLength), from: content, to: known ? Math.min(end, content + length) : end }
}

async function partsOf(file: FileHandle, read: ReadPart, { from, to }: Pick<Part, 'from' | 'to'>, until?: string): Promise<Part[]> {
  const parts: Part[] = []
  for (let at = from; at < to; ) {
    const part = await read(file, at, to)
    if (part === null) break
    parts.push(part)
    if (part.name === until) break
    at = part.to
  }
  return parts
}

/** All parts that lie at a path of names. */
async function partsAt(file: FileHandle, read: ReadPart, whole: Pick<Part, 'from' | 'to'>, path: readonly string[]): Promise<Part[]> {
  const [name, ...rest] = path
  if (name === undefined) return []
  const here = (await partsOf(file, read, whole)).filter((part) => part.name === name)
  return rest.length === 0 ? here : (await Promise.all(here.map((part) => partsAt(file, read, part, rest)))).flat()
}

/** Sample entries of encrypted pictures: of ISO/IEC 23001-7, and of films bought from Apple. */
const lockedEntries = new Set(['encv', 'drmi'])
/** Version, flags and count, before the entries of a movie file's sample table. */
const STSD_HEAD = 8

async function movieIsEncrypted(file: FileHandle, size: number): Promise<boolean> {
  for (const { from, to } of await partsAt(file, readBox, { from: 0, to: size }, ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'])) {
    if ((await partsOf(file, readBox, { from: from + STSD_HEAD, to })).some(({ name }) => lockedEntries.has(name))) return true
  }
  return false
}

/** Elements of Matroska (RFC 9559). */
const SEGMENT = '18538067'
const TRACKS = '1654ae6b'
const TRACK_ENTRY = 'ae'
const TRACK_TYPE = '83'
const encryptionPath = ['6d80', '6240', '5035']

async function matroskaIsEncrypted(file: FileHandle, size: number): Promise<boolean> {
  const segment = (await partsOf(file, readElement, { from: 0, to: size }, SEGMENT)).at(-1)
  const tracks = segment && (await partsOf(file, readElement, segment, TRACKS)).at(-1)
  if (tracks?.name !== TRACKS) return false
  for (const track of (await partsOf(file, readElement, tracks)).filter(({ name }) => name === TRACK_ENTRY)) {
    const type = (await partsAt(file, readElement, track, [TRACK_TYPE]))[0]
    const isPicture = type !== undefined && (await bytesAt(file, type.from, 1))[0] === 1
    if (isPicture && (await partsAt(file, readElement, track, encryptionPath)).length > 0) return true
  }
  return false
}

/** ISO/IEC 13818-1, 2.4.3: packets of 188 bytes that begin with 0x47; two bits of the fourth byte say that the payload is scrambled. */
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
    const head = await bytesAt(file, 0, HEAD)
    if (head.length < HEAD) return false
    if (head.readUInt32BE(0) === 0x1a45dfa3) return await matroskaIsEncrypted(file, size)
    if (head[0] === 0x47) return await transportIsEncrypted(file)
    return /^(?:ftyp|styp|moov|mdat|wide|free|skip|pnot)$/.test(head.toString('latin1', 4, 8)) && (await movieIsEncrypted(file, size))
  } finally {
    await file.close()
  }
}
