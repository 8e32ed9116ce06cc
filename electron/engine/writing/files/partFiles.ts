/**
 * What exports put on the disk before they are finished: what it is called, and how that is removed which a killed
 * program has left. A 'part' is the unfinished file itself and of no use to anyone else; 'segments' are finished work
 * that the same export goes on from (segmentFolder.ts).
 */
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fitBytes } from '../../../contract/fileNames.ts'
import { digest } from '../../../content/digest.ts'
import { isRunning, startOf } from '../../../system/processes.ts'
import { makeFolder } from '../../../system/makeFolder.ts'

/** Of the target's name, this much is kept in its part's, so that whoever finds one knows what it was to be. */
export const PART_STEM_BYTES = 60

const digits = (of: string, count: number): string => createHash('sha256').update(of).digest('hex').slice(0, count)
const HOST = digits(hostname(), 6)
/**
 * Of this start of this computer: containers on it have names of their own, but share it. By chance where the system
 * does not say (only Linux has this file).
 */
const KERNEL = digits(bootId() ?? randomBytes(16).toString('hex'), 4)

function bootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim() || null
  } catch {
    return null
  }
}

const UNFINISHED = /^\..*\.(part|segments)-([0-9a-f]{6})-(\d+)-([0-9a-z]+)-([0-9a-f]{4})[0-9a-f]{4}$/
type Kind = 'part' | 'segments'
/** The file that says of a segment that it is whole. */
const SEAL = /^\d{6}\.json$/

/** How often a running program shows with its parts that it runs. */
const SIGN_MS = 20_000
/**
 * Without a sign for this long, the program of another host name is gone: on this very computer, whose clock is the
 * same; and on others, whose clocks may be wrong and which may sleep for hours.
 */
const SILENT_HERE_MS = 3 * 60_000
const SILENT_ELSEWHERE_MS = 24 * 3600_000

/** Segments that nobody has gone on from for this long are given up. */
const KEPT_MS = 30 * 24 * 3600 * 1000

/** Parts that this very process writes: their names are not looked up among processes, whose numbers are used again. */
const own = new Set<string>()

/** In a part's name, in the place of when its program was started. */
const UNKNOWN_START = 'x'

/**
 * A new name beside a target, of this process until `endPart`. It says of which machine, so that on a shared drive
 * nobody removes another's.
 */
export function newPart(target: string, kind: Kind = 'part'): string {
  const start = startOf(process.pid) ?? UNKNOWN_START
  const owner = `${HOST}-${process.pid}-${start}-${KERNEL}${randomBytes(2).toString('hex')}`
  const part = join(dirname(target), `.${partStem(target)}.${kind}-${owner}`)
  own.add(part)
  signs ??= setInterval(() => void signOfLife(), SIGN_MS).unref()
  return part
}

let signs: NodeJS.Timeout | undefined
let running: Promise<void> | undefined

/**
 * Shows to those who can not look among this computer's processes that what is unfinished here is somebody's. Where the
 * last sign is still being given, it is that: calls to a share that does not answer would pile up.
 */
export function signOfLife(): Promise<void> {
  running ??= signAll().finally(() => (running = undefined))
  return running
}

/** One after the other: those on a share that does not answer take one of the system's few threads for files. */
async function signAll(): Promise<void> {
  for (const part of own) await sign(part).catch(() => undefined)
}

/** Throws where there is nothing yet, or no more: that needs no sign. */
async function sign(part: string): Promise<void> {
  const there = await stat(part)
  // A file that holds something nobody elsewhere removes (isToGo); by its time it is known again (segmentFolder.ts).
  if (!there.isDirectory() && there.size > 0) return
  const now = new Date()
  await utimes(part, now, now)
}

function partStem(target: string): string {
  return fitBytes(basename(target), PART_STEM_BYTES)
}

export function endPart(part: string): void {
  own.delete(part)
}

/** Whether a path is that of something unfinished whose process is gone, as far as that can be told from here. */
async function isAbandoned(path: string): Promise<boolean> {
  const [, , host, pid, start, kernel] = UNFINISHED.exec(basename(path)) ?? []
  if (pid === undefined || start === undefined) return false
  // The machine may have been renamed, or be a container that has another name each time: its processes say nothing.
  if (host !== HOST) return isSilent(path, kernel === KERNEL ? SILENT_HERE_MS : SILENT_ELSEWHERE_MS)
  return Number(pid) === process.pid ? !own.has(path) : !isRunning(Number(pid), start === UNKNOWN_START ? null : start)
}

