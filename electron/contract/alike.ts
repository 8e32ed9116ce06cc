/** Frames that are colored like pins of other shots, or like pictures of something else. */
import { z } from 'zod'
import type { FrameRange } from './units.ts'

/** From this likeness on, frames come out better than by the color model, but for 3 in 100 (models/PASS.md). */
export const ALIKE = 0.4

const frame = z.number().int().nonnegative()

/** A frame that looks like a pinned one of the same film, and has been colored like it. */
export const alikeFrameSchema = z.object({
  frame,
  pin: frame,
  /** How alike they are, 0..1 (electron/engine/network/networks.ts). */
  share: z.number().min(0).max(1),
})
export type AlikeFrame = z.infer<typeof alikeFrameSchema>

export interface AlikeOrder {
  readonly jobId: string
  readonly footageId: string
  /** Each gets one frame at most. */
  readonly shots: readonly FrameRange[]
  /** At least one. */
  readonly pins: readonly number[]
}

/** What a frame is colored like: a pinned frame of the same film, or a colored picture. */
export type ColoringExample = { readonly pin: number } | { readonly path: string }
