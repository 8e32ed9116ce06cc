/**
 * Exports that were ordered, as the program keeps them over its restarts: one queue in the main process, mirrored whole
 * in the window. Plain data without references, so that it can cross processes and be written down.
 */
import { z } from 'zod'
import { comparisonSchema } from './comparison.ts'
import { deliverySchema } from './delivery.ts'
import { sentenceSchema } from './sentence.ts'
import { exportFormatIdSchema, frameRangeSchema, jobProgressSchema, userErrorSchema } from './schemas.ts'

/**
 *   waiting    for its turn
 *   running    being written, or about to be
 *   paused     the artist has set it aside, or it was left when the program ended
 *   held       what it needs is away (its disk, its film, the engine); goes on once that is there, or when asked to
 *   done, failed, cancelled   it has ended; of these, the last two can be ordered again as they were
 */
const exportStateSchema = z.enum(['waiting', 'running', 'paused', 'held', 'done', 'failed', 'cancelled'])
export type ExportState = z.infer<typeof exportStateSchema>

/** What is found when a finished export is looked through for faults: told, or laid beside it as a report as well. */
export const lookThroughSchema = z.enum(['told', 'report'])
export type LookThrough = z.infer<typeof lookThroughSchema>

/** How far the looking through of an export is. */
const lookedThroughSchema = z.object({
  /** 'wanted' until it is over, also while it is done: what the program's end breaks off begins anew. */
  state: z.enum(['wanted', 'done', 'failed']),
  as: lookThroughSchema,
  /** How many places were found, in all files of the export. */
  places: z.number().int().nonnegative(),
  /** Reports that lie beside the files. */
  reports: z.array(z.string()),
  /** Why it has failed, or a report could not be written. */
  notes: z.array(sentenceSchema),
})
export type LookedThrough = z.infer<typeof lookedThroughSchema>

export const queuedExportSchema = z.object({
  id: z.string().min(1).max(100),
  /** Name of the project that it was ordered from. */
  project: z.string(),
  clip: z.string(),
  /** The clip's name when it was ordered. */
  reel: z.string(),
  /** Where it is to be written; of one that is done, where it has come to lie. */
  target: z.string(),
  /** Name of that file or folder. */
  file: z.string(),
  /** Of one that is done: all that was written, where that is several. */
  parts: z.array(z.string()).optional(),
  /** Of one that is done: the film that it was made of, where that lay. */
  original: z.string().optional(),
  format: exportFormatIdSchema,
  /** Null for the whole film. */
  range: frameRangeSchema.nullable(),
  /** Left out where colors stand alone. */
  comparison: comparisonSchema.optional(),
  /** What was asked for beyond the format. */
  delivery: deliverySchema.optional(),
  /** How many pieces of the film are put together, where that was asked for. */
  pieces: z.number().int().positive().optional(),
  /** Its pictures are not the frames of its range, one by one: only pieces of it, or two of each. */
  rearranged: z.boolean().optional(),
  state: exportStateSchema,
  /** Its film is looked through for shots before anything is written: 'progress' is of that. */
  searching: z.boolean().optional(),
  /** 'total' is known from the start. */
  progress: jobProgressSchema.pick({ done: true, total: true, framesPerSecond: true, secondsLeft: true }),
  /** What the artist should read although it is done. */
  notes: jobProgressSchema.shape.notes.unwrap(),
  /** Of those that are done: what was read back and is as it was to be. */
  found: jobProgressSchema.shape.found.unwrap(),
  /** Left out where nobody has asked for it. */
  lookedThrough: lookedThroughSchema.optional(),
  /** Why it failed, or is on hold. */
  error: userErrorSchema.nullable(),
  /** The window has told the artist how it ended, or why it is on hold. */
  told: z.boolean(),
  /** It had not ended when the program did, and nobody has said yet whether it is to go on. */
  left: z.boolean(),
})
export type QueuedExport = z.infer<typeof queuedExportSchema>

/** The files, or folders of pictures, of an export that is done. */
export function filesOf({ target, parts }: Pick<QueuedExport, 'target' | 'parts'>): readonly string[] {
  return parts ?? [target]
}

/**
 * It can be looked through, and what is found is at the film's frames: a comparison's faults would be those of its
 * line.
 */
export function canBeLookedThrough({
  state,
  comparison,
  rearranged,
}: Pick<QueuedExport, 'state' | 'comparison' | 'rearranged'>): boolean {
  return state === 'done' && comparison === undefined && !rearranged
}

/** How it stands, in a word. */
export function standingOf({ state, searching }: Pick<QueuedExport, 'state' | 'searching'>): ExportState | 'searching' {
  return state === 'running' && searching ? 'searching' : state
}

/** It will not go on unless it is ordered again. */
export function isEnded({ state }: { readonly state: ExportState }): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled'
}

/** It will be written without anybody doing anything. */
export function isUnderWay({ state }: { readonly state: ExportState }): boolean {
  return state === 'waiting' || state === 'running'
}

/** It is written, or written on, when the artist says so. */
export function canGoOn({ state }: { readonly state: ExportState }): boolean {
  return state !== 'done' && state !== 'waiting' && state !== 'running'
}
