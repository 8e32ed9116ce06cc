/**
 * What a project has to say of a film that is exported: which film it is, its shots, and what the artist has given it.
 * It goes with the order of an export, and into the record beside the finished file (exportRecord.ts). Names of files
 * only, no paths: the record goes wherever the film goes. The descriptions are the documentation
 * (docs/file-formats.md), which a test compares with them.
 */
import { z } from 'zod'
import { gradeSchema } from './operations.ts'

const frame = z.number().int().nonnegative()
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const chroma = z.number().min(-0.5).max(0.5)

const accountedColorSchema = z.strictObject({
  u: chroma.describe('chroma U, -0.5..0.5 (BT.601, full range)'),
  v: chroma.describe('chroma V'),
  name: z.string().optional().describe('of the project’s named color, where it was one'),
  note: z.string().optional().describe('what the artist has noted of that color'),
})

const accountedPictureSchema = z.strictObject({
  sha256: sha256.describe('of the picture’s file'),
  type: z.string().describe('of the file: `png`, `jpg`, `tif`, …'),
  name: z.string().nullable().describe('of the file, without its folder; null where the project does not know it'),
})

const accountedOperationSchema = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('hint'),
      kind: z.enum(['color', 'neutral', 'erase']).describe('what the stroke says of its place'),
      color: accountedColorSchema.optional().describe('of strokes of color'),
    })
    .describe('a stroke'),
  z
    .strictObject({
      type: z.literal('region'),
      shape: z.enum(['lasso', 'edge-select']),
      inverted: z.boolean().describe('all but the region'),
      adjustment: z.enum(['recolor', 'hue', 'saturation', 'warmth', 'neutralize']),
      color: accountedColorSchema.optional().describe('that `recolor` gives'),
      amount: z.number().describe('degrees of `hue`, factor of `saturation`, else the strength'),
    })
    .describe('an adjustment of a part of the picture'),
  z.strictObject({ type: z.literal('grade'), grade: gradeSchema.strict() }).describe('settings of the whole frame'),
  z
    .strictObject({
      type: z.literal('reference'),
      picture: accountedPictureSchema.describe('that colors were taken from'),
      mode: z.enum(['replace', 'take-colors']),
      strength: z.number().min(0).max(1),
    })
    .describe('colors of another picture'),
])
export type AccountedOperation = z.infer<typeof accountedOperationSchema>

export const accountedPinSchema = z.strictObject({
  frame,
  kind: z
    .enum(['picture', 'frozen'])
    .describe('`picture`: a colored picture that the artist gave; `frozen`: what the program had made of the frame'),
  picture: accountedPictureSchema.nullable().describe('of `picture`: which; null of `frozen`'),
  pinned: z.boolean().describe('the frames around took their colors from it'),
})
export type AccountedPin = z.infer<typeof accountedPinSchema>

export const accountedEditSchema = z.strictObject({
  frame,
  label: z.string().nullable().describe('what the artist has written to the frame'),
  operations: z.array(accountedOperationSchema).describe('that are switched on, in the order in which they apply'),
})

export const accountedShotSchema = z.strictObject({
  from: frame.describe('the first frame'),
  to: frame.describe(
    'the frame behind the last; of a part, where nobody has looked how far its last shot goes, the part’s end',
  ),
  kind: z.enum(['shot', 'transition']).describe('`transition`: a dissolve or wipe, with the colors of both sides'),
  source: z.enum(['gray', 'tinted', 'color']).describe('what the film’s own pictures have'),
  look: gradeSchema.strict().nullable().describe('laid over all frames of the shot; null for none'),
  madeOf: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional()
    .describe(
      'stands for all that decides on its colors but the look and the networks, down to each point of a stroke: equal where the same was given',
    ),
})

export const accountedLockSchema = z.strictObject({
  from: frame,
  to: frame,
  part: z.enum(['frames', 'region']).describe('whole frames, or a region of them'),
})

export const exportAccountSchema = z.strictObject({
  program: z.strictObject({ name: z.string(), version: z.string() }),
  /** See electron/content/filmIdentity.ts. */
  filmHash: sha256,
  pictures: z.number().int().positive().nullable(),
  shots: z.array(accountedShotSchema),
  pins: z.array(accountedPinSchema),
  edits: z.array(accountedEditSchema),
  locks: z.array(accountedLockSchema),
})
export type ExportAccount = z.infer<typeof exportAccountSchema>
