/**
 * What pictures of H.264 and H.265 say beside their pixels (supplemental enhancement information: ITU-T H.264 and
 * H.265, annex D): closed captions, and the light that a film was made for. Put into pictures that are encoded already,
 * so that it does not depend on what an encoder of this version takes. Pure.
 */
import { ATSC, CAPTIONS_NAME, REGISTERED_MESSAGE } from '../../reading/decoding/captionData.ts'
import type { LightLevels } from '../../reading/opening/lightLevels.ts'

/** Matroska's names of the codecs whose pictures take messages. */
export type MessageCodec = 'V_MPEG4/ISO/AVC' | 'V_MPEGH/ISO/HEVC'

export const takesMessages = (codec: string): codec is MessageCodec =>
  codec === 'V_MPEG4/ISO/AVC' || codec === 'V_MPEGH/ISO/HEVC'

interface SeiMessage {
  readonly type: number
  readonly body: Buffer
}

/** D.2.29 and D.2.35 of H.265; the same numbers in H.264. */
const [MASTERING_DISPLAY, LIGHT_LEVEL] = [137, 144]
/** Steps of what is said of a display: of its coordinates, and of a candela per square meter. */
const [COORDINATE, LUMINANCE] = [50_000, 10_000]
/** What a message of captions has in front: how many there are, and that they are to be used. */
const PROCESS_CAPTIONS = 0xc0
/** More do not fit into one message. */
const MOST_PIECES = 31
const FULL_BYTE = 0xff

/** @param data cc_data of one picture */
export function captionMessages(data: Buffer): SeiMessage[] {
  const messages: SeiMessage[] = []
  for (let at = 0; at < data.length; at += 3 * MOST_PIECES) {
    const pieces = data.subarray(at, at + 3 * MOST_PIECES)
    const head = Buffer.from([PROCESS_CAPTIONS | (pieces.length / 3), FULL_BYTE])
    const body = Buffer.concat([ATSC, CAPTIONS_NAME, head, pieces, Buffer.from([FULL_BYTE])])
    messages.push({ type: REGISTERED_MESSAGE, body })
  }
  return messages
}

/** Of a display, only what is said of it as a whole has a message. */
export function lightMessages({ primaries, luminance, content }: LightLevels): SeiMessage[] {
  const messages: SeiMessage[] = []
  if (primaries && luminance) {
    const body = Buffer.alloc(24)
    const [redX, redY, greenX, greenY, blueX, blueY, whiteX, whiteY] = primaries
    // Green comes first, and red last.
    const places = [greenX, greenY, blueX, blueY, redX, redY, whiteX, whiteY]
    places.forEach((value, n) => body.writeUInt16BE(Math.round(value * COORDINATE), 2 * n))
    body.writeUInt32BE(Math.round(luminance[1] * LUMINANCE), 16)
    body.writeUInt32BE(Math.round(luminance[0] * LUMINANCE), 20)
    messages.push({ type: MASTERING_DISPLAY, body })
  }
  if (content) {
    const body = Buffer.alloc(4)
    content.forEach((value, n) => body.writeUInt16BE(Math.min(value, 0xffff), 2 * n))
    messages.push({ type: LIGHT_LEVEL, body })
  }
  return messages
}

/** A number in bytes that are full but for the last one. */
function inFullBytes(value: number): Buffer {
  return Buffer.from([...new Array<number>(Math.floor(value / FULL_BYTE)).fill(FULL_BYTE), value % FULL_BYTE])
}

/** With a byte of 3 wherever a start code would appear otherwise (7.4.1). */
function escaped(payload: Buffer): Buffer {
  const bytes: number[] = []
  let zeros = 0
  for (const byte of payload) {
    if (zeros >= 2 && byte <= 3) {
      bytes.push(3)
      zeros = 0
    }
    bytes.push(byte)
    zeros = byte === 0 ? zeros + 1 : 0
  }
  return Buffer.from(bytes)
}

/** Heads of units that hold messages: SEI of H.264; a prefix SEI of H.265, of the base layer. */
const heads: Readonly<Record<MessageCodec, Buffer>> = {
  'V_MPEG4/ISO/AVC': Buffer.from([6]),
  'V_MPEGH/ISO/HEVC': Buffer.from([39 << 1, 1]),
}
/** The bit that ends a unit. */
const END = Buffer.from([0x80])

function unitOf(codec: MessageCodec, messages: readonly SeiMessage[]): Buffer {
  const payload = messages.flatMap(({ type, body }) => [inFullBytes(type), inFullBytes(body.length), body])
  return Buffer.concat([heads[codec], escaped(Buffer.concat([...payload, END]))])
}

/** How many bytes say the length of a unit, by the configuration record (ISO/IEC 14496-15, 5.3.3 and 8.3.3). */
function lengthBytes(codec: MessageCodec, configuration: Buffer): number {
  return ((configuration[codec === 'V_MPEG4/ISO/AVC' ? 4 : 21] ?? 3) & 3) + 1
}

/** Whether a unit is a part of the picture itself. */
function isSlice(codec: MessageCodec, head: number): boolean {
  if (codec === 'V_MPEGH/ISO/HEVC') return ((head >> 1) & 0x3f) < 32
  return (head & 0x1f) >= 1 && (head & 0x1f) <= 5
}

/**
 * A picture with messages before its first slice, where those of buffering stand before them already.
 * @param picture units, each behind its length
 * @param configuration that belongs to the codec
 * @throws Error where the picture is none
 */
export function withMessages(
  codec: MessageCodec,
  configuration: Buffer,
  picture: Buffer,
  messages: readonly SeiMessage[],
): Buffer {
  if (messages.length === 0) return picture
  const width = lengthBytes(codec, configuration)
  for (let at = 0; at + width < picture.length;) {
    if (isSlice(codec, picture[at + width]!)) {
      const unit = unitOf(codec, messages)
      const length = Buffer.alloc(width)
      length.writeUIntBE(unit.length, 0, width)
      return Buffer.concat([picture.subarray(0, at), length, unit, picture.subarray(at)])
    }
    at += width + picture.readUIntBE(at, width)
  }
  throw new Error('a picture without a slice')
}
