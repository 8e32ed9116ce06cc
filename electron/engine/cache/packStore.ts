/**
 * The packs of the color cache's folder, which may be hundreds of GiB: at the start only their names are read. A pack
 * holds one film, which its name tells, and a finished one has its index beside it. Nothing here is fatal: a pack that
 * can't be read or that another process has dropped is forgotten.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { isRunning } from '../../system/processes.ts'
import { makeFolderSync } from '../../system/makeFolder.ts'
import { readCacheLimit, USUAL_LIMIT, writeCacheLimit } from './cacheLimit.ts'
import type { FramePlace } from './framePlaces.ts'
import { OpenFiles } from './openFiles.ts'
import { PackWriter, type RecordName } from './packFile.ts'
import { INDEX_SUFFIX, indexFile, PackIndex, type IndexEntries } from './packIndex.ts'

const PACK_BYTES = 64 * 1024 * 1024
const SUFFIX = '.colors'
/** Packs of earlier versions, which could hold several films, do not name one. */
const OWNER_IN_NAME = /-([0-9a-f]{32})\.colors$/
const WRITER_IN_NAME = /[\\/][0-9a-z]+-(\d+)-[0-9a-f]+(?:-[0-9a-f]{32})?\.colors$/
/** Use is noted in the file's time at most this often; it decides which packs go first. */
const TOUCH_MS = 60_000
/** A pack used by another process this lately is not dropped. */
const IN_USE_MS = 3 * TOUCH_MS
/** Descriptors: packs that are read, and packs that are written (each of another film). */
const READ_AT_ONCE = 24
const WRITTEN_AT_ONCE = 4

interface Pack {
  readonly path: string
  /** The film; null where it may hold any. */
  readonly owner: string | null
  /** By this process. */
  readonly written: boolean
  /** While this process writes it. */
  writer: PackWriter | null
  /** Once it was asked for; null before, and while it is written. */
  index: PackIndex | null
  /** With its index; null until somebody wants to know. */
  bytes: number | null
  /** Milliseconds since 1970; null until somebody wants to know, of packs that this process did not use. */
  usedAt: number | null
  /** When this process has set the file's time; 0 before. */
  touchedAt: number
}

export class PackStore {
  /** By number, older ones first. Numbers are not used again. */
  readonly #packs = new Map<number, Pack>()
  /** The same by film: of numbered pictures each has a pack of its own, and all are asked for at once. */
  readonly #byOwner = new Map<string | null, Set<number>>()
  #nextNumber = 0
  readonly #open = new OpenFiles(READ_AT_ONCE)
  /** Numbers of the packs that are written now, by film; the one not written to for longest is the first. */
  readonly #writing = new Map<string, number>()
  readonly #startedAt = Date.now()
  #foundBytes: number | null = null

  /**
   * @param folder made when missing; when it can't be, there are no packs, and append() throws
   * @param own bytes beyond which this process gives up what it has written itself; null: by the limit in the folder
   *   alone. Packs of others are dropped by the limit in the folder only (cacheLimit.ts), and not while somebody uses
   *   them.
   */
  constructor(
    private readonly folder: string,
    private readonly own: number | null,
  ) {
    this.#list()
  }

  has(number: number): boolean {
    return this.#packs.has(number)
  }

