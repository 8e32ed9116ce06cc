/**
 * Raw frames in Matroska's clothes, for handing them to ffmpeg over a pipe: unlike bare raw video this carries a time
 * for every frame, to the nanosecond, beside the frame rate, pixel shape and color tags. RFC 8794 (EBML), RFC 9559.
 */
import type { Rational } from '../../contract/schemas.ts'
import type { ChromaSiting, PixelLayout } from '../picture/pixelLayout.ts'
import { rawFourcc } from '../reading/pixelFormats.ts'

const UNKNOWN_SIZE = Buffer.from([0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])

function size(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value) | (1n << 56n))
  return bytes
}

function element(id: number, payload: Buffer): Buffer {
  const hex = id.toString(16)
  return Buffer.concat([Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'), size(payload.length), payload])
}

function unsigned(id: number, value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return element(id, bytes)
}

function text(id: number, value: string): Buffer {
  return element(id, Buffer.from(value, 'utf8'))
}

/** The color tags as ITU-T H.273 numbers; 2 is 'unspecified'. */
export interface ColorNumbers {
  readonly matrix: number
  readonly primaries: number
  readonly transfer: number
}

/**
 * Where chroma lies across and down: 1 with luma, 2 between two of its samples. Said of the frames themselves, since
 * some versions of ffmpeg heed nothing else.
 */
const sitings: Readonly<Record<ChromaSiting, readonly [across: number, down: number]>> = {
  left: [1, 2],
  center: [2, 2],
  topleft: [1, 1],
}

function siting({ sampling, siting: place }: PixelLayout): Buffer[] {
  if (place === undefined || (sampling !== '420' && sampling !== '422')) return []
  const [across, down] = sitings[place]
  return [unsigned(0x55b7, across), unsigned(0x55b8, down)]
}

/** A flat picture that is to be turned for showing; the roll counts counter-clockwise. */
function projection(rotation: number): Buffer {
  const roll = Buffer.alloc(4)
  roll.writeFloatBE(rotation > 180 ? 360 - rotation : -rotation)
  return element(0x7670, Buffer.concat([unsigned(0x7671, 0), element(0x7675, roll)]))
}

/** Everything up to the first frame. 'rate' is only a description; each frame has its own time. */
export function matroskaHeader(layout: PixelLayout, rate: Rational, colors: ColorNumbers, rotation: number): Buffer {
  const color = element(
    0x55b0,
    Buffer.concat([
      unsigned(0x55b1, colors.matrix),
      unsigned(0x55b9, layout.range === 'full' ? 2 : 1),
      ...siting(layout),
      unsigned(0x55ba, colors.transfer),
      unsigned(0x55bb, colors.primaries),
    ]),
  )
  const video = element(
    0xe0,
    Buffer.concat([
      unsigned(0xb0, layout.width),
      unsigned(0xba, layout.height),
      element(0x2eb524, rawFourcc(layout)),
      color,
      ...(rotation === 0 ? [] : [projection(rotation)]),
    ]),
  )
  const track = element(
    0xae,
    Buffer.concat([
      unsigned(0xd7, 1),
      unsigned(0x73c5, 1),
      unsigned(0x83, 1),
      unsigned(0x9c, 0),
      unsigned(0x23e383, Math.round((1e9 * rate.den) / rate.num)),
      text(0x86, 'V_UNCOMPRESSED'),
      video,
    ]),
  )
  return Buffer.concat([
    element(0x1a45dfa3, Buffer.concat([text(0x4282, 'matroska'), unsigned(0x4287, 4), unsigned(0x4285, 2)])),
    Buffer.from([0x18, 0x53, 0x80, 0x67]),
    UNKNOWN_SIZE,
    element(
      0x1549a966,
      Buffer.concat([unsigned(0x2ad7b1, 1), text(0x4d80, 'ColoRNN Studio'), text(0x5741, 'ColoRNN Studio')]),
    ),
    element(0x1654ae6b, track),
  ])
}

/**
 * What goes in front of one frame's bytes: a cluster of its own, so that its time may be any number of nanoseconds from
 * 0.
 */
export function matroskaFrameHeader(nanoseconds: bigint, frameBytes: number): Buffer {
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(nanoseconds)
  const timecode = element(0xe7, time)
  const block = Buffer.concat([Buffer.from([0xa3]), size(frameBytes + 4), Buffer.from([0x81, 0, 0, 0x80])])
  return Buffer.concat([
    Buffer.from([0x1f, 0x43, 0xb6, 0x75]),
    size(timecode.length + block.length + frameBytes),
    timecode,
    block,
  ])
}
