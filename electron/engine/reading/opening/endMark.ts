/**
 * Whether a file has its end. Some containers say nowhere how long they are, but how their last bytes have to be; of
 * one that is cut off ffmpeg reads what is there, and says nothing.
 */
import { open, type FileHandle } from 'node:fs/promises'
import { bytesAt } from './containerParts.ts'

interface File {
  readonly handle: FileHandle
  readonly size: number
  /** Pictures that were found. */
  readonly frames: number
}

/** True where the end is missing for sure, or lacks what every writer leaves there; false where nothing can be told. */
type LacksEnd = (file: File) => Promise<boolean>

const tail = ({ handle, size }: File, length: number): Promise<Buffer> =>
  bytesAt(handle, Math.max(0, size - length), Math.min(length, size))

/** RFC 3533, 6: a page's head, up to the count of its segments. */
const OGG_HEAD = 27
const LONGEST_PAGE = OGG_HEAD + 255 + 255 * 255
const OGG_END = 4

/** The last page of a stream is marked as that one, and whole. */
const ogg: LacksEnd = async (file) => {
  const bytes = await tail(file, 2 * LONGEST_PAGE)
  for (let at = bytes.lastIndexOf('OggS'); at >= 0; at = at > 0 ? bytes.lastIndexOf('OggS', at - 1) : -1) {
    // The name of a page may as well come up within one, and then no version follows it.
    if (at + OGG_HEAD > bytes.length || bytes[at + 4] !== 0) continue
    const segments = bytes.subarray(at + OGG_HEAD, at + OGG_HEAD + bytes[at + 26]!)
    const end = at + OGG_HEAD + bytes[at + 26]! + segments.reduce((sum, length) => sum + length, 0)
    return end > bytes.length || (bytes[at + 5]! & OGG_END) === 0
  }
  return false
}

/** GIF89a, 27: the trailer. */
const gif: LacksEnd = async (file) => !(await tail(file, 1)).equals(Buffer.from([0x3b]))

/**
 * YUV4MPEG2: a line, then frames of one length, each behind a word (which may have tags of its own: then nothing is
 * told).
 */
const y4m: LacksEnd = async ({ handle, size, frames }) => {
  const head = await bytesAt(handle, 0, 4096)
  const first = head.indexOf('\n') + 1
  const isFrame = (bytes: Buffer, at: number): boolean => bytes.toString('latin1', at, at + 6) === 'FRAME\n'
  if (first === 0 || !isFrame(head, first)) return false
  const length = (size - first) / frames
  return !Number.isInteger(length) || (frames > 1 && !isFrame(await bytesAt(handle, first + length, 6), 0))
}

/** The index at the end says how long it is, and begins with its name. */
const NUT_INDEX = Buffer.from('4e58dd672f23e64e', 'hex')
const nut: LacksEnd = async (file) => {
  const end = await tail(file, 12)
  if (end.length < 12) return true
  const length = Number(end.readBigUInt64BE(0))
  return length > file.size || !(await bytesAt(file.handle, file.size - length, 8)).equals(NUT_INDEX)
}

/** The head counts the frames; of streams, which were never finished, it says none. */
const ivf: LacksEnd = async ({ handle, frames }) => (await bytesAt(handle, 0, 28)).readUInt32LE(24) > frames

/** IEC 61834: frames of 525 or of 625 lines, or of several such, one after the other. */
const DV_FRAME = { 525: 120_000, 625: 144_000 }
const dv: LacksEnd = async ({ handle, size }) => {
  const is625 = ((await bytesAt(handle, 3, 1))[0]! & 0x80) !== 0
  return size % DV_FRAME[is625 ? 625 : 525] !== 0
}

/** ISO/IEC 13818-1: packets of one length, with four bytes before each where they carry the time of their arrival. */
const PACKET = 188
const SYNC = 0x47
const transportStream: LacksEnd = async ({ handle, size }) => {
  const head = await bytesAt(handle, 0, 3 * (PACKET + 4))
  const stride = [PACKET, PACKET + 4].find((length) =>
    [0, 1, 2].every((n) => head[n * length + length - PACKET] === SYNC),
  )
  return stride !== undefined && size % stride !== 0
}

/** By ffmpeg's names. */
const checks: Readonly<Record<string, LacksEnd>> = {
  ogg,
  gif,
  yuv4mpegpipe: y4m,
  nut,
  ivf,
  dv,
  mpegts: transportStream,
}

/**
 * @param container ffmpeg's names of it
 * @param frames pictures that were found
 * @returns false as well where the container has nothing that would tell
 */
export async function lacksItsEnd(path: string, container: readonly string[], frames: number): Promise<boolean> {
  const check = container.map((name) => checks[name]).find((each) => each !== undefined)
  if (!check) return false
  const handle = await open(path, 'r')
  try {
    return await check({ handle, size: (await handle.stat()).size, frames })
  } finally {
    await handle.close()
  }
}
