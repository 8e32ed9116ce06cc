/**
 * Work on the films of the open project: one list in the main process, mirrored whole in the window. Exports have a
 * queue of their own (exportQueue.ts), which outlives project and program.
 */
import { z } from 'zod'
import {
  jobKindSchema,
  jobProgressSchema,
  jobStateSchema,
  userErrorSchema,
  type JobProgress,
  type JobState,
} from './schemas.ts'
import { toUserErrorData, type UserErrorData } from './userError.ts'

export const jobEntrySchema = z.object({
  id: z.string(),
  clip: z.string(),
  /** The clip's name when the work was asked for: it is still told where the clip is gone by then. */
  reel: z.string(),
  kind: jobKindSchema.exclude(['export']),
  /** Of exports that are looked through: which of the queue; null of all other work. */
  exported: z.string().nullable(),
  state: jobStateSchema,
  /** Lower ones are worked on first. No two are equal. */
  order: z.number().int().nonnegative(),
  progress: jobProgressSchema.pick({ done: true, total: true, framesPerSecond: true, secondsLeft: true }),
  /** What the artist should read although the work is done: what could not be carried over, what is damaged. */
  notes: jobProgressSchema.shape.notes.unwrap(),
  /** Of films that were looked through: what was found; null of all other work, and before its end. */
  inspection: jobProgressSchema.shape.inspection.unwrap().nullable(),
  /** Of failed ones. */
  error: userErrorSchema.nullable(),
  /** The window has told the artist how it ended. */
  told: z.boolean(),
})
export type JobEntry = z.infer<typeof jobEntrySchema>

/** It will not go on any more. */
export function isOver({ state }: { readonly state: JobState }): boolean {
  return state === 'done' || state === 'cancelled' || state === 'failed'
}

/** Why a failed job failed. */
export function errorOf({ error }: Pick<JobProgress, 'error'>): UserErrorData {
  return error ?? toUserErrorData(new Error('the job failed'))
}
