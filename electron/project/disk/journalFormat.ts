/**
 * The journal: everything that happened to a project since its beginning, one record a line, only ever appended to.
 *
 *   <CRC-32 of the JSON, 8 hexadecimal digits> <JSON>\n
 *
 * The first line is a tally of what follows, always of one length and written anew in its place with every write, so
 * that a missing end is noticed. Then comes a header with the document the history starts from; so the journal alone
 * can bring a project back. The records after it carry a sequence number that only grows, the number of edits so far,
 * and the journal they belong to: each is good or damaged by itself, and what is missing between two of them can be
 * counted. The project file says up to which number it holds everything.
 *
 * Versions 1 and 2 had no tally, and of all this their records carried the sequence number only. In version 1 what a
 * pass had colored is a step.
 */
import type { Patch } from 'immer'
import { z } from 'zod'
import { findingSchema } from '../../contract/findings.ts'
import { stepKinds, stepLabelSchema } from '../../contract/stepLabels.ts'
import { crc32 } from '../../content/crc32.ts'
import type { Step } from '../history.ts'

export const JOURNAL_FORMAT = 'colornn-journal'
export const JOURNAL_VERSION = 3

const patchSchema = z.object({
  op: z.enum(['replace', 'remove', 'add']),
  path: z.array(z.union([z.string(), z.number()])),
  value: z.unknown().optional(),
}) as z.ZodType<Patch>

/** Only in journals of before findings were told from steps. */
const PASS_STEP = 'record-pass'

const stepSchema = z.object({
  id: z.string(),
  at: z.number(),
  label: stepLabelSchema.extend({ kind: z.enum([...stepKinds, PASS_STEP]) }),
  patches: z.array(patchSchema),
  inverse: z.array(patchSchema),
}) as z.ZodType<Step>

/** True for what a pass had colored, in a journal that held it as a step. */
export function isPassStep({ label }: Step): boolean {
  return (label.kind as string) === PASS_STEP
}

const number = z.number().int().nonnegative()
const seq = z.number().int().positive()

/** How far a journal had come: where a project file was saved, or where a journal was begun for one. */
export const journalMarkSchema = z.object({
  journal: z.string(),
  sequence: number,
  /** Edits up to there. Unknown in old files, as is the step. */
  edits: number.optional(),
  /** The last step done there; null before the first. */
  step: z.string().nullable().optional(),
})
export type JournalMark = z.infer<typeof journalMarkSchema>

const headerSchema = z.object({
  kind: z.literal('header'),
  format: z.literal(JOURNAL_FORMAT),
  version: z.union([z.literal(1), z.literal(2), z.literal(JOURNAL_VERSION)]),
  journal: z.string(),
  /** The artist's document before its first step, checked when it is used. */
  start: z.unknown(),
  /**
   * SHA-256 of the project file (or backup) that was found when this journal was begun for it; null for new projects.
   */
  beganAt: z.string().nullable(),
  /** Which of its records that file holds; none where this is absent. */
  beganWith: journalMarkSchema.optional(),
})
export type JournalHeader = z.infer<typeof headerSchema>

const tallySchema = z.object({ kind: z.literal('tally'), journal: z.string(), last: number, edits: number })
export type JournalTally = z.infer<typeof tallySchema>

/** What a record has beside its content; absent in journals of before version 3. */
const frame = { seq, journal: z.string().optional(), edit: number.optional() }
/** The step that was undone or redone. */
const of = z.string().optional()

const journalRecordSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('step'),
    ...frame,
    step: stepSchema,
    /** The step it was made on top of; null for the first. */
    after: z.string().nullable().optional(),
    /** Names of what its patches reach into, see namesAlong in stepFit.ts. */
    through: z.array(z.string()).optional(),
  }),
  z.object({ kind: z.literal('tentative'), ...frame, step: stepSchema }),
  z.object({ kind: z.literal('cancel'), ...frame }),
  z.object({ kind: z.literal('undo'), ...frame, of }),
  z.object({ kind: z.literal('redo'), ...frame, of }),
  z.object({ kind: z.literal('found'), ...frame, id: z.string(), finding: findingSchema }),
  /** The artist closed the project without saving: all after record 'to' counts as never done. */
  z.object({ kind: z.literal('revert'), ...frame, to: number }),
])
export type JournalRecord = z.infer<typeof journalRecordSchema>

/** True for what an artist would call an edit. */
export function isEdit({ kind }: { readonly kind: JournalRecord['kind'] }): boolean {
  return kind === 'step' || kind === 'undo' || kind === 'redo'
}

const CRC_DIGITS = 8
/** Long enough for the largest numbers. */
const TALLY_LENGTH = 160

const checksum = (json: Buffer): string => crc32(json).toString(16).padStart(CRC_DIGITS, '0')
export const withChecksum = (json: string): string => `${checksum(Buffer.from(json, 'utf8'))} ${json}\n`

export function encodeLine(record: JournalHeader | JournalRecord): string {
  return withChecksum(JSON.stringify(record))
}

/** Always of the same length. */
export function encodeTally(tally: Omit<JournalTally, 'kind'>): string {
  return withChecksum(JSON.stringify({ kind: 'tally', ...tally }).padEnd(TALLY_LENGTH))
}

