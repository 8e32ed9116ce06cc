/**
 * What exports put on the disk before they are finished: what it is called, and how that is removed which a killed
 * program has left. A 'part' is the unfinished file itself and of no use to anyone else; 'segments' are finished work
 * that the same export goes on from (segmentFolder.ts).
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fitBytes } from '../../contract/fileNames.ts'
import { digest } from '../../content/digest.ts'
import { isRunning, startOf } from '../../system/processes.ts'

/** Of the target's name, this much is kept in its part's, so that whoever finds one knows what it was to be. */
export const PART_STEM_BYTES = 60

const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 6)
const UNFINISHED = /^\..*\.(part|segments)-([0-9a-f]{6})-(\d+)-([0-9a-z]+)-[0-9a-f]{8}$/
type Kind = 'part' | 'segments'
/** The file that says of a segment that it is whole. */
const SEAL = /^\d{6}\.json$/

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
  const owner = `${HOST}-${process.pid}-${start}-${randomBytes(4).toString('hex')}`
  const part = join(dirname(target), `.${partStem(target)}.${kind}-${owner}`)
  own.add(part)
  return part
}

function partStem(target: string): string {
  return fitBytes(basename(target), PART_STEM_BYTES)
}

export function endPart(part: string): void {
  own.delete(part)
}

/** Whether a path is that of something unfinished whose process, on this machine, is gone. */
function isAbandoned(path: string): boolean {
  const [, , host, pid, start] = UNFINISHED.exec(basename(path)) ?? []
  if (host !== HOST || pid === undefined || start === undefined) return false
  return Number(pid) === process.pid ? !own.has(path) : !isRunning(Number(pid), start === UNKNOWN_START ? null : start)
}

/** Whether it is of no use to anyone any more. */
async function isToGo(path: string): Promise<boolean> {
  if (!isAbandoned(path)) return false
  if (UNFINISHED.exec(basename(path))![1] === 'part') return true
  const there = await stat(path).catch(() => null)
  return there !== null && (Date.now() - there.mtimeMs > KEPT_MS || !(await holdsSeal(path)))
}

async function holdsSeal(folder: string): Promise<boolean> {
  return (await readdir(folder).catch(() => [])).some((name) => SEAL.test(name))
}

/** Folders of segments in a folder whose processes are gone. */
export async function abandonedSegmentsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names
    .filter((name) => UNFINISHED.exec(name)?.[1] === 'segments')
    .map((name) => join(folder, name))
    .filter(isAbandoned)
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
    await mkdir(this.folder, { recursive: true }).catch(() => undefined)
    await writeFile(this.#noteOf(part), part).catch(() => undefined)
  }

  /** It is whole, but had to stay under this name: nobody may remove it. */
  async keep(part: string): Promise<void> {
    await mkdir(this.folder, { recursive: true }).catch(() => undefined)
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
      if (!isAbandoned(part) || !(await stat(dirname(part)).catch(() => null))) continue
      if ((await stat(part).catch(() => null)) && !(await isToGo(part))) continue
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
