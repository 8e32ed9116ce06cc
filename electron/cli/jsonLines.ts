/**
 * What the command line says with --json: one JSON object a line, on standard output alone. Described in
 * docs/file-formats.md.
 */
import { z } from 'zod'
import { inspectionSchema } from '../contract/inspection.ts'

export const LINES_VERSION = 1

const job = z.number().int().nonnegative()
const count = z.number().int().nonnegative()

export const jsonLineSchema = z.discriminatedUnion('event', [
  /** The first one. */
  z.object({
    event: z.literal('program'),
    version: z.literal(LINES_VERSION),
    program: z.string(),
    jobs: count,
  }),
  /** A film is open. */
  z.object({
    event: z.literal('started'),
    job,
    source: z.string(),
    target: z.string(),
    format: z.string(),
    /** Of the whole film. */
    frames: count,
    framesPerSecond: z.number(),
  }),
  z.object({
    event: z.literal('progress'),
    job,
    work: z.enum(['shots', 'alike', 'export', 'inspect']),
    done: count,
    total: count,
    framesPerSecond: z.number(),
    secondsLeft: z.number().nullable(),
  }),
  /** What the artist should know. */
  z.object({ event: z.literal('note'), job: job.nullable(), text: z.string() }),
  z.object({
    event: z.literal('done'),
    job,
    files: z.array(z.string()),
    frames: count,
    seconds: z.number(),
    /** What was read back and is as ordered. */
    found: z.array(z.string()),
  }),
  /** What was found in a finished file. */
  z.object({
    event: z.literal('inspected'),
    job,
    file: z.string(),
    inspection: inspectionSchema,
    /** Where a report of it lies. */
    report: z.string().nullable(),
  }),
  /** Its target is there. */
  z.object({ event: z.literal('skipped'), job, target: z.string() }),
  z.object({
    event: z.literal('failed'),
    /** Null where it was none: what was asked for could not be taken apart. */
    job: job.nullable(),
    /** See electron/contract/userError.ts. */
    code: z.string(),
    message: z.string(),
    advice: z.string(),
    detail: z.string().optional(),
  }),
  /** The last one. */
  z.object({ event: z.literal('ended'), done: count, skipped: count, failed: count, exitCode: z.number().int() }),
])
export type JsonLine = z.infer<typeof jsonLineSchema>
