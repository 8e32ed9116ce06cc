/** Whether the pictures of an export are whole, by what their heads say of their length. */
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExportFormat } from '../../contract/formats.ts'
import type { PixelLayout } from '../picture/pixelLayout.ts'
import { bytesAt } from '../reading/containerParts.ts'

/** Ends a PNG file (section 11.2.5): no bytes, the name, its checksum. */
const IEND = Buffer.from('0000000049454e44ae426082', 'hex')
/** Channels of 16 bits a pixel. */
const TIFF_PIXEL_BYTES = 6
const HEAD_BYTES = 2048

async function isWhole(path: string, ending: string, { width, height }: PixelLayout): Promise<boolean> {
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
        return size > width * height * TIFF_PIXEL_BYTES
      default:
        // Blocks of lines of OpenEXR follow one another to the file's end.
        return size > HEAD_BYTES && head.readUInt32LE(0) === 20000630
    }
  } finally {
    await file.close()
  }
}

/** How many whole pictures a folder holds. */
export async function countWholePictures(
  folder: string,
  { pictures = '' }: Pick<ExportFormat, 'pictures'>,
  layout: PixelLayout,
  signal?: AbortSignal,
): Promise<number> {
  let count = 0
  for (const name of await readdir(folder)) {
    if (signal?.aborted) break
    if (name.endsWith(pictures) && (await isWhole(join(folder, name), pictures, layout))) count++
  }
  return count
}
