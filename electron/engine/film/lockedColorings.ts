/**
 * The colorings of a lock, in one file of the project: thousands of frames, found by number without reading the rest.
 *   "CRNNlock", then the colorings one after another as coloringCodec.ts writes them,
 *   then per frame, ascending: frame, length, CRC-32 (uint32 each), confidence, mean U, mean V (float32), offset
 *   (float64), then the CRC-32 of that list, the number of frames (uint32), and where the list begins (float64). All
 *   little-endian.
 * Written once and never changed. No descriptor stays open, so that a project's folder can be moved on every system.
 */
import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { crc32 } from '../../content/crc32.ts'
import {
  CODEC_HEADER,
  decodeColoring,
  readMeasure,
  type ColoringMeasure,
  type StoredColoring,
} from '../cache/coloringCodec.ts'
import { readAt } from '../cache/readAt.ts'
import { syncOpen } from '../../system/durable.ts'

const MAGIC = Buffer.from('CRNNlock', 'latin1')
const ENTRY = 32
const TRAILER = 16
const LARGEST_COLORING = 64 * 1024 * 1024

/** One frame to be kept: its number, and its coloring as encodeColoring gives it. */
export interface FrameBytes {
  readonly frame: number
  readonly bytes: Buffer
}

/**
 * Writes a new file; on the disk for good when it resolves.
 * @param frames ascending
 * @returns the SHA-256 of the file, hexadecimal
 * Whatever 'frames' or the system throws (ENOSPC, EIO) is passed on; then there is no file.
 */
export async function writeLockedColorings(path: string, frames: AsyncIterable<FrameBytes>): Promise<string> {
  const file = await open(path, 'wx')
  try {
    const hash = createHash('sha256')
    const entries: Buffer[] = []
    let offset = 0
    const append = async (bytes: Buffer): Promise<void> => {
      hash.update(bytes)
      await file.writeFile(bytes)
      offset += bytes.length
    }
    await append(MAGIC)
    for await (const { frame, bytes } of frames) {
      entries.push(entryOf(frame, bytes, offset))
      await append(bytes)
    }
    const index = Buffer.concat(entries)
    const trailer = Buffer.alloc(TRAILER)
    trailer.writeUInt32LE(crc32(index), 0)
    trailer.writeUInt32LE(entries.length, 4)
    trailer.writeDoubleLE(offset, 8)
    await append(Buffer.concat([index, trailer]))
    await syncOpen(file)
    await file.close()
    return hash.digest('hex')
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(path, { force: true }).catch(() => undefined)
    throw error
  }
}

function entryOf(frame: number, bytes: Buffer, offset: number): Buffer {
  const entry = Buffer.alloc(ENTRY)
  const { confidence, u, v } = readMeasure(bytes.subarray(0, CODEC_HEADER))
  entry.writeUInt32LE(frame, 0)
  entry.writeUInt32LE(bytes.length, 4)
  entry.writeUInt32LE(crc32(bytes), 8)
  entry.writeFloatLE(confidence, 12)
  entry.writeFloatLE(u, 16)
  entry.writeFloatLE(v, 20)
  entry.writeDoubleLE(offset, 24)
  return entry
}

export class LockedColorings {
  /** Frames that the disk gave back other than they were written. */
  readonly #lost = new Set<number>()

  private constructor(
    readonly path: string,
    private readonly index: Buffer,
  ) {}

  /** Null where the file is missing or its list of frames is damaged. */
  static open(path: string): LockedColorings | null {
    let fd
    try {
      fd = openSync(path, 'r')
      const { size } = fstatSync(fd)
      const trailer = readAt(fd, size - TRAILER, TRAILER)
      const count = trailer.readUInt32LE(4)
      const start = trailer.readDoubleLE(8)
      if (start + count * ENTRY + TRAILER !== size || !readAt(fd, 0, MAGIC.length).equals(MAGIC)) return null
      const index = readAt(fd, start, count * ENTRY)
      return crc32(index) === trailer.readUInt32LE(0) ? new LockedColorings(path, index) : null
    } catch {
      return null
    } finally {
      if (fd !== undefined) closeSync(fd)
    }
  }

  has(frame: number): boolean {
    return this.#find(frame) !== null && !this.#lost.has(frame)
  }

  measure(frame: number): ColoringMeasure | null {
    const at = this.#find(frame)
    if (at === null || this.#lost.has(frame)) return null
    return {
      confidence: this.index.readFloatLE(at + 12),
      u: this.index.readFloatLE(at + 16),
      v: this.index.readFloatLE(at + 20),
    }
  }

  /**
   * As it was written; null where the frame is not in the file or the disk gives other bytes, and then has() says no.
   */
  bytes(frame: number): Buffer | null {
    const at = this.#find(frame)
    if (at === null || this.#lost.has(frame)) return null
    const length = this.index.readUInt32LE(at + 4)
    const found = length <= LARGEST_COLORING ? this.#read(this.index.readDoubleLE(at + 24), length) : null
    if (found && crc32(found) === this.index.readUInt32LE(at + 8)) return found
    this.#lost.add(frame)
    return null
  }

  get(frame: number): StoredColoring | null {
    const bytes = this.bytes(frame)
    return bytes && decodeColoring(bytes)
  }

  #read(offset: number, length: number): Buffer | null {
    let fd
    try {
      fd = openSync(this.path, 'r')
      return readAt(fd, offset, length)
    } catch {
      return null
    } finally {
      if (fd !== undefined) closeSync(fd)
    }
  }

  /** Where the frame's entry begins in the list. */
  #find(frame: number): number | null {
    let low = 0
    let high = this.index.length / ENTRY
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.index.readUInt32LE(middle * ENTRY) < frame) low = middle + 1
      else high = middle
    }
    const at = low * ENTRY
    return at < this.index.length && this.index.readUInt32LE(at) === frame ? at : null
  }
}
