/**
 * What the program finds out about a clip by itself: which frames it has colored, where the cuts are, which pictures
 * of its film were replaced, and what locks of older projects keep. Findings are no steps of the artist's: undo passes
 * them over, they never take away what could be redone, and no step ever changes them. The journal keeps them as they
 * are here.
 */
import { z } from 'zod'
import { foundShotsSchema } from './foundShots.ts'
import { assetIdSchema } from './operations.ts'
import { passResultSchema, replacedPicturesSchema } from './projectDocument.ts'

const clip = z.string().min(1).max(100)

export const findingSchema = z.discriminatedUnion('kind', [
  /** These frames show these colorings from now on. In order, not overlapping. */
  z.object({ kind: z.literal('colored'), clip, results: z.array(passResultSchema) }),
  /** Where the shots are in the film whose link has this hash. */
  foundShotsSchema.extend({ kind: z.literal('cuts'), clip, film: z.string() }),
  /** Which pictures were replaced in the film whose link has this hash, in order. */
  z.object({ kind: z.literal('replaced'), clip, film: z.string(), pictures: z.array(replacedPicturesSchema) }),
  /** A lock of an older project has its colorings in this file of the project from now on. */
  z.object({ kind: z.literal('locked'), clip, lock: z.string().min(1).max(100), colorings: assetIdSchema }),
])
export type Finding = z.infer<typeof findingSchema>
