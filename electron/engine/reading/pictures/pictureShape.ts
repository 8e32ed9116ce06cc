/**
 * Width, height and kind of a picture by its header alone: a few kilobytes of each, so that a run of thousands is
 * looked through without being decoded. Knows the formats that film is scanned to; of others nothing is said.
 */
import { open, type FileHandle } from 'node:fs/promises'

export interface PictureShape {
  readonly width: number
  readonly height: number
  /** Whatever else decides how its samples are decoded: equal ones are decoded alike. */
  readonly kind: string
}

/** Holds the headers of most formats. */
const HEAD_BYTES = 2048
/** Headers of formats that keep them anywhere in the file are read in pieces of so many bytes. */
const PIECE_BYTES = 4096
/** A JPEG file may hold profiles and thumbnails before it says its size. */
const MOST_SEGMENTS = 500
const MOST_TAGS = 500

type Read = (at: number, bytes: number) => Promise<Buffer>

interface Numbers {
  readonly short: (at: number) => number
  readonly long: (at: number) => number
}

const numbersOf = (bytes: Buffer, big: boolean): Numbers =>
  big
    ? { short: (at) => bytes.readUInt16BE(at), long: (at) => bytes.readUInt32BE(at) }
    : { short: (at) => bytes.readUInt16LE(at), long: (at) => bytes.readUInt32LE(at) }

/** SMPTE ST 268-1. */
function dpx(head: Buffer): PictureShape {
  const { long } = numbersOf(head, head.toString('latin1', 0, 4) === 'SDPX')
  return { width: long(772), height: long(776), kind: `dpx ${head[800]} ${head[803]} ${long(1628)}:${long(1632)}` }
}

/** Cineon 4.5. */
function cineon(head: Buffer): PictureShape {
  const { long } = numbersOf(head, head.readUInt32BE(0) === 0x802a5fd7)
  return { width: long(200), height: long(204), kind: `cin ${head[193]} ${head[198]}` }
}

/** The first directory of TIFF 6.0. */
async function tiff(head: Buffer, read: Read): Promise<PictureShape | null> {
  const big = head.toString('latin1', 0, 2) === 'MM'
  const at = numbersOf(head, big).long(4)
  const count = numbersOf(await read(at, 2), big).short(0)
  if (count > MOST_TAGS) return null
  const directory = await read(at + 2, 12 * count)
  const { short, long } = numbersOf(directory, big)
  const tags = new Map<number, string>()
  for (let n = 0; n < count; n++) {
    const isShort = short(12 * n + 2) === 3 && long(12 * n + 4) === 1
    tags.set(short(12 * n), `${isShort ? short(12 * n + 8) : long(12 * n + 8)}`)
  }
  // Where there are several channels, theirs lie elsewhere: at another place in each file.
  const first = (tag: number): Promise<number | undefined> => firstShort(directory, tag, big, read)
  const kind = `tiff ${tags.get(277) ?? '1'} ${await first(258)} ${tags.get(262)} ${(await first(339)) ?? 1}`
  return { width: Number(tags.get(256)), height: Number(tags.get(257)), kind }
}

/** The first of a tag's 16-bit values, of which one or two stand in the directory itself. */
async function firstShort(directory: Buffer, tag: number, big: boolean, read: Read): Promise<number | undefined> {
  const { short, long } = numbersOf(directory, big)
  for (let at = 0; at + 12 <= directory.length; at += 12) {
    if (short(at) !== tag) continue
    return long(at + 4) <= 2 ? short(at + 8) : numbersOf(await read(long(at + 8), 2), big).short(0)
  }
  return undefined
}

/** ITU-T T.81: the first frame header. */
async function jpeg(read: Read): Promise<PictureShape | null> {
  let at = 2
  for (let n = 0; n < MOST_SEGMENTS; n++) {
    const segment = await read(at, 20)
    const marker = segment[1]!
    if (segment[0] !== 0xff || marker === 0xda) return null
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) {
      const channels = segment[9]!
      const sampling = Array.from({ length: Math.min(channels, 3) }, (_, k) => segment[11 + 3 * k])
      return {
        width: segment.readUInt16BE(7),
        height: segment.readUInt16BE(5),
        kind: `jpeg ${segment[4]} ${sampling.join(' ')}`,
      }
    }
    at += marker === 0xff ? 1 : 2 + segment.readUInt16BE(2)
  }
  return null
}

