/**
 * The parts that picture files are made of, as far as they tell how a picture is meant: by its header, never by its
 * pixels. Pure.
 */

/** The first chunk of each type, as far as the file reaches (PNG, third edition, section 5). */
export function pngChunks(file: Buffer): ReadonlyMap<string, Buffer> {
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at + 12 <= file.length;) {
    const length = file.readUInt32BE(at)
    const type = file.toString('latin1', at + 4, at + 8)
    if (!chunks.has(type)) chunks.set(type, file.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  return chunks
}

export interface JpegSegment {
  readonly marker: number
  readonly data: Buffer
}

/** Those before the pixels (ITU-T T.81, annex B). */
export function jpegSegments(file: Buffer): JpegSegment[] {
  const segments: JpegSegment[] = []
  for (let at = 2; at + 4 <= file.length && file[at] === 0xff;) {
    const marker = file[at + 1]!
    if (marker === 0xda) break
    // Any number of these bytes may stand before a marker.
    if (marker === 0xff) {
      at++
      continue
    }
    const length = file.readUInt16BE(at + 2)
    segments.push({ marker, data: file.subarray(at + 4, at + 2 + length) })
    at += 2 + length
  }
  return segments
}

export function webpChunks(file: Buffer): ReadonlyMap<string, Buffer> {
  const chunks = new Map<string, Buffer>()
  for (let at = 12; at + 8 <= file.length;) {
    const length = file.readUInt32LE(at + 4)
    chunks.set(file.toString('latin1', at, at + 4), file.subarray(at + 8, at + 8 + length))
    at += 8 + length + (length % 2)
  }
  return chunks
}

/**
 * One entry of a directory: a number that stands in the entry itself, and the bytes that stand elsewhere where it is
 * longer.
 */
export interface TiffTag {
  readonly value: number
  readonly bytes: Buffer
}

const SHORT = 3
/** Bytes of one value, by type (TIFF 6.0, section 2). */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]

/** The tags of the first directory. Throws RangeError where the file leads nowhere. */
export function tiffTags(file: Buffer): ReadonlyMap<number, TiffTag> {
  const big = file.toString('latin1', 0, 2) === 'MM'
  const short = (at: number): number => (big ? file.readUInt16BE(at) : file.readUInt16LE(at))
  const long = (at: number): number => (big ? file.readUInt32BE(at) : file.readUInt32LE(at))
  const directory = long(4)
  const tags = new Map<number, TiffTag>()
  for (let n = 0; n < short(directory); n++) {
    const at = directory + 2 + 12 * n
    const [type, count] = [short(at + 2), long(at + 4)]
    const length = count * (TYPE_BYTES[type] ?? 1)
    const from = length <= 4 ? at + 8 : long(at + 8)
    tags.set(short(at), {
      value: type === SHORT ? short(at + 8) : long(at + 8),
      bytes: file.subarray(from, from + length),
    })
  }
  return tags
}

export type PictureKind = 'png' | 'jpeg' | 'tiff' | 'webp' | 'exr'

/** By its first bytes; null for all others. */
export function pictureKind(file: Buffer): PictureKind | null {
  const head = file.toString('latin1', 0, 12)
  if (head.startsWith('\x89PNG')) return 'png'
  if (head.startsWith('\xff\xd8')) return 'jpeg'
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return 'tiff'
  if (head.startsWith('v/1\x01')) return 'exr'
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'webp' : null
}
