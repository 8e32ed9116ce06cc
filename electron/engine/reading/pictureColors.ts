/** What a picture file says of its colors: where PNG, JPEG, TIFF and WebP keep a profile, and PNG's numbers. */
import { inflateSync } from 'node:zlib'
import { linearSpace, namedSpace, parseProfile, type ColorSpace } from './iccProfile.ts'

/** 'unknown': the picture says something that can't be applied. Null: sRGB, or nothing is said. */
export type PictureColors = ColorSpace | 'unknown' | null

const ofProfile = (profile: Buffer): PictureColors => parseProfile(profile) ?? 'unknown'

/** PNG (third edition): cICP goes before iCCP, that before sRGB, that before gAMA. */
function pngColors(file: Buffer): PictureColors {
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at)
    const type = file.toString('latin1', at + 4, at + 8)
    if (type === 'IDAT' || type === 'IEND') break
    chunks.set(type, file.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  const numbers = chunks.get('cICP')
  if (numbers && numbers.length >= 2) {
    const space = namedSpace(numbers[0]!, numbers[1]!)
    return space === undefined ? 'unknown' : space
  }
  const profile = chunks.get('iCCP')
  if (profile) return ofProfile(inflateSync(profile.subarray(profile.indexOf(0) + 2)))
  // Other values than that of linear light are near to sRGB's, and mostly written without thought.
  return !chunks.has('sRGB') && chunks.get('gAMA')?.readUInt32BE(0) === 100_000 ? linearSpace : null
}

/** JPEG: the profile in pieces of at most 64 KiB, each with its number (ICC.1, annex B.4). */
function jpegColors(file: Buffer): PictureColors {
  const pieces: Buffer[] = []
  for (let at = 2; at + 4 <= file.length && file[at] === 0xff; ) {
    const marker = file[at + 1]!
    if (marker === 0xda) break
    const length = file.readUInt16BE(at + 2)
    if (marker === 0xe2 && file.toString('latin1', at + 4, at + 15) === 'ICC_PROFILE') {
      pieces[file[at + 16]!] = file.subarray(at + 18, at + 2 + length)
    }
    at += 2 + length
  }
  return pieces.length === 0 ? null : ofProfile(Buffer.concat(Object.values(pieces)))
}

/** TIFF: tag 34675 of the first directory. */
function tiffColors(file: Buffer): PictureColors {
  const big = file.toString('latin1', 0, 2) === 'MM'
  const short = (at: number): number => (big ? file.readUInt16BE(at) : file.readUInt16LE(at))
  const long = (at: number): number => (big ? file.readUInt32BE(at) : file.readUInt32LE(at))
  const directory = long(4)
  for (let n = 0; n < short(directory); n++) {
    const at = directory + 2 + 12 * n
    if (short(at) === 34675) return ofProfile(file.subarray(long(at + 8), long(at + 8) + long(at + 4)))
  }
  return null
}

function webpColors(file: Buffer): PictureColors {
  for (let at = 12; at + 8 <= file.length; ) {
    const length = file.readUInt32LE(at + 4)
    if (file.toString('latin1', at, at + 4) === 'ICCP') return ofProfile(file.subarray(at + 8, at + 8 + length))
    at += 8 + length + (length % 2)
  }
  return null
}

/** @param file the whole file's bytes */
export function pictureColors(file: Buffer): PictureColors {
  try {
    const head = file.toString('latin1', 0, 12)
    if (head.startsWith('\x89PNG')) return pngColors(file)
    if (head.startsWith('\xff\xd8')) return jpegColors(file)
    if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return tiffColors(file)
    if (head.startsWith('RIFF') && head.endsWith('WEBP')) return webpColors(file)
    return null
  } catch {
    // A header that leads nowhere; ffmpeg says what it makes of the picture.
    return 'unknown'
  }
}
