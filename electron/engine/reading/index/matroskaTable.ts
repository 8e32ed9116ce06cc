/**
 * The packets of a Matroska file's track by the heads of its blocks (RFC 9559, 10): clusters are walked without reading
 * the pictures in them. Only what has one meaning is understood; all else gives null, and is read packet by packet.
 */
import { readSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { bytesAt, matroskaIds, readElement, type Part } from '../opening/containerParts.ts'
import { filling, must, unlessUnusual, type DecoderSetup, type PacketTable } from './packetTable.ts'
import { reduced } from '../../ffmpeg/rational.ts'

/** Elements, by their hexadecimal names. */
const head = '1a45dfa3'
const timestampScale = '2ad7b1'
const inTrack = {
  number: 'd7',
  type: '83',
  codec: '86',
  setup: '63a2',
  scale: '23314f',
  delay: '56aa',
  encodings: '6d80',
}
/** Types of tracks that ffmpeg makes streams of: pictures, sound, subtitles, metadata. */
const streamTypes = new Set([1, 2, 0x11, 0x21])

/** Elements of a segment, by number. */
const CLUSTER = 0x1f43b675
const CUES = 0x1c53bb6b
const INFO = 0x1549a966
const TRACKS = 0x1654ae6b
/** Places of the others, chapters, tags, attachments, filling, sums. */
const passedInSegment = new Set([0x114d9b74, 0x1043a770, 0x1254c367, 0x1941a469, 0xec, 0xbf])
/** Those of clusters. */
const TIMESTAMP = 0xe7
const SIMPLE_BLOCK = 0xa3
const GROUP = 0xa0
const BLOCK = 0xa1
const REFERENCE = 0xfb
/** What has nothing to say of packets, with the most bytes it takes: filling, sums, positions. */
const passedInCluster = new Map([
  [0xec, Infinity],
  [0xbf, 4],
  [0xab, 8],
  [0xa7, 8],
])
/** The same of groups: filling, sums, durations, additions, priorities, padding. */
const passedInGroup = new Map([
  [0xec, Infinity],
  [0xbf, 4],
  [0x9b, 8],
  [0x75a1, Infinity],
  [0xfa, 8],
  [0x75a2, 8],
])

/** Bytes read at a time where heads lie close together, and where they lie apart: a page of the file. */
const NEAR = 64 * 1024
const FAR = 4096
/** Bytes of the longest head of an element or block. */
const HEAD = 16
/** Work of others has its turn after so many clusters. */
const AT_ONCE = 8
/** Nanoseconds of a tick where the file does not say. */
const DEFAULT_SCALE = 1_000_000

async function unsigned(file: FileHandle, part: Part | undefined, otherwise: number): Promise<number> {
  if (part === undefined) return otherwise
  must(part.to - part.from >= 1 && part.to - part.from <= 6)
  return (await bytesAt(file, part.from, part.to - part.from)).readUIntBE(0, part.to - part.from)
}

interface Track {
  readonly number: number
  readonly setup: DecoderSetup | null
}

async function trackOf(file: FileHandle, tracks: Pick<Part, 'from' | 'to'>, stream: number): Promise<Track> {
  const entries: Part[][] = []
  for (const { name, from, to } of await filling(file, readElement, tracks)) {
    if (name !== matroskaIds.trackEntry) continue
    const parts = await filling(file, readElement, { from, to })
    const type = parts.find((part) => part.name === inTrack.type)
    if (streamTypes.has(await unsigned(file, type, 0))) entries.push(parts)
  }
  const entry = entries[stream]
  must(entry !== undefined)
  const part = (name: string): Part | undefined => entry.find((found) => found.name === name)
  // Times of its own, and packets of which parts are left out.
  must([inTrack.scale, inTrack.delay, inTrack.encodings].every((name) => part(name) === undefined))
  const [codecPart, setupPart] = [part(inTrack.codec), part(inTrack.setup)]
  must(codecPart !== undefined)
  const name = (await bytesAt(file, codecPart.from, codecPart.to - codecPart.from))
    .toString('latin1')
    .replace(/\0+$/, '')
  const codec = name === 'V_MPEG4/ISO/AVC' ? 'h264' : name === 'V_MPEGH/ISO/HEVC' ? 'hevc' : null
  const bytes = setupPart && (await bytesAt(file, setupPart.from, setupPart.to - setupPart.from))
  return { number: await unsigned(file, part(inTrack.number), 0), setup: codec && bytes ? { codec, bytes } : null }
}

/** Reads numbers of a file here and there, mostly forward, through a window on it. */
class Window {
  #bytes = Buffer.alloc(NEAR)
  #from = 0
  #length = 0

  constructor(
    private readonly file: FileHandle,
    private readonly size: number,
  ) {}

  /** Up to HEAD bytes; fewer at the file's end. */
  at(place: number): Buffer {
    const end = Math.min(place + HEAD, this.size)
    if (place < this.#from || end > this.#from + this.#length) {
      const isNear = place - this.#from < NEAR
      this.#from = place
      this.#length = readSync(this.file.fd, this.#bytes, 0, isNear ? NEAR : FAR, place)
      must(end <= place + this.#length)
    }
    return this.#bytes.subarray(place - this.#from, end - this.#from)
  }

  number({ from, to }: Pick<Part, 'from' | 'to'>): number {
    must(to - from >= 1 && to - from <= 6)
    return this.at(from).readUIntBE(0, to - from)
  }
}

/** A number that says by its leading zero bits how many bytes it takes; 0 bytes where it is broken. */
function variable(bytes: Buffer, at: number): { readonly value: number; readonly length: number } {
  const length = Math.clz32(bytes[at] ?? 0) - 23
  if (length > 8 || at + length > bytes.length) return { value: 0, length: 0 }
  let value = bytes[at]! & (0xff >> length)
  for (let n = 1; n < length; n++) value = value * 256 + bytes[at + n]!
  return { value, length }
}

interface Element {
  readonly id: number
  readonly from: number
  readonly to: number
}

/** @param end of what holds it */
function elementAt(window: Window, at: number, end: number): Element {
  const bytes = window.at(at)
  const idLength = Math.clz32(bytes[0] ?? 0) - 23
  must(idLength <= 4 && idLength < bytes.length)
  const { value, length } = variable(bytes, idLength)
  const from = at + idLength + length
  // A length of ones alone, which is not known, is larger than any file.
  must(length > 0 && from + value <= end)
  return { id: bytes.readUIntBE(0, idLength), from, to: from + value }
}

/** The blocks of one track, as they come. */
class Blocks {
  readonly pts: number[] = []
  readonly keys: number[] = []
  readonly from: number[] = []
  readonly sizes: number[] = []

  constructor(
    private readonly window: Window,
    private readonly track: number,
  ) {}

  ofCluster({ from, to }: Element): void {
    let time: number | null = null
    for (let at = from; at < to;) {
      const part = elementAt(this.window, at, to)
      if (part.id === TIMESTAMP) time = this.window.number(part)
      else if (part.id === SIMPLE_BLOCK) this.#block(part, time, null)
      else if (part.id === GROUP) this.#group(part, time)
      else must(part.to - part.from <= (passedInCluster.get(part.id) ?? -1))
      at = part.to
    }
  }

  #group({ from, to }: Element, time: number | null): void {
    let block: Element | null = null
    let isKey = true
    for (let at = from; at < to;) {
      const part = elementAt(this.window, at, to)
      if (part.id === BLOCK) {
        must(block === null)
        block = part
      } else if (part.id === REFERENCE) isKey = false
      else must(part.to - part.from <= (passedInGroup.get(part.id) ?? -1))
      at = part.to
    }
    must(block !== null)
    this.#block(block, time, isKey)
  }

  /** @param key null where the block says it itself */
  #block({ from, to }: Element, time: number | null, key: boolean | null): void {
    const bytes = this.window.at(from)
    const { value, length } = variable(bytes, 0)
    must(length > 0 && bytes.length >= length + 3 && from + length + 3 < to)
    if (value !== this.track) return
    const flags = bytes[length + 2]!
    // Several packets in one block.
    must(time !== null && (flags & 0x06) === 0)
    const pts = time + bytes.readInt16BE(length)
    must(pts >= 0)
    this.pts.push(pts)
    this.keys.push((key ?? (flags & 0x80) !== 0) ? 1 : 0)
    this.from.push(from + length + 3)
    this.sizes.push(to - from - length - 3)
  }
}