/** Undefined where the line is damaged. */
export function decodeLine(line: Buffer): unknown {
  if (line.length < CRC_DIGITS + 2 || line[CRC_DIGITS] !== 0x20) return undefined
  const json = line.subarray(CRC_DIGITS + 1)
  if (line.toString('latin1', 0, CRC_DIGITS) !== checksum(json)) return undefined
  try {
    return JSON.parse(json.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

/** Where a line may begin within one that is damaged: its end may be what was damaged, so that two have become one. */
const BEGINNING = /[0-9a-f]{8} \{"kind":/g

/** What can be read of a damaged line: whole lines that have run together. */
function rescueFrom(line: Buffer): unknown[] {
  const starts = [
    0,
    ...[...line.toString('latin1').matchAll(BEGINNING)].map(({ index }) => index).filter((at) => at > 0),
  ]
  const found: unknown[] = []
  for (const [index, start] of starts.entries()) {
    const next = starts[index + 1] ?? line.length + 1
    const ends = [next - 1, next - 2]
    const value = ends.map((end) => decodeLine(line.subarray(start, end))).find((each) => each !== undefined)
    if (value !== undefined) found.push(value)
  }
  return found
}

export interface DecodedJournal {
  /** Null where it is damaged; the records still say which journal they are of. */
  readonly header: JournalHeader | null
  readonly journal: string
  /**
   * All that are whole, by their sequence numbers. Numbers that are missing were damaged, or never came to the disk.
   */
  readonly records: readonly JournalRecord[]
  /** What there should be; null where that is not known. */
  readonly tally: JournalTally | null
  /** Where the next record goes. Meaningful only where nothing is damaged. */
  readonly goodBytes: number
  /** A last line that was cut short is what a crash leaves behind; anything else was damaged by something else. */
  readonly damage: 'none' | 'torn-end' | 'damaged'
  /** Number of the last record made while passes were steps; 0 where there is none. */
  readonly lastOld: number
}

/** Gives records of old versions the number of edits that later ones carry. */
function counted(records: readonly JournalRecord[]): JournalRecord[] {
  let edits = 0
  return records.map((record) => {
    edits = record.edit ?? edits + (isEdit(record) ? 1 : 0)
    return { ...record, edit: edits }
  })
}

/** No record is longer; what is, is damage, and is searched piece by piece. */
const LONGEST_LINE = 256 * 2 ** 20

/** Takes a journal in pieces of any size, for its size is no damage. Never throws. */
export class JournalDecoder {
  #header: JournalHeader | null = null
  #tally: JournalTally | null = null
  readonly #found = new Map<number, JournalRecord>()
  #disorder = false
  #unreadable = 0
  #goodBytes = 0
  #last = 0
  /** Of the line that has not ended yet. */
  #begun: Buffer[] = []
  #begunBytes = 0
  /** All before that line. */
  #bytes = 0

  constructor(private readonly longestLine = LONGEST_LINE) {}

  /** @param piece may be used again afterwards */
  push(piece: Buffer): void {
    let start = 0
    for (let newline = piece.indexOf(0x0a); newline >= 0; newline = piece.indexOf(0x0a, start)) {
      this.#line(piece.subarray(start, newline), true)
      start = newline + 1
    }
    if (start === piece.length) return
    this.#begun.push(Buffer.from(piece.subarray(start)))
    this.#begunBytes += piece.length - start
    if (this.#begunBytes > this.longestLine) this.#line(Buffer.alloc(0), false)
  }

  /** After the last piece: all that is whole, or null where it can not be told what it belongs to. */
  end(): DecodedJournal | null {
    if (this.#begunBytes > 0) this.#line(Buffer.alloc(0), false)
    const header = this.#header
    const found = [...this.#found.values()]
    const journal = header?.journal ?? this.#tally?.journal ?? found[0]?.journal
    if (journal === undefined) return null
    const version = header?.version ?? JOURNAL_VERSION
    const sorted = found.sort((a, b) => a.seq - b.seq)
    const records = sorted.filter(
      (record) => record.journal === journal || (version !== JOURNAL_VERSION && record.journal === undefined),
    )
    const lastSeq = records.at(-1)?.seq ?? 0
    const gap = records.some((record, index) => record.seq !== index + 1)
    const tallyIsRight = this.#tally !== null && this.#tally.last <= lastSeq && this.#tally.journal === journal
    const damaged =
      header === null ||
      this.#disorder ||
      gap ||
      this.#unreadable > 1 ||
      records.length < sorted.length ||
      (version === JOURNAL_VERSION && !tallyIsRight)
    // What a crash cuts short is the last line, and then all before it is whole.
    const tornEnd = this.#unreadable === 1 && !damaged && this.#goodBytes > 0
    return {
      header,
      journal,
      records: counted(records),
      tally: this.#tally?.journal === journal ? this.#tally : null,
      goodBytes: this.#goodBytes,
      damage: damaged ? 'damaged' : tornEnd ? 'torn-end' : 'none',
      lastOld: version === 1 ? lastSeq : 0,
    }
  }

  #line(rest: Buffer, ended: boolean): void {
    const line = this.#begun.length === 0 ? rest : Buffer.concat([...this.#begun, rest])
    this.#begun = []
    this.#begunBytes = 0
    this.#bytes += line.length + (ended ? 1 : 0)
    const whole = ended && this.#take(decodeLine(line))
    if (whole && this.#unreadable > 0) this.#disorder = true
    if (whole && this.#unreadable === 0) this.#goodBytes = this.#bytes
    if (whole) return
    this.#unreadable++
    for (const value of rescueFrom(line)) {
      this.#disorder = true
      this.#take(value)
    }
  }

  #take(value: unknown): boolean {
    const record = journalRecordSchema.safeParse(value)
    if (record.success) {
      if (record.data.seq <= this.#last) this.#disorder = true
      this.#last = Math.max(this.#last, record.data.seq)
      if (!this.#found.has(record.data.seq)) this.#found.set(record.data.seq, record.data)
      return true
    }
    const [asHeader, asTally] = [headerSchema.safeParse(value), tallySchema.safeParse(value)]
    if (asHeader.success) this.#header ??= asHeader.data
    if (asTally.success) this.#tally ??= asTally.data
    return asHeader.success || asTally.success
  }
}
