/** Finds parts of containers by their names, where they lie: boxes of movie files and elements of Matroska. */
import { open, type FileHandle } from 'node:fs/promises'

export interface Part {
  /** Four letters of a movie file's box, hexadecimal digits of a Matroska element. */
  readonly name: string
  /** Bytes of the file that are its content. */
  readonly from: number
  readonly to: number
}

export type ReadPart = (file: FileHandle, from: number, end: number) => Promise<Part | null>

/** Bytes that a part's name and length take at most. */
export const HEAD_BYTES = 16

export async function bytesAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from)
  return buffer.subarray(0, bytesRead)
}

/** ISO/IEC 14496-12, 4.2: length, type, and a longer length where the first is 1; 0 is up to the end. */
export const readBox: ReadPart = async (file, from, end) => {
  const head = await bytesAt(file, from, HEAD_BYTES)
  if (head.length < 8) return null
  const short = head.readUInt32BE(0)
  const isLong = short === 1 && head.length === HEAD_BYTES
  const length = isLong ? Number(head.readBigUInt64BE(8)) : short === 0 ? end - from : short
  const content = isLong ? HEAD_BYTES : 8
  return length < content
    ? null
    : { name: head.toString('latin1', 4, 8), from: from + content, to: Math.min(end, from + length) }
}

/**
 * RFC 8794: both the name and the length say how long they are by their leading zero bits; a length of ones alone is
 * not known.
 */
export const readElement: ReadPart = async (file, from, end) => {
  const head = await bytesAt(file, from, HEAD_BYTES)
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

export async function partsOf(
  file: FileHandle,
  read: ReadPart,
  { from, to }: Pick<Part, 'from' | 'to'>,
  until?: string,
): Promise<Part[]> {
  const parts: Part[] = []
  for (let at = from; at < to;) {
    const part = await read(file, at, to)
    if (part === null) break
    parts.push(part)
    if (part.name === until) break
    at = part.to
  }
  return parts
}

/** All parts that lie at a path of names. */
export async function partsAt(
  file: FileHandle,
  read: ReadPart,
  whole: Pick<Part, 'from' | 'to'>,
  path: readonly string[],
): Promise<Part[]> {
  const [name, ...rest] = path
  if (name === undefined) return []
  const here = (await partsOf(file, read, whole)).filter((part) => part.name === name)
  return rest.length === 0 ? here : (await Promise.all(here.map((part) => partsAt(file, read, part, rest)))).flat()
}

/**
 * Whether a movie file holds, whole, the box that says where its pictures lie. Throws what the system says of an
 * unreadable one.
 */
export async function holdsMovieBox(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    // Looked for beyond the file's end, so that a box which is cut off tells its length.
    const last = (await partsOf(file, readBox, { from: 0, to: Number.MAX_SAFE_INTEGER }, 'moov')).at(-1)
    return last?.name === 'moov' && last.to <= size
  } finally {
    await file.close()
  }
}

/** Elements of Matroska (RFC 9559). */
export const matroskaIds = { segment: '18538067', tracks: '1654ae6b', trackEntry: 'ae', crc32: 'bf' } as const

/** A Matroska file's list of tracks; null where there is none. */
export async function tracksOf(file: FileHandle, size: number): Promise<Part | null> {
  const { segment, tracks } = matroskaIds
  const whole = (await partsOf(file, readElement, { from: 0, to: size }, segment)).at(-1)
  const found = whole && (await partsOf(file, readElement, whole, tracks)).at(-1)
  return found?.name === tracks ? found : null
}
