/**
 * The packets of a Matroska file of one track, as ffmpeg has written it: where each lies, and when it is shown. RFC
 * 8794 (EBML), RFC 9559.
 */
import { open, type FileHandle } from 'node:fs/promises'
import {
  bytesAt,
  matroskaIds,
  partsAt,
  partsOf,
  readElement,
  tracksOf,
  type Part,
} from '../../reading/opening/containerParts.ts'

const CLUSTER = '1f43b675'
const TIMESTAMP = 'e7'
const SIMPLE_BLOCK = 'a3'
const GROUP = 'a0'
const BLOCK = 'a1'
/** In a group: the block is not decodable by itself. */
const REFERENCE = 'fb'
const CODEC_ID = '86'
const CODEC_PRIVATE = '63a2'
/** Of a block: the track's number, which takes one byte, the time from its cluster's on, and flags. */
const BLOCK_HEAD_BYTES = 4
const KEY_FLAG = 0x80

export interface EncodedPacket {
  /** Bytes of the file. */
  readonly from: number
  readonly length: number
  readonly isKey: boolean
  /** Its place among all packets in the order of showing, from 0. */
  readonly shown: number
}

export interface EncodedPictures {
  readonly codec: string
  readonly codecPrivate: Buffer
  /** In the order of decoding. */
  readonly packets: readonly EncodedPacket[]
}

type TimedPacket = Omit<EncodedPacket, 'shown'> & { readonly time: number }

async function unsigned(file: FileHandle, { from, to }: Part): Promise<number> {
  return (await bytesAt(file, from, to - from)).reduce((value, byte) => value * 256 + byte, 0)
}

async function packetOf(file: FileHandle, block: Part, cluster: number, isKey: boolean | null): Promise<TimedPacket> {
  const head = await bytesAt(file, block.from, BLOCK_HEAD_BYTES)
  if (head.length < BLOCK_HEAD_BYTES) throw new Error('a block is cut off')
  return {
    from: block.from + BLOCK_HEAD_BYTES,
    length: block.to - block.from - BLOCK_HEAD_BYTES,
    isKey: isKey ?? (head[3]! & KEY_FLAG) !== 0,
    time: cluster + head.readInt16BE(1),
  }
}

async function packetsIn(file: FileHandle, cluster: Part): Promise<TimedPacket[]> {
  const packets: TimedPacket[] = []
  let time = 0
  for (const part of await partsOf(file, readElement, cluster)) {
    if (part.name === TIMESTAMP) time = await unsigned(file, part)
    else if (part.name === SIMPLE_BLOCK) packets.push(await packetOf(file, part, time, null))
    else if (part.name === GROUP) {
      const group = await partsOf(file, readElement, part)
      const block = group.find(({ name }) => name === BLOCK)
      const isKey = group.every(({ name }) => name !== REFERENCE)
      if (block) packets.push(await packetOf(file, block, time, isKey))
    }
  }
  return packets
}

/**
 * @param path of a finished file of one track, no two of whose pictures share a time
 * @throws Error where it is no such file, or the system's error
 */
export async function encodedPictures(path: string): Promise<EncodedPictures> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const tracks = await tracksOf(file, size)
    if (!tracks) throw new Error('no list of tracks')
    const value = async (name: string): Promise<Buffer> => {
      const [part] = await partsAt(file, readElement, tracks, [matroskaIds.trackEntry, name])
      return part ? bytesAt(file, part.from, part.to - part.from) : Buffer.alloc(0)
    }
    const clusters = await partsAt(file, readElement, { from: 0, to: size }, [matroskaIds.segment, CLUSTER])
    const timed: TimedPacket[] = []
    for (const cluster of clusters) timed.push(...(await packetsIn(file, cluster)))
    const order = timed.map((_, n) => n).sort((a, b) => timed[a]!.time - timed[b]!.time)
    const places = new Map(order.map((n, shown) => [n, shown]))
    return {
      codec: (await value(CODEC_ID)).toString('latin1'),
      codecPrivate: await value(CODEC_PRIVATE),
      packets: timed.map(({ from, length, isKey }, n) => ({ from, length, isKey, shown: places.get(n)! })),
    }
  } finally {
    await file.close()
  }
}
