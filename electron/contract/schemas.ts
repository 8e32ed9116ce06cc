/** The records that travel between the processes, as zod schemas: types at compile time, checks at run time. */
import { z } from 'zod'
import { alikeFrameSchema } from './alike.ts'
import { toolWishes } from './delivery.ts'
import { exportFormatIds, sizesWishes } from './formats.ts'
import { inspectionSchema } from './inspection.ts'
import { sentenceSchema } from './sentence.ts'
import { frameRangeSchema, rationalSchema } from './units.ts'
import { userErrorCodes } from './userError.ts'

export { frameRangeSchema, rationalSchema, type FrameRange, type Rational } from './units.ts'

const rangeSchema = z.enum(['limited', 'full'])
/** 'limited': luma 16..235 of 255 (scaled to the bit depth), 'full': 0..255. ITU-R BT.601/709. */
export type ColorRange = z.infer<typeof rangeSchema>

const matrixSchema = z.enum(['bt601', 'bt709', 'bt2020'])
export type ColorMatrix = z.infer<typeof matrixSchema>

/** What is known of an opened film. Everything is as stored in the file; nothing is converted. */
export const footageInfoSchema = z.object({
  id: z.string(),
  path: z.string(),
  name: z.string(),
  bytes: z.number().nonnegative(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** Width of one pixel by its height; 1/1 for square pixels. */
  pixelAspect: rationalSchema,
  /** Clockwise turn the container asks for when showing: 0, 90, 180, 270. */
  rotation: z.number(),
  /** True where the picture is to be mirrored left to right before it is turned. */
  mirrored: z.boolean().optional(),
  /** Exact where the index is complete. */
  frameCount: z.number().int().nonnegative(),
  rate: rationalSchema,
  /** Of sequences of pictures: who says their rate. 'assumed' where nobody does, and the artist is to be asked. */
  rateFrom: z.enum(['artist', 'header', 'assumed']).optional(),
  variableRate: z.boolean(),
  durationSeconds: z.number().nonnegative(),
  /** ffmpeg's name, e.g. yuv420p10le. */
  pixelFormat: z.string(),
  bitDepth: z.number().int(),
  range: rangeSchema,
  matrix: matrixSchema,
  /** Its lines are those of two fields in turn. */
  interlaced: z.boolean().optional(),
  codec: z.string(),
  container: z.string(),
  audio: z.array(z.object({ codec: z.string(), channels: z.number(), language: z.string().optional() })),
  /** The sizes of the pictures where they change, as far as is known. */
  sizes: z
    .array(
      z.object({
        from: z.number().int().nonnegative(),
        width: z.number().int().positive(),
        height: z.number().int().positive(),
      }),
    )
    .optional(),
  /** Sentences the artist should read: damaged frames, variable rate, guessed range. */
  warnings: z.array(sentenceSchema),
  /** Frames that do not decode, or not whole, as far as is known: of long films only what was met so far. */
  damaged: z.array(frameRangeSchema),
})
export type FootageInfo = z.infer<typeof footageInfoSchema>

/** A colored picture pinned to one frame, as the command line takes it. */
export interface Keyframe {
  readonly frame: number
  readonly picturePath: string
}

export const exportFormatIdSchema = z.enum(exportFormatIds)
export const sizesWishSchema = z.enum(sizesWishes)
/** Of a run of pictures: ffmpeg counts them in 32 bits. */
export const pictureNumberSchema = z.number().int().min(0).max(1e9)

export const jobKindSchema = z.enum(['colorize', 'export', 'shots', 'inspect', 'alike'])
export const jobStateSchema = z.enum(['queued', 'running', 'paused', 'done', 'cancelled', 'failed'])
export type JobState = z.infer<typeof jobStateSchema>

/** As UserErrorData. What a later version has stored may have a code that is not known here. */
export const userErrorSchema = z.object({
  code: z.enum(userErrorCodes).catch('internal'),
  message: sentenceSchema,
  advice: sentenceSchema,
  detail: z.string().exactOptional(),
})

/** Progress of long work; sent at most ten times a second. */
export const jobProgressSchema = z.object({
  jobId: z.string(),
  kind: jobKindSchema,
  footageId: z.string(),
  state: jobStateSchema,
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
  framesPerSecond: z.number().nonnegative(),
  /** Unknown until a few frames are done. */
  secondsLeft: z.number().nonnegative().nullable(),
  /** The frames finished since the last message: [from, to), so that the timeline can fill in. */
  finished: z.array(frameRangeSchema),
  /** Export only: the finished file; the first one where it was written in parts. */
  target: z.string().optional(),
  /** Export only: all files, where it was written in parts. */
  parts: z.array(z.string()).optional(),
  /** Export only, with the last message: what was read back of each file and is as it was to be. */
  found: z.array(sentenceSchema).optional(),
  /** Looking a film through only, with the last message: what was found in it. */
  inspection: inspectionSchema.optional(),
  /** Looking for shots that look like pins only, with the last message: a frame of each. */
  alike: z.array(alikeFrameSchema).optional(),
  /** With the last message of a job that is done: what could not be carried over as it was. */
  notes: z.array(sentenceSchema).optional(),
  /** With the last message: all frames of the film known by now not to decode, or not whole. */
  damaged: z.array(frameRangeSchema).optional(),
  error: userErrorSchema.optional(),
})
export type JobProgress = z.infer<typeof jobProgressSchema>

const modelInfoSchema = z.object({
  name: z.string(),
  version: z.string(),
  bytes: z.number(),
  sha256: z.string(),
})
export type ModelInfo = z.infer<typeof modelInfoSchema>

/** What the engine runs on, shown in the window and by --version --verbose. */
const engineInfoSchema = z.object({
  tensorflow: z.string(),
  device: z.enum(['cpu', 'cuda']),
  deviceName: z.string(),
  precision: z.enum(['fp32', 'bf16']),
  threads: z.number().int(),
  ffmpeg: z.object({ path: z.string(), version: z.string() }),
  /** What exports its ffmpeg can't make; left out where nobody is to choose from them, since finding out takes time. */
  exports: z
    .object({
      /** Formats that it can't write, and why. */
      unwritable: z.array(z.object({ format: exportFormatIdSchema, reason: sentenceSchema })),
      /** What else can't be asked for, since it lacks it. */
      undeliverable: z.array(z.object({ wish: z.enum(toolWishes), reason: sentenceSchema })),
    })
    .optional(),
  models: z.array(modelInfoSchema),
})
export type EngineInfo = z.infer<typeof engineInfoSchema>

export const engineStatusSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting') }),
  z.object({ state: z.literal('ready'), info: engineInfoSchema }),
  /** The engine died and is being started again; no work is lost, running jobs go on by themselves. */
  z.object({ state: z.literal('restarting'), reason: z.string() }),
  z.object({ state: z.literal('failed'), error: userErrorSchema }),
])
export type EngineStatus = z.infer<typeof engineStatusSchema>

export const recentFootageSchema = z.object({ path: z.string(), name: z.string(), openedAt: z.number() })
export type RecentFootage = z.infer<typeof recentFootageSchema>

/** Of each frame of a range, from its first on; NaN where a frame shows no coloring. */
export const frameMeasuresSchema = z.object({
  from: z.number().int().nonnegative(),
  /** 0..1; 1 for pins. */
  confidence: z.instanceof(Float32Array),
  /** Mean chroma of what the frame shows, without the look. */
  u: z.instanceof(Float32Array),
  v: z.instanceof(Float32Array),
})
export type FrameMeasures = z.infer<typeof frameMeasuresSchema>
