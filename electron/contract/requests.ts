/**
 * The one list of what the window may ask of the main process. Main checks arguments against these schemas at
 * run time, the renderer compiles against their types, and the preload offers one function per entry.
 */
import { z } from 'zod'
import { pinLikenessSchema } from './alike.ts'
import { cropSchema } from './delivery.ts'
import { lookThroughSchema, queuedExportSchema } from './exportQueue.ts'
import { exportSettingsSchema } from './exportSettings.ts'
import { jobEntrySchema } from './jobs.ts'
import { licencesSchema } from './licences.ts'
import { picturePointSchema } from './operations.ts'
import { preferencesSchema } from './preferences.ts'
import { openMannerSchema, projectRequests } from './project.ts'
import { lockSchema, passModeSchema } from './projectDocument.ts'
import { crashReportSchema } from './reports.ts'
import {
  engineStatusSchema,
  exportFormatIdSchema,
  footageInfoSchema,
  frameMeasuresSchema,
  frameRangeSchema,
  recentFootageSchema,
  userErrorSchema,
} from './schemas.ts'
import { sentenceSchema } from './sentence.ts'

const id = z.string().min(1).max(100)
const path = z.string().min(1).max(32_767)
const frame = z.number().int().nonnegative()

function request<A extends z.ZodTuple, R extends z.ZodType>(args: A, result: R): { args: A; result: R } {
  return { args, result }
}

