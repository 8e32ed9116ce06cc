/** What the header of a scanned picture says of the film it belongs to: SMPTE ST 268-1 (DPX) and OpenEXR. */
import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import { broadcastRate } from '../../../contract/frameRate.ts'
import type { Rational } from '../../../contract/schemas.ts'
import { reduced } from '../../ffmpeg/rational.ts'

export interface PictureHeader {
  readonly rate: Rational | null
  /** As 01:00:00:00, with a semicolon before the frames where it drops some. */
  readonly timecode: string | null
}

const NOTHING: PictureHeader = { rate: null, timecode: null }
/** Holds a DPX header whole, and the attributes of an EXR file that come before its table of lines. */
const HEAD_BYTES = 64 * 1024
/** Beyond these a number in the header is no frame rate. */
const [SLOWEST, FASTEST] = [1, 240]

function rateOf(perSecond: number): Rational | null {
  if (!(perSecond >= SLOWEST && perSecond <= FASTEST)) return null
  return broadcastRate(perSecond) ?? reduced(Math.round(perSecond * 1000), 1000)
}

/** Two decimal digits in each byte: hours, minutes, seconds, frames. */
function timecodeOf(digits: number, drops: boolean): string | null {
  const hex = (digits >>> 0).toString(16).padStart(8, '0')
  if (!/^[0-2]\d[0-5]\d[0-5]\d\d\d$/.test(hex)) return null
  const [hours, minutes, seconds, frames] = hex.match(/../g)!
  return `${hours}:${minutes}:${seconds}${drops ? ';' : ':'}${frames}`
}

function dpxHeader(bytes: Buffer): PictureHeader {
  const magic = bytes.toString('latin1', 0, 4)
  if (bytes.length < 2048 || (magic !== 'SDPX' && magic !== 'XPDS')) return NOTHING
  const big = magic === 'SDPX'
  const float = (at: number): number => (big ? bytes.readFloatBE(at) : bytes.readFloatLE(at))
  const unsigned = (at: number): number => (big ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at))
  // Some programs write the generic header alone; samples lie in the place of the others then.
  if (unsigned(4) < 2048) return NOTHING
  const word = unsigned(1920)
  // The motion-picture header first, then the television one; both may be left undefined.
  return { rate: rateOf(float(1724)) ?? rateOf(float(1940)), timecode: timecodeOf(word, false) }
}

function exrHeader(bytes: Buffer): PictureHeader {
  if (bytes.length < 8 || bytes.readUInt32LE(0) !== 20000630) return NOTHING
  let header = NOTHING
  const text = (from: number): string | null => {
    const to = bytes.indexOf(0, from)
    return to === -1 ? null : bytes.toString('latin1', from, to)
  }
  for (let at = 8; ;) {
    const name = text(at)
    const type = name ? text(at + name.length + 1) : null
    if (!name || type === null) return header
    const value = at + name.length + type.length + 6
    if (value + 8 > bytes.length) return header
    if (name === 'framesPerSecond' && type === 'rational') {
      const [num, den] = [bytes.readInt32LE(value), bytes.readUInt32LE(value + 4)]
      if (num > 0 && den > 0 && num / den >= SLOWEST && num / den <= FASTEST)
        header = { ...header, rate: broadcastRate(num / den) ?? reduced(num, den) }
    }
    if (name === 'timeCode' && type === 'timecode') {
      const word = bytes.readUInt32LE(value)
      // The digits are kept from the frames up, among flags; bit 6 of the frames says that some are dropped.
      header = { ...header, timecode: timecodeOf(word & 0x3f7f7f3f, (word & 0x40) !== 0) }
    }
    at = value + bytes.readInt32LE(value - 4)
  }
}

/** Lengths of DPX's general header, and of that together with the ones of film and television. */
const [GENERAL_BYTES, WHOLE_BYTES] = [1664, 2048]

/** A DPX picture's header, as far as it has one; null of other pictures. Throws where the file can not be read. */
export async function readDpxHead(path: string): Promise<Buffer | null> {
  if (extname(path).toLowerCase() !== '.dpx') return null
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(WHOLE_BYTES), 0, WHOLE_BYTES, 0)
    const magic = buffer.toString('latin1', 0, 4)
    if (bytesRead < GENERAL_BYTES || (magic !== 'SDPX' && magic !== 'XPDS')) return null
    const samples = magic === 'SDPX' ? buffer.readUInt32BE(4) : buffer.readUInt32LE(4)
    return buffer.subarray(0, samples < WHOLE_BYTES ? GENERAL_BYTES : bytesRead)
  } finally {
    await file.close()
  }
}

/** Says nothing of pictures of other kinds, and of those whose header is left undefined. */
export async function readPictureHeader(path: string): Promise<PictureHeader> {
  const ending = extname(path).toLowerCase()
  if (ending !== '.dpx' && ending !== '.exr') return NOTHING
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    const bytes = buffer.subarray(0, bytesRead)
    return ending === '.dpx' ? dpxHeader(bytes) : exrHeader(bytes)
  } finally {
    await file.close()
  }
}
