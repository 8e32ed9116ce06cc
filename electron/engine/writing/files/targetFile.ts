/**
 * The file an export ends up as. Written beside its final name and renamed when whole, so no half file ever bears that
 * name; and once whole, it is never thrown away because of its name.
 */
import { constants } from 'node:fs'
import { access, link, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, statfs, unlink } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { byteLength, fittingName, NAME_BYTES } from '../../../contract/fileNames.ts'
import type { Originals } from '../../../contract/originals.ts'
import { sentence, type Sentence } from '../../../contract/sentence.ts'
import { UserError } from '../../../contract/userError.ts'
import { syncFile, syncFolder } from '../../../system/durable.ts'
import { errorCode } from '../../../system/errorCode.ts'
import { renameOver } from '../../../system/renameOver.ts'
import { exists } from '../../../system/present.ts'
import { isOriginal } from './originals.ts'
import { endPart, newPart, PART_STEM_BYTES, removeAbandonedIn, type PartRegister } from './partFiles.ts'
import { standingAt, type Standing } from './standing.ts'
import { isTaken, keptAs, whatIsAt } from './taken.ts'

/** Less than this left on the disk when a write fails, and a full disk is taken to be why. */
const NEARLY_FULL_BYTES = 4 * 1024 * 1024
/** Pauses between tries to give a finished file its name: shares come back within seconds, or not for a long time. */
const NAMING_PAUSES_MS = [200, 1000, 3000]
/** Beyond 'film (99).mkv' it is not the name that is in the way. */
const MOST_NAMES = 99
/** What a rename or link fails with where something bears the name already, or where the system guards it. */
const NAME_TAKEN = new Set(['EEXIST', 'ENOTEMPTY', 'EISDIR', 'ENOTDIR', 'EPERM', 'EACCES', 'EBUSY'])

export function folderMissing(folder: string, detail: string): UserError {
  return new UserError(
    'target-folder-missing',
    sentence`The folder “${folder}” is not there.`,
    sentence`Create it, connect its disk, or choose another folder.`,
    detail,
  )
}

/** @param goesOn what is finished of the export is kept for the next try */
export function diskFull(folder: string, detail: string, goesOn = false): UserError {
  return goesOn
    ? new UserError(
        'disk-full',
        sentence`The disk is full; the export was stopped. What is finished of it is kept beside its target.`,
        sentence`Make room on the disk that holds “${folder}”, and order the same export again: it goes on from there.`,
        detail,
      )
    : new UserError(
        'disk-full',
        sentence`The disk is full; the export was stopped and its unfinished file removed.`,
        sentence`Make room on the disk that holds “${folder}”, or choose another one, and export again.`,
        detail,
      )
}

function notWritable(folder: string, detail: string): UserError {
  return new UserError(
    'target-not-writable',
    sentence`You may not write in the folder “${folder}”.`,
    sentence`Choose another folder, or change its permissions.`,
    detail,
  )
}

function alreadyThere(path: string): UserError {
  return new UserError(
    'target-not-writable',
    sentence`“${basename(path)}” is already there.`,
    sentence`Choose another name, or take that file away first.`,
    path,
  )
}

function nameTooLong(path: string): UserError {
  return new UserError(
    'name-too-long',
    sentence`The name “${basename(path)}” is too long for this disk.`,
    sentence`Choose a shorter name.`,
    path,
  )
}

/** A file could not be made or finished in the folder, for another reason than a full disk. */
function cannotWrite(path: string, error: unknown): UserError {
  const code = errorCode(error)
  const folder = dirname(path)
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder, code)
  if (code === 'ENAMETOOLONG') return nameTooLong(path)
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return notWritable(folder, code)
  return new UserError(
    'target-not-writable',
    sentence`Nothing could be written in the folder “${folder}”.`,
    sentence`Check that its disk is still connected, or choose another folder.`,
    code || String(error),
  )
}

export async function isDiskFull(folder: string): Promise<boolean> {
  try {
    // Older Node.js has no statfs; ffmpeg's own words then have to do.
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize < NEARLY_FULL_BYTES
  } catch {
    return false
  }
}

export interface TargetOptions {
  /** What must never be written to. */
  readonly originals: Originals
  readonly overwrite: boolean
  /** What stood at the target when the export was ordered; what stands there now when not given. */
  readonly standing?: Standing | undefined
  /** A folder of pictures rather than a file. */
  readonly folder: boolean
  /** Where the part is noted, for the case that this process is killed. */
  readonly parts?: PartRegister | undefined
}

