/**
 * Finished colorings on disk, found by what they depend on: the film's content, the frame, and the recipe (networks,
 * pins). Losing any of it costs time, never work, so nothing here is fatal: damaged packs are dropped, a full disk
 * stops writing for a while, and another process may use the same folder.
 */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, statSync, unlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { readCacheLimit, USUAL_LIMIT, writeCacheLimit } from './cacheLimit.ts'
import { CODEC_HEADER, decodeColoring, encodeColoring, readMeasure, type ColoringMeasure, type StoredColoring } from './coloringCodec.ts'
import { PackFile, type Place } from './packFile.ts'

const PACK_BYTES = 64 * 1024 * 1024
const SUFFIX = '.colors'
/** After a failed write (disk full) the next attempt waits this long. */
const WRITE_REST_MS = 5000
/** Use is noted in the file's time at most this often; it decides which packs go first. */
const TOUCH_MS = 60_000
/** A pack used by another process this lately is not dropped. */
const IN_USE_MS = 3 * TOUCH_MS

const NO_FRAMES: ReadonlySet<number> = new Set()

interface Pack {
  readonly file: PackFile
  /** By this process. */
  readonly written: boolean
  usedAt: number
  touchedAt: number
}

interface Entry {
  readonly pack: Pack
  readonly place: Place
  /** Once it was asked for. */
  measure?: ColoringMeasure
}

/** Another process has read or written it lately: by its time, which this one has not set. */
function isUsedElsewhere({ file, usedAt }: Pack): boolean {
  try {
    const { mtimeMs } = statSync(file.path)
    return Date.now() - mtimeMs < IN_USE_MS && mtimeMs > usedAt
  } catch {
    return false
  }
}

export class ColorCache {
  readonly #packs = new Set<Pack>()
  /** owner/recipe -> frame -> where. */
  readonly #index = new Map<string, Map<number, Entry>>()
  #current: Pack | null = null
  #restUntil = 0
  /** Bytes that were there at the start. */
  readonly #found: number

  /**
   * @param folder made when missing; when it can't be, the cache keeps nothing and says so by put()
   * @param own bytes beyond which this process gives up what it has written itself; null: by the limit in the folder alone.
   *   Packs of others are dropped by the limit in the folder only (cacheLimit.ts), and not while somebody uses them.
   */
  constructor(
    private readonly folder: string,
    private own: number | null,
  ) {
    this.#scan()
    this.#found = this.bytes
  }

  has(owner: string, recipe: string, frame: number): boolean {
    return this.#index.get(`${owner}/${recipe}`)?.has(frame) ?? false
  }

  /** Which frames are there, for looking through a long film quickly. Good until the next put or get. */
  framesOf(owner: string, recipe: string): { has(frame: number): boolean } {
    return this.#index.get(`${owner}/${recipe}`) ?? NO_FRAMES
  }

  get(owner: string, recipe: string, frame: number): StoredColoring | null {
    const bytes = this.read(owner, recipe, frame)
    return bytes && decodeColoring(bytes)
  }

  /** A coloring as encodeColoring gave it; what the disk has changed since is forgotten. */
  read(owner: string, recipe: string, frame: number): Buffer | null {
    const frames = this.#index.get(`${owner}/${recipe}`)
    const entry = frames?.get(frame)
    if (!frames || !entry) return null
    const bytes = entry.pack.file.read(entry.place)
    if (bytes) this.#touch(entry.pack)
    else frames.delete(frame)
    return bytes
  }

