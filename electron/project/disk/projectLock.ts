/**
 * One program at a time: a small file beside the project that says who has it open. What a crash leaves is taken over.
 * A lock can be lost (the computer slept, the drive was away, somebody took it over), so whoever holds one asks before
 * every write.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { link, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { errorCode } from '../../system/errorCode.ts'
import { renameOver } from '../../system/renameOver.ts'
import { isMissing, writeError } from './diskErrors.ts'
import { judge, lockHolderSchema, thisHolder, type LockHolder } from './lockHolder.ts'
import { sideFile } from '../../system/sideFile.ts'

/** The holder writes its file anew this often, so that other computers on a shared drive see it is alive. */
const HEARTBEAT_MS = 20_000
/** A drive may be slow: well above the heartbeat. */
const ABANDONED_MS = 180_000
/** A file that says nothing is being written this very moment, or was cut short by a crash. */
const WRITING_MS = 2_000
/** Taking over takes a few milliseconds. */
const TAKING_MS = 10_000
const ATTEMPTS = 100

/** Tokens of the locks this very process holds: its own number alone proves nothing after a restart. */
const held = new Set<string>()

interface FoundLock {
  readonly text: string
  readonly holder: LockHolder | null
  /** By the clock of the drive, which wrote both times; below zero for a stamp from the future. */
  readonly ageMs: number
}

/** Writes a file that is whole from its first moment. False where there is one already; throws the system's error. */
async function createWhole(path: string, temporary: string): Promise<boolean> {
  try {
    await link(temporary, path)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    if (isMissing(error)) throw error
  }
  // Some drives know no links.
  try {
    const file = await open(path, 'wx')
    try {
      await file.writeFile(await readFile(temporary))
    } finally {
      await file.close()
    }
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

/** @param temporary a file that was written just now, beside the lock */
async function look(path: string, temporary: string): Promise<FoundLock | null> {
  try {
    const [text, { mtimeMs }, { mtimeMs: now }] = await Promise.all([
      readFile(path, 'utf8'),
      stat(path),
      stat(temporary),
    ])
    return { text, holder: holderOf(text), ageMs: now - mtimeMs }
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

function holderOf(text: string): LockHolder | null {
  try {
    return lockHolderSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function stateOf({ holder, ageMs }: FoundLock): 'held' | 'dead' | 'abandoned' {
  if (!holder) return Math.abs(ageMs) > WRITING_MS ? 'dead' : 'held'
  const state = judge(holder, ageMs, (token) => held.has(token))
  if (state === 'dead') return 'dead'
  return state === 'unknown' && ageMs > ABANDONED_MS ? 'abandoned' : 'held'
}

export class ProjectLock {
  readonly #heartbeat: NodeJS.Timeout

  private constructor(
    private readonly path: string,
    private readonly projectPath: string,
    private readonly text: string,
    private readonly token: string,
    /** Its last holder may still live: what that one has open must not become what is written from now on. */
    readonly mayBeShared: boolean,
    onLost: (error: unknown) => void,
  ) {
    held.add(token)
    this.#heartbeat = setInterval(() => void this.#beat().catch(onLost), HEARTBEAT_MS)
    this.#heartbeat.unref()
  }

  /**
   * Throws UserError 'project-in-use' where another program has it, and what writeError says where no file can be made.
   * @param force take it over whoever has it; that one finds out before it writes again
   * @param onLost called when it turns out to be lost, or that its file is not there any more
   */
  static async take(
    path: string,
    projectPath: string,
    { force = false, onLost = () => undefined }: { force?: boolean; onLost?: (error: unknown) => void } = {},
  ): Promise<ProjectLock> {
    const token = randomUUID()
    const text = JSON.stringify(thisHolder(token))
    const temporary = sideFile(path, `.${process.pid}-${randomBytes(4).toString('hex')}.tmp`)
    const taken = (mayBeShared: boolean): ProjectLock =>
      new ProjectLock(path, projectPath, text, token, mayBeShared, onLost)
    try {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        await writeFile(temporary, text)
        if (await createWhole(path, temporary)) return taken(false)
        const found = await look(path, temporary)
        if (!found) continue
        const state = stateOf(found)
        if (state === 'held' && !force) {
          throw new UserError(
            'project-in-use',
            sentence`“${basename(projectPath)}” is open in another window or on another computer.`,
            sentence`Close it there first.`,
            found.text,
          )
        }
        if (await replace(path, temporary, found.text)) return taken(state !== 'dead')
        await wait(20 + Math.random() * 60)
      }
    } catch (error) {
      // Whoever saves or opens a project knows its file, and not the one beside it.
      throw writeError(projectPath, error)
    } finally {
      await rm(temporary, { force: true }).catch(() => undefined)
    }
    throw new UserError(
      'project-in-use',
      sentence`“${basename(projectPath)}” is being opened by another program.`,
      sentence`Try again in a moment.`,
    )
  }

  /**
   * Before anything is written. Throws UserError 'project-taken-over', and the system's error where the file can not be
   * read.
   */
  async check(): Promise<void> {
    const text = await readFile(this.path, 'utf8').catch((error: unknown) => {
      if (!isMissing(error)) throw error
      return null
    })
    if (text === this.text) return
    // Whoever took it over may have closed the project since. Where the folder is gone altogether that is what is said.
    if (text === null) await stat(this.projectPath)
    throw new UserError(
      'project-taken-over',
      sentence`“${basename(this.projectPath)}” was taken over by another program.`,
      sentence`What you have open goes on as a copy; save it under another name.`,
    )
  }

  /** Removes the file if it is still this lock's own. */
  async release(): Promise<void> {
    clearInterval(this.#heartbeat)
    held.delete(this.token)
    const text = await readFile(this.path, 'utf8').catch(() => '')
    if (text === this.text) await rm(this.path, { force: true }).catch(() => undefined)
  }

  async #beat(): Promise<void> {
    await this.check()
    // Into the file that is open: one that took its place meanwhile is not touched.
    const file = await open(this.path, 'r+')
    try {
      await file.write(this.text, 0)
    } finally {
      await file.close()
    }
    await this.check()
  }
}

/** Puts an own lock in the place of one, if it is still that one: of several that try only one does. */
async function replace(path: string, temporary: string, seen: string): Promise<boolean> {
  const guard = sideFile(path, '.taking')
  if (!(await createWhole(guard, temporary))) {
    const other = await look(guard, temporary)
    if (other && Math.abs(other.ageMs) > TAKING_MS) await rm(guard, { force: true })
    return false
  }
  try {
    if ((await readFile(path, 'utf8').catch(() => null)) !== seen) return false
    const fresh = sideFile(path, `.${process.pid}-${randomBytes(4).toString('hex')}.fresh.tmp`)
    await writeFile(fresh, await readFile(temporary))
    await renameOver(fresh, path)
    return true
  } finally {
    await rm(guard, { force: true })
  }
}
