/** Why ffmpeg can make nothing of a file that is whole: what it holds is of a kind that can't be read. */
import { open } from 'node:fs/promises'
import { sentence, type Sentence } from '../../../contract/sentence.ts'
import { MOST_PIXELS } from '../../ffmpeg/inputGuards.ts'

export interface Unreadable {
  readonly what: Sentence
  readonly advice: Sentence
}

/** Length, type and main brand of an ISO base media file's first box. */
const HEAD_BYTES = 12
/** Brands of ISO base media files that hold photographs. */
const photographs = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1', 'avif', 'avis'])

export const encrypted: Unreadable = {
  what: sentence`is encrypted, so its pictures can not be decoded.`,
  advice: sentence`Open a copy of the film that is not encrypted.`,
}

const TOO_LARGE = 'exceeds specified max pixel count'
const ofEncryption = /encrypt|DRM protected/i
const ofForm = /Decoder .* not found|no decoder|not supported|unsupported|not (?:yet )?implemented|Unknown compression/i

/** Whether a line of ffmpeg's log may be why a file can't be read. */
export function isReason(line: string): boolean {
  return line.includes(TOO_LARGE) || ofEncryption.test(line) || ofForm.test(line)
}

async function bytesOf(path: string, from: number, length: number): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/**
 * Null where nothing is known against the file. To be asked when ffmpeg gave no picture.
 * @param log what ffmpeg says itself, without the film's tags; lines that are no reason may be left out
 */
export async function whyUnreadable(path: string, log: string): Promise<Unreadable | null> {
  const head = await bytesOf(path, 0, HEAD_BYTES)
  if (head.toString('latin1', 4, 8) === 'ftyp' && photographs.has(head.toString('latin1', 8, 12))) {
    return {
      what: sentence`is a HEIC or AVIF photograph, which can not be read.`,
      advice: sentence`Convert it to PNG or TIFF with a program that shows it.`,
    }
  }
  if (/^(II\+\0|MM\0\+)/.test(head.toString('latin1'))) {
    return {
      what: sentence`is a BigTIFF, which can not be read.`,
      advice: sentence`Save the pictures again as plain TIFF, or as PNG.`,
    }
  }
  // The file's own name is in some lines.
  const said = log
    .split('\n')
    .filter((line) => !line.includes(path))
    .join('\n')
  if (said.includes(TOO_LARGE)) {
    return {
      what: sentence`has pictures of more than ${Math.floor(MOST_PIXELS / 1e6)} million pixels, which are too large.`,
      advice: sentence`Make a smaller copy with the tool that made it.`,
    }
  }
  if (ofEncryption.test(said)) return encrypted
  if (ofForm.test(said)) {
    return {
      what: sentence`is in a form that this ffmpeg can not decode.`,
      advice: sentence`Convert it with the tool that made it: films to ProRes or FFV1, pictures to PNG or TIFF of 8 or 16 bits.`,
    }
  }
  return null
}

/** Tags of TIFF 6.0: bits of each sample, and whether samples are whole numbers (1) or floating-point ones (3). */
const BITS_PER_SAMPLE = 258
const SAMPLE_FORMAT = 339

/** TIFF of 16-bit floating-point samples, which ffmpeg reads as if they were whole numbers. */
export async function isHalfFloatTiff(path: string): Promise<boolean> {
  const head = await bytesOf(path, 0, 8)
  const order = head.toString('latin1', 0, 2)
  if (head.length < 8 || (order !== 'II' && order !== 'MM')) return false
  const big = order === 'MM'
  const short = (bytes: Buffer, at: number): number => (big ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at))
  const long = (bytes: Buffer, at: number): number => (big ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at))
  if (short(head, 2) !== 42) return false
  const directory = await bytesOf(path, long(head, 4), 2 + 12 * 256)
  const entries = directory.length < 2 ? 0 : Math.min(short(directory, 0), Math.floor((directory.length - 2) / 12))
  const first = async (tag: number): Promise<number> => {
    for (let n = 0; n < entries; n++) {
      const at = 2 + 12 * n
      if (short(directory, at) !== tag) continue
      // One or two values stand in the entry itself, more of them elsewhere.
      if (long(directory, at + 4) <= 2) return short(directory, at + 8)
      const elsewhere = await bytesOf(path, long(directory, at + 8), 2)
      return elsewhere.length < 2 ? 0 : short(elsewhere, 0)
    }
    return 0
  }
  return (await first(SAMPLE_FORMAT)) === 3 && (await first(BITS_PER_SAMPLE)) === 16
}
