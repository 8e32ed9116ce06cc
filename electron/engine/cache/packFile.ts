/**
 * One file of the color cache: records one after another, only ever appended to. A record is
 *   magic, payload length, frame number, CRC-32 of the payload (uint32, little-endian each)
 *   owner (16 bytes: which film), recipe (16 bytes: what the coloring depends on)
 *   CRC-32 of all that, then the payload.
 * A process that dies while it writes leaves at most one torn record at the end; reading stops there.
 */
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { crc32 } from '../../content/crc32.ts'
import { DIGEST_BYTES as DIGEST } from '../../content/digest.ts'

const MAGIC = 0x50524e43
const HEADER = 16 + 2 * DIGEST + 4
const LARGEST_PAYLOAD = 16 * 1024 * 1024

export interface RecordName {
  /** 32 hexadecimal digits. */
  readonly owner: string
  /** 32 hexadecimal digits. */
  readonly recipe: string
  readonly frame: number
}

/** Where a payload lies in its pack. */
export interface Place {
  readonly offset: number
  readonly length: number
  readonly crc: number
}

export class PackFile {
  #size: number

  private constructor(
    readonly path: string,
    readonly fd: number,
    size: number,
  ) {
    this.#size = size
  }

  /** For reading a pack of an earlier or another process. */
  static open(path: string): PackFile {
    const fd = openSync(path, 'r')
    return new PackFile(path, fd, fstatSync(fd).size)
  }

  /** A new pack; fails if the file exists. */
  static create(path: string): PackFile {
    return new PackFile(path, openSync(path, 'ax+'), 0)
  }

  get size(): number {
    return this.#size
  }

  /** Every whole record, in order; ends silently at the first byte that makes no sense. */
  *records(): Generator<RecordName & { place: Place }> {
    const header = Buffer.alloc(HEADER)
    let at = 0
    while (at + HEADER <= this.#size) {
      if (readSync(this.fd, header, 0, HEADER, at) !== HEADER) return
      const length = header.readUInt32LE(4)
      const sound = header.readUInt32LE(0) === MAGIC && header.readUInt32LE(HEADER - 4) === crc32(header.subarray(0, HEADER - 4))
      if (!sound || length > LARGEST_PAYLOAD || at + HEADER + length > this.#size) return
      yield {
        frame: header.readUInt32LE(8),
        owner: header.toString('hex', 16, 16 + DIGEST),
        recipe: header.toString('hex', 16 + DIGEST, 16 + 2 * DIGEST),
        place: { offset: at + HEADER, length, crc: header.readUInt32LE(12) },
      }
      at += HEADER + length
    }
  }

  /** Throws what the system throws (ENOSPC, EIO); the pack must not be appended to after that. */
  append(name: RecordName, payload: Buffer): Place {
    const record = Buffer.alloc(HEADER + payload.length)
    const crc = crc32(payload)
    record.writeUInt32LE(MAGIC, 0)
    record.writeUInt32LE(payload.length, 4)
    record.writeUInt32LE(name.frame, 8)
    record.writeUInt32LE(crc, 12)
    record.write(name.owner, 16, DIGEST, 'hex')
    record.write(name.recipe, 16 + DIGEST, DIGEST, 'hex')
    record.writeUInt32LE(crc32(record.subarray(0, HEADER - 4)), HEADER - 4)
    payload.copy(record, HEADER)
    const offset = this.#size + HEADER
    for (let done = 0; done < record.length; ) done += writeSync(this.fd, record, done)
    this.#size += record.length
    return { offset, length: payload.length, crc }
  }

  /** The payload, or null when the disk gives back other bytes than were written. */
  read({ offset, length, crc }: Place): Buffer | null {
    const payload = Buffer.alloc(length)
    try {
      if (readSync(this.fd, payload, 0, length, offset) !== length) return null
    } catch {
      return null
    }
    return crc32(payload) === crc ? payload : null
  }

  /** The first bytes of a payload, unchecked; null when the disk does not give them. */
  readStart({ offset, length }: Place, bytes: number): Buffer | null {
    if (length < bytes) return null
    const start = Buffer.alloc(bytes)
    try {
      return readSync(this.fd, start, 0, bytes, offset) === bytes ? start : null
    } catch {
      return null
    }
  }

  close(): void {
    closeSync(this.fd)
  }
}