  /** False when it could not be kept (disk full); the caller may go on. */
  put(owner: string, recipe: string, frame: number, coloring: StoredColoring): boolean {
    const now = Date.now()
    if (now < this.#restUntil) return false
    try {
      const pack = this.#packToWrite()
      const place = pack.file.append({ owner, recipe, frame }, encodeColoring(coloring))
      this.#remember(owner, recipe, frame, { pack, place })
      pack.usedAt = now
    } catch {
      // What was half written is the torn end of this pack; a new one is begun next time.
      this.#current = null
      this.#restUntil = now + WRITE_REST_MS
      this.#shrink()
      return false
    }
    return true
  }

  /** Confidence and mean chroma, without reading the coloring. Asked for again it costs nothing. */
  measure(owner: string, recipe: string, frame: number): ColoringMeasure | null {
    const entry = this.#index.get(`${owner}/${recipe}`)?.get(frame)
    if (!entry) return null
    if (!entry.measure) {
      const start = entry.pack.file.readStart(entry.place, CODEC_HEADER)
      if (!start) return null
      entry.measure = readMeasure(start)
    }
    return entry.measure
  }

  /** What is allowed now; another process may have set it. */
  get limitBytes(): number {
    return readCacheLimit(this.folder) ?? Math.max(USUAL_LIMIT, this.#found)
  }

  /** For every process, from now on. Beyond it the packs not used for longest are dropped, at once; one that is set already drops none. */
  set limitBytes(limit: number) {
    if (readCacheLimit(this.folder) === limit) return
    writeCacheLimit(this.folder, limit)
    // The pack that is being written may hold more than all that is allowed now.
    this.#current = null
    this.#shrink()
  }

  /** Drops everything. */
  clear(): void {
    this.#current = null
    for (const pack of [...this.#packs]) this.#drop(pack)
  }

  get bytes(): number {
    let sum = 0
    for (const pack of this.#packs) sum += pack.file.size
    return sum
  }

  close(): void {
    for (const pack of this.#packs) pack.file.close()
    this.#packs.clear()
    this.#index.clear()
    this.#current = null
  }

  #scan(): void {
    let names: string[]
    try {
      mkdirSync(this.folder, { recursive: true })
      names = readdirSync(this.folder).filter((name) => name.endsWith(SUFFIX)).sort()
    } catch {
      return
    }
    for (const name of names) {
      const path = join(this.folder, name)
      try {
        const pack: Pack = { file: PackFile.open(path), written: false, usedAt: statSync(path).mtimeMs, touchedAt: Date.now() }
        let whole = 0
        for (const { owner, recipe, frame, place } of pack.file.records()) {
          this.#remember(owner, recipe, frame, { pack, place })
          whole++
        }
        if (whole > 0) this.#packs.add(pack)
        else {
          pack.file.close()
          // Another process may have made it this very moment; an old one without a record is rubbish.
          if (Date.now() - pack.usedAt > TOUCH_MS) unlinkSync(path)
        }
      } catch {
        continue
      }
    }
  }

  #remember(owner: string, recipe: string, frame: number, entry: Entry): void {
    const key = `${owner}/${recipe}`
    let frames = this.#index.get(key)
    if (!frames) this.#index.set(key, (frames = new Map()))
    frames.set(frame, entry)
  }

  #packToWrite(): Pack {
    if (this.#current && this.#current.file.size < Math.min(PACK_BYTES, Math.max(1, Math.min(this.limitBytes, this.own ?? Infinity) / 4))) return this.#current
    this.#shrink()
    mkdirSync(this.folder, { recursive: true })
    const name = `${Date.now().toString(36).padStart(9, '0')}-${process.pid}-${randomBytes(4).toString('hex')}${SUFFIX}`
    const pack: Pack = { file: PackFile.create(join(this.folder, name)), written: true, usedAt: Date.now(), touchedAt: Date.now() }
    this.#packs.add(pack)
    this.#current = pack
    return pack
  }

  #touch(pack: Pack): void {
    const now = Date.now()
    pack.usedAt = now
    if (now - pack.touchedAt < TOUCH_MS) return
    pack.touchedAt = now
    try {
      utimesSync(pack.file.path, new Date(now), new Date(now))
    } catch {
      // Another process dropped it; what is open stays readable.
    }
  }

  /** Drops the packs that were not used for longest until the rest fits: by this process's own limit only its own. */
  #shrink(): void {
    const shared = readCacheLimit(this.folder) ?? Infinity
    const own = Math.min(this.own ?? Infinity, this.limitBytes)
    let total = this.bytes
    const byAge = [...this.#packs].filter((pack) => pack !== this.#current).sort((a, b) => a.usedAt - b.usedAt)
    for (const pack of byAge) {
      if (total <= Math.min(shared, own)) return
      if (!pack.written && (total <= shared || isUsedElsewhere(pack))) continue
      total -= pack.file.size
      this.#drop(pack)
    }
  }

  #drop(pack: Pack): void {
    this.#packs.delete(pack)
    for (const [key, frames] of this.#index) {
      for (const [frame, entry] of frames) if (entry.pack === pack) frames.delete(frame)
      if (frames.size === 0) this.#index.delete(key)
    }
    pack.file.close()
    try {
      unlinkSync(pack.file.path)
    } catch {
      // Gone already.
    }
  }
}
