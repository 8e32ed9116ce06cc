/**
 * The packets of a movie file's track by its sample tables (ISO/IEC 14496-12, 8.6 and 8.7), without reading any of
 * them: some megabytes in place of the whole film. Only what has one meaning is understood; all else gives null, and is
 * read packet by packet.
 */
import type { FileHandle } from 'node:fs/promises'
import { bytesAt, partsOf, readBox, type Part } from '../opening/containerParts.ts'
import { filling, must, unlessUnusual, type DecoderSetup, type PacketTable } from './packetTable.ts'

/** Boxes that a movie file consists of. Fragments, and whatever else may hold or move pictures, are none of them. */
const outerBoxes = new Set(['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'uuid', 'udta', 'meta', 'pdin'])
/** Tables of more bytes than this are no film's: a day of pictures takes less. */
const MOST_BYTES = 64 * 2 ** 20
/** Larger numbers stand for negative ones, or for a broken table. */
const LARGEST_STEP = 2 ** 31 - 1
const LARGEST_SHIFT = 2 ** 28
/** ffmpeg takes no larger packet. */
const LARGEST_PACKET = 0x3fff_ffff

/** The only part of a name. */
function single(parts: readonly Part[], name: string): Part {
  const found = parts.filter((part) => part.name === name)
  must(found.length === 1)
  return found[0]!
}

function atMostOne(parts: readonly Part[], name: string): Part | null {
  return parts.some((part) => part.name === name) ? single(parts, name) : null
}

/** Bytes of a table before its rows: version and flags, then how many rows there are. */
const TABLE_HEAD = 8

/** A table's rows of 'width' bytes each. */
class Rows {
  readonly count: number

  constructor(
    private readonly bytes: Buffer,
    private readonly width: number,
  ) {
    must(bytes.length >= TABLE_HEAD)
    this.count = bytes.readUInt32BE(TABLE_HEAD - 4)
    must(bytes.length >= TABLE_HEAD + this.count * width)
  }

  /** @param at bytes from the row's beginning */
  unsigned(row: number, at = 0): number {
    return this.bytes.readUInt32BE(TABLE_HEAD + row * this.width + at)
  }

  signed(row: number, at = 0): number {
    return this.bytes.readInt32BE(TABLE_HEAD + row * this.width + at)
  }

  long(row: number, at = 0): number {
    const number = Number(this.bytes.readBigInt64BE(TABLE_HEAD + row * this.width + at))
    must(Number.isSafeInteger(number))
    return number
  }
}

async function content(file: FileHandle, { from, to }: Part): Promise<Buffer> {
  must(to - from <= MOST_BYTES)
  const bytes = await bytesAt(file, from, to - from)
  must(bytes.length === to - from)
  return bytes
}

/** The number of ticks per second of a 'mdhd' or 'mvhd'. */
async function timeScaleOf(file: FileHandle, head: Part): Promise<number> {
  const bytes = await content(file, head)
  must(bytes.length >= 24)
  const scale = bytes.readUInt32BE(bytes[0] === 1 ? 20 : 12)
  must(scale > 0 && scale <= LARGEST_STEP)
  return scale
}

/** When each packet is decoded, in ticks from 0. */
function decodingTimes(stts: Rows, count: number): Float64Array {
  const dts = new Float64Array(count)
  let n = 0
  let time = 0
  for (let row = 0; row < stts.count; row++) {
    const many = stts.unsigned(row)
    const step = stts.unsigned(row, 4)
    must(many <= count - n && step <= LARGEST_STEP)
    // Two packets of one time can not be told apart.
    must(step > 0 || (many <= 1 && n + many === count))
    for (const to = n + many; n < to; n++, time += step) dts[n] = time
  }
  must(n === count)
  return dts
}

/** What has to be added to the times of decoding. Version 0 should hold none, yet negative numbers are read in both. */
function addShifts(times: Float64Array, ctts: Rows): void {
  let n = 0
  for (let row = 0; row < ctts.count; row++) {
    const many = ctts.unsigned(row)
    const shift = ctts.signed(row, 4)
    must(many > 0 && many <= times.length - n && Math.abs(shift) <= LARGEST_SHIFT)
    for (const to = n + many; n < to; n++) times[n]! += shift
  }
  must(n === times.length)
}

function keysOf(stss: Rows | null, count: number): Uint8Array {
  const keys = new Uint8Array(count)
  if (stss === null) return keys.fill(1)
  must(stss.count > 0)
  let last = 0
  for (let row = 0; row < stss.count; row++) {
    const number = stss.unsigned(row)
    must(number > last && number <= count)
    keys[number - 1] = 1
    last = number
  }
  return keys
}

function sizesOf(bytes: Buffer): Float64Array {
  must(bytes.length >= 12)
  const same = bytes.readUInt32BE(4)
  const count = bytes.readUInt32BE(8)
  must(count > 0 && (same > 0 ? count <= MOST_BYTES / 4 : bytes.length >= 12 + 4 * count))
  const sizes = new Float64Array(count).fill(same)
  if (same === 0) sizes.forEach((_, n) => (sizes[n] = bytes.readUInt32BE(12 + 4 * n)))
  must(sizes.every((size) => size > 0 && size <= LARGEST_PACKET))
  return sizes
}

/** Where each packet begins: chunks lie somewhere, packets of one follow one another. */
function placesOf(sizes: Float64Array, stsc: Rows, chunks: Rows, isLong: boolean): Float64Array {
  const from = new Float64Array(sizes.length)
  must(stsc.count > 0 && stsc.unsigned(0) === 1)
  let n = 0
  for (let row = 0; row < stsc.count; row++) {
    const first = stsc.unsigned(row)
    const next = row + 1 < stsc.count ? stsc.unsigned(row + 1) : chunks.count + 1
    const many = stsc.unsigned(row, 4)
    must(next > first && next <= chunks.count + 1 && stsc.unsigned(row, 8) === 1)
    for (let chunk = first - 1; chunk < next - 1; chunk++) {
      must(many > 0 && many <= sizes.length - n)
      let at = isLong ? chunks.long(chunk) : chunks.unsigned(chunk)
      for (const to = n + many; n < to; n++) {
        from[n] = at
        at += sizes[n]!
      }
    }
  }
  must(n === sizes.length)
  return from
}

/** A length on the movie's clock, on the track's: to the nearest tick. */
function rescaled(ticks: number, to: number, from: number): number {
  must(ticks >= 0 && Number.isSafeInteger(ticks * to))
  return Math.round((ticks * to) / from)
}

/**
 * Lays times of a track on the film's clock: where it has edits, its first picture is shown when the empty ones before
 * it are over. An edit that leaves out pictures, or repeats some, is not understood.
 */
function edit(
  pts: Float64Array,
  dts: Float64Array,
  keys: Uint8Array,
  list: Buffer,
  scales: { track: number; movie: number },
): void {
  const isLong = list[0] === 1
  const elst = new Rows(list, isLong ? 20 : 12)
  if (elst.count === 0) return
  const earliest = pts.reduce((least, time) => Math.min(least, time), Infinity)
  const length = (row: number): number =>
    rescaled(isLong ? elst.long(row) : elst.unsigned(row), scales.track, scales.movie)
  const start = (row: number): number => (isLong ? elst.long(row, 8) : elst.signed(row, 4))
  const last = elst.count - 1
  let empty = 0
  for (let row = 0; row <= last; row++) {
    must(elst.unsigned(row, isLong ? 16 : 8) === 0x10000)
    if (row < last) must(start(row) === -1)
    if (row < last) empty += length(row)
  }
  const from = start(last)
  const to = from + length(last)
  must(from >= 0 && earliest >= Math.max(0, from))
  for (let n = 0; n < pts.length; n++) {
    must(pts[n]! < to)
    // Behind a keyframe that reaches the end of the edit, what follows may be left out.
    if (keys[n] === 1 && n + 1 < pts.length) must(pts[n]! + dts[n + 1]! - dts[n]! < to)
  }
  const by = empty - earliest
  for (let n = 0; n < pts.length; n++) pts[n]! += by
}

/** Bytes of a sample entry of pictures before the boxes in it. */
const ENTRY_HEAD = 78

async function setupOf(file: FileHandle, stsd: Part): Promise<DecoderSetup | null> {
  const entries = await partsOf(file, readBox, { from: stsd.from + 8, to: stsd.to })
  must(entries.length === 1 && (await bytesAt(file, stsd.from + 4, 4)).readUInt32BE(0) === 1)
  const { name, from, to } = entries[0]!
  const codec = /^avc[13]$/.test(name) ? 'h264' : /^(?:hvc1|hev1)$/.test(name) ? 'hevc' : null
  if (codec === null) return null
  const inside = await partsOf(file, readBox, { from: from + ENTRY_HEAD, to })
  return { codec, bytes: await content(file, single(inside, codec === 'h264' ? 'avcC' : 'hvcC')) }
}

async function tableOf(file: FileHandle, stream: number): Promise<PacketTable> {
  const { size } = await file.stat()
  const inside = async (part: Pick<Part, 'from' | 'to'>): Promise<Part[]> => filling(file, readBox, part)
  const outer = await inside({ from: 0, to: size })
  must(outer.every(({ name }) => outerBoxes.has(name)))
  const movie = await inside(single(outer, 'moov'))
  must(atMostOne(movie, 'mvex') === null)
  const track = movie.filter(({ name }) => name === 'trak')[stream]
  must(track !== undefined)
  const trackParts = await inside(track)
  const media = await inside(single(trackParts, 'mdia'))
  const info = await inside(single(media, 'minf'))
  const tables = await inside(single(info, 'stbl'))
  const table = (name: string, width: number): Promise<Rows> =>
    content(file, single(tables, name)).then((bytes) => new Rows(bytes, width))
  const optional = async (name: string, width: number): Promise<Rows | null> =>
    atMostOne(tables, name) ? table(name, width) : null
  // Other tables that say which packets are keyframes, or how long they are.
  must(!tables.some(({ name }) => ['stps', 'stz2'].includes(name)))
  for (const group of tables.filter(({ name }) => name === 'sbgp')) {
    must((await bytesAt(file, group.from + 4, 4)).toString('latin1') !== 'rap ')
  }
  const references = await content(file, single(await inside(single(info, 'dinf')), 'dref'))
  // A single place for the packets, which is this file.
  must(references.length >= 20 && references.readUInt32BE(4) === 1 && (references[19]! & 1) === 1)
  const setup = await setupOf(file, single(tables, 'stsd'))

  const sizes = sizesOf(await content(file, single(tables, 'stsz')))
  const isLong = atMostOne(tables, 'co64') !== null
  const chunks = isLong ? await table('co64', 8) : await table('stco', 4)
  const from = placesOf(sizes, await table('stsc', 12), chunks, isLong)
  // What lies behind the file's end is missing, and told by reading.
  must(from.every((at, n) => at >= 0 && at + sizes[n]! <= size))
  const dts = decodingTimes(await table('stts', 8), sizes.length)
  const keys = keysOf(await optional('stss', 4), sizes.length)
  const pts = Float64Array.from(dts)
  const ctts = await optional('ctts', 8)
  if (ctts !== null) addShifts(pts, ctts)
  const timeScale = await timeScaleOf(file, single(media, 'mdhd'))
  const edits = atMostOne(trackParts, 'edts')
  const list = edits && atMostOne(await inside(edits), 'elst')
  const movieScale = await timeScaleOf(file, single(movie, 'mvhd'))
  if (list) edit(pts, dts, keys, await content(file, list), { track: timeScale, movie: movieScale })
  return { timeBase: { num: 1, den: timeScale }, pts, keys, from, sizes, setup }
}

/**
 * @param stream as ffmpeg numbers it, which is by the order of tracks
 * @returns null for fragmented and cut-off files, edits that leave out pictures, and whatever else is unusual
 */
export const movieTable = (path: string, stream: number): Promise<PacketTable | null> =>
  unlessUnusual(path, (file) => tableOf(file, stream))
