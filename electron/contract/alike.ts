/** Frames that are colored like pins of other shots, or like pictures of something else. */
import { z } from 'zod'
import type { FrameColoring } from './filmEdits.ts'
import type { AssetId } from './operations.ts'
import { sentence, type Sentence } from './sentence.ts'
import type { FrameRange, Rational } from './units.ts'

/** From this likeness on, 97 of 100 frames come out better than by the color model (models/PASS.md). */
export const ALIKE = 0.4

const clip = z.string().min(1).max(100)
const frame = z.number().int().nonnegative()
/** How alike they are, 0..1 (electron/engine/network/networks.ts). */
const share = z.number().min(0).max(1)

/** A frame that looks like a pinned one, and has been colored like it. */
export const alikeFrameSchema = z.object({
  frame,
  pin: frame,
  /** Of the pin, where that lies in another film of the project. */
  clip: clip.optional(),
  share,
})
export type AlikeFrame = z.infer<typeof alikeFrameSchema>

/** A pin as it is chosen by: upright, RGBA. */
const smallPictureSchema = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  data: z.instanceof(Uint8Array),
})
export type SmallPicture = z.infer<typeof smallPictureSchema>

/** A pin of any film of the project, and how alike a frame is to it. */
export const pinLikenessSchema = z.object({ clip, frame, share, picture: smallPictureSchema })
export type PinLikeness = z.infer<typeof pinLikenessSchema>

/** Pinned frames of another film of the project, with all that it takes to read them: it need not be open. */
export interface PinsElsewhere {
  readonly clip: string
  /** Of the clip. */
  readonly name: string
  readonly path: string
  /** Of a sequence of pictures, as the artist said. */
  readonly rate: Rational | null
  /** Stands for what the film shows. */
  readonly film: string
  /** In the order of the film. */
  readonly pins: readonly { readonly frame: number; readonly coloring: FrameColoring }[]
  /** Files of the pictures that their operations name. */
  readonly pictures: Readonly<Record<AssetId, string>>
}

export interface AlikeOrder {
  readonly jobId: string
  readonly footageId: string
  /** Each gets one frame at most. */
  readonly shots: readonly FrameRange[]
  /** Of the film itself. */
  readonly pins: readonly number[]
  readonly elsewhere: readonly PinsElsewhere[]
}

/** What a frame is colored like: a pinned frame of the same film, one of another film (the first), or a picture. */
export type ColoringExample =
  { readonly pin: number } | { readonly elsewhere: PinsElsewhere } | { readonly path: string }

/**
 * What is said of a search that has ended.
 * @param found frames that are pinned now
 * @param shots that were looked through
 */
export function foundAlike(found: readonly AlikeFrame[], shots: number): Sentence {
  if (found.length === 0) return sentence`No shot without a pin looks like a pinned one.`
  const elsewhere = found.filter(({ clip }) => clip !== undefined).length
  return elsewhere === 0
    ? sentence`Shots without a pin that look like pinned ones: ${found.length} of ${shots}. A frame of each is pinned in their colors; colorize carries them on.`
    : sentence`Shots without a pin that look like pinned ones: ${found.length} of ${shots} (${elsewhere} like one of another film). A frame of each is pinned in their colors; colorize carries them on.`
}
