/** Pictures and headers that no encoder at hand writes, byte by byte. */

export interface TiffKind {
  readonly bits: number
  /** 1: whole numbers, 3: floating-point numbers. */
  readonly sampleFormat: 1 | 3
}

/** A gray TIFF (6.0, little-endian, one strip, not compressed) of zeros. */
export function grayTiff(width: number, height: number, { bits, sampleFormat }: TiffKind): Buffer {
  const bytes = Math.ceil((width * bits) / 8) * height
  const entries = [[256, width], [257, height], [258, bits], [259, 1], [262, 1], [273, 8], [277, 1], [278, height], [279, bytes], [339, sampleFormat]] as const
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

/** Puts a frame rate and a timecode (hours to frames, two digits each) into a DPX file, SMPTE ST 268-1. */
export function stampDpx(dpx: Buffer, rate: number, timecode: string): Buffer {
  const stamped = Buffer.from(dpx)
  const big = dpx.toString('latin1', 0, 4) === 'SDPX'
  const float = (at: number): number => (big ? stamped.writeFloatBE(rate, at) : stamped.writeFloatLE(rate, at))
  float(1724)
  float(1940)
  const digits = parseInt(timecode.replaceAll(':', ''), 16)
  if (big) stamped.writeUInt32BE(digits, 1920)
  else stamped.writeUInt32LE(digits, 1920)
  return stamped
}
