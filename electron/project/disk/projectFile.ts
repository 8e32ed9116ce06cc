/**
 * The project file: the document as JSON, how far its journal had come, and at its end a checksum of all its bytes, so
 * that one bit that is another is noticed. Written by hand or by another program the checksum is wrong; such a file is
 * still read if it is sound otherwise, and called doubtful.
 */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { sha256 } from '../../content/digest.ts'
import { foundShotsSchema } from '../../contract/foundShots.ts'
import { shotSchema, type Project } from '../../contract/projectDocument.ts'
import { isMissing, readError } from './diskErrors.ts'
import { checkProject } from '../commands/invariants.ts'
import { journalMarkSchema } from './journalFormat.ts'
import { migrate } from './migrations.ts'

/** Written beside the project's own fields: where in which journal the file was saved. */
const savedMarkSchema = journalMarkSchema.extend({
  /** The file's own path: two names of one file (hard links) are known by it. */
  home: z.string().optional(),
  /** Clips whose shots were found, not made by the artist. */
  foundCuts: z.array(z.string()).default([]),
  /** Of those that have cuts by hand as well: the artist's own shots, and what was found. */
  sharedCuts: z.record(z.string(), z.object({ own: z.array(shotSchema).min(1), found: foundShotsSchema })).default({}),
})
export type SavedMark = z.infer<typeof savedMarkSchema>

/** A document as it was at some moment, and what is known of that moment. */
export interface Snapshot {
  readonly project: Project
  readonly mark: SavedMark | null
  /** Of the file format. */
  readonly version: number
  /** SHA-256 of the file; null for a document that comes from elsewhere. */
  readonly hash: string | null
}

export type ReadFile =
  | { readonly state: 'missing' }
  | { readonly state: 'sound'; readonly snapshot: Snapshot }
  | { readonly state: 'doubtful'; readonly snapshot: Snapshot; readonly bytes: Buffer }
  | { readonly state: 'damaged'; readonly error: Error; readonly bytes: Buffer }

/** Files of this version and later end with a checksum. */
const FIRST_WITH_CHECKSUM = 2
const UNKNOWN = '0'.repeat(64)
/** More than a mark is long, but for its list of clips. */
const MARK_BYTES = 40_000
/** As it stands at the very end. */
const CHECKSUM = /\n "checksum": "([0-9a-f]{64})"\n\}\n$/
/** Of a checksum's digits from the end of the file: behind them come a quote, a line, a brace and a line. */
const FROM_END = UNKNOWN.length + 4

/** The bytes with another checksum in the place of theirs. */
function withChecksum(bytes: Buffer, checksum: string): Buffer {
  const copy = Buffer.from(bytes)
  copy.write(checksum, copy.length - FROM_END, 'latin1')
  return copy
}

/** What is long of the mark goes before what is looked for at the end of a damaged file. */
function inOrder({ sharedCuts, ...mark }: SavedMark): Partial<SavedMark> {
  return Object.keys(sharedCuts).length > 0 ? { sharedCuts, ...mark } : mark
}

export function encodeProjectFile(project: Project, saved: SavedMark): Buffer {
  const content = { ...project, saved: inOrder(saved), checksum: UNKNOWN }
  const bytes = Buffer.from(`${JSON.stringify(content, null, 1)}\n`, 'utf8')
  return withChecksum(bytes, sha256(bytes))
}

function hasRightChecksum(bytes: Buffer): boolean {
  const found = CHECKSUM.exec(bytes.toString('latin1', Math.max(0, bytes.length - 200)))
  return found !== null && found[1] === sha256(withChecksum(bytes, UNKNOWN))
}

const headSchema = z.object({
  version: z.number(),
  saved: savedMarkSchema.optional().catch(undefined),
  checksum: z.unknown().optional(),
})

export function decodeProjectFile(bytes: Buffer): Exclude<ReadFile, { state: 'missing' }> {
  try {
    const content: unknown = JSON.parse(bytes.toString('utf8'))
    const project = checkProject(migrate(content))
    const { version, saved, checksum } = headSchema.parse(content)
    const right = hasRightChecksum(bytes)
    const snapshot = { project, mark: saved ?? null, version, hash: sha256(bytes) }
    const old = version < FIRST_WITH_CHECKSUM && checksum === undefined
    return right || old ? { state: 'sound', snapshot } : { state: 'doubtful', snapshot, bytes }
  } catch (error) {
    return { state: 'damaged', error: error instanceof Error ? error : new Error(String(error)), bytes }
  }
}

/** Throws UserError for what is no file, or may not be read: then nothing is damaged, and nothing may be replaced. */
export async function readProjectFile(path: string): Promise<ReadFile> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (isMissing(error)) return null
    throw readError(path, error)
  })
  return bytes ? decodeProjectFile(bytes) : { state: 'missing' }
}

/** What the end of a file says of where it was saved, read without regard to whether the whole makes sense. */
export function tracesOfMark(bytes: Buffer): {
  readonly sequence: number | null
  readonly edits: number | null
  readonly home: string | null
} {
  const end = bytes.toString('utf8', Math.max(0, bytes.lastIndexOf('\n "checksum"') - MARK_BYTES))
  const numberAt = (name: string): number | null => {
    const found = new RegExp(`"${name}": (\\d+)`).exec(end)
    return found ? Number(found[1]) : null
  }
  const home = /"home": ("(?:[^"\\]|\\.)*")/.exec(end)?.[1]
  let path: string | null = null
  try {
    path = home === undefined ? null : (JSON.parse(home) as string)
  } catch {
    // That is where the damage is.
  }
  return { sequence: numberAt('sequence'), edits: numberAt('edits'), home: path }
}

/** How many bits an intact byte and a damaged one differ in. */
function differingBits(a: number, b: number): number {
  let [bits, rest] = [0, a ^ b]
  for (; rest !== 0; rest &= rest - 1) bits++
  return bits
}

/**
 * True where 'bytes' are what was written for this document, but for single bits here and there: that is how disks and
 * memories fail, and not how anybody edits a file. The checksum does not count.
 */
export function isFlipped(bytes: Buffer, project: Project, saved: SavedMark): boolean {
  const written = encodeProjectFile(project, saved)
  if (written.length !== bytes.length) return false
  for (let at = 0; at < written.length - FROM_END; at++) if (differingBits(written[at]!, bytes[at]!) > 1) return false
  return true
}
