/**
 * How a still picture is to be turned for showing: cameras and scanners store it as it was taken, and say so in a tag.
 * Pure.
 */
import type { Orientation } from '../../../contract/orientation.ts'
import { jpegSegments, pictureKind, pngChunks, tiffTags, webpChunks } from './pictureParts.ts'

const upright: Orientation = { rotation: 0, mirrored: false }
const ORIENTATION = 274
const APP1 = 0xe1
const EXIF = 'Exif\0\0'

/**
 * The values 1 to 8 of the tag (TIFF 6.0; Exif 3.0, section 4.6.5): mirrored left to right first, then turned
 * clockwise.
 */
const ways: readonly Orientation[] = [
  upright,
  { rotation: 0, mirrored: true },
  { rotation: 180, mirrored: false },
  { rotation: 180, mirrored: true },
  { rotation: 270, mirrored: true },
  { rotation: 90, mirrored: false },
  { rotation: 90, mirrored: true },
  { rotation: 270, mirrored: false },
]

const isExif = (data: Buffer): boolean => data.toString('latin1', 0, EXIF.length) === EXIF

/** What holds the tag, as a TIFF file; null where there is nothing. */
function tagged(file: Buffer): Buffer | null {
  switch (pictureKind(file)) {
    case 'tiff':
      return file
    case 'jpeg':
      return (
        jpegSegments(file)
          .find(({ marker, data }) => marker === APP1 && isExif(data))
          ?.data.subarray(EXIF.length) ?? null
      )
    case 'png':
      return pngChunks(file).get('eXIf') ?? null
    case 'webp': {
      const exif = webpChunks(file).get('EXIF') ?? null
      return exif && isExif(exif) ? exif.subarray(EXIF.length) : exif
    }
    default:
      return null
  }
}

/** @param file the whole file's bytes */
export function pictureOrientation(file: Buffer): Orientation {
  try {
    const tags = tagged(file)
    return ways[((tags && tiffTags(tags).get(ORIENTATION)?.value) ?? 1) - 1] ?? upright
  } catch {
    // A tag that leads nowhere says nothing.
    return upright
  }
}
