/**
 * Completes the heads of exported pictures with what ffmpeg leaves out of them: rate, timecode and number in the run of
 * DPX (SMPTE ST 268-1), timecode and colors of OpenEXR; and how DPX pictures are meant, which ffmpeg calls linear
 * light; the shape of PNG's pixels, which it writes wrongly. And puts into all of them what they say of themselves.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from '../../../content/crc32.ts'
import type { ExportFormat } from '../../../contract/formats.ts'
import type { Rational } from '../../../contract/schemas.ts'
import { nominalRate } from '../../../contract/timecode.ts'
import { chromaticities } from '../filters/colorTags.ts'
import { readDpxHead } from '../../reading/pictures/pictureHeader.ts'
import type { FileLabel } from './fileLabel.ts'
import { keepOriginal } from './originalDpx.ts'
import { dpxLabel, exrLabel, labelledPng, labelledTiff } from './pictureLabel.ts'
import type { ColorNumbers } from '../segments/rawMatroska.ts'

export interface PictureRun {
  readonly rate: Rational
  /** Number of the first picture. */
  readonly first: number
  /** Pictures of the whole export, of which these may be a part. */
  readonly count: number
  readonly colors: ColorNumbers
  /** Timecode of the n-th picture, in hh:mm:ss:ff; null where the run has none, or one that has no place in it. */
  timecodeOf(n: number): string | null
  /** The file of the film that the n-th picture was made from; null where there is none. */
  originalOf(n: number): string | null
  /** What pictures say of themselves; null for nothing. */
  readonly label: FileLabel | null
}

/** Nothing is said: ST 268-1, 5.1. */
const UNDEFINED = 0xffffffff
/**
 * Transfer characteristic and colorimetric specification of DPX, by the primaries of H.273: BT.709, BT.601 of 625 and
 * of 525 lines.
 */
const dpxColors: Readonly<Record<number, number>> = { 1: 6, 5: 7, 6: 8 }
const UNSPECIFIED_VIDEO = 4
/** Transfers of H.273 that are the curve of BT.709 and BT.601, which these have. */
const videoCurves = new Set([1, 6, 14, 15])

/** How many frames a second the timecode of a kind tells apart: two digits, of which OpenEXR’s first has two bits. */
const mostFrames: Readonly<Record<string, number>> = { '.dpx': 100, '.exr': 40 }

/** The same where timecode of this rate is beyond it and has no place; null where it has. */
export function tooFewFrames({ pictures = '' }: Pick<ExportFormat, 'pictures'>, rate: Rational): number | null {
  const most = mostFrames[pictures]
  return most !== undefined && nominalRate(rate) > most ? most : null
}

/** Two decimal digits a byte: hours, minutes, seconds, frames. */
function digitsOf(timecode: string): number {
  return parseInt(timecode.replace(/[^\d]/g, ''), 16)
}

/** Lengths of the header that all pictures have, and of that together with the ones of film and television. */
const [GENERIC_BYTES, WHOLE_BYTES] = [1664, 2048]

/** ffmpeg writes the generic header alone, right behind which the samples lie; the others are put between. */
async function completeDpx(path: string, run: PictureRun, n: number): Promise<void> {
  const file = await readFile(path)
  const big = file.toString('latin1', 0, 4) === 'SDPX'
  const head = Buffer.alloc(WHOLE_BYTES, 0xff)
  file.copy(head, 0, 0, GENERIC_BYTES)
  const word = (at: number, value: number): unknown =>
    big ? head.writeUInt32BE(value, at) : head.writeUInt32LE(value, at)
  const float = (at: number, value: number): unknown =>
    big ? head.writeFloatBE(value, at) : head.writeFloatLE(value, at)
  const samples = file.subarray(big ? file.readUInt32BE(4) : file.readUInt32LE(4))
  const history = run.label ? dpxLabel(run.label) : Buffer.alloc(0)
  const wholeBytes = WHOLE_BYTES + history.length
  const timecode = run.timecodeOf(n)
  const perSecond = run.rate.num / run.rate.den
  const { primaries, transfer } = run.colors
  const meant = dpxColors[primaries] ?? UNSPECIFIED_VIDEO
  word(4, wholeBytes)
  word(16, wholeBytes + samples.length)
  word(24, GENERIC_BYTES)
  word(28, WHOLE_BYTES - GENERIC_BYTES)
  word(32, history.length)
  head.fill(0, 160, 260)
  head.write('ColoRNN Studio', 160, 'latin1')
  head.writeUInt8(videoCurves.has(transfer) ? meant : UNSPECIFIED_VIDEO, 801)
  head.writeUInt8(meant, 802)
  word(808, wholeBytes)
  // Of film: text fields end in a zero, and all but these is left undefined.
  for (const at of [1664, 1666, 1668, 1670, 1676, 1680, 1732, 1764]) head.writeUInt8(0, at)
  word(1712, run.first + n)
  word(1716, run.count)
  word(1720, 1)
  float(1724, perSecond)
  const source = run.originalOf(n)
  // The picture is complete without what a scan says that can not be read any more, and so are those behind it.
  const original = source === null ? null : await readDpxHead(source).catch(() => null)
  if (original) keepOriginal(head, original)
  word(1920, timecode === null ? UNDEFINED : digitsOf(timecode))
  head.writeUInt8(0, 1928)
  float(1940, perSecond)
  await writeFile(path, Buffer.concat([head, history, samples]))
}

