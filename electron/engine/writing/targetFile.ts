/** The file an export ends up as. Written beside its final name and renamed when whole, so no half file ever bears that name. */
import { createHash, randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { access, link, lstat, mkdir, open, readdir, rename, rm, stat, statfs, unlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { UserError } from '../../contract/userError.ts'

/** Less than this left on the disk when a write fails, and a full disk is taken to be why. */
const NEARLY_FULL_BYTES = 4 * 1024 * 1024

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

export function diskFull(folder: string, detail: string): UserError {
  return new UserError('disk-full', 'The disk is full; the export was stopped and its unfinished file removed.', `Make room on the disk that holds “${folder}”, or choose another one, and export again.`, detail)
}

function notWritable(folder: string, detail: string): UserError {
  return new UserError('target-not-writable', `You may not write in the folder “${folder}”.`, 'Choose another folder, or change its permissions.', detail)
}

function alreadyThere(path: string): UserError {
  return new UserError('target-not-writable', `“${basename(path)}” is already there.`, 'Choose another name, or say that it may be replaced.', path)
}

/** True where both paths lead to one file, be it by a link or by another spelling. */
async function sameFile(a: string, b: string): Promise<boolean> {
  if (resolve(a) === resolve(b)) return true
  try {
    const [first, second] = await Promise.all([stat(a, { bigint: true }), stat(b, { bigint: true })])
    return first.ino === second.ino && first.dev === second.dev
  } catch {
    return false
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(() => true, () => false)
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

/** Parts say which machine they are of, so that on a shared drive nobody removes another's. */
function partPrefix(path: string): string {
  const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 6)
  return `.${basename(path).slice(0, 180)}.part-${host}-`
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** Removes what a run that was killed, or lost its power, left behind of this very target. */
async function removeOrphans(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = name.startsWith(prefix) ? /^(\d+)-[0-9a-f]{8}$/.exec(name.slice(prefix.length)) : null
    if (pid && !isRunning(Number(pid[1]))) await rm(join(folder, name), { recursive: true, force: true }).catch(() => {})
  }
}

export interface TargetOptions {
  /** Paths that must never be written to: the film and, of a sequence, its folder's pictures. */
  readonly source: string
  readonly overwrite: boolean
  /** A folder of pictures rather than a file. */
  readonly folder: boolean
}

export class TargetFile {
  private constructor(
    readonly path: string,
    readonly part: string,
    private readonly options: TargetOptions,
  ) {}

  get directory(): string {
    return dirname(this.path)
  }

  /**
   * Checks everything that can be known before the work starts. Throws UserError 'target-is-source',
   * 'target-folder-missing', 'target-not-writable' or 'disk-full'.
   */
  static async prepare(target: string, options: TargetOptions): Promise<TargetFile> {
    const path = resolve(target)
    const folder = dirname(path)
    if (await sameFile(path, options.source)) {
      throw new UserError('target-is-source', 'The export would overwrite the film it is made from.', 'Choose another name or folder for the export.', path)
    }
    const there = await stat(folder).catch((error: unknown) => {
      if (['EACCES', 'EPERM'].includes(codeOf(error))) throw notWritable(folder, codeOf(error))
      return null
    })
    if (!there?.isDirectory()) {
      throw new UserError('target-folder-missing', `The folder “${folder}” is not there.`, 'Create it, connect its disk, or choose another folder.', path)
    }
    try {
      await access(folder, constants.W_OK | constants.X_OK)
    } catch (error) {
      throw notWritable(folder, codeOf(error))
    }
    if (await exists(path)) {
      const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false
      // A folder of someone's files is never emptied for an export, asked or not.
      if (isFolder && !(options.folder && (await readdir(path)).length === 0)) {
        throw new UserError('target-not-writable', `“${basename(path)}” is a folder that is already there.`, 'Choose another name for the export.', path)
      }
      if (!isFolder && (!options.overwrite || options.folder)) throw alreadyThere(path)
    }
    await removeOrphans(folder, partPrefix(path))
    const part = join(folder, `${partPrefix(path)}${process.pid}-${randomBytes(4).toString('hex')}`)
    const made = new TargetFile(path, part, options)
    await made.#makePart()
    return made
  }

  /** The name is taken right away: what the permission bits say is not always what the file system does. */
  async #makePart(): Promise<void> {
    try {
      if (this.options.folder) await mkdir(this.part)
      else await (await open(this.part, 'wx')).close()
    } catch (error) {
      const code = codeOf(error)
      if (code === 'ENOSPC' || code === 'EDQUOT') throw diskFull(this.directory, code)
      throw notWritable(this.directory, code || String(error))
    }
  }

  /** Flushes the finished part to the disk and gives it its name. The part is gone afterwards, whatever happens. */
  async commit(): Promise<void> {
    try {
      const files = this.options.folder ? (await readdir(this.part)).map((name) => join(this.part, name)) : [this.part]
      for (const file of files) {
        const handle = await open(file, 'r+')
        try {
          await handle.sync()
        } finally {
          await handle.close()
        }
      }
      await this.#giveName()
      await this.#syncFolder()
    } catch (error) {
      await this.discard()
      if (error instanceof UserError) throw error
      const code = codeOf(error)
      if (code === 'ENOSPC' || code === 'EDQUOT') throw diskFull(this.directory, code)
      throw notWritable(this.directory, code || String(error))
    }
  }

  async #giveName(): Promise<void> {
    if (this.options.folder || this.options.overwrite) return rename(this.part, this.path)
    try {
      // Unlike a rename, a link never replaces a file that came to be there in the meantime.
      await link(this.part, this.path)
    } catch (error) {
      if (codeOf(error) === 'EEXIST') throw alreadyThere(this.path)
      // File systems without hard links (exFAT, some network drives).
      if (await exists(this.path)) throw alreadyThere(this.path)
      return rename(this.part, this.path)
    }
    await unlink(this.part)
  }

  async #syncFolder(): Promise<void> {
    try {
      const handle = await open(this.directory, 'r')
      await handle.sync().finally(() => handle.close())
    } catch {
      // Windows can't sync a folder; the file itself is safe.
    }
  }

  async discard(): Promise<void> {
    await rm(this.part, { recursive: true, force: true })
  }
}
