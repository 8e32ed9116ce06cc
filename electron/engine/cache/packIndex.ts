/**
 * What lies where in a pack, in a small file beside it, so that nobody has to read the pack to know. Little-endian:
 *   magic, bytes of the pack (float64), number of groups, number of entries, CRC-32 of the table (uint32 each)
 *   the table, per film and recipe: owner, recipe (16 bytes each),
 *   first entry, number of entries, CRC-32 of those (uint32 each)
 *   the entries, by group, then by frame: frame, offset of the record (uint32 each),
 *   confidence, mean U, mean V (float32)
 * One that is missing, damaged or of another size of pack is made again from the pack: losing it costs time only.
 */
import { closeSync, fstatSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { crc32 } from '../../content/crc32.ts'
import { DIGEST_BYTES as DIGEST } from '../../content/digest.ts'
import { CODEC_HEADER, readMeasure, type ColoringMeasure } from './coloringCodec.ts'
import { recordsOf } from './packFile.ts'
import { readAt } from './readAt.ts'

const MAGIC = Buffer.from('CRNNidx1', 'latin1')
const HEAD = MAGIC.length + 8 + 12
const ROW = 2 * DIGEST + 12
const ENTRY = 20

export const INDEX_SUFFIX = '.index'
export const indexFile = (pack: string): string => `${pack}${INDEX_SUFFIX}`

/** Names the colorings of one film by one recipe. */
export const groupName = (owner: string, recipe: string): string => `${owner}/${recipe}`

export interface IndexEntry extends ColoringMeasure {
  readonly frame: number
  /** Byte of the pack where the record begins. */
  readonly offset: number
}

interface Group {
  readonly first: number
  readonly count: number
  readonly crc: number
}

/** The entries of one group in one pack, ascending by frame. */
export class IndexEntries {
  constructor(private readonly bytes: Buffer) {}

  get count(): number {
    return this.bytes.length / ENTRY
  }

  /** @param n 0..count - 1 */
  frame(n: number): number {
    return this.bytes.readUInt32LE(n * ENTRY)
  }

  offset(n: number): number {
    return this.bytes.readUInt32LE(n * ENTRY + 4)
  }

  measureOf(frame: number): ColoringMeasure | null {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.frame(middle) < frame) low = middle + 1
      else high = middle
    }
    if (low === this.count || this.frame(low) !== frame) return null
    const at = low * ENTRY + 8
    return {
      confidence: this.bytes.readFloatLE(at),
      u: this.bytes.readFloatLE(at + 4),
      v: this.bytes.readFloatLE(at + 8),
    }
  }
}

export class PackIndex {
  private constructor(
    private readonly path: string,
    private readonly groups: ReadonlyMap<string, Group>,
    /** The whole index, while there is no file of it. */
    private readonly bytes: Buffer | null,
  ) {}

  /**
   * As it lies beside the pack; where that is of no use, made again. Throws what the system throws where there is no
   * such pack.
   */
  static of(pack: string): PackIndex {
    const { size } = statSync(pack)
    let fd
    try {
      fd = openSync(indexFile(pack), 'r')
      const head = readAt(fd, 0, HEAD)
      const table = readAt(fd, HEAD, Math.min(head.readUInt32LE(HEAD - 12) * ROW, fstatSync(fd).size))
      const expected = HEAD + table.length + head.readUInt32LE(HEAD - 8) * ENTRY
      const isWhole = expected === fstatSync(fd).size && crc32(table) === head.readUInt32LE(HEAD - 4)
      const isOfPack = head.subarray(0, MAGIC.length).equals(MAGIC) && head.readDoubleLE(MAGIC.length) === size
      if (isWhole && isOfPack) return new PackIndex(indexFile(pack), parseTable(table), null)
    } catch {
      // There is none, or it is torn.
    } finally {
      if (fd !== undefined) closeSync(fd)
    }
    return PackIndex.make(pack)
  }

