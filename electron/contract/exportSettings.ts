/**
 * How a film is exported: what is asked for in the window is kept by the queue, carried to the engine and done there
 * under these names. Whatever is left out is as its comment says.
 */
import { z } from 'zod'
import { comparisonSchema } from './comparison.ts'
import { deliverySchema } from './delivery.ts'
import { exportFormatIdSchema, frameRangeSchema, pictureNumberSchema, sizesWishSchema } from './schemas.ts'

export const exportSettingsSchema = z.object({
  format: exportFormatIdSchema,
  /** Of films whose pictures change their size; 'largest'. */
  sizes: sizesWishSchema.optional(),
  /** What is asked for beyond the format; nothing. */
  delivery: deliverySchema.optional(),
  /** Of the range, in their order: what is written one behind the other, in one file; all of it. */
  pieces: z.array(frameRangeSchema).min(1).max(1000).readonly().optional(),
  /** Of the first frame, as it was typed; what follows from the film's own. */
  timecode: z.string().max(20).optional(),
  /** Of pictures that are files: number of the first; what follows from the film's own. */
  firstNumber: pictureNumberSchema.optional(),
  /** The film's own pictures beside its colors; the colors alone. */
  comparison: comparisonSchema.optional(),
  /** A list of the files' SHA-256 is laid beside each; none is. */
  checksums: z.boolean().optional(),
})
export type ExportSettings = Readonly<z.infer<typeof exportSettingsSchema>>

/** The settings alone of what holds more. The result's type names each, so that none is forgotten here. */
export function settingsOf(all: ExportSettings): { readonly [K in keyof Required<ExportSettings>]: ExportSettings[K] } {
  const { format, sizes, delivery, pieces, timecode, firstNumber, comparison, checksums } = all
  return { format, sizes, delivery, pieces, timecode, firstNumber, comparison, checksums }
}
