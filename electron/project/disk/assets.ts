/**
 * Pictures and frozen colorings that a project needs and footage does not have: files in a folder beside it, each
 * named by the SHA-256 of its bytes. They are written once and never changed, so undo finds them as they were.
 */
import { randomBytes } from 'node:crypto'
import { copyFile, link, mkdir, readFile, readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { assetIdSchema, type AssetId } from '../../contract/operations.ts'
import type { Project } from '../../contract/projectDocument.ts'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { sha256 } from '../../content/digest.ts'
import { syncFile, syncFolder } from '../../system/durable.ts'
import { isNoRoom } from '../../system/errorCode.ts'
import { isMissing, readError, writeError } from './diskErrors.ts'
import { assetsOf } from '../document.ts'
import type { Findings } from '../findings.ts'
import type { Step } from '../history.ts'
import { renameOver } from '../../system/renameOver.ts'
import { writeAtomic } from '../../system/writeAtomic.ts'

const idOf = (bytes: Uint8Array, extension: string): AssetId => `${sha256(bytes)}.${extension}`

/** Everything in a step's patches that looks like an asset is kept. */
function collect(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') {
    if (assetIdSchema.safeParse(value).success) into.add(value)
  } else if (value !== null && typeof value === 'object') {
    for (const each of Object.values(value)) collect(each, into)
  }
}

/** All assets that the project, what was found of it, or any step of its history, done or undone, refers to. */
export function assetsInHistory(project: Project, steps: readonly Step[], findings: Findings = {}): Set<string> {
  const assets = assetsOf(project)
  for (const { locked } of Object.values(findings)) collect(locked, assets)
  for (const step of steps) collect([step.patches, step.inverse], assets)
  return assets
}

interface PictureFile {
  readonly bytes: Buffer
  readonly extension: string
}

/** Throws UserError: bad-picture, empty-file, and those of reading. */
async function readPictureFile(path: string): Promise<PictureFile> {
  const extension = extname(path).slice(1).toLowerCase()
  if (!/^[a-z0-9]{1,8}$/.test(extension)) {
    throw new UserError(
      'bad-picture',
      sentence`“${basename(path)}” does not look like a picture.`,
      sentence`Choose a PNG, JPEG or TIFF file.`,
    )
  }
  const bytes = await readFile(path).catch((error: unknown) => {
    throw readError(path, error)
  })
  if (bytes.length === 0)
    throw new UserError('empty-file', sentence`“${basename(path)}” is empty.`, sentence`Choose another picture.`)
  return { bytes, extension }
}

/**
 * The name that a picture has, or would have, in any project's folder. Throws the UserErrors of AssetFolder.putFile.
 */
export async function assetIdOf(path: string): Promise<AssetId> {
  const { bytes, extension } = await readPictureFile(path)
  return idOf(bytes, extension)
}

const isLinked = (from: string, path: string): Promise<boolean> =>
  link(from, path).then(
    () => true,
    () => false,
  )

/** What was to be done needs a file in this folder, which could not be written; so it was not done. */
function notKept(folder: string, error: unknown): UserError {
  if (error instanceof UserError || !isNoRoom(error)) return writeError(folder, error)
  return new UserError(
    'disk-full',
    sentence`The disk is full, so this was not done: the picture or colors that it needs could not be written.`,
    sentence`Make room on the disk that holds “${folder}”, then do it again.`,
    error instanceof Error ? error.message : String(error),
  )
}

export class AssetFolder {
  constructor(readonly folder: string) {}

  pathOf(id: AssetId): string {
    return join(this.folder, assetIdSchema.parse(id))
  }

  /** Keeps bytes; extension without the dot, lower case. On the disk for good when it resolves. */
  async put(bytes: Uint8Array, extension: string): Promise<AssetId> {
    const id = assetIdSchema.parse(idOf(bytes, extension))
    const path = this.pathOf(id)
    try {
      const present = await stat(path).catch(() => null)
      if (present?.size === bytes.length) return id
      await this.#make()
      await writeAtomic(path, bytes)
    } catch (error) {
      throw notKept(this.folder, error)
    }
    return id
  }

