/**
 * The pictures of an export that are written already, in segments that outlast the program: an export that a crash, a
 * loss of power or a full disk has ended is taken up behind the last of them.
 *
 * They lie in a hidden folder beside the target, so on its disk. 'order.json' says what they are segments of; a segment
 * is sealed by a file of its own, written when its pictures are on the disk for good, that tells their length and hash.
 * What bears no seal, or not a true one, does not count. The folder is named as that of a process, and whoever goes on
 * from another's renames it first: of two that try, one succeeds.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { cancelled } from '../../../contract/userError.ts'
import { syncFile, syncFolder } from '../../../system/durable.ts'
import { abandonedSegmentsIn, endPart, newPart, type PartRegister } from '../files/partFiles.ts'

const FORMAT = 'colornn-segments'
const VERSION = 2
const ORDER = 'order.json'
/** Of exports that are pictures: they lie in a folder of their own, which becomes the export. */
const PICTURES = 'pictures'

/** What is about to get the export's name. */
const NAMING = 'naming.json'
/** The export itself, which had its name already. */
const FINISHED = 'finished'

/** Why a job is ended that is to be gone on with: the reason of its signal. */
const TO_GO_ON = 'to go on'

/** Ends work that is gone on with later: what is finished of it is left where it is. */
export function endToGoOn(abort: AbortController): void {
  abort.abort(TO_GO_ON)
}

export function isToGoOn({ reason }: AbortSignal): boolean {
  return reason === TO_GO_ON
}

/** Of a frame, for the record of the export: whose colors it shows, and how sure the networks were. */
export interface FrameRemark {
  readonly colors: 'own' | 'gray' | 'synthetic'
  readonly confidence: number | null
}

/** What was found out while a segment was written, for the rest of the export; kept in its seal. */
export interface SegmentRecord {
  /** Of its pictures, where the format keeps them: pictureHash (pictureCheck.ts), or what sampleHash.ts makes. */
  readonly hashes: readonly string[]
  /** Frames of the film that could not be decoded, or not whole. */
  readonly missing: readonly number[]
  readonly flawed: readonly number[]
  /** Of each of its frames, where its writer makes any. */
  readonly remarks: readonly FrameRemark[]
}

interface Seal extends SegmentRecord {
  readonly pictures: number
  readonly bytes: number
  readonly sha256: string
}

/** What is known of a whole film when it gets its name, for whoever has to name it once more. */
export interface NamedFilm {
  /** Streams of the source that could not be decoded everywhere. */
  readonly undecoded: readonly number[]
  /** All that it says of itself could be written. */
  readonly isAllSaid: boolean
}

interface NamingNote {
  readonly identity: Identity | null
  readonly film: NamedFilm | null
}

export interface SegmentSettings {
  /** What the segments become. */
  readonly target: string
  /** The target that the export was asked for: another where it is written as parts. */
  readonly whole: string
  /** Stands for everything that its pictures depend on; null for what is never taken up again. */
  readonly key: string | null
  /** Pictures of the export, and of each segment but the last. */
  readonly count: number
  readonly length: number
  /** Name of each picture, where they are files of their own; null where a segment is one file. */
  readonly pictureName: ((n: number) => string) | null
  readonly register?: PartRegister | undefined
}

export class SegmentFolder {
  readonly #seals: Seal[] = []
  #named: NamedFilm | null = null

  private constructor(
    readonly path: string,
    private readonly settings: SegmentSettings,
  ) {}

