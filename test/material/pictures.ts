/** Pictures and headers that no encoder at hand writes, byte by byte. */
import { deflateSync } from 'node:zlib'
import { crc32 } from '../../electron/content/crc32.ts'

export interface TiffKind {
  readonly bits: number
  /** 1: whole numbers, 3: floating-point numbers. */
  readonly sampleFormat: 1 | 3
}

/** A gray TIFF (6.0, little-endian, one strip, not compressed) of zeros. */
export function grayTiff(width: number, height: number, { bits, sampleFormat }: TiffKind): Buffer {
  const bytes = Math.ceil((width * bits) / 8) * height
  const entries = [
    [256, width],
    [257, height],
    [258, bits],
    [259, 1],
    [262, 1],
    [273, 8],
    [277, 1],
    [278, height],
    [279, bytes],
    [339, sampleFormat],
  ] as const
  const directory = Buffer.alloc(2 + 12 * entries.length + 4)
  directory.writeUInt16LE(entries.length)
  entries.forEach(([tag, value], n) => {
    const at = 2 + 12 * n
    directory.writeUInt16LE(tag, at)
    directory.writeUInt16LE(4, at + 2)
    directory.writeUInt32LE(1, at + 4)
    directory.writeUInt32LE(value, at + 8)
  })
  const head = Buffer.alloc(8)
  head.write('II*\0', 'latin1')
  head.writeUInt32LE(8 + bytes, 4)
  return Buffer.concat([head, Buffer.alloc(bytes), directory])
}

/** A picture of one byte, 128, as BigTIFF: a TIFF whose counts and places have 64 bits (version 43). */
export function bigTiff(): Buffer {
  const entries = [256, 257, 258, 259, 262, 273, 277, 278, 279].map((tag) => [
    tag,
    tag === 258 ? 8 : tag === 273 ? 16 : 1,
  ])
  const directory = Buffer.alloc(8 + 20 * entries.length + 8)
  directory.writeBigUInt64LE(BigInt(entries.length))
  entries.forEach(([tag, value], n) => {
    const at = 8 + 20 * n
    directory.writeUInt16LE(tag!, at)
    directory.writeUInt16LE(3, at + 2)
    directory.writeBigUInt64LE(1n, at + 4)
    directory.writeUInt16LE(value!, at + 12)
  })
  const head = Buffer.alloc(24)
  head.write('II+\0\x08\0\0\0\x18', 'latin1')
  head[16] = 128
  return Buffer.concat([head, directory])
}

/**
 * Gives a DPX file of ffmpeg's, which has the generic header alone, those of film and television as well, with a frame
 * rate and a timecode (hours to frames, two digits each) in them. SMPTE ST 268-1.
 */
export function stampDpx(dpx: Buffer, rate: number, timecode: string): Buffer {
  const big = dpx.toString('latin1', 0, 4) === 'SDPX'
  const samples = dpx.subarray(big ? dpx.readUInt32BE(4) : dpx.readUInt32LE(4))
  const stamped = Buffer.concat([dpx.subarray(0, 1664), Buffer.alloc(2048 - 1664, 0xff), samples])
  const word = (value: number, at: number): number =>
    big ? stamped.writeUInt32BE(value, at) : stamped.writeUInt32LE(value, at)
  const float = (at: number): number => (big ? stamped.writeFloatBE(rate, at) : stamped.writeFloatLE(rate, at))
  for (const at of [4, 808]) word(2048, at)
  word(stamped.length, 16)
  float(1724)
  float(1940)
  word(parseInt(timecode.replaceAll(':', ''), 16), 1920)
  return stamped
}

type Primary = readonly [x: number, y: number, z: number]

/**
 * A profile of three primaries and one curve, ICC.1:2022.
 * @param primaries XYZ of red, green and blue under D50
 * @param curve a power, or the values of a parametric curve of the fourth kind
 */
