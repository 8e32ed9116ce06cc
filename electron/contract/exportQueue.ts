/**
 * Exports that were ordered, as the program keeps them over its restarts: one queue in the main process, mirrored whole
 * in the window. Plain data without references, so that it can cross processes and be written down.
 */
import { z } from 'zod'
import { comparisonSchema } from './comparison.ts'
import { exportFormatIdSchema, frameRangeSchema, jobProgressSchema, userErrorSchema } from './schemas.ts'

/**
 *   waiting    for its turn
 *   running    being written, or about to be
 *   paused     the artist has set it aside, or it was left when the program ended
 *   held       what it needs is away (its disk, its film, the engine); goes on once that is there, or when asked to
 *   done, failed, cancelled   it has ended; of these, the last two can be ordered again as they were
 */
export const exportStateSchema = z.enum(['waiting', 'running', 'paused', 'held', 'done', 'failed', 'cancelled'])
export type ExportState = z.infer<typeof exportStateSchema>

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
  format: exportFormatIdSchema,
  /** Null for the whole film. */
  range: frameRangeSchema.nullable(),
  /** Left out where colors stand alone. */
  comparison: comparisonSchema.optional(),
  state: exportStateSchema,
  /** 'total' is known from the start. */
  progress: jobProgressSchema.pick({ done: true, total: true, framesPerSecond: true, secondsLeft: true }),
  /** What the artist should read although it is done. */
  notes: jobProgressSchema.shape.notes.unwrap(),
  /** Of those that are done: what was read back and is as it was to be. */
  found: jobProgressSchema.shape.found.unwrap(),
  /** Why it failed, or is on hold. */
  error: userErrorSchema.nullable(),
  /** The window has told the artist how it ended, or why it is on hold. */
  told: z.boolean(),
  /** It had not ended when the program did, and nobody has said yet whether it is to go on. */
  left: z.boolean(),
})
export type QueuedExport = z.infer<typeof queuedExportSchema>

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