  /** Reads the whole pack and writes its index. Throws what the system throws where the pack can't be read. */
  static make(pack: string): PackIndex {
    const fd = openSync(pack, 'r')
    try {
      const { size } = fstatSync(fd)
      const groups = new Map<string, Map<number, IndexEntry>>()
      for (const { owner, recipe, frame, offset, start } of recordsOf(fd, CODEC_HEADER)) {
        const name = groupName(owner, recipe)
        let frames = groups.get(name)
        if (!frames) groups.set(name, (frames = new Map<number, IndexEntry>()))
        // Of a frame that was written twice the later record counts.
        frames.set(frame, { frame, offset, ...readMeasure(start) })
      }
      return PackIndex.write(pack, size, new Map([...groups].map(([name, frames]) => [name, [...frames.values()]])))
    } finally {
      closeSync(fd)
    }
  }

  /**
   * @param size bytes of the pack
   * @param groups by groupName, in any order of frames
   */
  static write(pack: string, size: number, groups: ReadonlyMap<string, readonly IndexEntry[]>): PackIndex {
    const rows: Buffer[] = []
    const parts: Buffer[] = []
    let first = 0
    for (const [name, entries] of groups) {
      const part = encodeEntries(entries)
      const row = Buffer.alloc(ROW)
      row.write(name.replace('/', ''), 0, 2 * DIGEST, 'hex')
      ;[first, entries.length, crc32(part)].forEach((value, n) => row.writeUInt32LE(value, 2 * DIGEST + 4 * n))
      rows.push(row)
      parts.push(part)
      first += entries.length
    }
    const table = Buffer.concat(rows)
    const head = Buffer.alloc(HEAD)
    MAGIC.copy(head)
    head.writeDoubleLE(size, MAGIC.length)
    ;[groups.size, first, crc32(table)].forEach((value, n) => head.writeUInt32LE(value, HEAD - 12 + 4 * n))
    const bytes = Buffer.concat([head, table, ...parts])
    return new PackIndex(indexFile(pack), parseTable(table), replaceFile(indexFile(pack), bytes) ? null : bytes)
  }

  get isEmpty(): boolean {
    return this.groups.size === 0
  }

  /** Null where the disk does not give them as they were written; undefined where the pack has none of the group. */
  entriesOf(group: string): IndexEntries | null | undefined {
    const rows = this.groups.get(group)
    if (!rows) return undefined
    const from = HEAD + this.groups.size * ROW + rows.first * ENTRY
    if (this.bytes) return new IndexEntries(this.bytes.subarray(from, from + rows.count * ENTRY))
    let fd
    try {
      fd = openSync(this.path, 'r')
      const entries = readAt(fd, from, rows.count * ENTRY)
      return crc32(entries) === rows.crc ? new IndexEntries(entries) : null
    } catch {
      return null
    } finally {
      if (fd !== undefined) closeSync(fd)
    }
  }
}

function parseTable(table: Buffer): Map<string, Group> {
  const groups = new Map<string, Group>()
  for (let at = 0; at < table.length; at += ROW) {
    const [first, count, crc] = [0, 4, 8].map((n) => table.readUInt32LE(at + 2 * DIGEST + n)) as [
      number,
      number,
      number,
    ]
    const [owner, recipe] = [
      table.toString('hex', at, at + DIGEST),
      table.toString('hex', at + DIGEST, at + 2 * DIGEST),
    ]
    groups.set(groupName(owner, recipe), { first, count, crc })
  }
  return groups
}

function encodeEntries(entries: readonly IndexEntry[]): Buffer {
  const bytes = Buffer.alloc(entries.length * ENTRY)
  ;[...entries]
    .sort((a, b) => a.frame - b.frame)
    .forEach(({ frame, offset, confidence, u, v }, n) => {
      bytes.writeUInt32LE(frame, n * ENTRY)
      bytes.writeUInt32LE(offset, n * ENTRY + 4)
      ;[confidence, u, v].forEach((value, m) => bytes.writeFloatLE(value, n * ENTRY + 8 + 4 * m))
    })
  return bytes
}

/** False where the disk does not take it. */
function replaceFile(path: string, bytes: Buffer): boolean {
  const temporary = `${path}.${process.pid}`
  try {
    writeFileSync(temporary, bytes)
    renameSync(temporary, path)
    return true
  } catch {
    rmSync(temporary, { force: true })
    return false
  }
}
