/**
 * An order for an export with all that it takes to carry it out later, whatever becomes of the project by then: the
 * clip's document as it was when the export was ordered, where its film is, and what must not be written over.
 */
import { z } from 'zod'
import { exportAccountSchema } from '../../contract/exportAccount.ts'
import { lookThroughSchema } from '../../contract/exportQueue.ts'
import { exportSettingsSchema, type ExportSettings } from '../../contract/exportSettings.ts'
import { clipSchema } from '../../contract/projectDocument.ts'
import { frameRangeSchema } from '../../contract/schemas.ts'

export const exportOrderSchema = exportSettingsSchema.extend({
  id: z.string().min(1).max(100),
  /** In ms since 1970. */
  orderedAt: z.number(),
  /** Of the project that it was ordered from. Films are found from its path, as the project itself finds them. */
  project: z.object({ title: z.string(), path: z.string() }),
  clip: clipSchema,
  target: z.string().min(1),
  /** Null for the whole film. */
  range: frameRangeSchema.nullable(),
  lookThrough: lookThroughSchema.optional(),
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
export function isRearranged({ pieces, delivery }: Pick<ExportSettings, 'delivery' | 'pieces'>): boolean {
  return pieces !== undefined || delivery?.deinterlace === 'double'
}
