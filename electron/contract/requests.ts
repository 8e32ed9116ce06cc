/**
 * The one list of what the window may ask of the main process. Main checks arguments against these schemas at
 * run time, the renderer compiles against their types, and the preload offers one function per entry.
 */
import { z } from 'zod'
import {
  engineStatusSchema,
  exportFormatIdSchema,
  footageInfoSchema,
  frameRangeSchema,
  keyframeSchema,
  recentFootageSchema,
} from './schemas.ts'

const id = z.string().min(1).max(100)
const path = z.string().min(1).max(32_767)

function request<A extends z.ZodTuple, R extends z.ZodType>(args: A, result: R): { args: A; result: R } {
  return { args, result }
}

export const requests = {
  /** Versions for the About box and the status line. */
  appInfo: request(z.tuple([]), z.object({ version: z.string(), electron: z.string(), platform: z.string() })),
  engineStatus: request(z.tuple([]), engineStatusSchema),
  /** Asks main to send a fresh MessagePort to the engine (see frames.ts); it arrives as a window message. */
  connectFrames: request(z.tuple([]), z.void()),

  /** Shows the system's dialog; null when it was closed. */
  chooseFootage: request(z.tuple([]), path.nullable()),
  openFootage: request(z.tuple([path]), footageInfoSchema),
  closeFootage: request(z.tuple([id]), z.void()),
  recentFootage: request(z.tuple([]), z.array(recentFootageSchema)),
  clearRecentFootage: request(z.tuple([]), z.void()),
  /** Film named on the command line or handed over by a second start; null when there is none (any more). */
  takeLaunchFootage: request(z.tuple([]), path.nullable()),

  /** Starts (or goes on with) coloring; frames already in the cache are not done again. Gives the job's id. */
  startColorize: request(z.tuple([z.object({ footageId: id, range: frameRangeSchema.optional() })]), id),
  pauseJob: request(z.tuple([id]), z.void()),
  resumeJob: request(z.tuple([id]), z.void()),
  cancelJob: request(z.tuple([id]), z.void()),

  chooseKeyframePicture: request(z.tuple([]), path.nullable()),
  /** Pins a colored picture to a frame; frames that depend on it become stale. */
  setKeyframe: request(z.tuple([z.object({ footageId: id, keyframe: keyframeSchema })]), z.void()),
  removeKeyframe: request(z.tuple([z.object({ footageId: id, frame: z.number().int().nonnegative() })]), z.void()),
  keyframes: request(z.tuple([id]), z.array(keyframeSchema)),
  /** Frames whose coloring is in the cache and up to date. */
  coloredRanges: request(z.tuple([id]), z.array(frameRangeSchema)),

  chooseExportTarget: request(z.tuple([z.object({ footageId: id, format: exportFormatIdSchema })]), path.nullable()),
  startExport: request(
    z.tuple([z.object({ footageId: id, target: path, format: exportFormatIdSchema, range: frameRangeSchema.optional() })]),
    id,
  ),
  /** Opens the file manager at the exported file. Only files this run exported are shown. */
  revealExport: request(z.tuple([path]), z.void()),
} as const

export type Requests = typeof requests
export type RequestName = keyof Requests
export type RequestArgs<N extends RequestName> = z.infer<Requests[N]['args']>
export type RequestResult<N extends RequestName> = z.infer<Requests[N]['result']>