  /** Packs that may hold colorings of the film, older ones first. */
  numbersFor(owner: string): number[] {
    const numbers = [...(this.#byOwner.get(null) ?? []), ...(this.#byOwner.get(owner) ?? [])]
    return numbers.sort((a, b) => a - b)
  }

  isBeingWritten(number: number): boolean {
    return Boolean(this.#packs.get(number)?.writer)
  }

  /** What a pack holds of a group; null where it holds nothing of it, is gone, or is being written. */
  entriesOf(number: number, group: string): IndexEntries | null {
    const pack = this.#packs.get(number)
    if (!pack || pack.writer) return null
    try {
      if (!pack.index) this.#setIndex(pack, PackIndex.of(pack.path))
      // Another process may have made it this very moment; an old one without a record is rubbish.
      if (pack.index!.isEmpty && Date.now() - statSync(pack.path).mtimeMs > TOUCH_MS) {
        this.#drop(number)
        return null
      }
      const entries = pack.index!.entriesOf(group)
      if (entries !== null) return entries ?? null
      this.#setIndex(pack, PackIndex.make(pack.path))
      return pack.index!.entriesOf(group) ?? null
    } catch {
      this.#forget(number)
      return null
    }
  }

  /** To read a pack by, until the next call; null where it is gone. */
  descriptor(number: number): number | null {
    const pack = this.#packs.get(number)
    if (!pack) return null
    if (pack.writer) return pack.writer.fd
    try {
      return this.#open.get(pack.path)
    } catch {
      this.#forget(number)
      return null
    }
  }

  /** Throws what the system throws (ENOSPC, EIO); then finish() has to follow. */
  append(name: RecordName, payload: Buffer): FramePlace {
    const number = this.#packToWrite(name.owner)
    const pack = this.#packs.get(number)!
    const offset = pack.writer!.append(name, payload)
    pack.usedAt = Date.now()
    return { pack: number, offset }
  }

  /**
   * Nothing is written to the film's pack any more: what lies in it is noted beside it, and the next append() begins
   * another.
   */
  finish(owner: string): void {
    const number = this.#writing.get(owner)
    this.#writing.delete(owner)
    const pack = number === undefined ? undefined : this.#packs.get(number)
    if (!pack?.writer) return
    pack.writer.close()
    pack.writer = null
    try {
      this.#setIndex(pack, PackIndex.make(pack.path))
    } catch {
      // Another process has dropped it; whoever asks for it next finds that out.
    }
  }

  /** Notes that a pack was read. */
  touch(number: number): void {
    const pack = this.#packs.get(number)
    const now = Date.now()
    if (!pack) return
    pack.usedAt = now
    if (now - pack.touchedAt < TOUCH_MS) return
    pack.touchedAt = now
    try {
      utimesSync(pack.path, new Date(now), new Date(now))
    } catch {
      // Another process dropped it; what is open stays readable.
    }
  }

  get bytes(): number {
    let sum = 0
    for (const pack of this.#packs.values()) sum += bytesOf(pack)
    return sum
  }

  get limitBytes(): number {
    return readCacheLimit(this.folder) ?? Math.max(USUAL_LIMIT, this.#found())
  }

  set limitBytes(limit: number) {
    if (readCacheLimit(this.folder) === limit) return
    writeCacheLimit(this.folder, limit)
    // The packs that are being written may hold more than all that is allowed now.
    this.#finishAll()
    this.shrink()
  }

  /** Drops the packs that were not used for longest until the rest fits: by this process's own limit only its own. */
  shrink(): void {
    const shared = readCacheLimit(this.folder) ?? Infinity
    const allowed = Math.min(shared, this.own ?? Infinity, this.limitBytes)
    let total = this.bytes
    if (total <= allowed) return
    const byAge = [...this.#packs].filter(([, { writer }]) => !writer).sort(([, a], [, b]) => useOf(a) - useOf(b))
    for (const [number, pack] of byAge) {
      if (total <= allowed) return
      if (!pack.written && (total <= shared || this.#isUsedElsewhere(pack))) continue
      total -= bytesOf(pack)
      this.#drop(number)
    }
  }

  /** Drops all but what another program is writing just now: what that one is about to color it would color again. */
  clear(): void {
    this.#finishAll()
    for (const [number, { path }] of [...this.#packs]) if (!isWrittenElsewhere(path)) this.#drop(number)
  }

  close(): void {
    this.#finishAll()
    this.#open.closeAll()
    this.#packs.clear()
    this.#byOwner.clear()
  }

  /** Looks at names only. */
  #list(): void {
    let names: string[]
    try {
      makeFolderSync(this.folder)
      names = readdirSync(this.folder).sort()
    } catch {
      return
    }
    const packs = new Set(names.filter((name) => name.endsWith(SUFFIX)))
    for (const name of packs) {
      const [path, owner] = [join(this.folder, name), OWNER_IN_NAME.exec(name)?.[1] ?? null]
      this.#add({ path, owner, written: false, writer: null, index: null, bytes: null, usedAt: null, touchedAt: 0 })
    }
    // The index of a pack that is gone was left by a process that died; one that another process writes just now is
    // made again.
    for (const name of names) {
      const end = name.indexOf(SUFFIX + INDEX_SUFFIX)
      if (end >= 0 && !packs.has(name.slice(0, end + SUFFIX.length))) removeFile(join(this.folder, name))
    }
  }

  #add(pack: Pack): number {
    this.#packs.set(this.#nextNumber, pack)
    const ofOwner = this.#byOwner.get(pack.owner)
    if (ofOwner) ofOwner.add(this.#nextNumber)
    else this.#byOwner.set(pack.owner, new Set([this.#nextNumber]))
    return this.#nextNumber++
  }

  #setIndex(pack: Pack, index: PackIndex): void {
    pack.index = index
    pack.bytes = null
  }

  #packToWrite(owner: string): number {
    const current = this.#writing.get(owner)
    if (current !== undefined) {
      const full = Math.min(PACK_BYTES, Math.max(1, Math.min(this.limitBytes, this.own ?? Infinity) / 4))
      const writer = this.#packs.get(current)!.writer!
      if (writer.size < full && !writer.isGone) {
        this.#writing.delete(owner)
        this.#writing.set(owner, current)
        return current
      }
      this.finish(owner)
    }
    if (this.#writing.size >= WRITTEN_AT_ONCE) this.finish(this.#writing.keys().next().value!)
    this.shrink()
    makeFolderSync(this.folder)
    const now = Date.now()
    const name = `${now.toString(36).padStart(9, '0')}-${process.pid}-${randomBytes(4).toString('hex')}-${owner}${SUFFIX}`
    const path = join(this.folder, name)
    const writer = new PackWriter(path)
    const number = this.#add({
      path,
      owner,
      written: true,
      writer,
      index: null,
      bytes: null,
      usedAt: now,
      touchedAt: now,
    })
    this.#writing.set(owner, number)
    return number
  }

  #finishAll(): void {
    for (const owner of [...this.#writing.keys()]) this.finish(owner)
  }

  /** Bytes that were there at the start. */
  #found(): number {
    if (this.#foundBytes === null) {
      this.#foundBytes = 0
      for (const pack of this.#packs.values()) if (!pack.written) this.#foundBytes += bytesOf(pack)
    }
    return this.#foundBytes
  }

  /** Another process has read or written it lately: by its time, which this one has not set. */
  #isUsedElsewhere({ path, touchedAt }: Pack): boolean {
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: 0 }
    return Date.now() - mtimeMs < IN_USE_MS && mtimeMs > Math.max(touchedAt, this.#startedAt)
  }

  #drop(number: number): void {
    const { path } = this.#packs.get(number)!
    this.#forget(number)
    removeFile(indexFile(path))
    removeFile(path)
  }

  #forget(number: number): void {
    const pack = this.#packs.get(number)
    if (!pack) return
    this.#open.close(pack.path)
    this.#packs.delete(number)
    this.#byOwner.get(pack.owner)?.delete(number)
  }
}

/** What the disk does not let go is found again at the next start. */
function removeFile(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    return
  }
}

function bytesOf(pack: Pack): number {
  if (pack.writer) return pack.writer.size
  const size = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0
  return (pack.bytes ??= size(pack.path) + size(indexFile(pack.path)))
}

/** By a program on this computer that runs; a pack that is finished has its index beside it. */
function isWrittenElsewhere(path: string): boolean {
  const pid = Number(WRITER_IN_NAME.exec(path)?.[1] ?? process.pid)
  return pid !== process.pid && !existsSync(indexFile(path)) && isRunning(pid, null)
}

/** When a pack was used: its file's time where this process did not use it. */
function useOf(pack: Pack): number {
  return (pack.usedAt ??= statSync(pack.path, { throwIfNoEntry: false })?.mtimeMs ?? 0)
}