/** Where a finished file has come to lie, and why it lies there where that is not its target. */
export interface FinishedFile {
  readonly path: string
  readonly note: Sentence | null
}

export class TargetFile {
  /** What gets the name when it is finished: the part, or a folder that was taken in its place. */
  #finished: string

  private constructor(
    readonly path: string,
    readonly part: string,
    private readonly options: TargetOptions,
    /** The file that may be replaced; null for none. */
    private readonly replaced: Standing,
  ) {
    this.#finished = part
  }

  get directory(): string {
    return dirname(this.path)
  }

  /**
   * Checks everything that can be known before the work starts. Throws UserError 'target-is-source', 'name-too-long',
   * 'target-folder-missing', 'target-not-writable' or 'disk-full'.
   */
  static async prepare(target: string, options: TargetOptions): Promise<TargetFile> {
    const path = resolve(target)
    const folder = dirname(path)
    if (await isOriginal(path, options.originals)) {
      throw new UserError(
        'target-is-source',
        sentence`“${basename(path)}” belongs to the films and pictures that the project is made of.`,
        sentence`Choose another name or folder; originals are never written over.`,
        path,
      )
    }
    const there = await stat(folder).catch((error: unknown) => {
      if (['EACCES', 'EPERM'].includes(errorCode(error))) throw notWritable(folder, errorCode(error))
      return null
    })
    if (!there?.isDirectory()) {
      throw folderMissing(folder, path)
    }
    try {
      await access(folder, constants.W_OK | constants.X_OK)
    } catch (error) {
      throw notWritable(folder, errorCode(error))
    }
    // Windows answers a name that is too long as if it were merely not there; no file system takes more UTF-16 units.
    const tooLong =
      basename(path).length > NAME_BYTES || (await lstat(path).then(() => '', errorCode)) === 'ENAMETOOLONG'
    if (tooLong) throw nameTooLong(path)
    const standing = await standingAt(path)
    const { standing: ordered = standing } = options
    // What came to be there since is no reason to fail: the finished export gets a free name.
    if (standing !== null && standing === ordered && (await isTaken(path, options.folder))) {
      // A folder of someone's files is never emptied for an export, asked or not.
      if ((await whatIsAt(path)) !== 'file') {
        throw new UserError(
          'target-not-writable',
          sentence`“${basename(path)}” is a folder that is already there.`,
          sentence`Choose another name for the export.`,
          path,
        )
      }
      if (!options.overwrite || options.folder) throw alreadyThere(path)
    }
    await removeAbandonedIn(folder, options.parts)
    const made = new TargetFile(path, newPart(path), options, options.overwrite ? ordered : null)
    await made.#makePart()
    return made
  }