  /**
   * Takes over what an export of the same key has left at the target, as far as it is whole, or begins anew. What
   * exports to the same target of another key have left is removed; not what another export, of a name of its own, has
   * left of a part that is called like this one. Throws the system's error.
   */
  static async open(settings: SegmentSettings, signal?: AbortSignal): Promise<SegmentFolder> {
    const { target, whole, key, register } = settings
    const folder = new SegmentFolder(newPart(target, 'segments'), settings)
    await register?.note(folder.path)
    try {
      for (const left of await abandonedSegmentsIn(dirname(target))) {
        const order = await orderIn(left)
        if (order?.target !== basename(target) || order.whole !== basename(whole)) continue
        const isSame = key !== null && order.version === VERSION && order.key === key && folder.#seals.length === 0
        if (isSame) await folder.#takeOver(left, signal)
        else await rm(left, { recursive: true, force: true }).catch(() => undefined)
      }
      if (folder.#seals.length === 0) await folder.#begin()
      return folder
    } catch (error) {
      // What could not be looked at may still be whole.
      if (signal?.aborted && isToGoOn(signal)) endPart(folder.path)
      else await folder.discard()
      throw error
    }
  }

  /** How many pictures are there, sealed, from the first one on. */
  get pictures(): number {
    return this.#seals.reduce((sum, { pictures }) => sum + pictures, 0)
  }

  get bytes(): number {
    return this.#seals.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** Of the largest sealed segment. */
  get largest(): number {
    return Math.max(0, ...this.#seals.map(({ bytes }) => bytes))
  }

  get records(): readonly SegmentRecord[] {
    return this.#seals
  }

  /** Whether there is something that leave() leaves. */
  get isLeft(): boolean {
    return this.#seals.length > 0 && this.settings.key !== null
  }

  /** What is known of the film at finishedPath; null where there is none. */
  get named(): NamedFilm | null {
    return this.#named
  }

  /** Where a film lies that had got its name from a program that ended before the export was over. */
  get finishedPath(): string {
    return join(this.path, FINISHED)
  }

  /** Segments of the whole export. */
  get segments(): number {
    return Math.ceil(this.settings.count / this.settings.length)
  }

  /** First picture of a segment, and how many it has. */
  extent(segment: number): { readonly first: number; readonly count: number } {
    const first = segment * this.settings.length
    return { first, count: Math.min(this.settings.length, this.settings.count - first) }
  }

  /** Where the pictures lie that are files of their own. */
  get picturesPath(): string {
    return join(this.path, PICTURES)
  }

  /** The file that a segment is written to, where it is one. */
  fileOf(segment: number): string {
    return join(this.path, `${numbered(segment)}.mkv`)
  }

  /** Seals the next segment, once it lies on the disk for good. Throws the system's error. */
  async seal(record: SegmentRecord): Promise<void> {
    const segment = this.#seals.length
    for (const file of this.#filesOf(segment)) await syncFile(file)
    if (this.settings.pictureName) await syncFolder(this.picturesPath)
    const seal = { ...record, pictures: this.extent(segment).count, ...(await this.#measure(segment)) }
    await writeFile(this.#sealOf(segment), JSON.stringify(seal))
    await syncFile(this.#sealOf(segment))
    await syncFolder(this.path)
    this.#seals.push(seal)
  }

  /**
   * Notes, for good, by what the film or its folder of pictures is known whatever its name is: it is about to be the
   * export's. Where the program ends before the export is over, the next start knows it again (#takeBack).
   * @param film null of pictures
   */
  async noteNaming(place: string, film: NamedFilm | null): Promise<void> {
    const note: NamingNote = { identity: await identityOf(place), film }
    await writeFile(join(this.path, NAMING), JSON.stringify(note))
    await syncFile(join(this.path, NAMING))
    await syncFolder(this.path)
  }

  /** Whether the pictures lie here still. */
  async holdsPictures(): Promise<boolean> {
    return this.settings.pictureName !== null && (await identityOf(this.picturesPath)) !== null
  }

  /** Leaves what is sealed for the next export of the same key; nothing where that is nothing. */
  async leave(): Promise<void> {
    if (!this.isLeft) return this.discard()
    await this.#removeUnsealed().catch(() => undefined)
    endPart(this.path)
  }

  /** Makes room once the export has its name; up to discard() a next start knows that it has. */
  async removePictures(): Promise<void> {
    if (this.settings.pictureName) return
    for (let segment = 0; segment < this.segments; segment++)
      await rm(this.fileOf(segment), { force: true }).catch(() => undefined)
  }

  async discard(): Promise<void> {
    await rm(this.path, { recursive: true, force: true }).catch(() => undefined)
    endPart(this.path)
    await this.settings.register?.forget(this.path)
  }

  async #begin(): Promise<void> {
    const { key, target, whole, pictureName } = this.settings
    await mkdir(this.path, { recursive: true })
    if (pictureName) await mkdir(this.picturesPath, { recursive: true })
    const order = { format: FORMAT, version: VERSION, target: basename(target), whole: basename(whole), key }
    await writeFile(join(this.path, ORDER), `${JSON.stringify(order)}\n`)
    await syncFile(join(this.path, ORDER))
  }

  async #takeOver(left: string, signal?: AbortSignal): Promise<void> {
    try {
      await rename(left, this.path)
    } catch {
      // Another program was first.
      return
    }
    await this.settings.register?.forget(left)
    await this.#takeBack()
    for (let segment = 0; segment < this.segments; segment++) {
      if (signal?.aborted) throw cancelled()
      const seal = await this.#trueSeal(segment)
      if (!seal) break
      this.#seals.push(seal)
    }
    await this.#removeUnsealed()
  }

  /**
   * What had got the export's name, of which nobody was told any more, is taken back: then the export is ended in the
   * usual way, without making anything of it again.
   */
  async #takeBack(): Promise<void> {
    const isPictures = this.settings.pictureName !== null
    const place = isPictures ? this.picturesPath : this.finishedPath
    const note = await this.#namingNote()
    if (note?.identity && !(await identityOf(place))) {
      const named = await this.#entryOf(note.identity)
      // What somebody has put there meanwhile is not ours to move.
      if (named !== null && (!isPictures || (await this.#isWhole(named)))) await rename(named, place)
    }
    if (!isPictures) {
      if (note?.film && (await identityOf(place))) this.#named = note.film
      return
    }
    await mkdir(this.picturesPath, { recursive: true })
    await rm(join(this.path, NAMING), { force: true })
  }

  async #namingNote(): Promise<NamingNote | null> {
    try {
      return JSON.parse(await readFile(join(this.path, NAMING), 'utf8')) as NamingNote
    } catch {
      return null
    }
  }

  /** The file or folder beside this one that is known by a note. */
  async #entryOf(noted: Identity): Promise<string | null> {
    for (const name of await readdir(dirname(this.path))) {
      const path = join(dirname(this.path), name)
      if ((await identityOf(path))?.every((part, n) => part === noted[n])) return path
    }
    return null
  }

  /** Whether the pictures of an export, and nothing else, lie in a folder. */
  async #isWhole(folder: string): Promise<boolean> {
    const { pictureName, count } = this.settings
    const names = new Set(await readdir(folder))
    return (
      names.size === count && Array.from({ length: count }, (_, n) => pictureName!(n)).every((each) => names.has(each))
    )
  }

  /** The seal of a segment whose pictures are as it says, or are in the film already; null otherwise. */
  async #trueSeal(segment: number): Promise<Seal | null> {
    try {
      const seal = JSON.parse(await readFile(this.#sealOf(segment), 'utf8')) as Seal
      if (this.#named) return seal
      const { bytes, sha256 } = await this.#measure(segment)
      const isTrue = seal.bytes === bytes && seal.sha256 === sha256 && seal.pictures === this.extent(segment).count
      return isTrue ? seal : null
    } catch {
      return null
    }
  }

  #filesOf(segment: number): string[] {
    const { pictureName } = this.settings
    if (!pictureName) return [this.fileOf(segment)]
    const { first, count } = this.extent(segment)
    return Array.from({ length: count }, (_, n) => join(this.picturesPath, pictureName(first + n)))
  }

  /** Length and hash of all that a segment consists of, file after file. */
  async #measure(segment: number): Promise<{ bytes: number; sha256: string }> {
    const hash = createHash('sha256')
    let bytes = 0
    for (const file of this.#filesOf(segment)) {
      bytes += (await stat(file)).size
      for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
    }
    return { bytes, sha256: hash.digest('hex') }
  }

  #sealOf(segment: number): string {
    return join(this.path, `${numbered(segment)}.json`)
  }

  async #removeUnsealed(): Promise<void> {
    const kept = new Set([join(this.path, ORDER), this.picturesPath])
    if (this.#named) [join(this.path, NAMING), this.finishedPath].forEach((file) => kept.add(file))
    this.#seals.forEach((_, n) => [this.#sealOf(n), ...this.#filesOf(n)].forEach((file) => kept.add(file)))
    const folders = this.settings.pictureName ? [this.path, this.picturesPath] : [this.path]
    for (const folder of folders) {
      for (const name of await readdir(folder)) {
        if (!kept.has(join(folder, name))) await rm(join(folder, name), { recursive: true, force: true })
      }
    }
  }
}

function numbered(segment: number): string {
  return String(segment).padStart(6, '0')
}

/** Removes what an export to a target, as one file or as parts, has left to go on from. */
export async function forgetUnfinished(target: string): Promise<void> {
  for (const left of await abandonedSegmentsIn(dirname(target))) {
    if ((await orderIn(left))?.whole === basename(target))
      await rm(left, { recursive: true, force: true }).catch(() => undefined)
  }
}

/** Of a file that is changed it is another. */
type Identity = readonly [device: string, entry: string, bytes: string, changed: string]

/** By which the system knows a file or folder, whatever its name is; null where there is none. */
async function identityOf(path: string): Promise<Identity | null> {
  const there = await stat(path, { bigint: true }).catch(() => null)
  if (there === null) return null
  const { dev, ino, size, mtimeNs } = there
  return there.isDirectory() ? [`${dev}`, `${ino}`, '', ''] : [`${dev}`, `${ino}`, `${size}`, `${mtimeNs}`]
}

interface FolderOrder {
  readonly format?: unknown
  readonly version?: unknown
  readonly target?: unknown
  readonly whole?: unknown
  readonly key?: unknown
}

async function orderIn(folder: string): Promise<FolderOrder | null> {
  try {
    const order = JSON.parse(await readFile(join(folder, ORDER), 'utf8')) as FolderOrder
    return order.format === FORMAT ? order : null
  } catch {
    return null
  }
}