export const requests = {
  engineStatus: request(z.tuple([]), engineStatusSchema),
  /** Asks main to send a fresh MessagePort to the engine (see frames.ts); it arrives as a window message. */
  connectFrames: request(z.tuple([]), z.void()),

  preferences: request(z.tuple([]), preferencesSchema),
  /** Takes what is given and keeps the rest. */
  changePreferences: request(z.tuple([preferencesSchema.partial()]), preferencesSchema),

  /** Shows the system's dialog; null when it was closed. Films and projects. */
  chooseFootage: request(z.tuple([]), path.nullable()),
  /** The films and projects among files and folders that were named at once, each of which can be opened by itself. */
  filmsAmong: request(z.tuple([z.array(path).min(1).max(10_000)]), z.array(path)),
  recentFootage: request(z.tuple([]), z.array(recentFootageSchema)),
  clearRecentFootage: request(z.tuple([]), z.void()),
  /** Films, projects and folders named on the command line or handed over by a second start; each only once. */
  takeLaunchFootage: request(z.tuple([]), z.array(path)),
  /** Draws a short film with our own code (once) and makes a project of it, to try things out on. */
  openSampleProject: request(z.tuple([]), z.void()),

  /**
   * Opens a project, or puts a film into the project that is open (into a new one when none is, or when 'newProject'
   * says so; a film that an unsaved project was made of opens that one again). Gives the clip to look at; null for a
   * project without clips.
   */
  openPath: request(
    z.tuple([z.object({ path, newProject: z.boolean(), how: openMannerSchema.optional() })]),
    id.nullable(),
  ),
  /** Makes a clip of the project ready to be looked at; its film is known to frames.ts by the clip's id. */
  openClip: request(z.tuple([id]), footageInfoSchema),
  /** The same for a film that is in view already, or was a moment ago. */
  reopenClip: request(z.tuple([id]), footageInfoSchema),

  /**
   * Colors what is not colored or not up to date, in the clip or a range, and starts nothing where nothing is to do:
   * null.
   *   between    every frame reads the pins on both sides
   *   forward    only those before it; backward only those after it
   * 'first' is the frame in view: its shot is done first.
   */
  startColorize: request(
    z.tuple([
      z.object({
        clip: id,
        mode: passModeSchema,
        range: frameRangeSchema.optional(),
        /** Instead of a range: the shot that holds this frame, once it is known. */
        shotAt: frame.optional(),
        first: frame.optional(),
      }),
    ]),
    id.nullable(),
  ),
  /** Looks for shots again, also where the artist has edited them. Gives the job's id. */
  findShots: request(z.tuple([id]), id),
  /** All work on the open project's films, in order; 'jobsChanged' tells of every change. */
  jobs: request(z.tuple([]), z.array(jobEntrySchema)),
  pauseJob: request(z.tuple([id]), z.void()),
  resumeJob: request(z.tuple([id]), z.void()),
  cancelJob: request(z.tuple([id]), z.void()),
  /** The artist has been told how these ended. */
  markJobsTold: request(z.tuple([z.array(id)]), z.void()),
  /** Takes these out of the list; what still runs stays. */
  clearJobs: request(z.tuple([z.array(id)]), z.void()),

  choosePicture: request(z.tuple([]), path.nullable()),
  /** Keeps the coloring that the frame shows as a pin; its operations stay objects on top of it. */
  pinFrame: request(z.tuple([z.object({ clip: id, frame })]), z.void()),
  /** Pins a colored picture of this very frame. */
  pinPicture: request(z.tuple([z.object({ clip: id, frame, path })]), z.void()),
  /**
   * All pins of the project but the frame's own, and how alike it is to each; the likest first. Films whose pins can
   * not be read are left out, and named.
   */
  pinLikeness: request(
    z.tuple([z.object({ clip: id, frame })]),
    z.object({ pins: z.array(pinLikenessSchema).readonly(), leftOut: z.array(sentenceSchema).readonly() }),
  ),
  /** Nobody waits for what 'pinLikeness' was asked for any more; that is 'cancelled'. */
  giveUpLikeness: request(z.tuple([]), z.void()),
  /** Pins the frame in the colors of a pin of another shot, be it of clip 'of'. Gives how alike they are, 0..1. */
  pinLikePin: request(z.tuple([z.object({ clip: id, frame, of: id, pin: frame })]), z.number().min(0).max(1)),
  /** The same in those of a colored picture of something else. */
  pinLikePicture: request(z.tuple([z.object({ clip: id, frame, path })]), z.number().min(0).max(1)),
  /**
   * Pins a frame of each shot without a pin, of all or of a range, that looks like a pin of another one, in its colors.
   * Gives the job's id, null where every shot has a pin.
   */
  pinAlike: request(z.tuple([z.object({ clip: id, range: frameRangeSchema.optional() })]), id.nullable()),
  /**
   * The pass's coloring of frame 'to' becomes the pin, the operations go along. Answers how alike the frames are, 0..1;
   * 1 where a pass has carried the colors from one to the other.
   */
  movePin: request(z.tuple([z.object({ clip: id, from: frame, to: frame, copy: z.boolean() })]), z.number()),
  /**
   * Keeps what the frames (or a region of them) show from every pass, in a file of the project. Refused where a frame
   * shows no color.
   */
  lockFrames: request(
    z.tuple([z.object({ clip: id, lock: lockSchema.omit({ kept: true, colorings: true, pictures: true }) })]),
    z.void(),
  ),
  /** The frame where a new pin would help most; null where none would. */
  suggestPin: request(
    z.tuple([z.object({ clip: id, range: frameRangeSchema.optional() })]),
    z.object({ frame, gain: z.number() }).nullable(),
  ),
  /** Chroma of the frame at a place in picture coordinates, before the look; null where it has none. */
  pickColor: request(
    z.tuple([z.object({ clip: id, frame, place: picturePointSchema, radius: z.number().min(0).max(0.5) })]),
    z.object({ u: z.number(), v: z.number() }).nullable(),
  ),
  /**
   * Asks where to, and writes the frame as PNG or TIFF, to be painted elsewhere and brought back, or shown. Null when
   * the dialog was closed.
   */
  exportFrame: request(z.tuple([z.object({ clip: id, frame })]), path.nullable()),
  /** The same of all pinned frames together, on one picture. */
  exportSheet: request(z.tuple([id]), path.nullable()),
  /** Frames whose shown coloring is at hand (the cache may have lost some). */
  coloredRanges: request(z.tuple([id]), z.array(frameRangeSchema)),
  /** When each frame is shown, in seconds from the first, and at last the end; null where the rate says it all. */
  frameTimes: request(z.tuple([id]), z.instanceof(Float64Array).nullable()),
  measures: request(z.tuple([z.object({ clip: id, range: frameRangeSchema })]), frameMeasuresSchema),

  /** What to cut off the sides of the picture to be rid of the black beside it; null where there is none. */
  blackBars: request(z.tuple([z.object({ clip: id, range: frameRangeSchema.optional() })]), cropSchema.nullable()),
  chooseExportTarget: request(
    z.tuple([z.object({ clip: id, format: exportFormatIdSchema, isComparison: z.boolean() })]),
    path.nullable(),
  ),
  /**
   * Puts an export at the end of the queue, of the clip as it is now; it begins at once where no other runs. Gives the
   * orders' ids, one for each file.
   */
  orderExport: request(
    z.tuple([
      exportSettingsSchema.extend({
        clip: id,
        target: path,
        range: frameRangeSchema.optional(),
        /** Each shot of the range becomes a file of its own, called by the target's name and the shot's number. */
        eachShot: z.boolean().optional(),
        /** It is looked through for faults when it is done; not when left out. */
        lookThrough: lookThroughSchema.optional(),
      }),
    ]),
    z.array(id),
  ),
  /** All exports, in the order in which they are written; 'exportsChanged' tells of every change. */
  exports: request(z.tuple([]), z.array(queuedExportSchema)),
  /** What the artist should know of the queue that an earlier run of the program has left; each once. */
  takeExportNotices: request(z.tuple([]), z.array(userErrorSchema.pick({ message: true, advice: true }))),
  pauseExports: request(z.tuple([z.array(id)]), z.void()),
  /** Goes on with those that are paused or on hold, begins those anew that have failed or were cancelled. */
  resumeExports: request(z.tuple([z.array(id)]), z.void()),
  cancelExport: request(z.tuple([id]), z.void()),
  /** Changes places with the one before (-1) or behind (1) that has not ended either. */
  moveExport: request(z.tuple([z.object({ id, by: z.union([z.literal(-1), z.literal(1)]) })]), z.void()),
  /** Takes these out of the list; what has not ended stays. */
  removeExports: request(z.tuple([z.array(id)]), z.void()),
  /** The artist has been told how these ended, or why they are on hold. */
  markExportsTold: request(z.tuple([z.array(id)]), z.void()),
  /** Has a finished export looked through, all its files; 'jobs' tells what is found, 'exports' that it is over. */
  inspectExport: request(z.tuple([id]), z.void()),
  /** Asks where to, and writes a report of what a job has found. Null when the dialog was closed. */
  saveInspection: request(z.tuple([id]), path.nullable()),
  /** Opens the file manager at the exported file, or a report of it. Only files that are done are shown. */
  revealExport: request(z.tuple([path]), z.void()),

  cacheUse: request(z.tuple([]), z.object({ bytes: z.number(), limitBytes: z.number() })),
  clearCache: request(z.tuple([]), z.void()),

  /** The latest first. */
  crashReports: request(z.tuple([]), z.array(crashReportSchema)),
  clearCrashReports: request(z.tuple([]), z.void()),
  /** What the page itself did not expect. */
  notePageError: request(
    z.tuple([z.object({ message: z.string().max(2000), stack: z.string().max(20_000) })]),
    z.void(),
  ),
  /** What ffmpeg was told and said, the latest last. */
  runLog: request(z.tuple([]), z.string()),
  /** Asks where to, and writes all reports and the log there; null when the dialog was closed. */
  saveReport: request(z.tuple([z.object({ shorten: z.boolean() })]), path.nullable()),
  /** Of everything that the program is made of. */
  licences: request(z.tuple([]), licencesSchema),
  /** Opens the file manager at the page that Electron has of Chromium's parts. */
  revealChromiumLicences: request(z.tuple([]), z.void()),

  ...projectRequests,
} as const

export type Requests = typeof requests
export type RequestName = keyof Requests
export type RequestArgs<N extends RequestName> = z.infer<Requests[N]['args']>
export type RequestResult<N extends RequestName> = z.infer<Requests[N]['result']>