/** An attribute of an OpenEXR header: name and type end in a zero, the length of the value follows. */
function attribute(name: string, type: string, value: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeInt32LE(value.length)
  return Buffer.concat([Buffer.from(`${name}\0${type}\0`, 'latin1'), length, value])
}

/** Where the list of attributes ends: at the zero in the place of a name. */
function endOfAttributes(file: Buffer): number {
  let at = 8
  while (file[at] !== 0) {
    const type = file.indexOf(0, at) + 1
    const length = file.indexOf(0, type) + 1
    if (type === 0 || length === 0 || length + 4 > file.length) throw new Error('not an OpenEXR picture')
    at = length + 4 + file.readInt32LE(length)
  }
  return at
}

/** Digits in fours from the frames up; bit 6 of the frames says that some are dropped. Tens of frames have two bits. */
function exrTimecode(timecode: string): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt32LE((digitsOf(timecode) | (timecode.includes(';') ? 0x40 : 0)) >>> 0)
  return bytes
}

async function completeExr(path: string, run: PictureRun, n: number): Promise<void> {
  const file = await readFile(path)
  const end = endOfAttributes(file)
  const timecode = run.timecodeOf(n)
  const places = Buffer.alloc(32)
  chromaticities(run.colors).forEach((value, at) => places.writeFloatLE(value, 4 * at))
  const added = Buffer.concat([
    attribute('chromaticities', 'chromaticities', places),
    ...(timecode === null ? [] : [attribute('timeCode', 'timecode', exrTimecode(timecode))]),
    ...(run.label ? exrLabel(run.label) : []).map(([name, value]) => attribute(name, 'string', Buffer.from(value))),
  ])
  // What lies behind moves, and the table of it says where it lies.
  const table = end + 1
  const first = Number(file.readBigUInt64LE(table))
  for (let at = table; at < first; at += 8) file.writeBigUInt64LE(file.readBigUInt64LE(at) + BigInt(added.length), at)
  await writeFile(path, Buffer.concat([file.subarray(0, end), added, file.subarray(end)]))
}

type Complete = (path: string, run: PictureRun, n: number) => Promise<void>

/** ffmpeg writes the shape of pixels into PNG's pHYs chunk the wrong way round (reading/pictures/pngAspect.ts). */
function rightPng(file: Buffer): Buffer {
  const at = file.indexOf('pHYs', 0, 'latin1')
  // It stands before the first sample.
  if (at < 0 || at > file.indexOf('IDAT', 0, 'latin1')) return file
  const [across, down] = [file.readUInt32BE(at + 4), file.readUInt32BE(at + 8)]
  file.writeUInt32BE(down, at + 4)
  file.writeUInt32BE(across, at + 8)
  file.writeUInt32BE(crc32(file.subarray(at, at + 13)), at + 13)
  return file
}

/** Set right, and with what it says of itself. */
export function finishedPng(file: Buffer, label: FileLabel | null): Buffer {
  const right = rightPng(file)
  return label ? labelledPng(right, label) : right
}

/** It lacks nothing but what it says of itself. */
export function finishedTiff(file: Buffer, label: FileLabel | null): Buffer {
  return label ? labelledTiff(file, label) : file
}

const finishing =
  (finished: typeof finishedPng): Complete =>
  async (path, { label }) =>
    writeFile(path, finished(await readFile(path), label))

const completing: Readonly<Record<string, Complete>> = {
  '.dpx': completeDpx,
  '.exr': completeExr,
  '.png': finishing(finishedPng),
  '.tif': finishing(finishedTiff),
}

/**
 * @param names of finished pictures, in their order
 * @throws Error where one can't be read or written, or is none
 */
export async function completeHeads(
  folder: string,
  names: readonly string[],
  { pictures }: Pick<ExportFormat, 'pictures'>,
  run: PictureRun,
): Promise<void> {
  const complete = completing[pictures ?? '']
  if (!complete) return
  for (const [n, name] of names.entries()) await complete(join(folder, name), run, n)
}
