/**
 * What an artist can do to the coloring of one frame. Operations change chroma only, never luma; they are kept as
 * objects that stay editable and are applied in the order of their list to the frame's base coloring.
 *
 * Units, everywhere in this file:
 *   picture coordinates  x 0..1 from the left to the right edge, y 0..1 from the top to the bottom edge of the
 *                        stored picture (before rotation and pixel aspect); a little outside is allowed, so that a
 *                        stroke may leave the picture
 *   lengths              radius, feather: in heights of the stored picture, measured in its pixels
 *                        (0.02 is 2 % of the height)
 *   U and V              BT.601 full range, -0.5..0.5, as the networks give them; (0, 0) is gray
 *   angles               degrees, counterclockwise in the plane with U to the right and V upward
 */
import { z } from 'zod'

const fraction = z.number().min(0).max(1)
const signed = z.number().min(-1).max(1)
const degrees = z.number().min(-180).max(180)
const coordinate = z.number().min(-1).max(2)
const chromaValue = z.number().min(-0.5).max(0.5)
const objectId = z.string().min(1).max(100)

/** A picture or coloring kept beside the project; its name is the SHA-256 of its bytes and its file type. */
export const assetIdSchema = z.string().regex(/^[0-9a-f]{64}\.[a-z0-9]{1,8}$/)
export type AssetId = z.infer<typeof assetIdSchema>

/**
 * A color of the palette of chroma. With 'named' it was taken from the project's named color of that id; U and V
 * are then kept equal to it, so that whoever draws needs U and V only.
 */
const chromaColorSchema = z.object({ u: chromaValue, v: chromaValue, named: objectId.optional() })
export type ChromaColor = z.infer<typeof chromaColorSchema>

export const picturePointSchema = z.tuple([coordinate, coordinate])
export type PicturePoint = z.infer<typeof picturePointSchema>

/** x, y and, with a pen, its pressure 0..1 (1 where there is none). */
export const strokePointSchema = z.tuple([coordinate, coordinate, fraction.optional()])
export type StrokePoint = z.infer<typeof strokePointSchema>

const common = { id: objectId, enabled: z.boolean() }

/** Of one stroke; whoever draws a longer one goes on with another. */
export const MOST_STROKE_POINTS = 20_000

/**
 * One stroke that says what color its place has; it spreads along the picture's edges.
 *   color    the place has this color
 *   neutral  the place is gray; 'color' is not read
 *   erase    the place keeps the coloring it had before the hints: stops other strokes from spreading here
 * All strokes of a frame are solved together, at the place of the first enabled one in the list.
 */
const hintOperationSchema = z.object({
  ...common,
  type: z.literal('hint'),
  kind: z.enum(['color', 'neutral', 'erase']),
  color: chromaColorSchema,
  /** At least one: a dab. Joined by straight lines. */
  points: z.array(strokePointSchema).min(1).max(MOST_STROKE_POINTS),
  /** Of the round brush, in picture heights; scaled by pressure. */
  radius: z.number().positive().max(1),
})
export type HintOperation = z.infer<typeof hintOperationSchema>

export const MOST_LASSO_CORNERS = 20_000

const lassoSchema = z.object({
  kind: z.literal('lasso'),
  /** Corners of a closed polygon; even-odd rule. */
  points: z.array(picturePointSchema).min(3).max(MOST_LASSO_CORNERS),
})
const edgeSelectSchema = z.object({
  kind: z.literal('edge-select'),
  /** The selection grows from these points. */
  seeds: z.array(picturePointSchema).min(1).max(1_000),
  /** 0 takes almost nothing but the seeds, 1 almost everything: how much luma (0..1) may change on the way. */
  tolerance: fraction,
})
export const regionShapeSchema = z.discriminatedUnion('kind', [lassoSchema, edgeSelectSchema])
export type RegionShape = z.infer<typeof regionShapeSchema>

const adjustmentSchema = z.discriminatedUnion('kind', [
  /** Moves the region's mean chroma to the color; differences within the region are kept times 'variation'. */
  z.object({
    kind: z.literal('recolor'),
    color: chromaColorSchema,
    strength: fraction,
    variation: z.number().min(0).max(2),
  }),
  z.object({ kind: z.literal('hue'), degrees }),
  /** Chroma times this; 1 changes nothing. */
  z.object({ kind: z.literal('saturation'), factor: z.number().min(0).max(4) }),
  /** -1 is cool (blue), 1 is warm (amber), 0 changes nothing. */
  z.object({ kind: z.literal('warmth'), amount: signed }),
  /** 0 changes nothing, 1 takes all color. */
  z.object({ kind: z.literal('neutralize'), amount: fraction }),
])
export type Adjustment = z.infer<typeof adjustmentSchema>

/** An adjustment of a part of the picture. */
const regionOperationSchema = z.object({
  ...common,
  type: z.literal('region'),
  shape: regionShapeSchema,
  inverted: z.boolean(),
  /** Width of the soft border, in picture heights; 0 is a hard edge. */
  feather: z.number().min(0).max(0.5),
  adjustment: adjustmentSchema,
})
export type RegionOperation = z.infer<typeof regionOperationSchema>

/** Settings of the whole frame. Also the look of a shot, see 'neutralGrade' for what changes nothing. */
export const gradeSchema = z.object({
  /** Chroma times this; 1 changes nothing. */
  saturation: z.number().min(0).max(4),
  /** -1 is cool (blue), 1 is warm (amber). */
  temperature: signed,
  /** -1 is green, 1 is magenta. */
  tint: signed,
  /** Turn of all hues. */
  hue: degrees,
  /** 0 changes nothing, 1 takes all color from black, fading out toward the middle grays. */
  shadowNeutrality: fraction,
  /** 0 changes nothing, 1 takes all color from white, fading out toward the middle grays. */
  highlightNeutrality: fraction,
})
export type Grade = z.infer<typeof gradeSchema>

export const neutralGrade: Grade = Object.freeze({
  saturation: 1,
  temperature: 0,
  tint: 0,
  hue: 0,
  shadowNeutrality: 0,
  highlightNeutrality: 0,
})

const gradeOperationSchema = z.object({ ...common, type: z.literal('grade'), grade: gradeSchema })
export type GradeOperation = z.infer<typeof gradeOperationSchema>

/** Colors from a colored picture (PNG, JPEG or TIFF, any size). */
export const referenceOperationSchema = z.object({
  ...common,
  type: z.literal('reference'),
  asset: assetIdSchema,
  /**
   *   replace      the picture shows this very frame (a repainted still): its chroma is taken place by place
   *   take-colors  it shows something else: its colors are carried over by luma, not by place
   */
  mode: z.enum(['replace', 'take-colors']),
  /** Share of the reference in the result. */
  strength: fraction,
})
export type ReferenceOperation = z.infer<typeof referenceOperationSchema>

export const operationSchema = z.discriminatedUnion('type', [
  hintOperationSchema,
  regionOperationSchema,
  gradeOperationSchema,
  referenceOperationSchema,
])
export type Operation = z.infer<typeof operationSchema>