  /**
   * Keeps a file that somebody else writes. 'write' gets a path in this folder and gives the SHA-256 of what lies there
   * for good, or null where there is nothing to keep. What it throws is passed on; then nothing is left of it.
   */
  async putWritten(extension: string, write: (path: string) => Promise<string | null>): Promise<AssetId | null> {
    const temporary = join(this.folder, `${randomBytes(32).toString('hex')}.${extension}.${process.pid}.tmp`)
    try {
      await this.#make()
      const hash = await write(temporary)
      if (hash === null) return null
      const id = assetIdSchema.parse(`${hash}.${extension}`)
      await renameOver(temporary, this.pathOf(id))
      await syncFolder(this.folder)
      return id
    } catch (error) {
      throw notKept(this.folder, error)
    } finally {
      await rm(temporary, { force: true }).catch(() => undefined)
    }
  }

  /**
   * The folder, there for good. What it lies in must be there: of a disk that was taken away the place where it was
   * would be made anew, on another disk.
   */
  async #make(): Promise<void> {
    try {
      await mkdir(this.folder)
    } catch (error) {
      if ((await stat(this.folder).catch(() => null))?.isDirectory()) return
      throw error
    }
    await syncFolder(dirname(this.folder))
  }

  /** Copies a picture file in. Throws UserError: bad-picture, empty-file, and those of reading and writing. */
  async putFile(path: string): Promise<AssetId> {
    const { bytes, extension } = await readPictureFile(path)
    return this.put(bytes, extension)
  }

  /** Throws UserError 'not-found' or, where the bytes are not what they were, 'damaged'. */
  async read(id: AssetId): Promise<Buffer> {
    const path = this.pathOf(id)
    const bytes = await readFile(path).catch((error: unknown) => {
      if (isMissing(error)) {
        throw new UserError(
          'not-found',
          sentence`A picture that belongs to this project is missing.`,
          sentence`Put the folder “${basename(this.folder)}” back beside the project file.`,
          id,
        )
      }
      throw readError(path, error)
    })
    if (idOf(bytes, extname(id).slice(1)) !== id) {
      throw new UserError(
        'damaged',
        sentence`A picture that belongs to this project is damaged.`,
        sentence`Bring the picture in again, or undo to before it was used.`,
        id,
      )
    }
    return bytes
  }

  /** All that are there, needed or not. */
  async list(): Promise<AssetId[]> {
    const names = await readdir(this.folder).catch(() => [])
    return names.filter((name): name is AssetId => assetIdSchema.safeParse(name).success)
  }

  /** Which of these are not there. */
  async missing(ids: Iterable<AssetId>): Promise<AssetId[]> {
    const present = new Set(await readdir(this.folder).catch(() => []))
    return [...ids].filter((id) => !present.has(id))
  }

  /**
   * Brings assets over from another folder, however large they are; missing ones are left out.
   * @param sharing one file under two names will do where the disk has that: no asset is ever changed
   */
  async copyFrom(other: AssetFolder, ids: Iterable<AssetId>, { sharing = false } = {}): Promise<void> {
    for (const id of ids) {
      const from = other.pathOf(id)
      const [source, present] = await Promise.all([from, this.pathOf(id)].map((path) => stat(path).catch(() => null)))
      if (!source || present?.size === source.size) continue
      await this.putWritten(extname(id).slice(1), async (path) => {
        const isShared = sharing && (await isLinked(from, path))
        if (!isShared) await copyFile(from, path)
        await syncFile(path)
        return basename(id, extname(id))
      })
    }
  }

  /** Removes what nothing refers to any more, and what interrupted writes have left. */
  async removeAllBut(keep: ReadonlySet<string>): Promise<void> {
    for (const name of await readdir(this.folder).catch(() => [])) {
      const orphan = assetIdSchema.safeParse(name).success ? !keep.has(name) : /^[0-9a-f]{64}\..*\.tmp$/.test(name)
      if (orphan) await rm(join(this.folder, name), { force: true }).catch(() => undefined)
    }
  }
}
