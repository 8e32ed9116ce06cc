/**
 * What an export is asked for beyond its format: how good, how large, of what shape, with what sound. Everything may be
 * left out, and then is as the film and the format have it. One record for the window, the command line, lists of jobs,
 * the queue, the engine and the record beside the export.
 */
import { z } from 'zod'
import { uprightSize } from './orientation.ts'
import { bitDepths, dnxhrProfiles, soundWishes, type ExportFormat } from './formats.ts'
import { rationalSchema } from './units.ts'
import type { FootageInfo } from './schemas.ts'

/** Of H.264 and H.265, as their encoders count it (crf): 1 keeps nearly all, 51 next to nothing. */
export const QUALITY = { least: 1, most: 51 } as const
/** Mean of a whole film, in Mbit/s. */
export const BIT_RATE = { least: 0.1, most: 800 } as const
/** Width by height of a frame. */
export const SHAPE = { least: 0.2, most: 5 } as const
/** Width and height, in pixels. */
export const SIDE = { least: 16, most: 16_384 } as const
/** Frames more on each side of a part. */
export const MOST_HANDLES = 10_000
/** The usual shapes of a frame, which are offered by name. */
export const namedShapes = ['4:3', '16:9', '185:100', '239:100', '1:1', '9:16'] as const

/** Width by height, as in 16:9 or 2.39; null where that is none. */
export function readShape(text: string): Delivery['shape'] | null {
  const [, width = '', height = '1'] = /^\s*(\d{1,4}(?:\.\d{1,3})?)(?:\s*[:/]\s*(\d{1,4}))?\s*$/.exec(text) ?? []
  const shape = Number(width) / Number(height)
  if (!(shape >= SHAPE.least && shape <= SHAPE.most)) return null
  const by = width.includes('.') ? 1000 : 1
  return { num: Math.round(by * Number(width)), den: by * Number(height) }
}

/** The usual heights, which are offered by name. */
export const namedHeights = [2160, 1080, 720, 576, 480, 360] as const

/** One picture of each frame, at the film's own rate; or one of each field, at twice that. */
export const deinterlaceWishes = ['same', 'double'] as const
export type DeinterlaceWish = (typeof deinterlaceWishes)[number]

const margin = z.number().int().min(0).max(SIDE.most)

export const cropSchema = z.strictObject({ left: margin, top: margin, right: margin, bottom: margin })
export type Crop = z.infer<typeof cropSchema>

/** Of the left, the top, the right and the bottom, as in 0:60:0:60; null where that is none. */
export function readCrop(text: string): Crop | null {
  const sides = /^\s*(\d{1,5})\s*:\s*(\d{1,5})\s*:\s*(\d{1,5})\s*:\s*(\d{1,5})\s*$/.exec(text)?.slice(1).map(Number)
  if (!sides || sides.some((each) => each > SIDE.most)) return null
  const [left, top, right, bottom] = sides as [number, number, number, number]
  return { left, top, right, bottom }
}

const side = z.number().int().min(SIDE.least).max(SIDE.most)

export const deliverySchema = z.strictObject({
  quality: z.number().int().min(QUALITY.least).max(QUALITY.most).optional().describe('crf of H.264 and H.265'),
  bitRate: z
    .number()
    .min(BIT_RATE.least)
    .max(BIT_RATE.most)
    .optional()
    .describe('of H.264 and H.265 instead of a quality: mean of the film, Mbit/s'),
  profile: z.enum(dnxhrProfiles).optional().describe('of DNxHR with color at half the width'),
  depth: z.literal(bitDepths).optional().describe('bits of a sample'),
  sound: z.enum(soundWishes).optional().describe('what sound becomes'),
  crop: cropSchema
    .optional()
    .describe('pixels cut off the sides of the picture as it is shown; its other samples stay as they are'),
  size: z
    .strictObject({ width: side.nullable().describe('null: as the shape asks for'), height: side })
    .optional()
    .describe('of the whole frame as it is shown, in square pixels'),
  deinterlace: z
    .enum(deinterlaceWishes)
    .optional()
    .describe('of interlaced films: whole pictures, one of each frame or, at twice the rate, of each field'),
  handles: z
    .number()
    .int()
    .min(1)
    .max(MOST_HANDLES)
    .optional()
    .describe('frames more before and behind what was asked for, as far as the film has them'),
  shape: rationalSchema
    .strict()
    .optional()
    .describe('width by height of the whole frame, in which the picture stands between black bars'),
  enlarge: z.literal(true).optional().describe('the picture may become larger than it is'),
})
export type Delivery = z.infer<typeof deliverySchema>

/** What an ffmpeg may lack that formats do without. */
export const toolWishes = ['flac', 'aac', 'deinterlace'] as const
export type ToolWish = (typeof toolWishes)[number]

/** Nothing is asked for. */
export const asItIs: Delivery = {}

/** The format with what is asked for: the one that is written. */
export function deliveredFormat(format: ExportFormat, { profile, depth, sound, size }: Delivery): ExportFormat {
  const { lossless: _, ...lossy } = format
  const written = size ? lossy : format
  return {
    ...written,
    // Floats are made of samples of 16 bits.
    ...(depth !== undefined && { depth: depth === 32 ? 16 : depth }),
    ...(profile !== undefined && format.profiles && { name: `DNxHR ${profile.toUpperCase()}` }),
    ...(profile !== undefined && profile !== 'hqx' && format.profiles && { depth: 8 }),
    ...(sound !== undefined && { sound }),
  }
}

/** A side that is computed: encoders and chroma want whole pairs. */
export const evenSide = (side: number): number => Math.max(2, 2 * Math.round(side / 2))

/** The film's picture as it is shown: its pixels, their width by their height, and its width by its height. */
export function shownPicture(film: Pick<FootageInfo, 'width' | 'height' | 'rotation' | 'pixelAspect'>): {
  readonly width: number
  readonly height: number
  readonly aspect: number
  readonly shape: number
} {
  const [width, height] = uprightSize(film)
  const { num, den } = film.pixelAspect
  const aspect = film.rotation % 180 === 0 ? num / den : den / num
  return { width, height, aspect, shape: (width * aspect) / height }
}

/** The same with something cut off its sides. */
export function croppedPicture<F extends Pick<FootageInfo, 'width' | 'height' | 'rotation'>>(film: F, crop: Crop): F {
  const [across, down] = [crop.left + crop.right, crop.top + crop.bottom]
  const [width, height] = film.rotation % 180 === 0 ? [across, down] : [down, across]
  return { ...film, width: film.width - width, height: film.height - height }
}