const isOfThisHost = (path: string): boolean => UNFINISHED.exec(basename(path))?.[2] === HOST

/** Whether nothing of it was written or touched for so long. */
async function isSilent(path: string, ms: number): Promise<boolean> {
  const within = (await readdir(path).catch(() => [])).map((name) => join(path, name))
  const all = await Promise.all([path, ...within].map((each) => stat(each).catch(() => null)))
  const last = Math.max(...all.map((each) => each?.mtimeMs ?? 0))
  return last > 0 && Date.now() - last > ms
}

/** Whether it is of no use to anyone any more. */
async function isToGo(path: string): Promise<boolean> {
  if (!(await isAbandoned(path))) return false
  const there = await stat(path).catch(() => null)
  // Of another program's part nobody here knows whether it is a whole film that could have no name (PartRegister.keep).
  if (UNFINISHED.exec(basename(path))![1] === 'part') return isOfThisHost(path) || (await isEmpty(path))
  return there !== null && (Date.now() - there.mtimeMs > KEPT_MS || !(await holdsSeal(path)))
}

async function isEmpty(path: string): Promise<boolean> {
  const there = await stat(path).catch(() => null)
  return there?.isDirectory() ? (await readdir(path).catch(() => ['?'])).length === 0 : there?.size === 0
}

async function holdsSeal(folder: string): Promise<boolean> {
  return (await readdir(folder).catch(() => [])).some((name) => SEAL.test(name))
}

/** Folders of segments in a folder whose processes are gone. */
export async function abandonedSegmentsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  const segments = names.filter((name) => UNFINISHED.exec(name)?.[1] === 'segments').map((name) => join(folder, name))
  const isLeft = await Promise.all(segments.map(isAbandoned))
  return segments.filter((_, n) => isLeft[n])
}

/** Removes what runs that were killed, or lost their power, have left in a folder for nobody. */
export async function removeAbandonedIn(folder: string, register?: PartRegister): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    if ((await isToGo(path)) && !(await register?.isKept(path)))
      await rm(path, { recursive: true, force: true }).catch(() => undefined)
  }
}

/**
 * Which parts there are, noted in the program's own folder: so whoever starts next finds what a killed one has left,
 * wherever that is. A disk that takes no notes is no reason not to export.
 */
export class PartRegister {
  constructor(private readonly folder: string) {}

  /** Something is going to be written under this name. */
  async note(part: string): Promise<void> {
    await makeFolder(this.folder).catch(() => undefined)
    await writeFile(this.#noteOf(part), part).catch(() => undefined)
  }

  /** It is whole, but had to stay under this name: nobody may remove it. */
  async keep(part: string): Promise<void> {
    await makeFolder(this.folder).catch(() => undefined)
    await writeFile(`${this.#noteOf(part)}.kept`, part).catch(() => undefined)
    await this.forget(part)
  }

  async isKept(part: string): Promise<boolean> {
    return stat(`${this.#noteOf(part)}.kept`).then(
      () => true,
      () => false,
    )
  }

  /** It is there no more. */
  async forget(part: string): Promise<void> {
    await rm(this.#noteOf(part), { force: true }).catch(() => undefined)
  }

  /** Removes what processes that are gone have left for nobody. On disks that are not connected it waits. */
  async removeAbandoned(): Promise<void> {
    for (const name of await readdir(this.folder).catch(() => [])) {
      if (name.endsWith('.kept')) continue
      const part = await readFile(join(this.folder, name), 'utf8').catch(() => '')
      if (!UNFINISHED.test(basename(part)) || !(await stat(dirname(part)).catch(() => null))) continue
      const isThere = await stat(part).catch(() => null)
      // A note of another host name, whose part is gone, is nobody's.
      if (isThere ? !(await isToGo(part)) : isOfThisHost(part) && !(await isAbandoned(part))) continue
      await rm(part, { recursive: true, force: true }).then(
        () => this.forget(part),
        () => undefined,
      )
    }
  }

  #noteOf(part: string): string {
    return join(this.folder, digest(part))
  }
}
