/** One program at a time: a small file beside the project that says who has it open. What a crash leaves is taken over. */
import { randomUUID } from 'node:crypto'
import { open, readFile, rm, stat, utimes } from 'node:fs/promises'
import { hostname, uptime } from 'node:os'
import { basename } from 'node:path'
import { z } from 'zod'
import { sentence } from '../contract/sentence.ts'
import { UserError } from '../contract/userError.ts'
import { errorCode, isMissing, writeError } from './diskErrors.ts'

/** The holder touches its file this often, so that other computers on a shared drive see it is alive. */
const HEARTBEAT_MS = 20_000
/** Clocks of two computers may differ, and a drive may be slow: well above the heartbeat. */
const ABANDONED_MS = 180_000
/** The time the computer was started is known to about this much. */
const BOOT_TOLERANCE_MS = 60_000

const lockSchema = z.object({ pid: z.number().int(), host: z.string(), booted: z.number(), token: z.string() })
type LockContent = z.infer<typeof lockSchema>

const bootTime = (): number => Date.now() - uptime() * 1000

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/** Tokens of the locks this very process holds: its own number alone proves nothing after a restart. */
const held = new Set<string>()

async function isAbandoned(path: string, text: string): Promise<boolean> {
  let content: LockContent
  const age = Date.now() - (await stat(path)).mtimeMs
  try {
    content = lockSchema.parse(JSON.parse(text))
  } catch {
    // Cut short by a crash or a full disk, unless another program is writing it this very moment.
    return age > 2_000
  }
  if (content.host !== hostname()) return age > ABANDONED_MS
  if (Math.abs(content.booted - bootTime()) > BOOT_TOLERANCE_MS && age > ABANDONED_MS) return true
  return content.pid === process.pid ? !held.has(content.token) : !isRunning(content.pid)
}

export class ProjectLock {
  readonly #heartbeat: NodeJS.Timeout

  private constructor(
    private readonly path: string,
    private readonly token: string,
  ) {
    held.add(token)
    this.#heartbeat = setInterval(() => {
      const now = new Date()
      utimes(path, now, now).catch(() => undefined)
    }, HEARTBEAT_MS)
    this.#heartbeat.unref()
  }

  /** Throws UserError 'project-in-use' where another program has it, and what writeError says where no file can be made. */
  static async take(path: string, projectPath: string): Promise<ProjectLock> {
    const token = randomUUID()
    const content: LockContent = { pid: process.pid, host: hostname(), booted: bootTime(), token }
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        const file = await open(path, 'wx')
        try {
          await file.writeFile(JSON.stringify(content))
        } finally {
          await file.close()
        }
        return new ProjectLock(path, token)
      } catch (error) {
        if (errorCode(error) !== 'EEXIST') throw writeError(path, error)
      }
      try {
        if (!(await isAbandoned(path, await readFile(path, 'utf8')))) {
          throw new UserError('project-in-use', sentence`“${basename(projectPath)}” is open in another window or on another computer.`, sentence`Close it there first.`)
        }
        await rm(path, { force: true })
      } catch (error) {
        if (!isMissing(error)) throw writeError(path, error)
      }
    }
    throw new UserError('project-in-use', sentence`“${basename(projectPath)}” is being opened by another program.`, sentence`Try again in a moment.`)
  }

  /** Removes the file if it is still this lock's own. */
  async release(): Promise<void> {
    clearInterval(this.#heartbeat)
    held.delete(this.token)
    const text = await readFile(this.path, 'utf8').catch(() => '')
    if (text.includes(this.token)) await rm(this.path, { force: true }).catch(() => undefined)
  }
}
