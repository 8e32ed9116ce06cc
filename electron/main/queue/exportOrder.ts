/**
 * An order for an export with all that it takes to carry it out later, whatever becomes of the project by then: the
 * clip's document as it was when the export was ordered, where its film is, and what must not be written over.
 */
import { z } from 'zod'
import { comparisonSchema } from '../../contract/comparison.ts'
import { exportAccountSchema } from '../../contract/exportAccount.ts'
import { deliverySchema } from '../../contract/delivery.ts'
import { lookThroughSchema } from '../../contract/exportQueue.ts'
import { clipSchema } from '../../contract/projectDocument.ts'
import { exportFormatIdSchema, frameRangeSchema, pictureNumberSchema, sizesWishSchema } from '../../contract/schemas.ts'

export const exportOrderSchema = z.object({
  id: z.string().min(1).max(100),
  /** In ms since 1970. */
  orderedAt: z.number(),
  /** Of the project that it was ordered from. Films are found from its path, as the project itself finds them. */
  project: z.object({ title: z.string(), path: z.string() }),
  clip: clipSchema,
  target: z.string().min(1),
  format: exportFormatIdSchema,
  /** Null for the whole film. */
  range: frameRangeSchema.nullable(),
  sizes: sizesWishSchema.optional(),
  delivery: deliverySchema.optional(),
  pieces: z.array(frameRangeSchema).optional(),
  timecode: z.string().optional(),
  /** Of pictures that are files: number of the first. */
  firstNumber: pictureNumberSchema.optional(),
  comparison: comparisonSchema.optional(),
  lookThrough: lookThroughSchema.optional(),
  checksums: z.boolean().optional(),
  overwrite: z.boolean(),
  /** What stood at the names of its files then (engine/protocol.ts): the only thing that may be replaced. */
  standing: z.record(z.string(), z.string().nullable()),
  /** What its record has to say of the project. */
  account: exportAccountSchema,
  originals: z.object({
    files: z.array(z.string()),
    sequences: z.array(z.string()),
    folders: z.array(z.string()),
  }),
})
export type ExportOrder = z.infer<typeof exportOrderSchema>

/** Its pictures will not be the frames of its range, one by one. */
export function isRearranged({
  pieces,
  delivery,
}: Pick<ExportOrder, 'delivery'> & { readonly pieces?: unknown }): boolean {
  return pieces !== undefined || delivery?.deinterlace === 'double'
}
