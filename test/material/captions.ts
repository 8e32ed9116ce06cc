/**
 * Draws closed captions and puts them into encoded pictures as broadcasts carry them: in user data of MPEG-2 (ATSC A/53
 * part 4, CTA-708), and in SEI messages of H.264 and H.265 (ITU-T T.35).
 */

type Pair = readonly [number, number]

/** With odd parity, as line 21 of analog television had it. */
function odd(code: number): number {
  let ones = 0
  for (let bit = 1; bit < 128; bit <<= 1) if (code & bit) ones++
  return ones % 2 === 0 ? code | 128 : code
}

/** Pairs of codes that bring a line of text on: loading, its row, its letters, showing it; commands come twice. */
function popOn(text: string): Pair[] {
  const letters = text.length % 2 === 0 ? text : `${text} `
  const pairs = Array.from(
    { length: letters.length / 2 },
    (_, n) => [letters.charCodeAt(2 * n), letters.charCodeAt(2 * n + 1)] as const,
  )
  const twice = (...commands: Pair[]): Pair[] => commands.flatMap((command) => [command, command])
  return [...twice([0x14, 0x20], [0x14, 0x2e], [0x14, 0x70]), ...pairs, ...twice([0x14, 0x2f])]
}

/** A caption, and the frames that it stands on. */
export interface Spoken {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** One piece of cc_data: a pair of the first field. */
const pieceOf = ([first, second]: Pair): Buffer => Buffer.from([0xfc, odd(first), odd(second)])
/** A piece of digital television's, of which nothing but its bytes matters here. */
const digital = (frame: number): Buffer => Buffer.from([frame % 4 === 0 ? 0xff : 0xfe, frame & 0xff, 0x55])

/**
 * cc_data of each frame: a pair of line 21, be it an empty one, and a piece of digital television's.
 * @param alone leaves the latter out
 */
export function spokenCaptions(count: number, spoken: readonly Spoken[], alone = false): Buffer[] {
  const pairs = new Array<Pair>(count).fill([0, 0])
  for (const { text, from, to } of spoken) {
    const codes = popOn(text)
    codes.forEach((pair, n) => (pairs[from - codes.length + 2 + n] = pair))
    if (to < count) pairs[to] = [0x14, 0x2c]
    if (to + 1 < count) pairs[to + 1] = [0x14, 0x2c]
  }
  return pairs.slice(0, count).map((pair, n) => Buffer.concat([pieceOf(pair), ...(alone ? [] : [digital(n)])]))
}

/** Where pictures begin, and where captions may stand in them. */
interface Places {
  readonly start: string
  readonly isPlace: (video: Buffer, at: number) => boolean
  /** Behind the unit that is found, or before it. */
  readonly behind: boolean
}

const places: Readonly<Record<'mpeg2video' | 'h264' | 'hevc', Places>> = {
  // The coding extension of each picture; user data may follow it.
  mpeg2video: { start: '000001b5', isPlace: (video, at) => video[at + 4]! >> 4 === 8, behind: true },
  // First slices: of their first block.
  h264: {
    start: '000001',
    isPlace: (video, at) => [1, 5].includes(video[at + 3]! & 31) && video[at + 4]! >= 128,
    behind: false,
  },
  hevc: { start: '000001', isPlace: (video, at) => video[at + 3]! < 64 && video[at + 5]! >= 128, behind: false },
}

/** As it stands in user data: its name, how much there is, and the data. */
function wrapped(data: Buffer): Buffer {
  return Buffer.concat([Buffer.from('GA94\x03', 'latin1'), Buffer.from([0x40 | (data.length / 3), 0xff]), data])
}

function unitOf(codec: keyof typeof places, data: Buffer): Buffer {
  if (codec === 'mpeg2video') return Buffer.concat([Buffer.from([0, 0, 1, 0xb2]), wrapped(data), Buffer.from([0xff])])
  const message = Buffer.concat([Buffer.from([0xb5, 0, 0x31]), wrapped(data), Buffer.from([0xff])])
  const payload = Buffer.concat([Buffer.from([4, message.length]), message, Buffer.from([0x80])])
  const escaped = Buffer.from(payload.toString('hex').replace(/((?:..)*?0000)(?=0[0-3])/g, '$103'), 'hex')
  return Buffer.concat([Buffer.from(codec === 'h264' ? [0, 0, 1, 6] : [0, 0, 1, 78, 1]), escaped])
}

/**
 * @param video an elementary stream
 * @param dataOf cc_data of the n-th picture in the order of storing
 */
export function withCaptions(
  video: Buffer,
  codec: keyof typeof places,
  dataOf: (n: number) => Buffer | undefined,
): Buffer {
  const { start, isPlace, behind } = places[codec]
  const parts: Buffer[] = []
  let [done, picture] = [0, 0]
  for (let at = video.indexOf(start, 0, 'hex'); at >= 0; at = video.indexOf(start, at + 4, 'hex')) {
    if (!isPlace(video, at)) continue
    const data = dataOf(picture++)
    if (!data) continue
    const place = behind ? video.indexOf('000001', at + 4, 'hex') : at
    parts.push(video.subarray(done, place), unitOf(codec, data))
    done = place
  }
  return Buffer.concat([...parts, video.subarray(done)])
}

/** Metadata of AV1 that holds cc_data. */
function obuOf(data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from([4, 0xb5, 0, 0x31]), wrapped(data), Buffer.from([0xff, 0x80])])
  return Buffer.concat([Buffer.from([0x2a, body.length]), body])
}

/**
 * @param video IVF, whose pictures follow one another as they are shown
 * @param dataOf cc_data of the n-th picture
 */
export function withCaptionsInAv1(video: Buffer, dataOf: (n: number) => Buffer | undefined): Buffer {
  const head = video.readUInt16LE(6)
  const parts = [video.subarray(0, head)]
  for (let [at, n] = [head, 0]; at < video.length; n++) {
    const size = video.readUInt32LE(at)
    const [lead, picture] = [Buffer.from(video.subarray(at, at + 12)), video.subarray(at + 12, at + 12 + size)]
    const data = dataOf(n)
    const more = data ? obuOf(data) : Buffer.alloc(0)
    lead.writeUInt32LE(size + more.length, 0)
    // Behind what parts the pictures: two bytes.
    parts.push(lead, picture.subarray(0, 2), more, picture.subarray(2))
    at += 12 + size
  }
  return Buffer.concat(parts)
}

/** Place in the order of showing of the n-th picture stored, where two pictures are made of those around them. */
export function storedInThrees(n: number): number {
  if (n === 0) return 0
  return (n - 1) % 3 === 0 ? n + 2 : n - 1
}
