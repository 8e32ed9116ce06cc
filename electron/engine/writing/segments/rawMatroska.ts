/**
 * Pictures in Matroska's clothes, raw or encoded, for handing them to ffmpeg over a pipe: this carries a time for every
 * one, to the nanosecond, beside the frame rate, pixel shape, fields and color tags. RFC 8794 (EBML), RFC 9559.
 */
import type { Rational } from '../../../contract/schemas.ts'
import type { ChromaSiting, PixelLayout } from '../../picture/pixelLayout.ts'
import { rawFourcc } from '../../reading/decoding/pixelFormats.ts'
import { noLight, type LightLevels } from '../../reading/opening/lightLevels.ts'
import type { FieldOrder } from '../../reading/opening/probeText.ts'

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

function long(id: number, value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(value)
  return element(id, bytes)
}

function unsigned(id: number, value: number): Buffer {
  return long(id, BigInt(value))
}

function float(id: number, value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
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

function siting(place: ChromaSiting | null): Buffer[] {
  if (place === null) return []
  const [across, down] = sitings[place]
  return [unsigned(0x55b7, across), unsigned(0x55b8, down)]
}

const fieldOrders: Readonly<Record<FieldOrder, number>> = { progressive: 0, 'top first': 1, 'bottom first': 6 }
/** The display size is a ratio, not a number of pixels. */
const AS_RATIO = 3

/** A flat picture that is to be turned for showing; the roll counts counter-clockwise. */
function projection(rotation: number): Buffer {
  const roll = Buffer.alloc(4)
  roll.writeFloatBE(rotation > 180 ? 360 - rotation : -rotation)
  return element(0x7670, Buffer.concat([unsigned(0x7671, 0), element(0x7675, roll)]))
}

/** What ffmpeg is to know of encoded pictures that they do not all say themselves. */
export interface EncodedTrack {
  /** Matroska's name of the codec, and what belongs to it, as ffmpeg has written them. */
  readonly codec: string
  readonly codecPrivate: Buffer
  readonly width: number
  readonly height: number
  readonly pixelAspect: Rational
  readonly field: FieldOrder
  readonly rate: Rational
  readonly colors: ColorNumbers
  readonly light: LightLevels
  readonly range: 'full' | 'limited'
  readonly siting: ChromaSiting | null
  readonly rotation: number
}

/** Everything up to the first raw frame. 'rate' is only a description; each frame has its own time. */
export function rawHeader(layout: PixelLayout, rate: Rational, colors: ColorNumbers): Buffer {
  const { width, height, range, sampling } = layout
  const halved = sampling === '420' || sampling === '422'
  return header(rate, 'V_UNCOMPRESSED', [
    unsigned(0xb0, width),
    unsigned(0xba, height),
    element(0x2eb524, rawFourcc(layout)),
    color(colors, range, halved ? (layout.siting ?? null) : null),
  ])
}

/** The same for pictures that are encoded already. */
export function encodedHeader(track: EncodedTrack): Buffer {
  const { width, height, pixelAspect, field, rate, rotation } = track
  const video = [
    unsigned(0x9a, field === 'progressive' ? 2 : 1),
    ...(field === 'progressive' ? [] : [unsigned(0x9d, fieldOrders[field])]),
    unsigned(0xb0, width),
    unsigned(0xba, height),
    unsigned(0x54b0, width * pixelAspect.num),
    unsigned(0x54ba, height * pixelAspect.den),
    unsigned(0x54b2, AS_RATIO),
    color(track.colors, track.range, track.siting, track.light),
    ...(rotation === 0 ? [] : [projection(rotation)]),
  ]
  return header(rate, track.codec, video, [element(0x63a2, track.codecPrivate)])
}

/** MaxCLL, MaxFALL, and what is said of the display. */
function lightData({ primaries, luminance, content }: LightLevels): Buffer[] {
  const display = [
    // The names of the coordinates follow one another: red, green, blue, white.
    ...(primaries ?? []).map((value, n) => float(0x55d1 + n, value)),
    ...(luminance ? [float(0x55d9, luminance[1]), float(0x55da, luminance[0])] : []),
  ]
  return [
    ...(content ? [unsigned(0x55bc, content[0]), unsigned(0x55bd, content[1])] : []),
    ...(display.length > 0 ? [element(0x55d0, Buffer.concat(display))] : []),
  ]
}

function color(
  { matrix, transfer, primaries }: ColorNumbers,
  range: 'full' | 'limited',
  place: ChromaSiting | null,
  light: LightLevels = noLight,
): Buffer {
  return element(
    0x55b0,
    Buffer.concat([
      unsigned(0x55b1, matrix),
      unsigned(0x55b9, range === 'full' ? 2 : 1),
      ...siting(place),
      unsigned(0x55ba, transfer),
      unsigned(0x55bb, primaries),
      ...lightData(light),
    ]),
  )
}

function header(rate: Rational, codec: string, video: readonly Buffer[], more: readonly Buffer[] = []): Buffer {
  const track = element(
    0xae,
    Buffer.concat([
      unsigned(0xd7, 1),
      unsigned(0x73c5, 1),
      unsigned(0x83, 1),
      unsigned(0x9c, 0),
      unsigned(0x23e383, Math.round((1e9 * rate.den) / rate.num)),
      text(0x86, codec),
      ...more,
      element(0xe0, Buffer.concat(video)),
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

/** What is said of one picture. Times are any number of nanoseconds from 0. */
export interface PictureHead {
  readonly time: bigint
  /** How long it is shown; the rate tells where left out. */
  readonly duration?: bigint
  readonly bytes: number
  /** It is decoded by itself. */
  readonly isKey: boolean
}

const TRACK_AND_TIME = Buffer.from([0x81, 0, 0, 0])

/** What goes in front of one picture's bytes: a cluster of its own, so that its time may be any number. */
export function pictureHead({ time, duration, bytes, isKey }: PictureHead): Buffer {
  const about = [
    ...(duration === undefined ? [] : [long(0x9b, duration)]),
    // Which one it refers to does not matter.
    ...(isKey ? [] : [element(0xfb, Buffer.from([0xff]))]),
  ]
  const block = Buffer.concat([Buffer.from([0xa1]), size(bytes + TRACK_AND_TIME.length), TRACK_AND_TIME])
  const inGroup = Buffer.concat([...about, block])
  const group = Buffer.concat([Buffer.from([0xa0]), size(inGroup.length + bytes), inGroup])
  const timestamp = long(0xe7, time)
  const inCluster = Buffer.concat([timestamp, group])
  return Buffer.concat([Buffer.from([0x1f, 0x43, 0xb6, 0x75]), size(inCluster.length + bytes), inCluster])
}
