/**
 * A coloring as bytes: its size, confidence and mean chroma (to be had without unpacking it), then U and V as 8-bit
 * planes, and what has come all the way where that is kept, each row as differences from its left neighbor, deflated.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { NetworkChroma } from '../picture/networkPictures.ts'

/** The coloring of one frame as it is kept. */
export interface StoredColoring {
  readonly chroma: NetworkChroma
  /** 0..1 */
  readonly confidence: number
  /**
   * Of colors that were carried from a pin by motion alone: how much of each pixel's has come all the way, 0..1,
   * row-major.
   */
  readonly origin?: Float32Array
}

/** What is to be known of a coloring without its pixels. */
export interface ColoringMeasure {
  readonly confidence: number
  /** Mean chroma. */
  readonly u: number
  readonly v: number
}

/** Bytes that readMeasure needs. */
export const CODEC_HEADER = 16
const HEADER = CODEC_HEADER
const LARGEST_SIDE = 4096

/** U or V, -0.5..0.5, to the nearest of 0..255 with 128 neutral. */
const toByte = (value: number): number => {
  const code = value * 254 + 128.5
  return code < 0 ? 0 : code > 255 ? 255 : code | 0
}
/** U or V of each of the 256 codes. */
const fromByte = Float32Array.from({ length: 256 }, (_, code) => (code - 128) / 254)

/**
 * The chroma as it comes back from the cache. Everything that goes on from a fresh coloring uses this, so that it
 * makes no difference whether a frame was computed just now or last week.
 */
export function asStored(chroma: NetworkChroma): NetworkChroma {
  const { values } = chroma
  const stored = new Float32Array(values.length)
  for (let i = 0; i < values.length; i++) stored[i] = fromByte[toByte(values[i]!)]!
  return { ...chroma, values: stored }
}

const toShare = (value: number): number => (value * 255 + 0.5) | 0

/** How much has come all the way, as it comes back from the cache. */
export const originAsStored = (origin: Float32Array): Float32Array => origin.map((value) => toShare(value) / 255)

export function encodeColoring({ chroma, confidence, origin }: StoredColoring): Buffer {
  const { width, height, values } = chroma
  const size = width * height
  const planes = new Uint8Array((origin ? 3 : 2) * size)
  const { u: meanU, v: meanV } = meanChroma(chroma)
  for (let y = 0; y < height; y++) {
    let lastU = 128
    let lastV = 128
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const u = toByte(values[2 * i]!)
      const v = toByte(values[2 * i + 1]!)
      planes[i] = u - lastU
      planes[size + i] = v - lastV
      lastU = u
      lastV = v
    }
  }
  for (let i = 0, last = 0; origin && i < size; i++) {
    const share = toShare(origin[i]!)
    planes[2 * size + i] = share - (i % width === 0 ? 0 : last)
    last = share
  }
  const header = Buffer.alloc(HEADER)
  header.writeUInt16LE(width, 0)
  header.writeUInt16LE(height, 2)
  header.writeFloatLE(confidence, 4)
  header.writeFloatLE(meanU, 8)
  header.writeFloatLE(meanV, 12)
  return Buffer.concat([header, deflateRawSync(planes, { level: 1 })])
}

export function meanChroma({ values }: NetworkChroma): { u: number; v: number } {
  let u = 0
  let v = 0
  for (let i = 0; i < values.length; i += 2) {
    u += values[i]!
    v += values[i + 1]!
  }
  return { u: (2 * u) / values.length, v: (2 * v) / values.length }
}

/** @param header the first CODEC_HEADER bytes of a coloring */
export function readMeasure(header: Buffer): ColoringMeasure {
  return { confidence: header.readFloatLE(4), u: header.readFloatLE(8), v: header.readFloatLE(12) }
}

/** Null for bytes that are no coloring. */
export function decodeColoring(bytes: Uint8Array): StoredColoring | null {
  if (bytes.length < HEADER) return null
  const header = Buffer.from(bytes.buffer, bytes.byteOffset, HEADER)
  const width = header.readUInt16LE(0)
  const height = header.readUInt16LE(2)
  const confidence = header.readFloatLE(4)
  const size = width * height
  if (size === 0 || Math.max(width, height) > LARGEST_SIDE || !(confidence >= 0 && confidence <= 1)) return null
  let planes: Buffer
  try {
    planes = inflateRawSync(bytes.subarray(HEADER), { maxOutputLength: 3 * size })
  } catch {
    return null
  }
  if (planes.length !== 2 * size && planes.length !== 3 * size) return null
  const values = new Float32Array(2 * size)
  for (let y = 0; y < height; y++) {
    let u = 128
    let v = 128
    for (let x = 0, i = y * width; x < width; x++, i++) {
      u = (u + planes[i]!) & 255
      v = (v + planes[size + i]!) & 255
      values[2 * i] = fromByte[u]!
      values[2 * i + 1] = fromByte[v]!
    }
  }
  if (planes.length === 2 * size) return { chroma: { width, height, values }, confidence }
  const origin = new Float32Array(size)
  for (let i = 0, share = 0; i < size; i++) {
    share = ((i % width === 0 ? 0 : share) + planes[2 * size + i]!) & 255
    origin[i] = share / 255
  }
  return { chroma: { width, height, values }, confidence, origin }
}
