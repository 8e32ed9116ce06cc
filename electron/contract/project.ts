/**
 * What the window asks of the open project. Main spreads 'projectRequests' into its own list; see also
 * projectEvents.ts.
 */
import { z } from 'zod'
import { assetIdSchema, referenceOperationSchema } from './operations.ts'
import { projectCommandSchema } from './projectCommands.ts'
import { projectSchema } from './projectDocument.ts'
import { frameRangeSchema, userErrorSchema } from './schemas.ts'
import { sentenceSchema } from './sentence.ts'
import { stepLabelSchema } from './stepLabels.ts'

const id = z.string().min(1).max(100)
const path = z.string().min(1).max(32_767)

/**
 * One change of the document, as immer's applyPatches takes it (and a JSON Patch says it, but with the path as a list).
 */
const documentPatchSchema = z.object({
  op: z.enum(['replace', 'remove', 'add']),
  path: z.array(z.union([z.string(), z.number()])),
  value: z.unknown().optional(),
})
export type DocumentPatch = z.infer<typeof documentPatchSchema>

/** Which frames of a clip have to be colored (again). Sorted, not overlapping; pinned and locked frames are in none. */
const clipCoverageSchema = z.object({
  clip: id,
  /** They show a coloring whose pins or shots have changed since. */
  stale: z.array(frameRangeSchema),
  /** They show none. */
  uncolored: z.array(frameRangeSchema),
})
export type ClipCoverage = z.infer<typeof clipCoverageSchema>

/** What an edit concerns in a clip. */
const concernedFramesSchema = z.object({
  clip: id,
  /** To be drawn anew, without any pass: their own edit, their look, or which pass result they show has changed. */
  redraw: z.array(frameRangeSchema),
  /** A pass would color them differently than before the edit. */
  outdated: z.array(frameRangeSchema),
})
export type ConcernedFrames = z.infer<typeof concernedFramesSchema>

/** The title of a project that nobody has named; whoever shows it says so in the language of the moment. */
export const UNTITLED = 'Untitled'

const projectStatusSchema = z.object({
  /** Grows by one with every message, so that a window knows whether it has missed one. */
  revision: z.number().int(),
  /** Null for a project that was never saved by the artist. */
  path: path.nullable(),
  /** For the title bar. */
  name: z.string(),
  /** False while there are edits that the project file does not hold. (They are in the journal.) */
  saved: z.boolean(),
  undo: stepLabelSchema.nullable(),
  redo: stepLabelSchema.nullable(),
  /** How many steps are done, and how many there are. */
  position: z.number().int(),
  steps: z.number().int(),
  /** Why edits can not be written down at the moment (a full disk); tried again by itself. */
  trouble: userErrorSchema.nullable(),
  /** How many edits no disk holds yet; more than a few only while there is trouble. */
  unwritten: z.number().int(),
  /** Whether another folder keeps them, so that they come back even after a crash. */
  kept: z.boolean(),
})
export type ProjectStatus = z.infer<typeof projectStatusSchema>

export const projectStateSchema = projectStatusSchema.extend({
  project: projectSchema,
  coverage: z.array(clipCoverageSchema),
  /** Sentences to be read once: what was repaired or brought back at opening. */
  notices: z.array(sentenceSchema),
  /** It was opened as a copy that has no place yet; the last of the notices says why. */
  isCopy: z.boolean(),
  /** Edits brought back that had not been saved. */
  recovered: z.number().int(),
})
export type ProjectState = z.infer<typeof projectStateSchema>

const historyEntrySchema = z.object({ label: stepLabelSchema, at: z.number(), done: z.boolean() })
export type HistoryEntry = z.infer<typeof historyEntrySchema>

/** A project that was never saved, found after a crash or left for later. */
const unsavedProjectSchema = z.object({
  path,
  title: z.string(),
  clips: z.number().int(),
  /** Absolute paths of its films. */
  films: z.array(z.string()),
  steps: z.number().int(),
  /** It has a place; the steps are those that its own disk could not take. */
  kept: z.boolean(),
  /** Of the last edit, in ms since 1970. */
  at: z.number(),
})
export type UnsavedProject = z.infer<typeof unsavedProjectSchema>

const footageStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('found'), path: z.string(), moved: z.boolean() }),
  z.object({ state: z.literal('changed'), path: z.string() }),
  z.object({ state: z.literal('missing') }),
])

const count = z.number().int().nonnegative()
const sizeSchema = z.object({ width: count, height: count })

/** How a film differs from the one that a clip had, and what of the clip would go if it took its place. */
const otherFilmSchema = z.object({
  frames: z.object({ was: count, is: count }),
  /** Null where it is the same, or was never taken down. */
  size: z.object({ was: sizeSchema, is: sizeSchema }).nullable(),
  /** What lies behind its end. 'edits' are frames that are not pinned. */
  behind: z.object({ pins: count, edits: count, locks: count, markers: count, cuts: count }),
})
export type OtherFilm = z.infer<typeof otherFilmSchema>

/**
 * How to open a project that may be open elsewhere: only if it is not, as a copy without a place, or all the same.
 * Whoever had it finds out before it writes again.
 */
export const openMannerSchema = z.enum(['own', 'copy', 'take-over'])
export type OpenManner = z.infer<typeof openMannerSchema>

function request<A extends z.ZodTuple, R extends z.ZodType>(args: A, result: R): { args: A; result: R } {
  return { args, result }
}
const none = z.tuple([])

export const projectRequests = {
  /** Null while no project is open. */
  projectState: request(none, projectStateSchema.nullable()),
  /** The project that was open is closed first; its unsaved edits stay in its journal. */
  newProject: request(none, projectStateSchema),
  /**
   * False where the project has no place (any more): ask for one and call saveProjectAs. One that another program has
   * changed meanwhile is replaced only if that is said, and kept beside it then.
   */
  saveProject: request(z.tuple([z.object({ replaceChanged: z.boolean() })]), z.boolean()),
  /** Tries at once to write what could not be written. True where nothing waits any more. */
  writeEdits: request(none, z.boolean()),
  chooseProjectTarget: request(none, path.nullable()),
  /** The system's dialog has asked already whether to replace a file of that name. */
  saveProjectAs: request(z.tuple([path]), z.void()),
  /**
   * 'keep' leaves unsaved edits in the journal: they are back at the next opening. 'give-up' goes back to the saved
   * file.
   */
  closeProject: request(z.tuple([z.enum(['keep', 'give-up'])]), z.void()),
  unsavedProjects: request(none, z.array(unsavedProjectSchema)),
  discardUnsavedProject: request(z.tuple([path]), z.void()),

  /** A step of its own; with the name of an open edit a part of that. */
  editProject: request(z.tuple([projectCommandSchema, id.optional()]), z.void()),
  /**
   * Opens an edit, named by the window or else by main: all commands that name it become one step at commitEdit, with
   * this label or that of the last of them. Gives the name.
   */
  beginEdit: request(z.tuple([stepLabelSchema.nullable(), id.optional()]), id),
  /** Without a name: whatever the window has open. */
  commitEdit: request(z.tuple([id.optional()]), z.void()),
  /** Takes back what the edit did, and nothing else. */
  cancelEdit: request(z.tuple([id.optional()]), z.void()),
  /** The last step; what is open stays open. */
  undoEdit: request(none, z.void()),
  redoEdit: request(none, z.void()),
  /** Undoes or redoes until this many steps are done, what is open among them. */
  goToEdit: request(z.tuple([z.number().int().nonnegative()]), z.void()),
  editHistory: request(none, z.array(historyEntrySchema)),

  clipFootage: request(z.tuple([id]), footageStateSchema),
  /**
   * Takes this film for the clip from now on. Where it is another one than before, nothing is done, and what there is
   * to be asked is given, until the artist has agreed to one of this length.
   */
  relinkClip: request(z.tuple([z.object({ clip: id, path, agreedTo: count.optional() })]), otherFilmSchema.nullable()),
  /** Keeps a copy of a picture with the project, for a pin or a reference. */
  addPicture: request(
    z.tuple([z.object({ clip: id, path, mode: referenceOperationSchema.shape.mode })]),
    assetIdSchema,
  ),
} as const
