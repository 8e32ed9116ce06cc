/**
 * Long work as the program keeps it: one list in the main process, mirrored whole in the window. Its entries are plain
 * data without references, so that they can cross processes and be written down.
 */
import { z } from 'zod'
import { jobKindSchema, jobProgressSchema, jobStateSchema, userErrorSchema, type JobState } from './schemas.ts'

export const jobEntrySchema = z.object({
  id: z.string(),
  clip: z.string(),
  /** The clip's name when the work was asked for: it is still told where the clip is gone by then. */
  reel: z.string(),
  kind: jobKindSchema,
  state: jobStateSchema,
  /** Lower ones are worked on first. No two are equal. */
  order: z.number().int().nonnegative(),
  progress: jobProgressSchema.pick({ done: true, total: true, framesPerSecond: true, secondsLeft: true }),
  /** What the artist should read although the work is done: what could not be carried over, what is damaged. */
  notes: jobProgressSchema.shape.notes.unwrap(),
  /** Of exports that are done: what was read back and is as it was to be. */
  found: jobProgressSchema.shape.found.unwrap(),
  /** Of failed ones. */
  error: userErrorSchema.nullable(),
  /** The file that an export writes. */
  target: z.string().nullable(),
  /** The window has told the artist how it ended. */
  told: z.boolean(),
})
export type JobEntry = z.infer<typeof jobEntrySchema>

/** It will not go on any more. */
export function isOver({ state }: { readonly state: JobState }): boolean {
  return state === 'done' || state === 'cancelled' || state === 'failed'
}
