/**
 * What looking a finished film through has found: places that an artist, or whoever receives the film, should look at.
 * Each kind goes by a closed rule (electron/engine/inspect/findings.ts); none says that something is wrong, only where
 * to look.
 */
import { z } from 'zod'
import { decimal, sentence, type Sentence } from './sentence.ts'
import { frameRangeSchema, rationalSchema } from './units.ts'

/**
 *   flicker     the color of a frame is not what its neighbors would have
 *   gray        no color, in a film that has some
 *   flash       brightness jumps for a frame or two
 *   gamut       colors more saturated than a screen can show
 *   unsure      the networks' confidence was low
 *   skin        colors like skin's that lean to green or to magenta
 *   doubled     a frame of the original is there twice
 *   dropped     frames of the original are missing
 */
export const findingKinds = ['flicker', 'gray', 'flash', 'gamut', 'unsure', 'skin', 'doubled', 'dropped'] as const
const findingKindSchema = z.enum(findingKinds)
export type FindingKind = z.infer<typeof findingKindSchema>

const placeFoundSchema = frameRangeSchema.extend({
  kind: findingKindSchema,
  /** The frame to look at: where it is strongest. */
  frame: z.number().int().nonnegative(),
  /**
   * How strong it is there.
   *   flicker           steps of 255 of chroma
   *   flash             change of luma, percent of the way from black to white
   *   gamut             percent of the picture
   *   unsure            confidence, percent
   *   skin              degrees off the line of skin in the plane of U and V: above 0 toward green
   *   doubled, dropped  how many frames
   *   gray              0
   */
  amount: z.number(),
})
export type PlaceFound = z.infer<typeof placeFoundSchema>

export const inspectionSchema = z.object({
  /** Name of the file. */
  name: z.string(),
  frames: z.number().int().nonnegative(),
  rate: rationalSchema,
  /** Which frame of the original its first one is; 0 where that is not known. */
  first: z.number().int().nonnegative(),
  /** What it holds of the original, one behind the other, where that is several. */
  pieces: z.array(frameRangeSchema).optional(),
  /** What was looked for: not everything can be told of every film. */
  kinds: z.array(findingKindSchema),
  /** In order. Frames are those of the inspected file. */
  found: z.array(placeFoundSchema),
  /** Of each kind, how many more there are than are named. */
  more: z.partialRecord(findingKindSchema, z.number().int().positive()),
})
export type Inspection = z.infer<typeof inspectionSchema>

/** A frame of an inspected file, as the original counts it. */
export function frameInOriginal({ first, pieces = [] }: Pick<Inspection, 'first' | 'pieces'>, frame: number): number {
  let before = 0
  for (const { from, to } of pieces) {
    if (frame - before < to - from) return from + frame - before
    before += to - from
  }
  return first + frame
}

/** How many places there are, named or not. */
export function foundIn({ found, more }: Inspection): number {
  return Object.values(more).reduce((sum, count) => sum + count, found.length)
}

/** What there is to see, for an artist. */
export function placeSentence({ kind, amount, from, to }: PlaceFound): Sentence {
  switch (kind) {
    case 'flicker':
      return sentence`The color jumps by ${decimal(amount, 1)} of 255.`
    case 'gray':
      return to - from === 1 ? sentence`This frame has no color.` : sentence`These ${to - from} frames have no color.`
    case 'flash':
      return sentence`Brightness jumps by ${Math.round(amount)} % for a moment.`
    case 'gamut':
      return sentence`${Math.round(amount)} % of the picture is more saturated than a screen can show.`
    case 'unsure':
      return sentence`The networks were unsure of these colors: ${Math.round(amount)} %.`
    case 'skin':
      return amount > 0
        ? sentence`Colors like those of skin lean to green, by ${Math.round(amount)}°.`
        : sentence`Colors like those of skin lean to magenta, by ${Math.round(-amount)}°.`
    case 'doubled':
      return sentence`The frame before is shown again; in the original it is another.`
    case 'dropped':
      return amount === 1
        ? sentence`One frame of the original is missing here.`
        : sentence`${amount} frames of the original are missing here.`
  }
}
