/**
 * What the program finds when it looks a film through: shots, transitions between them, and colors of the film's own.
 */
import { z } from 'zod'
import type { FrameRange } from './schemas.ts'

const span = z.object({ from: z.number().int().nonnegative(), to: z.number().int().positive() })

/** What a film's own pictures have: nothing but gray, one tint or tone that follows the light, or colors. */
const frameColorSchema = z.enum(['gray', 'tinted', 'color'])
export type FrameColor = z.infer<typeof frameColorSchema>

export const transitionsSchema = z.array(span)
export const coloredSchema = z.array(span.extend({ kind: z.enum(['tinted', 'color']) }))

/** What looking a film through gives. */
export const foundShotsSchema = z.object({
  /** The first frames of all shots but the first, ascending; a dissolve or wipe is a shot of its own. */
  at: z.array(z.number().int().positive().max(1e9)).max(1_000_000),
  /** Which of the shots are dissolves or wipes. In order. Nothing in journals of before. */
  transitions: transitionsSchema.default([]),
  /** Frames that are not gray, in order, neighbors of one kind as one. */
  colored: coloredSchema.default([]),
})
export type FoundShots = z.infer<typeof foundShotsSchema>

/** Frames whose shots are wanted. */
export interface ShotsWish extends FrameRange {
  /** Where the last of them ends is of no account. */
  readonly isOpen?: boolean
}
