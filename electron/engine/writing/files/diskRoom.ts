/** How much room an export takes on its disk, and whether that is there. */
import { statfs } from 'node:fs/promises'
import type { ExportFormat } from '../../../contract/formats.ts'
import { decimal, sentence, type Sentence } from '../../../contract/sentence.ts'
import { UserError } from '../../../contract/userError.ts'
import { pictureBytes, type PixelLayout } from '../../picture/pixelLayout.ts'

const BITS = 8
/** Bits a pixel of pictures that are not compressed: DPX keeps three samples of 10 bits in 32, and one of 12 in 16. */
const uncompressed: Readonly<Record<string, (depth: number) => number>> = {
  '.dpx': (depth) => ({ 8: 24, 10: 32 })[depth] ?? 48,
  '.tif': (depth) => 3 * depth,
}
/**
 * Least bits a pixel by encoder, for films with anything to see in them: ProRes and DNxHR aim at 3.5 (422) and 5.3 to 7
 * (4444), and of a quiet picture take half of that; the others at what is left of old film with its grain.
 */
const leastBits: Readonly<Record<string, number>> = { prores_ks: 1.2, dnxhd: 3, libx264: 0.02, libx265: 0.01 }
/** FFV1, PNG and OpenEXR do not bring pictures below this share of what they are raw. */
const LEAST_SHARE = 0.08
/** Bytes that a picture takes at the least, as a rule. */
function leastPictureBytes({ encoder, pictures = '', depth = 16 }: ExportFormat, layout: PixelLayout): number {
  const pixels = layout.width * layout.height
  const bits = uncompressed[pictures]?.(depth) ?? leastBits[encoder]
  return bits === undefined ? pictureBytes(layout) * LEAST_SHARE : (pixels * bits) / BITS
}

/** Bytes that may still be written; null where the system does not say. */
async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return null
  }
}

/** What is needed is rounded up and what is there down: else both may be said to be the same. */
function inUnits(bytes: number, round: (of: number) => number): Sentence {
  return bytes >= 1e9 ? sentence`${decimal(round(bytes / 1e8) / 10, 1)} GB` : sentence`${round(bytes / 1e6)} MB`
}

function tooLittle(folder: string, needed: number, free: number, goesOn: boolean): UserError {
  return new UserError(
    'disk-full',
    sentence`The export needs about ${inUnits(needed, Math.ceil)} of room while it is written, and the disk has ${inUnits(free, Math.floor)}.`,
    goesOn
      ? sentence`Make room on the disk that holds “${folder}”, and order the same export again: it goes on from there.`
      : sentence`Make room on the disk that holds “${folder}”, or choose another one.`,
    folder,
  )
}

export interface WantedRoom {
  /** Of the target. */
  readonly folder: string
  readonly format: ExportFormat
  readonly layout: PixelLayout
  /** Pictures of the export, and how many of them are there from an earlier one. */
  readonly count: number
  readonly known: number
}

/**
 * Refuses an export that can not fit even if its pictures are the simplest. Of films that are joined, the pictures are
 * on the disk twice in the end.
 * @throws UserError 'disk-full'
 */
export async function checkRoom({ folder, format, layout, count, known }: WantedRoom): Promise<void> {
  const pictures = count - known + (format.container === 'image2' ? 0 : count)
  await needRoom(folder, pictures * leastPictureBytes(format, layout), known > 0)
}

/**
 * @param goesOn something of the export is kept, and it can be gone on with
 * @throws UserError 'disk-full' where fewer bytes may be written
 */
export async function needRoom(folder: string, bytes: number, goesOn: boolean): Promise<void> {
  const free = await freeBytes(folder)
  if (free !== null && free < bytes) throw tooLittle(folder, bytes, free, goesOn)
}
