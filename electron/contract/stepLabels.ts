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
  /** The end of the range ('to' not included), or the frame something was moved to (isWay). */
  to: z.number().int().optional(),
  /** Of the clip, color or project. */
  name: z.string().optional(),
  /** Of what kind the operation is (hint, region, grade, reference), or which mode a pass has. */
  what: z.string().optional(),
  count: z.number().int().optional(),
})
export type StepLabel = z.infer<typeof stepLabelSchema>

const WAYS: ReadonlySet<ProjectCommandType> = new Set(['move-pin', 'copy-pin', 'copy-operations', 'move-cut'])

/** Whether something went from 'frame' to 'to'; else they are a range, whose end 'to' is. */
export const isWay = ({ kind }: Pick<StepLabel, 'kind'>): boolean => WAYS.has(kind)

/** Whether the step changes what this frame shows, as far as its label tells. */
export function concernsFrame({ kind, frame: from, to }: StepLabel, frame: number): boolean {
  if (from === undefined) return true
  if (to === undefined) return frame === from
  switch (kind) {
    case 'move-pin':
      return frame === from || frame === to
    case 'copy-pin':
    case 'copy-operations':
      return frame === to
    case 'move-cut':
      // Those between have come from one shot to the other.
      return frame >= Math.min(from, to) && frame < Math.max(from, to)
    default:
      return frame >= from && frame < to
  }
}
