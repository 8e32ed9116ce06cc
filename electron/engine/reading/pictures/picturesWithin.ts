/** How many pictures a picture file holds, by its structure alone: a film may hide under a picture's ending. */
import { open, type FileHandle } from 'node:fs/promises'
import { bytesAt } from '../opening/containerParts.ts'
import { pictureKind } from './pictureParts.ts'

/** 'film' where ffmpeg reads them as one (APNG, animated WebP), else their number; 1 of whatever tells no more. */
export type PicturesWithin = 'film' | number

/** More pages than any file has that is not made to keep us busy. */
const MOST_PAGES = 100_000
/** A PNG says that it moves before its pixels; other chunks (profiles, texts) may come first. */
const PNG_HEAD = 2 ** 20
const WEBP_MOVES = 0x02
/** Of a TIFF's pages those that are smaller copies, or masks, of others. */
const SUBFILE_TYPE = 254
const NO_PAGE = 0b101

/** Portable Network Graphics, third edition, 11.3.4: the chunk acTL stands before the first IDAT. */
function pngMoves(head: Buffer): boolean {
  for (let at = 8; at + 12 <= head.length; at += 12 + head.readUInt32BE(at)) {
    const type = head.toString('latin1', at + 4, at + 8)
    if (type === 'IDAT') return false
    if (type === 'acTL') return head.readUInt32BE(at + 8) > 1
  }
  return false
}

/** TIFF 6.0, section 2: directories one behind the other, each with the place of the next. */
async function tiffPages(file: FileHandle, isBig: boolean): Promise<number> {
  const short = (bytes: Buffer, at: number): number => (isBig ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at))
  const long = (bytes: Buffer, at: number): number => (isBig ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at))
  const seen = new Set<number>()
  let pages = 0
  for (let at = long(await bytesAt(file, 4, 4), 0); at !== 0 && !seen.has(at) && seen.size < MOST_PAGES;) {
    seen.add(at)
    const entries = short(await bytesAt(file, at, 2), 0)
    const table = await bytesAt(file, at + 2, 12 * entries + 4)
    const starts = Array.from({ length: entries }, (_, n) => 12 * n)
    const type = starts.find((start) => short(table, start) === SUBFILE_TYPE)
    if (type === undefined || (long(table, type + 8) & NO_PAGE) === 0) pages++
    at = long(table, 12 * entries)
  }
  return Math.max(1, pages)
}

/** What is damaged counts as one picture: whoever decodes it says so. */
export async function picturesWithin(path: string): Promise<PicturesWithin> {
  const file = await open(path, 'r')
  try {
    const head = await bytesAt(file, 0, 32)
    switch (pictureKind(head)) {
      case 'png':
        return pngMoves(await bytesAt(file, 0, PNG_HEAD)) ? 'film' : 1
      case 'webp':
        return head.toString('latin1', 12, 16) === 'VP8X' && (head[20]! & WEBP_MOVES) !== 0 ? 'film' : 1
      case 'tiff':
        return await tiffPages(file, head.toString('latin1', 0, 2) === 'MM')
      default:
        return 1
    }
  } catch (error) {
    if (error instanceof RangeError) return 1
    throw error
  } finally {
    await file.close()
  }
}
