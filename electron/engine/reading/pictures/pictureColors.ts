/**
 * What a picture file says of its colors: where PNG, JPEG, TIFF and WebP keep a profile, and the numbers of PNG and
 * OpenEXR.
 */
import { inflateSync } from 'node:zlib'
import {
  gammaCurve,
  linearCurve,
  namedSpace,
  parseProfile,
  spaceOf,
  type ColorSpace,
  type Curve,
} from './iccProfile.ts'
import { jpegSegments, pictureKind, pngChunks, tiffTags, webpChunks } from './pictureParts.ts'

/** 'unknown': the picture says something that can't be applied. Null: sRGB, or nothing is said. */
export type PictureColors = ColorSpace | 'unknown' | null

const ofProfile = (profile: Buffer): PictureColors => parseProfile(profile) ?? 'unknown'

/** PNG (third edition): cICP goes before iCCP, that before sRGB, that before gAMA and cHRM. */
function pngColors(file: Buffer): PictureColors {
  const chunks = pngChunks(file)
  const numbers = chunks.get('cICP')
  if (numbers && numbers.length >= 2) {
    const space = namedSpace(numbers[0]!, numbers[1]!)
    return space === undefined ? 'unknown' : space
  }
  const profile = chunks.get('iCCP')
  if (profile) return ofProfile(inflateSync(profile.subarray(profile.indexOf(0) + 2)))
  const [gamma, primaries] = [chunks.get('gAMA'), chunks.get('cHRM')]
  if (chunks.has('sRGB') || (!gamma && !primaries)) return null
  // A gamma of zero is none (section 11.3.2.2).
  const exponent = gamma?.readUInt32BE(0) || null
  const curve = exponent === null ? null : gammaCurve(100_000 / exponent)
  // The white point first, then red, green and blue.
  const places = primaries ? Array.from({ length: 8 }, (_, n) => primaries.readUInt32BE(4 * n) / 100_000) : null
  return ofNumbers(curve, places && [places[0]!, places[1]!], places?.slice(2) ?? null)
}

/**
 * @param curve null: that of sRGB
 * @param primaries x and y of red, green and blue; null: those of sRGB
 */
function ofNumbers(
  curve: Curve | null,
  white: readonly [number, number] | null,
  primaries: readonly number[] | null,
): PictureColors {
  const space = spaceOf(curve, white, primaries)
  return space === undefined ? 'unknown' : space
}

const APP2 = 0xe2
const ICC = 'ICC_PROFILE\0'

/** JPEG: the profile in pieces of at most 64 KiB, each with its number (ICC.1, annex B.4). */
function jpegColors(file: Buffer): PictureColors {
  const pieces: Buffer[] = []
  for (const { marker, data } of jpegSegments(file)) {
    if (marker === APP2 && data.toString('latin1', 0, ICC.length) === ICC)
      pieces[data[ICC.length]!] = data.subarray(ICC.length + 2)
  }
  return pieces.length === 0 ? null : ofProfile(Buffer.concat(Object.values(pieces)))
}

const TIFF_PROFILE = 34675

function tiffColors(file: Buffer): PictureColors {
  const profile = tiffTags(file).get(TIFF_PROFILE)
  return profile ? ofProfile(profile.bytes) : null
}

function webpColors(file: Buffer): PictureColors {
  const profile = webpChunks(file).get('ICCP')
  return profile ? ofProfile(profile) : null
}

/**
 * OpenEXR holds light itself, of the primaries that it names: x and y of red, green, blue and white; else those of
 * BT.709.
 */
function exrColors(file: Buffer): PictureColors {
  const name = Buffer.from('chromaticities\0chromaticities\0', 'latin1')
  const at = file.subarray(0, 64 * 1024).indexOf(name)
  if (at < 0) return null
  const places = Array.from({ length: 8 }, (_, n) => file.readFloatLE(at + name.length + 4 + 4 * n))
  return ofNumbers(linearCurve, [places[6]!, places[7]!], places.slice(0, 6))
}

/** @param file the whole file's bytes */
export function pictureColors(file: Buffer): PictureColors {
  try {
    switch (pictureKind(file)) {
      case 'png':
        return pngColors(file)
      case 'jpeg':
        return jpegColors(file)
      case 'tiff':
        return tiffColors(file)
      case 'webp':
        return webpColors(file)
      case 'exr':
        return exrColors(file)
      case null:
        return null
    }
  } catch {
    // A header that leads nowhere; ffmpeg says what it makes of the picture.
    return 'unknown'
  }
}
