/** The units that films are counted in, as zod schemas. */
import { z } from 'zod'

/** An exact fraction; frame rates such as 24000/1001 are never rounded. */
export const rationalSchema = z.object({ num: z.number().int().positive(), den: z.number().int().positive() })
export type Rational = z.infer<typeof rationalSchema>

/** Frames from..to, both counted from 0, 'to' not included. */
export const frameRangeSchema = z.object({ from: z.number().int().nonnegative(), to: z.number().int().positive() })
export type FrameRange = z.infer<typeof frameRangeSchema>
