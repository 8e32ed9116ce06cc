/**
 * Finished colorings on disk, found by what they depend on: the film's content, the frame, and the recipe (networks,
 * pins). Losing any of it costs time, never work, so nothing here is fatal: damaged packs are dropped, a full disk
 * stops writing for a while, and another process may use the same folder. Where the colorings of a film by one recipe
 * lie is read from the packs' indexes when the first of them is asked for, and takes 8 bytes of memory a frame from
 * then on.
 */
import {
  CODEC_HEADER,
  decodeColoring,
  encodeColoring,
  readMeasure,
  type ColoringMeasure,
  type StoredColoring,
} from './coloringCodec.ts'
import { FramePlaces } from './framePlaces.ts'
import { readPayload, RECORD_HEADER } from './packFile.ts'
import { groupName, type IndexEntries } from './packIndex.ts'
import { PackStore } from './packStore.ts'
import { readAt } from './readAt.ts'
import { Recent } from './recent.ts'

/** After a failed write (disk full) the next attempt waits this long. */
const WRITE_REST_MS = 5000
/** Lists of measures in memory, of one recipe in one pack each: some hundred KiB at most. */
const MEASURES_AT_ONCE = 16

export class ColorCache {
  readonly #packs: PackStore
  /** By groupName. */
  readonly #places = new Map<string, FramePlaces>()
  readonly #measures = new Recent<IndexEntries>(MEASURES_AT_ONCE)
  #restUntil = 0
  #failedWith: unknown = null

  /**
   * @param folder made when missing; when it can't be, the cache keeps nothing and says so by put()
   * @param own bytes beyond which this process gives up what it has written itself; null: by the limit in the folder
   *   alone
   */
  constructor(folder: string, own: number | null) {
    this.#packs = new PackStore(folder, own)
  }

  has(owner: string, recipe: string, frame: number): boolean {
    return this.#placesOf(owner, recipe).has(frame)
  }

  /** Which frames are there, for looking through a long film quickly. Good until the next put or get. */
  framesOf(owner: string, recipe: string): { has(frame: number): boolean } {
    return this.#placesOf(owner, recipe)
  }

  get(owner: string, recipe: string, frame: number): StoredColoring | null {
    const bytes = this.read(owner, recipe, frame)
    return bytes && decodeColoring(bytes)
  }

  /** A coloring as encodeColoring gave it; what the disk has changed since is forgotten. */
  read(owner: string, recipe: string, frame: number): Buffer | null {
    const places = this.#placesOf(owner, recipe)
    const place = places.get(frame)
    const fd = place && this.#packs.descriptor(place.pack)
    if (!place || fd === null) return null
    const bytes = readPayload(fd, place.offset, { owner, recipe, frame })
    if (bytes) this.#packs.touch(place.pack)
    else places.delete(frame)
    return bytes
  }

  /** False when it could not be kept (disk full); the caller may go on. */
  put(owner: string, recipe: string, frame: number, coloring: StoredColoring): boolean {
    const now = Date.now()
    if (now < this.#restUntil) return false
    try {
      this.#append(owner, recipe, frame, encodeColoring(coloring))
    } catch (error) {
      this.#failedWith = error
      this.#restUntil = now + WRITE_REST_MS
      return false
    }
    return true
  }

  /**
   * The same with other bytes than a coloring's, which read() gives back. Where they can't be kept, colorings are tried
   * all the same.
   */
  putBytes(owner: string, recipe: string, frame: number, bytes: Buffer): boolean {
    if (Date.now() < this.#restUntil) return false
    try {
      this.#append(owner, recipe, frame, bytes)
      return true
    } catch {
      return false
    }
  }

  /** No more is kept under an owner for now: what is there is found sooner at the next start. */
  finish(owner: string): void {
    this.#packs.finish(owner)
  }

  /** Throws what the system throws. */
  #append(owner: string, recipe: string, frame: number, bytes: Buffer): void {
    const places = this.#placesOf(owner, recipe)
    try {
      places.set(frame, this.#packs.append({ owner, recipe, frame }, bytes))
    } catch (error) {
      // What was half written is the torn end of this pack; a new one is begun next time.
      this.#packs.finish(owner)
      this.#packs.shrink()
      throw error
    }
  }

  /** What the system said when something could not be kept the last time. */
  get failedWith(): unknown {
    return this.#failedWith
  }

  /** What could not be kept is tried anew with the next put: somebody may have made room. */
  tryAgain(): void {
    this.#restUntil = 0
  }

  /**
   * Confidence and mean chroma, without reading the coloring: of a whole film in frame order, one read of each pack's
   * index.
   */
  measure(owner: string, recipe: string, frame: number): ColoringMeasure | null {
    const place = this.#placesOf(owner, recipe).get(frame)
    if (!place) return null
    if (this.#packs.isBeingWritten(place.pack))
      return measureAt(this.#packs.descriptor(place.pack)!, place.offset + RECORD_HEADER)
    const group = groupName(owner, recipe)
    const name = `${place.pack} ${group}`
    let entries = this.#measures.get(name) ?? null
    if (!entries) {
      entries = this.#packs.entriesOf(place.pack, group)
      if (entries) this.#measures.set(name, entries)
    }
    return entries?.measureOf(frame) ?? null
  }

  /** What is allowed now; another process may have set it. */
  get limitBytes(): number {
    return this.#packs.limitBytes
  }

  /**
   * For every process, from now on. Beyond it the packs not used for longest are dropped, at once; one that is set
   * already drops none.
   */
  set limitBytes(limit: number) {
    this.#packs.limitBytes = limit
  }

  /** Drops everything but what another program is writing just now. */
  clear(): void {
    this.#packs.clear()
    this.#places.clear()
  }

  get bytes(): number {
    return this.#packs.bytes
  }

  close(): void {
    this.#packs.close()
    this.#places.clear()
  }

  #placesOf(owner: string, recipe: string): FramePlaces {
    const group = groupName(owner, recipe)
    const known = this.#places.get(group)
    if (known) return known
    const places = new FramePlaces((pack) => this.#packs.has(pack))
    this.#places.set(group, places)
    // A pack that is being written has nothing to add: put() has looked for what was there by the recipe before.
    for (const pack of this.#packs.numbersFor(owner)) {
      const entries = this.#packs.entriesOf(pack, group)
      for (let n = 0; entries && n < entries.count; n++)
        places.set(entries.frame(n), { pack, offset: entries.offset(n) })
    }
    return places
  }
}

function measureAt(fd: number, offset: number): ColoringMeasure | null {
  try {
    return readMeasure(readAt(fd, offset, CODEC_HEADER))
  } catch {
    return null
  }
}