/** OpenEXR: the window that is shown. */
async function exr(read: Read): Promise<PictureShape | null> {
  const bytes = await read(0, 16 * PIECE_BYTES)
  let window: readonly number[] | null = null
  let channels = ''
  for (let at = 8; at < bytes.length && bytes[at] !== 0;) {
    const nameEnd = bytes.indexOf(0, at)
    const typeEnd = bytes.indexOf(0, nameEnd + 1)
    if (nameEnd < 0 || typeEnd < 0) return null
    const [name, size] = [bytes.toString('latin1', at, nameEnd), bytes.readInt32LE(typeEnd + 1)]
    const value = bytes.subarray(typeEnd + 5, typeEnd + 5 + size)
    if (name === 'displayWindow') window = [0, 4, 8, 12].map((n) => value.readInt32LE(n))
    if (name === 'channels') channels = value.toString('hex')
    at = typeEnd + 5 + size
  }
  return window && { width: window[2]! - window[0]! + 1, height: window[3]! - window[1]! + 1, kind: `exr ${channels}` }
}

/** Netpbm: numbers apart by blanks, with comments. */
function netpbm(head: Buffer): PictureShape | null {
  const fields = head
    .toString('latin1')
    .replace(/#[^\n]*\n/g, ' ')
    .split(/\s+/)
  const [magic = '', width, height, brightest] = fields
  if (!/^P[1-6]$/.test(magic)) return null
  // Black and white ones do not say how bright white is.
  return { width: Number(width), height: Number(height), kind: `pnm ${magic} ${/[14]/.test(magic) ? '' : brightest}` }
}

function webp(head: Buffer): PictureShape | null {
  const name = head.toString('latin1', 12, 16)
  if (name === 'VP8X')
    return { width: 1 + head.readUIntLE(24, 3), height: 1 + head.readUIntLE(27, 3), kind: `webp ${head[20]}` }
  if (name === 'VP8 ')
    return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff, kind: 'webp' }
  const bits = head.readUInt32LE(21)
  return name === 'VP8L'
    ? { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff), kind: 'webp lossless' }
    : null
}

/** ISO/IEC 15444-1: the SIZ segment of the code stream, within JP2's boxes or not. */
function jpeg2000(head: Buffer): PictureShape | null {
  const at = head.indexOf(Buffer.from('ff4fff51', 'hex'))
  if (at < 0) return null
  const [x, y, left, top] = [8, 12, 16, 20].map((n) => head.readUInt32BE(at + n)) as [number, number, number, number]
  return { width: x - left, height: y - top, kind: `jp2 ${head.toString('hex', at + 40, at + 42)} ${head[at + 42]}` }
}

function parse(head: Buffer, ending: string, read: Read): Promise<PictureShape | null> | PictureShape | null {
  const magic = head.toString('latin1', 0, 4)
  if (magic === '\x89PNG')
    return { width: head.readUInt32BE(16), height: head.readUInt32BE(20), kind: `png ${head[24]} ${head[25]}` }
  if (magic === 'SDPX' || magic === 'XPDS') return dpx(head)
  if (magic === 'II*\0' || magic === 'MM\0*') return tiff(head, read)
  if (magic.startsWith('\xff\xd8')) return jpeg(read)
  if (head.readUInt32LE(0) === 20000630) return exr(read)
  if (magic.startsWith('BM')) {
    return { width: head.readInt32LE(18), height: Math.abs(head.readInt32LE(22)), kind: `bmp ${head.readUInt16LE(28)}` }
  }
  if (magic.startsWith('\x01\xda')) {
    return {
      width: head.readUInt16BE(6),
      height: head.readUInt16BE(8),
      kind: `sgi ${head[3]} ${head.readUInt16BE(10)}`,
    }
  }
  if ([0x802a5fd7, 0xd75f2a80].includes(head.readUInt32BE(0))) return cineon(head)
  if (magic === 'RIFF') return webp(head)
  if (/^P[1-6]/.test(magic)) return netpbm(head)
  if (ending === '.tga')
    return { width: head.readUInt16LE(12), height: head.readUInt16LE(14), kind: `tga ${head[2]} ${head[16]}` }
  return jpeg2000(head)
}

async function readAt(file: FileHandle, at: number, bytes: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(bytes), 0, bytes, at)
  return buffer.subarray(0, bytesRead)
}

/**
 * Null where the header says nothing that is understood, and for files that can't be read.
 * @param ending of its name, lowercase with its dot
 */
export async function readPictureShape(path: string, ending: string): Promise<PictureShape | null> {
  let file: FileHandle | null = null
  try {
    file = await open(path, 'r')
    const opened = file
    const shape = await parse(await readAt(file, 0, HEAD_BYTES), ending, (at, bytes) => readAt(opened, at, bytes))
    return shape && shape.width > 0 && shape.height > 0 ? shape : null
  } catch {
    return null
  } finally {
    await file?.close()
  }
}
