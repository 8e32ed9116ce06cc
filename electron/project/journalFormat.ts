/**
 * The journal: everything that happened to a project since its beginning, one record a line, only ever appended to.
 *
 *   <CRC-32 of the JSON, 8 hexadecimal digits> <JSON>\n
 *
 * The first record is a header with the document the history starts from; so the journal alone can bring a project back.
 * The others carry a sequence number that only grows. The project file says up to which number it holds everything.
 */
import type { Patch } from 'immer'
import { z } from 'zod'
import { findingSchema } from '../contract/findings.ts'
import { stepKinds, stepLabelSchema } from '../contract/stepLabels.ts'
import { crc32 } from '../content/crc32.ts'
import type { HistoryEvent, Step } from './history.ts'

export const JOURNAL_FORMAT = 'colornn-journal'
export const JOURNAL_VERSION = 2

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

const seq = z.number().int().positive()

const headerSchema = z.object({
  kind: z.literal('header'),
  format: z.literal(JOURNAL_FORMAT),
  /** 1: passes are steps, at least as far as the record 'findings-apart'. */
  version: z.union([z.literal(1), z.literal(JOURNAL_VERSION)]),
  journal: z.string(),
  /** The artist's document before its first step, checked when it is used. */
  start: z.unknown(),
  /** SHA-256 of the project file (or backup) that was found when this journal was begun for it; null for new projects. */
  beganAt: z.string().nullable(),
})
export type JournalHeader = z.infer<typeof headerSchema>

export const journalRecordSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('step'), seq, step: stepSchema }),
  z.object({ kind: z.literal('tentative'), seq, step: stepSchema }),
  z.object({ kind: z.literal('cancel'), seq }),
  z.object({ kind: z.literal('undo'), seq }),
  z.object({ kind: z.literal('redo'), seq }),
  z.object({ kind: z.literal('found'), seq, id: z.string(), finding: findingSchema }),
  /** In a journal of version 1: from here on passes are findings. */
  z.object({ kind: z.literal('findings-apart'), seq }),
  /** The artist closed the project without saving: all after record 'to' counts as never done. */
  z.object({ kind: z.literal('revert'), seq, to: z.number().int().nonnegative() }),
])
export type JournalRecord = z.infer<typeof journalRecordSchema>
export type JournalEvent = HistoryEvent | { readonly kind: 'revert'; readonly to: number } | { readonly kind: 'findings-apart' }

export function encodeLine(record: JournalHeader | JournalRecord): string {
  const json = JSON.stringify(record)
  return `${crc32(Buffer.from(json, 'utf8')).toString(16).padStart(8, '0')} ${json}\n`
}

function decodeLine(line: Buffer): unknown {
  if (line.length < 10 || line[8] !== 0x20) return undefined
  const json = line.subarray(9)
  if (Number.parseInt(line.toString('latin1', 0, 8), 16) !== crc32(json)) return undefined
  try {
    return JSON.parse(json.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

export interface DecodedJournal {
  readonly header: JournalHeader
  readonly records: readonly JournalRecord[]
  /** Where the header and then each record ends in the file: one more than there are records. */
  readonly ends: readonly number[]
  /** Length of the part that is whole; what follows is to be cut off before anything is appended. */
  readonly goodBytes: number
  /** Number of the last record made while passes were steps; 0 where there is none. */
  readonly lastOld: number
  /** A last line that was cut short is what a crash leaves behind; anything else was damaged by something else. */
  readonly damage: 'none' | 'torn-end' | 'damaged'
}

function lastOld({ version }: JournalHeader, records: readonly JournalRecord[]): number {
  if (version === JOURNAL_VERSION) return 0
  const apart = records.find((record) => record.kind === 'findings-apart')
  return (apart ?? records.at(-1))?.seq ?? 0
}

/** Reads as far as the journal is whole. Null where not even the header is. Never throws. */
export function decodeJournal(bytes: Buffer): DecodedJournal | null {
  let header: JournalHeader | null = null
  const records: JournalRecord[] = []
  const ends: number[] = []
  let start = 0
  let last = 0
  while (start < bytes.length) {
    const newline = bytes.indexOf(0x0a, start)
    const value = newline < 0 ? undefined : decodeLine(bytes.subarray(start, newline))
    if (!header) {
      const parsed = headerSchema.safeParse(value)
      if (!parsed.success) return null
      header = parsed.data
      ends.push(newline + 1)
    } else {
      const parsed = journalRecordSchema.safeParse(value)
      if (!parsed.success || parsed.data.seq <= last) {
        const isLast = newline < 0 || newline === bytes.length - 1
        return { header, records, ends, goodBytes: start, lastOld: lastOld(header, records), damage: isLast ? 'torn-end' : 'damaged' }
      }
      records.push(parsed.data)
      ends.push(newline + 1)
      last = parsed.data.seq
    }
    start = newline + 1
  }
  return header ? { header, records, ends, goodBytes: start, lastOld: lastOld(header, records), damage: 'none' } : null
}
