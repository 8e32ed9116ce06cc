/**
 * What the first bytes of keyframes tell, without decoding them: whether all are of one size, and whether decoding can
 * start at each. In H.264 and HEVC sequence parameter sets alone say a size, and where the container holds one,
 * keyframes need bring none (ITU-T H.264 and H.265, 7.4).
 */
import { open, type FileHandle } from 'node:fs/promises'
import { bytesAt } from '../opening/containerParts.ts'
import type { DecoderSetup, PacketTable } from './packetTable.ts'

/** Bytes that are read of a keyframe at a time: mostly all that lies before its picture. */
const LOOK = 1024
/** Keyframes that are read at one time: a disk or share answers many questions sooner together. */
const AT_ONCE = 32
/** Of a film with more of them it is no less work to read it through. */
const MOST_KEYFRAMES = 20_000
/** Units before a picture; of more something is wrong. */
const MOST_UNITS = 64
/** A message of supplemental information: decoding can start here, though the picture before be lost. */
const RECOVERY_POINT = 6

/** A codec's units: which type one is of, by its first byte, and which types are what. */
interface Units {
  readonly typeOf: (first: number) => number
  readonly isPicture: (type: number) => boolean
  /** Instant refreshes, and all random access points of HEVC: no picture shown behind one refers to any before it. */
  readonly isStart: (type: number) => boolean
  readonly parameters: number
  /** Supplemental information; none that matters in HEVC. */
  readonly messages: number | null
}

const units: Readonly<Record<DecoderSetup['codec'], Units>> = {
  h264: {
    typeOf: (first) => first & 31,
    isPicture: (type) => type >= 1 && type <= 5,
    isStart: (type) => type === 5,
    parameters: 7,
    messages: 6,
  },
  hevc: {
    typeOf: (first) => (first >> 1) & 63,
    isPicture: (type) => type < 32,
    isStart: (type) => type >= 16 && type <= 23,
    parameters: 33,
    messages: null,
  },
}

/** The bytes that a unit's length takes, and the sequence parameter sets. ISO/IEC 14496-15, 5.3.3 and 8.3.3. */
function read({ codec, bytes }: DecoderSetup): { lengthBytes: number; sets: Buffer[] } {
  const sets: Buffer[] = []
  let at = codec === 'h264' ? 6 : 23
  const take = (count: number, type: number): void => {
    for (let n = 0; n < count; n++) {
      const length = bytes.readUInt16BE(at)
      if (type === units[codec].parameters) sets.push(bytes.subarray(at + 2, at + 2 + length))
      at += 2 + length
    }
  }
  if (codec === 'h264') take(bytes.readUInt8(5) & 31, units.h264.parameters)
  else {
    for (let arrays = bytes.readUInt8(22); arrays > 0; arrays--) {
      const type = bytes.readUInt8(at) & 63
      at += 3
      take(bytes.readUInt16BE(at - 2), type)
    }
  }
  return { lengthBytes: (bytes.readUInt8(codec === 'h264' ? 4 : 21) & 3) + 1, sets }
}

/**
 * Whether a unit of supplemental information, without its first byte, holds a message of a type. ITU-T H.264, 7.3.2.3.
 */
function holdsMessage(unit: Buffer, wanted: number): boolean {
  // A 3 behind two zeros keeps the rest from looking like the start of a unit.
  const bytes = unit.filter((byte, n) => !(byte === 3 && n >= 2 && unit[n - 1] === 0 && unit[n - 2] === 0))
  let at = 0
  const number = (): number => {
    let sum = 0
    while (bytes[at] === 255) sum += bytes[at++]!
    return sum + (bytes[at++] ?? 0)
  }
  // The last byte ends the unit.
  while (at + 2 < bytes.length) {
    if (number() === wanted) return true
    at += number()
  }
  return false
}

interface Look {
  /** It brings a sequence parameter set that is not the container's. */
  readonly bringsOther: boolean
  /** Decoding can start here. */
  readonly isStart: boolean
  /** What is shown from here on needs nothing that comes before. */
  readonly isClosed: boolean
}

/** Null where it is not made as it should be. */
async function lookAt(
  file: FileHandle,
  { from, to }: { readonly from: number; readonly to: number },
  known: Buffer | undefined,
  lengthBytes: number,
  codec: Units,
): Promise<Look | null> {
  let bytes: Buffer = Buffer.alloc(0)
  let start = from
  const get = async (at: number, length: number): Promise<Buffer> => {
    if (at < start || at + length > start + bytes.length) {
      bytes = await bytesAt(file, at, Math.max(LOOK, length))
      start = at
    }
    return bytes.subarray(at - start, at - start + length)
  }
  let bringsOther = false
  let recovers = false
  let at = from
  for (let n = 0; n < MOST_UNITS && at + lengthBytes < to; n++) {
    const head = await get(at, lengthBytes + 1)
    if (head.length <= lengthBytes) return null
    const length = head.readUIntBE(0, lengthBytes)
    const type = codec.typeOf(head[lengthBytes]!)
    at += lengthBytes
    if (length === 0 || at + length > to) return null
    if (codec.isPicture(type)) {
      const isClosed = codec.isStart(type)
      return { bringsOther, isStart: recovers || isClosed, isClosed }
    }
    if (type === codec.parameters) bringsOther ||= known === undefined || !(await get(at, length)).equals(known)
    if (type === codec.messages) recovers ||= holdsMessage(await get(at + 1, length - 1), RECOVERY_POINT)
    at += length
  }
  return null
}

export interface KeyframeHeads {
  /** All keyframes are of the size that the container's setup says. */
  readonly areOfOneSize: boolean
  /** Decoding can start at each. */
  readonly areStarts: boolean
  /** What is shown from each on needs nothing that comes before it. */
  readonly areClosed: boolean
}

const unknown: KeyframeHeads = { areOfOneSize: false, areStarts: false, areClosed: false }

/** Neither where it can't be told in this way. */
export async function keyframeHeads(path: string, { setup, keys, from, sizes }: PacketTable): Promise<KeyframeHeads> {
  const places = [...keys.keys()].filter((n) => keys[n] === 1)
  if (setup === null || places.length > MOST_KEYFRAMES) return unknown
  const file = await open(path, 'r')
  try {
    const { lengthBytes, sets } = read(setup)
    let [areOfOneSize, areStarts, areClosed] = [sets.length === 1, true, true]
    for (let n = 0; n < places.length; n += AT_ONCE) {
      const looks = places.slice(n, n + AT_ONCE).map((place) => {
        const at = from[place]!
        return lookAt(file, { from: at, to: at + sizes[place]! }, sets[0], lengthBytes, units[setup.codec])
      })
      for (const look of await Promise.all(looks)) {
        if (look === null) return unknown
        areOfOneSize &&= !look.bringsOther
        areStarts &&= look.isStart
        areClosed &&= look.isClosed
      }
    }
    return { areOfOneSize, areStarts, areClosed }
  } catch {
    // A setup that is cut short, or a file that can't be read: its keyframes are decoded, which says so.
    return unknown
  } finally {
    await file.close()
  }
}
