/**
 * The project as the artist edits it and as its file holds it: plain data, no pixels. Frames are counted from 0 in
 * the order of showing; ranges are [from, to). What must hold beyond these shapes (shots cover a clip without gaps, a
 * pin has a fixed coloring, ...) is written down and checked in electron/project/commands/invariants.ts.
 */
import { z } from 'zod'
import { assetIdSchema, gradeSchema, operationSchema, regionShapeSchema } from './operations.ts'
import { rationalSchema } from './schemas.ts'

export const PROJECT_FORMAT = 'colornn-project'
export const PROJECT_VERSION = 4

const id = z.string().min(1).max(100)
const name = z.string().min(1).max(500)
const frameNumber = z.number().int().nonnegative().max(1e9)

/** Frames from..to, 'to' not included; never empty. */
const frameSpanSchema = z
  .object({ from: frameNumber, to: frameNumber })
  .refine(({ from, to }) => from < to, 'empty range')
export type FrameSpan = z.infer<typeof frameSpanSchema>

const pictureDigests = z.string().regex(/^[0-9a-f]+$/)

/** Pictures from frame 'from' on that are others than when the run was linked: 16 hexadecimal digits of each. */
export const replacedPicturesSchema = z.object({ from: frameNumber, pictures: pictureDigests })
export type ReplacedPictures = z.infer<typeof replacedPicturesSchema>

/** How a clip finds its film again, and notices that it is no longer the same one. */
export const footageLinkSchema = z.object({
  /** From the project file's folder, with forward slashes; null where there is no such path (another drive). */
  relativePath: z.string().nullable(),
  absolutePath: z.string().min(1),
  /** Of the file, or of all pictures of a run together. */
  bytes: z.number().int().nonnegative(),
  /** Time of the last change, in ms since 1970; a hint only, copies do not keep it. */
  modified: z.number(),
  /**
   * SHA-256 of the film's size and samples, or of those of all pictures of a run, hexadecimal; see
   * electron/content/filmIdentity.ts.
   */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of its pictures, in samples. Unknown in projects of before. */
  size: z.object({ width: z.number().int().positive(), height: z.number().int().positive() }).optional(),
  /** Of a run of numbered pictures: 16 hexadecimal digits of each as it was linked. */
  pictures: pictureDigests.optional(),
  /** Of those, what was found replaced since, in order. A finding: no step sets it. */
  replaced: z.array(replacedPicturesSchema).optional(),
})
export type FootageLink = z.infer<typeof footageLinkSchema>

/** Links are never changed but replaced; of a long run the answer takes a while. */
const films = new WeakMap<FootageLink, string>()

/** Equal for links under which an opened film need not be opened anew. */
export function filmOf(link: FootageLink): string {
  const known = films.get(link)
  if (known !== undefined) return known
  const { hash, pictures = '', replaced = [] } = link
  const made = JSON.stringify([hash, pictures.length, replaced])
  films.set(link, made)
  return made
}

export const shotSchema = z.object({
  id,
  from: frameNumber,
  to: frameNumber,
  /** Put on top of every coloring of the shot, pinned ones too; costs no run of the networks. */
  look: gradeSchema,
  /** A dissolve or a wipe: frames on the way from the shot before to the one after. */
  transition: z.literal(true).optional(),
  /** What most of its pictures have of their own; left out for gray. */
  source: z.enum(['tinted', 'color']).optional(),
  /**
   * Keeps the film's own colors: no pass colors it, and an export has its chroma sample by sample. Pins in it count.
   */
  keepsOwn: z.literal(true).optional(),
})
export type Shot = z.infer<typeof shotSchema>

export const MOST_FINE_PICTURES = 4
/**
 * Pictures that were pinned to frames around: their fine color is seen in a frame that has its coloring from them
 * (electron/engine/film/pinDetails.ts).
 */
const finePicturesSchema = z.array(z.object({ frame: frameNumber, asset: assetIdSchema })).max(MOST_FINE_PICTURES)
export type FinePicture = z.infer<typeof finePicturesSchema>[number]

/**
 * The coloring that a frame's operations start from.
 *   automatic  what the networks make of it
 *   picture    a colored picture of this very frame
 *   frozen     the coloring the frame had when it was pinned, kept at network size
 */
export const frameBaseSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('automatic') }),
  z.object({ kind: z.literal('picture'), asset: assetIdSchema }),
  z.object({ kind: z.literal('frozen'), asset: assetIdSchema, pictures: finePicturesSchema.optional() }),
])
export type FrameBase = z.infer<typeof frameBaseSchema>

const frameEditSchema = z.object({
  base: frameBaseSchema,
  operations: z.array(operationSchema),
  /** A pin: its coloring is never changed by the pass, and is what the pass reads. */
  pinned: z.boolean(),
  label: z.string().max(500).optional(),
})
export type FrameEdit = z.infer<typeof frameEditSchema>