  /** The name is taken right away: what the permission bits say is not always what the file system does. */
  async #makePart(): Promise<void> {
    await this.options.parts?.note(this.part)
    try {
      if (this.options.folder) await mkdir(this.part)
      else await (await open(this.part, 'wx')).close()
    } catch (error) {
      await this.#isOver()
      throw cannotWrite(this.part, error)
    }
  }

  /** What to say where something else could not be made or finished beside it. */
  troubled(error: unknown): unknown {
    return error instanceof UserError || errorCode(error) === '' ? error : cannotWrite(this.path, error)
  }

  /**
   * A finished folder of the same disk gets the name in the place of the part. It stays where it is up to that moment:
   * a part is nobody's once its program is gone.
   */
  take(folder: string): void {
    this.#finished = folder
  }

  /**
   * Flushes the finished part to the disk and gives it its name; where that can't be had any more, a free one like it.
   * Throws UserError: 'disk-full' when it was not on the disk after all, else 'target-not-writable' with the name under
   * which the whole file is kept.
   */
  async commit(): Promise<FinishedFile> {
    try {
      await this.#flush()
    } catch (error) {
      if (['ENOSPC', 'EDQUOT'].includes(errorCode(error))) {
        await this.discard()
        throw diskFull(this.directory, errorCode(error))
      }
      throw await this.#unnamed(error)
    }
    const path = await this.#giveSomeName()
    await syncFolder(this.directory)
    await this.#isOver()
    return { path, note: path === this.path ? null : keptAs(this.path, path) }
  }

  async #flush(): Promise<void> {
    const { folder } = this.options
    const files = folder ? (await readdir(this.#finished)).map((name) => join(this.#finished, name)) : [this.#finished]
    for (const file of files) await syncFile(file)
  }

  /**
   * The target's name, or else 'film (2).mkv', 'film (3).mkv' and so on; the folder may be out of reach for a moment.
   */
  async #giveSomeName(): Promise<string> {
    const ending = this.options.folder ? '' : extname(this.path)
    const stem = basename(this.path, ending)
    let trouble: unknown
    for (const wait of [0, ...NAMING_PAUSES_MS]) {
      await pause(wait)
      for (let number = 1; number <= MOST_NAMES; number++) {
        // No longer than the target's own, which the file system takes.
        const other = fittingName(
          stem,
          ` (${number})${ending}`,
          Math.max(byteLength(basename(this.path)), PART_STEM_BYTES),
        )
        const path = number === 1 ? this.path : join(this.directory, other)
        try {
          await this.#giveName(path, number === 1 && (await this.#mayReplace()))
          return path
        } catch (error) {
          trouble = error
          if (!NAME_TAKEN.has(errorCode(error))) break
        }
      }
    }
    throw await this.#unnamed(trouble)
  }

  async #unnamed(error: unknown): Promise<UserError> {
    await this.#keepHidden()
    return new UserError(
      'target-not-writable',
      sentence`The export is finished, but “${basename(this.path)}” could not be had as its name.`,
      sentence`It is kept as “${basename(this.part)}” in the folder “${this.directory}”; give it a name when the disk can be written again.`,
      errorCode(error) || String(error),
    )
  }

  /** Leaves what can have no name under the part's, where nobody removes it. */
  async #keepHidden(): Promise<void> {
    await this.options.parts?.keep(this.part)
    if (this.#finished === this.part) return
    await rmdir(this.part).catch(() => undefined)
    // Where that fails too it stays where it was.
    await rename(this.#finished, this.part).catch(() => undefined)
  }

  /** True while what stands at the target is what the artist has agreed to lose. */
  async #mayReplace(): Promise<boolean> {
    return this.replaced !== null && (await standingAt(this.path)) === this.replaced
  }

  /** Throws where the name is taken, or can't be given. */
  async #giveName(path: string, replace: boolean): Promise<void> {
    if (this.options.folder) {
      // Not every system renames onto an empty folder; one with anything in it can't be removed so.
      await rmdir(path).catch(() => undefined)
      if (await exists(path)) throw Object.assign(new Error('the name is taken'), { code: 'EEXIST' })
      return rename(this.#finished, path)
    }
    if (replace) return renameOver(this.part, path)
    try {
      // Unlike a rename, a link never replaces a file that came to be there in the meantime.
      await link(this.part, path)
    } catch (error) {
      // File systems without hard links (exFAT, some network drives).
      if (errorCode(error) === 'EEXIST' || (await exists(path))) throw error
      return rename(this.part, path)
    }
    await unlink(this.part).catch(() => undefined)
  }

  /**
   * Keeps a file that is not what it was to be, under a name that says so, for whoever wants to look at it.
   * @param isWhole its pictures are all as they should be
   * @returns the error to end the export with
   */
  async keepFailed(why: Sentence, isWhole = false): Promise<UserError> {
    const kept = await this.#giveFailedName()
    return new UserError(
      'ffmpeg-failed',
      why,
      isWhole
        ? sentence`Its pictures are all there: it is kept as “${kept}”, in case it will do. Otherwise choose another format.`
        : sentence`What there is of it is kept as “${kept}”. Try again, or choose another format. The footage is unharmed.`,
      this.path,
    )
  }

  /** 'film (failed).mkv', 'film (failed 2).mkv' and so on; the hidden name where none can be had. */
  async #giveFailedName(): Promise<string> {
    const ending = this.options.folder ? '' : extname(this.path)
    const longest = Math.max(byteLength(basename(this.path)), PART_STEM_BYTES)
    for (let number = 1; number <= MOST_NAMES; number++) {
      const mark = number === 1 ? ' (failed)' : ` (failed ${number})`
      const name = fittingName(basename(this.path, ending), `${mark}${ending}`, longest)
      try {
        await this.#giveName(join(this.directory, name), false)
        return name
      } catch (error) {
        if (!NAME_TAKEN.has(errorCode(error))) break
      }
    }
    await this.#keepHidden()
    return basename(this.part)
  }

  async discard(): Promise<void> {
    await rm(this.part, { recursive: true, force: true })
    await this.#isOver()
  }

  /** The part is gone, or bears another name; where another folder was taken for it, it is empty. */
  async #isOver(): Promise<void> {
    if (this.#finished !== this.part) await rmdir(this.part).catch(() => undefined)
    endPart(this.part)
    await this.options.parts?.forget(this.part)
  }
}
