/**
 * Marks FFV1 in Matroska as full range; in MXF that is the affair of mxfHead.ts. From version 7.1 on ffmpeg holds FFV1
 * for limited range, and would convert samples that are marked as full on their way to the encoder. FFV1 itself says
 * nothing of the range; so the samples are written under the mark that all versions take, and the word in the file's
 * head is set right afterwards. RFC 9559, RFC 8794 (checksums).
 */
import { open } from 'node:fs/promises'
import type { ExportFormat } from '../../../contract/formats.ts'
import type { ColorRange } from '../../../contract/schemas.ts'
import { crc32 } from '../../../content/crc32.ts'
import { bytesAt, matroskaIds, partsAt, partsOf, readElement, tracksOf } from '../../reading/opening/containerParts.ts'

/** From a list of tracks to the range of their colors: TrackEntry, Video, Colour, Range. */
const RANGE_PATH = [matroskaIds.trackEntry, 'e0', '55b0', '55b9'] as const
const FULL = 2

/** Whether an export in this range gets its mark when it is written. */
export function isMarkedLater(format: ExportFormat, range: ColorRange): boolean {
  return format.encoder === 'ffv1' && range === 'full'
}

/**
 * Marks the first track that says a range as full range.
 * @param path of a finished Matroska file
 * @throws Error where no track says its range, or the file can't be read or written
 */
export async function markFullRange(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const tracks = await tracksOf(file, (await file.stat()).size)
    const [range] = tracks ? await partsAt(file, readElement, tracks, RANGE_PATH) : []
    if (!tracks || !range || range.to <= range.from) throw new Error('no track says its range')
    await file.write(Buffer.from([FULL]), 0, 1, range.to - 1)
    // The checksum stands first, and is of all that follows it.
    const [sum] = await partsOf(file, readElement, tracks)
    if (sum?.name !== matroskaIds.crc32) return
    const right = Buffer.alloc(4)
    right.writeUInt32LE(crc32(await bytesAt(file, sum.to, tracks.to - sum.to)))
    await file.write(right, 0, right.length, sum.from)
  } finally {
    await file.close()
  }
}
