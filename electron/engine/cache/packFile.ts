/**
 * One file of the color cache: records one after another, only ever appended to. A record is
 *   magic, payload length, frame number, CRC-32 of the payload (uint32, little-endian each)
 *   owner (16 bytes: which film), recipe (16 bytes: what the coloring depends on)
 *   CRC-32 of all that, then the payload.
 * A process that dies while it writes leaves at most one torn record at the end; reading stops there.
 */
import { closeSync, existsSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { crc32 } from '../../content/crc32.ts'
import { DIGEST_BYTES as DIGEST } from '../../content/digest.ts'
import { readAt } from './readAt.ts'

const MAGIC = 0x50524e43
/** Bytes of a record before its payload. */
export const RECORD_HEADER = 16 + 2 * DIGEST + 4
const LARGEST_PAYLOAD = 16 * 1024 * 1024

export interface RecordName {
  /** 32 hexadecimal digits. */
  readonly owner: string
  /** 32 hexadecimal digits. */
  readonly recipe: string
  readonly frame: number
}

export interface PackRecord extends RecordName {
  /** Byte of the pack where the record begins. */
  readonly offset: number
  /** The first bytes of the payload, unchecked. */
  readonly start: Buffer
}

/**
 * Every whole record of a pack, in order; ends silently at the first byte that makes no sense.
 * @param startBytes of each payload; records whose payload is shorter are passed over
 */
export function* recordsOf(fd: number, startBytes = 0): Generator<PackRecord> {
  const { size } = fstatSync(fd)
  const bytes = Buffer.alloc(RECORD_HEADER + startBytes)
  for (let offset = 0; offset + RECORD_HEADER <= size;) {
    const read = readSync(fd, bytes, 0, bytes.length, offset)
    const header = read >= RECORD_HEADER ? parseHeader(bytes) : null
    if (!header || offset + RECORD_HEADER + header.length > size) return
    if (header.length >= startBytes) yield { ...header.name, offset, start: Buffer.from(bytes.subarray(RECORD_HEADER)) }
    offset += RECORD_HEADER + header.length
  }
}

/**
 * The payload of the record that begins at 'offset', or null when the disk gives back other bytes than were written.
 */
export function readPayload(fd: number, offset: number, { owner, recipe, frame }: RecordName): Buffer | null {
  try {
    const header = parseHeader(readAt(fd, offset, RECORD_HEADER))
    if (!header || header.name.owner !== owner || header.name.recipe !== recipe || header.name.frame !== frame)
      return null
    const payload = readAt(fd, offset + RECORD_HEADER, header.length)
    return crc32(payload) === header.crc ? payload : null
  } catch {
    return null
  }
}

function parseHeader(bytes: Buffer): { name: RecordName; length: number; crc: number } | null {
  const sealed = bytes.subarray(0, RECORD_HEADER - 4)
  const length = bytes.readUInt32LE(4)
  if (
    bytes.readUInt32LE(0) !== MAGIC ||
    bytes.readUInt32LE(sealed.length) !== crc32(sealed) ||
    length > LARGEST_PAYLOAD
  )
    return null
  const [owner, recipe] = [bytes.toString('hex', 16, 16 + DIGEST), bytes.toString('hex', 16 + DIGEST, 16 + 2 * DIGEST)]
  return { name: { owner, recipe, frame: bytes.readUInt32LE(8) }, length, crc: bytes.readUInt32LE(12) }
}

/** A pack that this process writes; all that it holds can be read by 'fd'. */
export class PackWriter {
  readonly fd: number
  #size = 0

  /** A new pack. Throws if the file exists, or can't be made. */
  constructor(private readonly path: string) {
    this.fd = openSync(path, 'ax+')
  }

  get size(): number {
    return this.#size
  }

  /** Another process has dropped it: what is written from now on would be lost with it. */
  get isGone(): boolean {
    return !existsSync(this.path)
  }

  /**
   * @returns the byte where the record begins
   * Throws what the system throws (ENOSPC, EIO); the pack must not be appended to after that.
   */
  append({ owner, recipe, frame }: RecordName, payload: Buffer): number {
    const record = Buffer.alloc(RECORD_HEADER + payload.length)
    record.writeUInt32LE(MAGIC, 0)
    record.writeUInt32LE(payload.length, 4)
    record.writeUInt32LE(frame, 8)
    record.writeUInt32LE(crc32(payload), 12)
    record.write(owner, 16, DIGEST, 'hex')
    record.write(recipe, 16 + DIGEST, DIGEST, 'hex')
    record.writeUInt32LE(crc32(record.subarray(0, RECORD_HEADER - 4)), RECORD_HEADER - 4)
    payload.copy(record, RECORD_HEADER)
    const offset = this.#size
    for (let done = 0; done < record.length;) done += writeSync(this.fd, record, done)
    this.#size += record.length
    return offset
  }

  close(): void {
    closeSync(this.fd)
  }
}
