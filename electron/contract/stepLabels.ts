/** What a step of the undo history is called: not in words, so that the window says it in the artist's language. */
import { z } from 'zod'
import { projectCommandSchema, type ProjectCommandType } from './projectCommands.ts'

/** The kinds of step are the kinds of command. */
export const stepKinds = projectCommandSchema.options.map(
  (option) => option.shape.type.value,
) as readonly ProjectCommandType[]

export const stepLabelSchema = z.object({
  kind: z.enum(stepKinds as readonly [ProjectCommandType, ...ProjectCommandType[]]),
  /** The frame, or the first of a range or way. */
  frame: z.number().int().optional(),
  /** The end of the range ('to' not included), or the frame something was moved to. */
  to: z.number().int().optional(),
  /** Of the clip, color or project. */
  name: z.string().optional(),
  /** Of what kind the operation is (hint, region, grade, reference), or which mode a pass has. */
  what: z.string().optional(),
  count: z.number().int().optional(),
})
export type StepLabel = z.infer<typeof stepLabelSchema>
