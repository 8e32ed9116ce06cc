/**
 * Closed captions as pictures carry them: cc_data of ANSI/CTA-708-E, 4.4, which is the two fields of line 21 (CEA-608)
 * and the packets of digital television (CEA-708), three bytes each; wrapped after ATSC A/53 part 4, 6.2.3, in user
 * data of MPEG-2, in SEI messages of H.264, H.265 and H.266, or in metadata of AV1 (ITU-T T.35). Pure.
 */

/** Codecs whose pictures may carry captions, and the kind of unit that they lie in, by the number of each codec. */
export const captionUnits = { mpeg2video: 0xb2, h264: 6, hevc: 39, vvc: 23, av1: 5 } as const
export type CaptionCodec = keyof typeof captionUnits

export const isCaptionCodec = (codec: string): codec is CaptionCodec => codec in captionUnits

export interface FoundCaptions {
  /** Three bytes for each pair or packet; empty where there are none. */
  readonly data: Buffer
  /** Captions are there that are wrapped otherwise: by DVDs, or as SCTE 20 has it. */
  readonly isOtherwise: boolean
}

/** What user data of A/53 begins with: its name, and the kind that is captions. */
export const CAPTIONS_NAME = Buffer.from('GA94\x03', 'latin1')
/** T.35: the United States, ATSC. */
export const ATSC = Buffer.from([0xb5, 0x00, 0x31])
/** SEI messages that T.35 gives a meaning to. */
export const REGISTERED_MESSAGE = 4
/** Metadata of AV1 that T.35 gives a meaning to; and the mark of an OBU whose head is one byte longer. */
const REGISTERED_METADATA = 4
const OBU_EXTENDED = 4
/** There are captions in it, and how many there are (ANSI/CTA-708-E, table 2). */
const PROCESS_FLAG = 0x40
const COUNT_BITS = 0x1f
/** How captions on DVDs begin, and those of SCTE 20. */
const DVD_NAME = Buffer.from('CC\x01', 'latin1')
const SCTE_20 = 0x03

const nothing: FoundCaptions = { data: Buffer.alloc(0), isOtherwise: false }

/** @param user what follows the name of the sender */
function captionsOf(user: Buffer): FoundCaptions {
  const at = CAPTIONS_NAME.length
  const flags = user[at] ?? 0
  if (!user.subarray(0, at).equals(CAPTIONS_NAME) || (flags & PROCESS_FLAG) === 0) return nothing
  // A byte that says nothing any more lies between.
  const data = user.subarray(at + 2, at + 2 + 3 * (flags & COUNT_BITS))
  return { data: data.subarray(0, data.length - (data.length % 3)), isOtherwise: false }
}

/** What lies between start codes. */
function unitsOf(stream: Buffer): Buffer[] {
  const starts: number[] = []
  for (let at = stream.indexOf('000001', 0, 'hex'); at >= 0; at = stream.indexOf('000001', at + 3, 'hex'))
    starts.push(at)
  return starts.map((at, n) => stream.subarray(at + 3, starts[n + 1] ?? stream.length))
}

/** Without the bytes that keep start codes from appearing in a unit of H.264 or H.265. */
function unescaped(unit: Buffer): Buffer {
  const bytes: number[] = []
  let zeros = 0
  for (const byte of unit) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0
      continue
    }
    zeros = byte === 0 ? zeros + 1 : 0
    bytes.push(byte)
  }
  return Buffer.from(bytes)
}

/** Messages of one SEI unit, without the unit's head. */
function* messagesOf(payload: Buffer): Generator<{ readonly type: number; readonly body: Buffer }> {
  let at = 0
  const number = (): number => {
    let value = 0
    while (payload[at] === 0xff) {
      value += 0xff
      at++
    }
    return value + (payload[at++] ?? 0)
  }
  // The last bit that is set ends the unit.
  while (at + 2 < payload.length) {
    const type = number()
    const length = number()
    yield { type, body: payload.subarray(at, at + length) }
    at += length
  }
}

function inMessages(unit: Buffer, head: number): FoundCaptions[] {
  return Array.from(messagesOf(unescaped(unit.subarray(head))), ({ type, body }) =>
    type === REGISTERED_MESSAGE && body.subarray(0, ATSC.length).equals(ATSC)
      ? captionsOf(body.subarray(ATSC.length))
      : nothing,
  )
}

/** Number of AV1, 4.10.5, and where it ends. */
function leb128(bytes: Buffer, at: number): readonly [value: number, end: number] {
  let value = 0
  for (let n = 0; n < 8; n++) {
    const byte = bytes[at + n] ?? 0
    value += (byte & 0x7f) * 2 ** (7 * n)
    if (byte < 0x80) return [value, at + n + 1]
  }
  return [value, at + 8]
}

/** T.35 metadata among the OBUs of one picture (AV1 bitstream specification, 5.3 and 5.8); each says how long it is. */
function inObus(units: Buffer): FoundCaptions[] {
  const found: FoundCaptions[] = []
  for (let at = 0; at < units.length;) {
    const head = units[at]!
    const [size, from] = leb128(units, at + ((head & OBU_EXTENDED) === 0 ? 1 : 2))
    const [type, begin] = leb128(units, from)
    const body = units.subarray(begin, from + size)
    at = from + size
    if (head >> 3 === captionUnits.av1 && type === REGISTERED_METADATA && body.subarray(0, ATSC.length).equals(ATSC))
      found.push(captionsOf(body.subarray(ATSC.length)))
  }
  return found
}

function inUserData(user: Buffer): FoundCaptions {
  const isOtherwise = user.subarray(0, DVD_NAME.length).equals(DVD_NAME) || user[0] === SCTE_20
  return isOtherwise ? { ...nothing, isOtherwise } : captionsOf(user)
}

/** @param units those units of one picture that captionUnits names: of AV1 as they are, else behind start codes */
export function captionsIn(codec: CaptionCodec, units: Buffer): FoundCaptions {
  const found =
    codec === 'av1'
      ? inObus(units)
      : unitsOf(units).flatMap((unit) =>
          codec === 'mpeg2video' ? [inUserData(unit.subarray(1))] : inMessages(unit, codec === 'h264' ? 1 : 2),
        )
  return {
    data: Buffer.concat(found.map(({ data }) => data)),
    isOtherwise: found.some(({ isOtherwise }) => isOtherwise),
  }
}

/** What one of the three-byte pieces of cc_data is. */
export type CaptionKind = 'first field' | 'second field' | 'digital'

const VALID = 4

/** The kind of a piece; null where it says that nothing is in it. */
export function kindOf(piece: Buffer): CaptionKind | null {
  const type = piece[0]! & 3
  if (type >= 2) return (piece[0]! & VALID) !== 0 ? 'digital' : null
  const isEmpty = (piece[1]! & 0x7f) === 0 && (piece[2]! & 0x7f) === 0
  if ((piece[0]! & VALID) === 0 || isEmpty) return null
  return type === 0 ? 'first field' : 'second field'
}

/** A place for a pair of the first field, whether or not something is in it. */
export const isFirstField = (piece: Buffer): boolean => (piece[0]! & 3) === 0

/** The three-byte pieces of cc_data. */
export function piecesOf(data: Buffer): Buffer[] {
  return Array.from({ length: Math.floor(data.length / 3) }, (_, n) => data.subarray(3 * n, 3 * n + 3))
}

/** Pairs of line 21's first field that say something, two bytes each. */
export function firstFieldPairs(data: Buffer): Buffer[] {
  return piecesOf(data)
    .filter((piece) => kindOf(piece) === 'first field')
    .map((piece) => piece.subarray(1))
}