/**
 * From which pins the pass reads: those before a frame, those after it, or both. Without pins it keeps the automatic
 * colors steady in the direction named.
 */
export const passModeSchema = z.enum(['forward', 'backward', 'between'])
export type PassMode = z.infer<typeof passModeSchema>

/**
 * The coloring that frames show: the result of a pass with the inputs that 'key' is the digest of (see
 * electron/project/passes/passKeys.ts). Where the inputs have changed since, the frames are stale.
 */
export const passResultSchema = z.object({
  from: frameNumber,
  to: frameNumber,
  mode: passModeSchema,
  key: z.string().min(1).max(100),
})
export type PassResult = z.infer<typeof passResultSchema>

/** Frames, or a region of them, that the pass must leave as they are. */
export const lockSchema = z.object({
  id,
  from: frameNumber,
  to: frameNumber,
  /** Null locks whole frames. */
  region: z.object({ shape: regionShapeSchema, inverted: z.boolean(), feather: z.number().min(0).max(0.5) }).nullable(),
  /**
   * What these frames showed when they were locked. Left out by projects of before: those name in 'kept' under which
   * keys the cache held it then, and get a file of their own when they are opened.
   */
  colorings: assetIdSchema.optional(),
  /** Where they showed fine color of pinned pictures. In order, not overlapping. */
  pictures: z.array(z.object({ from: frameNumber, to: frameNumber, pictures: finePicturesSchema })).optional(),
  kept: z.array(passResultSchema),
})
export type Lock = z.infer<typeof lockSchema>

export const markerColors = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'] as const
export type MarkerColor = (typeof markerColors)[number]

/** A place that the artist wants to find again, with what is to be done or known there. */
export const markerSchema = z.object({
  id,
  frame: frameNumber,
  /** Empty where it has none. */
  name: z.string().max(500),
  color: z.enum(markerColors),
  note: z.string().max(5_000).optional(),
})
export type Marker = z.infer<typeof markerSchema>

/** A frame's number in decimal, as a name. */
const frameName = z.string().regex(/^(0|[1-9]\d{0,8})$/)

export const clipSchema = z.object({
  id,
  name,
  footage: footageLinkSchema,
  frameCount: z.number().int().positive().max(1e9),
  rate: rationalSchema,
  /** What the artist says of a sequence of pictures; goes before what their header says. */
  artistRate: rationalSchema.optional(),
  /** In order, without gaps, from frame 0 to frameCount. */
  shots: z.array(shotSchema).min(1),
  /**
   * Where the cuts come from: nobody looked yet (all that are there are by hand), the detector, or the artist (then
   * they change only when the artist has them looked for).
   */
  cuts: z.enum(['none', 'automatic', 'edited']),
  /**
   * What the artist has said by hand, by frame: that a shot begins there, or that none does. It is laid over whatever a
   * search finds (electron/project/commands/cutsByHand.ts). Left out where nothing was said.
   */
  cutsByHand: z.record(frameName, z.boolean()).optional(),
  /**
   * Looks, and whether own colors are kept, given before the shots were known, in the order in which they were given:
   * they are for the shot that is found around the frame; with 'to', for all that are found from there to it, since
   * nobody has said for which.
   */
  givenEarly: z
    .array(
      z.object({
        frame: frameNumber,
        to: frameNumber.optional(),
        look: gradeSchema.optional(),
        keepsOwn: z.boolean().optional(),
      }),
    )
    .optional(),
  /** By frame number in decimal. Frames that were never touched have no entry. */
  frames: z.record(frameName, frameEditSchema),
  /** In order, not overlapping. */
  passes: z.array(passResultSchema),
  locks: z.array(lockSchema),
  inOut: z.object({ from: frameNumber, to: frameNumber }).nullable(),
  /** In order, one a frame at most. Left out where there are none. */
  markers: z.array(markerSchema).optional(),
})
export type Clip = z.infer<typeof clipSchema>

/** "uniform, field gray": a color to use again in any shot. Changing it changes it wherever it was used. */
export const namedColorSchema = z.object({
  id,
  name,
  u: z.number().min(-0.5).max(0.5),
  v: z.number().min(-0.5).max(0.5),
  note: z.string().max(5_000).optional(),
})
export type NamedColor = z.infer<typeof namedColorSchema>

export const projectSettingsSchema = z.object({
  /** Redo stale frames at once after an edit, instead of when asked. */
  propagateAtOnce: z.boolean(),
})

export const projectSchema = z.object({
  format: z.literal(PROJECT_FORMAT),
  version: z.literal(PROJECT_VERSION),
  id,
  title: name,
  clips: z.array(clipSchema),
  namedColors: z.array(namedColorSchema),
  settings: projectSettingsSchema,
})
export type Project = z.infer<typeof projectSchema>
