/**
 * Every edit of a project, as data: the window asks for them, electron/project/commands/commands.ts carries them out,
 * and each becomes a labelled step of the undo history. Clips, shots, locks and operations are named by their ids, pins
 * by their frame.
 */
import { z } from 'zod'
import { coloredSchema, transitionsSchema } from './foundShots.ts'
import { assetIdSchema, gradeSchema, MOST_STROKE_POINTS, operationSchema, strokePointSchema } from './operations.ts'
import {
  footageLinkSchema,
  frameBaseSchema,
  lockSchema,
  markerSchema,
  namedColorSchema,
  projectSettingsSchema,
} from './projectDocument.ts'
import { rationalSchema } from './schemas.ts'

const id = z.string().min(1).max(100)
const name = z.string().trim().min(1).max(500)
const frame = z.number().int().nonnegative().max(1e9)
const count = z.number().int().positive().max(1e9)

function command<const T extends string, S extends z.ZodRawShape>(type: T, shape: S) {
  return z.object({ type: z.literal(type), ...shape })
}

export const projectCommandSchema = z.discriminatedUnion('type', [
  command('rename-project', { title: name }),
  command('change-settings', { settings: projectSettingsSchema.partial() }),

  command('add-clip', { clip: id, name, footage: footageLinkSchema, frameCount: count, rate: rationalSchema }),
  command('remove-clip', { clip: id }),
  command('rename-clip', { clip: id, name }),
  /** Moves a clip to another place in the list. */
  command('move-clip', { clip: id, index: z.number().int().nonnegative() }),
  /** The film is found elsewhere, or has changed on purpose. With fewer frames, what lies beyond the end is dropped. */
  command('relink-clip', { clip: id, footage: footageLinkSchema, frameCount: count, rate: rationalSchema }),
  /** How many frames per second a sequence of pictures has. */
  command('set-rate', { clip: id, rate: rationalSchema }),
  command('set-in-out', { clip: id, range: z.object({ from: frame, to: frame }).nullable() }),

  /**
   * The first frames of all shots but the first, and what is known of them. Shots that stay keep their look. Over those
   * of an 'automatic' source cuts made by hand are laid.
   */
  command('set-cuts', {
    clip: id,
    cuts: z.array(frame).max(1_000_000),
    transitions: transitionsSchema.optional(),
    colored: coloredSchema.optional(),
    source: z.enum(['automatic', 'edited']),
  }),
  /**
   * Whether the shot shows the film's own colors instead of new ones. Where its shots are not known yet it is for the
   * shot that will be found around 'frame'.
   */
  command('keep-own-colors', { clip: id, shot: id, keep: z.boolean(), frame: frame.optional() }),
  /** 'at' becomes the first frame of a new shot. */
  command('split-shot', { clip: id, at: frame }),
  /** Takes away the cut before frame 'at'; the look of the earlier shot stays. */
  command('join-shots', { clip: id, at: frame }),
  command('move-cut', { clip: id, at: frame, to: frame }),
  /** 'frame' as in 'keep-own-colors'. */
  command('set-look', { clip: id, shot: id, look: gradeSchema, frame: frame.optional() }),

  /** Added at the end of the frame's list, or at 'index'. */
  command('add-operation', {
    clip: id,
    frame,
    operation: operationSchema,
    index: z.number().int().nonnegative().optional(),
  }),
  /** The one with the same id. */
  command('replace-operation', { clip: id, frame, operation: operationSchema }),
  /** The stroke goes on over these points: while one is drawn only what is new of it is told. */
  command('extend-stroke', {
    clip: id,
    frame,
    operation: id,
    points: z.array(strokePointSchema).min(1).max(MOST_STROKE_POINTS),
  }),
  command('remove-operation', { clip: id, frame, operation: id }),
  command('move-operation', { clip: id, frame, operation: id, index: z.number().int().nonnegative() }),
  command('clear-frame', { clip: id, frame }),
  /** Puts copies of one frame's operations on another frame, after those it has. */
  command('copy-operations', { clip: id, from: frame, to: frame }),
  /** Gives the frame a coloring of its own without pinning it; 'automatic' takes it back. */
  command('set-base', { clip: id, frame, base: frameBaseSchema }),

  /** 'base' is the coloring to keep; it may be left out where the frame has a picture or frozen coloring already. */
  command('pin', { clip: id, frame, base: frameBaseSchema.optional(), label: z.string().max(500).optional() }),
  /**
   * The frame is the pass's again; its operations stay. With keepColoring it keeps its own colors, but other frames no
   * longer read them.
   */
  command('unpin', { clip: id, frame, keepColoring: z.boolean() }),
  /** 'base' is the coloring that the pass carried to frame 'to'; without it the pin's own is put there as it is. */
  command('move-pin', { clip: id, from: frame, to: frame, base: frameBaseSchema.optional() }),
  command('copy-pin', { clip: id, from: frame, to: frame, base: frameBaseSchema.optional() }),
  command('label-frame', { clip: id, frame, label: z.string().max(500) }),

  /** 'colorings' holds what the frames show now. */
  command('add-lock', { clip: id, lock: lockSchema.omit({ kept: true }).extend({ colorings: assetIdSchema }) }),
  command('remove-lock', { clip: id, lock: id }),

  command('add-marker', { clip: id, marker: markerSchema }),
  /** The one with the same id; it may go to another frame. */
  command('change-marker', { clip: id, marker: markerSchema }),
  command('remove-marker', { clip: id, marker: id }),

  command('add-named-color', { color: namedColorSchema }),
  /** Everything that was colored with it follows. */
  command('change-named-color', { color: namedColorSchema }),
  /** What was colored with it keeps its color. */
  command('remove-named-color', { color: id }),
])
export type ProjectCommand = z.infer<typeof projectCommandSchema>
export type ProjectCommandType = ProjectCommand['type']
export type CommandOf<T extends ProjectCommandType> = Extract<ProjectCommand, { type: T }>
