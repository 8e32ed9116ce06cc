/** Whether the pictures of an export are whole, by what their heads say of their length. */
import { open, readdir, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExportFormat } from '../../../contract/formats.ts'
import { bytesAt } from '../../reading/opening/containerParts.ts'

/** Ends a PNG file (section 11.2.5): no bytes, the name, its checksum. */
const IEND = Buffer.from('0000000049454e44ae426082', 'hex')
/** Of a TIFF picture. */
const CHANNELS = 3
const BITS = 8
/** All attributes lie within these. */
const HEAD_BYTES = 2048
/** The first four bytes of OpenEXR. */
const EXR = 20_000_630

/**
 * Where the last block of lines of an OpenEXR file ends; null where that is not said. Behind the attributes (name,
 * kind, length, value) a table tells where each block begins, and each says how long it is. (OpenEXR file layout.)
 */
async function exrEnd(file: FileHandle, head: Buffer): Promise<number | null> {
  if (head.length < 8 || head.readUInt32LE(0) !== EXR) return null
  let at = 8
  while (head[at] !== 0) {
    const value = head.indexOf(0, head.indexOf(0, at) + 1) + 1
    if (value <= at || value + 4 > head.length) return null
    at = value + 4 + head.readUInt32LE(value)
    if (at >= head.length) return null
  }
  const table = at + 1
  if (table + 8 > head.length) return null
  const first = Number(head.readBigUInt64LE(table))
  const place = await bytesAt(file, first - 8, 8)
  if (first < table + 8 || place.length < 8) return null
  const last = Number(place.readBigUInt64LE(0))
  const block = await bytesAt(file, last, 8)
  return block.length < 8 ? null : last + 8 + block.readUInt32LE(4)
}

/**
 * Where the directory of a TIFF file ends, which ffmpeg writes behind the picture: a count, entries, and where the
 * next one is.
 */
async function tiffEnd(file: FileHandle, head: Buffer): Promise<number | null> {
  if (head.length < 8) return null
  const directory = head.readUInt32LE(4)
  const count = await bytesAt(file, directory, 2)
  return count.length < 2 ? null : directory + 2 + 12 * count.readUInt16LE(0) + 4
}

interface PictureSize {
  readonly width: number
  readonly height: number
}

async function isWhole(
  path: string,
  { pictures: ending, depth = BITS }: Pick<ExportFormat, 'pictures' | 'depth'>,
  { width, height }: PictureSize,
): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const head = await bytesAt(file, 0, HEAD_BYTES)
    switch (ending) {
      case '.png':
        return (await bytesAt(file, Math.max(0, size - IEND.length), IEND.length)).equals(IEND)
      case '.dpx':
        return size === (head.toString('latin1', 0, 4) === 'SDPX' ? head.readUInt32BE(16) : head.readUInt32LE(16))
      case '.tif':
        return size > (width * height * CHANNELS * depth) / BITS && (await tiffEnd(file, head)) === size
      default:
        return (await exrEnd(file, head)) === size
    }
  } finally {
    await file.close()
  }
}

/** How many whole pictures a folder holds. */
export async function countWholePictures(
  folder: string,
  format: Pick<ExportFormat, 'pictures' | 'depth'>,
  size: PictureSize,
  signal?: AbortSignal,
): Promise<number> {
  let count = 0
  for (const name of await readdir(folder)) {
    if (signal?.aborted) break
    if (name.endsWith(format.pictures ?? '') && (await isWhole(join(folder, name), format, size))) count++
  }
  return count
}
