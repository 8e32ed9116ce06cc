/** An export that shows each picture of the film beside its colors: how the two share a picture. */
import { z } from 'zod'

export const comparisonSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('wipe'),
      at: z
        .number()
        .min(0)
        .max(1)
        .nullable()
        .describe('where the line rests, as a share of the width from the left; null where it moves to and fro'),
    })
    .describe('colors left of a line, the film’s own picture right of it'),
  z
    .strictObject({ kind: z.literal('side') })
    .describe('the film’s own picture on the left, colors on the right, at twice the width'),
])
export type FilmComparison = z.infer<typeof comparisonSchema>

/** How the command line and lists of jobs say it: 'side', 'wipe', 'wipe=40' with the line at 40 % of the width. */
export function readComparison(text: string): FilmComparison | null {
  if (text === 'side') return { kind: 'side' }
  const wipe = /^wipe(?:=(\d{1,3}(?:\.\d{1,3})?)%?)?$/.exec(text)
  const percent = wipe?.[1] === undefined ? null : Number(wipe[1])
  if (!wipe || (percent !== null && percent > 100)) return null
  return { kind: 'wipe', at: percent === null ? null : percent / 100 }
}