async function tableOf(file: FileHandle, stream: number): Promise<PacketTable> {
  const { size } = await file.stat()
  const [first, segment, ...more] = await filling(file, readElement, { from: 0, to: size })
  must(first?.name === head && segment?.name === matroskaIds.segment && more.length === 0)
  const window = new Window(file, size)
  let scale = DEFAULT_SCALE
  let track: Track | null = null
  let blocks: Blocks | null = null
  let hasCues = false
  for (let at = segment.from, n = 1; at < segment.to; n++) {
    if (n % AT_ONCE === 0) await new Promise(setImmediate)
    const part = elementAt(window, at, segment.to)
    if (part.id === CLUSTER) {
      must(blocks !== null)
      blocks.ofCluster(part)
    } else if (part.id === TRACKS) {
      must(track === null)
      track = await trackOf(file, part, stream)
      blocks = new Blocks(window, track.number)
    } else if (part.id === INFO) {
      const found = (await filling(file, readElement, part)).find(({ name }) => name === timestampScale)
      scale = await unsigned(file, found, DEFAULT_SCALE)
    } else if (part.id === CUES) hasCues = true
    else must(passedInSegment.has(part.id))
    at = part.to
  }
  // Without cues the last packets are as far to get to as reading all.
  must(hasCues && track !== null && blocks !== null && blocks.pts.length > 0)
  // What the parsers of other codecs take for a keyframe, a block need not call so.
  must(track.setup !== null || !blocks.keys.includes(0))
  return {
    timeBase: reduced(scale, 1_000_000_000),
    pts: Float64Array.from(blocks.pts),
    keys: Uint8Array.from(blocks.keys),
    from: Float64Array.from(blocks.from),
    sizes: Float64Array.from(blocks.sizes),
    setup: track.setup,
  }
}

/**
 * @param stream as ffmpeg numbers it, which is by the order of tracks
 * @returns null for files that are cut off or damaged or were written live, and whatever else is unusual
 */
export const matroskaTable = (path: string, stream: number): Promise<PacketTable | null> =>
  unlessUnusual(path, (file) => tableOf(file, stream))