export function iccProfile(primaries: readonly Primary[], curve: number | readonly number[]): Buffer {
  const fixed = (values: readonly number[]): Buffer => {
    const bytes = Buffer.alloc(4 * values.length)
    values.forEach((value, n) => bytes.writeInt32BE(Math.round(value * 65536), 4 * n))
    return bytes
  }
  const trc =
    typeof curve === 'number'
      ? Buffer.concat([
          Buffer.from('curv\0\0\0\0\0\0\0\x01', 'latin1'),
          Buffer.from([Math.floor(curve), Math.round((curve % 1) * 256), 0, 0]),
        ])
      : Buffer.concat([Buffer.from('para\0\0\0\0\0\x03\0\0', 'latin1'), fixed(curve)])
  const tags = [
    ...['rXYZ', 'gXYZ', 'bXYZ'].map(
      (name, n) => [name, Buffer.concat([Buffer.from('XYZ \0\0\0\0', 'latin1'), fixed(primaries[n]!)])] as const,
    ),
    ...['rTRC', 'gTRC', 'bTRC'].map((name) => [name, trc] as const),
  ]
  const table = Buffer.alloc(4 + 12 * tags.length)
  table.writeUInt32BE(tags.length)
  let at = 128 + table.length
  tags.forEach(([name, data], n) => {
    table.write(name, 4 + 12 * n, 'latin1')
    table.writeUInt32BE(at, 8 + 12 * n)
    table.writeUInt32BE(data.length, 12 + 12 * n)
    at += data.length
  })
  const head = Buffer.alloc(128)
  head.writeUInt32BE(at)
  head.write('mntrRGB XYZ ', 12, 'latin1')
  head.write('acsp', 36, 'latin1')
  return Buffer.concat([head, table, ...tags.map(([, data]) => data)])
}

/** One chunk of a PNG file. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** Puts chunks into a PNG file, in front of its pixels. */
export function withChunks(png: Buffer, ...chunks: readonly Buffer[]): Buffer {
  const head = 8 + 25
  return Buffer.concat([png.subarray(0, head), ...chunks, png.subarray(head)])
}

/** A TIFF file of no picture that says how one is to be turned: what Exif holds. @param value 1 to 8 */
export function orientationTiff(value: number, big: boolean): Buffer {
  const bytes = Buffer.alloc(26)
  bytes.write(big ? 'MM\0*' : 'II*\0', 'latin1')
  const short = (number: number, at: number): number =>
    big ? bytes.writeUInt16BE(number, at) : bytes.writeUInt16LE(number, at)
  const long = (number: number, at: number): number =>
    big ? bytes.writeUInt32BE(number, at) : bytes.writeUInt32LE(number, at)
  long(8, 4)
  short(1, 8)
  short(274, 10)
  short(3, 12)
  long(1, 14)
  short(value, 18)
  return bytes
}

/** Puts Exif into a JPEG file. */
export function withExif(jpeg: Buffer, tiff: Buffer): Buffer {
  const data = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)])
}

/** Puts the tag of orientation into a little-endian TIFF file, whose directory is moved to the end. */
export function withTiffOrientation(tiff: Buffer, value: number): Buffer {
  const at = tiff.readUInt32LE(4)
  const count = tiff.readUInt16LE(at)
  const entries = Array.from({ length: count }, (_, n) => tiff.subarray(at + 2 + 12 * n, at + 14 + 12 * n))
  const entry = orientationTiff(value, false).subarray(10, 22)
  const all = [...entries.filter((each) => each.readUInt16LE(0) !== 274), entry].sort(
    (a, b) => a.readUInt16LE(0) - b.readUInt16LE(0),
  )
  const directory = Buffer.alloc(2)
  directory.writeUInt16LE(all.length)
  const moved = Buffer.concat([tiff, Buffer.alloc(tiff.length % 2), directory, ...all, Buffer.alloc(4)])
  moved.writeUInt32LE(tiff.length + (tiff.length % 2), 4)
  return moved
}

/** Puts a profile into a PNG file, in front of its pixels. */
export function withProfile(png: Buffer, profile: Buffer): Buffer {
  return withChunks(png, pngChunk('iCCP', Buffer.concat([Buffer.from('profile\0\0', 'latin1'), deflateSync(profile)])))
}
