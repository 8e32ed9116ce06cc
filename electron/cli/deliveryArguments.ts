/** What was written of how an export is delivered: quality, size, sound and the like. Pure. */
import {
  BIT_RATE,
  MOST_HANDLES,
  QUALITY,
  SIDE,
  deinterlaceWishes,
  deliverySchema,
  readCrop,
  readShape,
  type Delivery,
} from '../contract/delivery.ts'
import { bitDepths, dnxhrProfiles, soundWishes } from '../contract/formats.ts'
import { WrongUse } from './wrongUse.ts'

/** As Node.js takes a command line apart. */
export const deliveryOptions = {
  quality: { type: 'string' },
  'bit-rate': { type: 'string' },
  profile: { type: 'string' },
  depth: { type: 'string' },
  sound: { type: 'string' },
  crop: { type: 'string' },
  size: { type: 'string' },
  enlarge: { type: 'boolean' },
  shape: { type: 'string' },
  deinterlace: { type: 'string' },
  handles: { type: 'string' },
} as const

type Said = {
  readonly [name in keyof typeof deliveryOptions]?: string | boolean | undefined
}

export const deliveryHelp = `\
  --quality N           of H.264 and H.265: ${QUALITY.least} to ${QUALITY.most}, less is better; without it 16 and 18
  --bit-rate M          of H.264 and H.265, instead of a quality: mean of the film in Mbit/s, as in 8 or 2.5
  --profile NAME        of DNxHR HQX: ${dnxhrProfiles.join(', ')}; all but hqx have 8 bits
  --depth BITS          of a sample: of FFV1 10, 12 or 16 where the film has no more; of DPX 8, 10, 12 or 16; of TIFF
                        and PNG 8 or 16; of OpenEXR 16 or 32
  --sound WISH          carried (the usual) keeps it as it is where the file can hold it; pcm, flac (in
                        Matroska), aac; none leaves it out
  --crop SIDES          cuts so many pixels off the left, the top, the right and the bottom, as in 0:60:0:60, or with bars
                        the black beside the picture; all other samples stay as they are
  --size SIZE           of the whole frame in square pixels: a height, as in 720, or a width and height, as in
                        1280x720, in which a picture of another shape stands between black bars
  --shape SHAPE         of the whole frame, as in 16:9 or 2.39, in which the picture stands between black bars; with
                        --size of that height, else around the picture as large as it is
  --enlarge             with --size: the picture may become larger than it is
  --deinterlace RATE    of an interlaced film: whole pictures, one of each frame (same) or one of each field, at twice
                        the rate (double)
  --handles N           with --range or --each-shot: N frames more before and behind, as far as the film has them`

const number = (text: string): number => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN)

function sizeOf(text: string): NonNullable<Delivery['size']> {
  const [, width, height] = /^(?:(\d{1,5})x)?(\d{1,5})$/.exec(text) ?? []
  if (height === undefined)
    throw new WrongUse(`--size wants a height or a width and height, as in 720 or 1280x720, not “${text}”.`)
  return { width: width === undefined ? null : Number(width), height: Number(height) }
}

/** Instead of numbers: what of black is beside the pictures, which each film is looked at for. */
export const CROPS_BARS = 'bars'

function cropOf(text: string): NonNullable<Delivery['crop']> {
  const crop = readCrop(text)
  if (!crop) {
    throw new WrongUse(
      `--crop wants bars, or pixels off the left, top, right and bottom up to ${SIDE.most}, as in 0:60:0:60, not “${text}”.`,
    )
  }
  return crop
}

function shapeOf(text: string): NonNullable<Delivery['shape']> {
  const shape = readShape(text)
  if (!shape) throw new WrongUse(`--shape wants a width by a height, as in 16:9 or 2.39, not “${text}”.`)
  return shape
}

/** What a field may be, in words. */
const wanted: Readonly<Record<string, string>> = {
  quality: `a whole number from ${QUALITY.least} to ${QUALITY.most}`,
  bitRate: `Mbit/s from ${BIT_RATE.least} to ${BIT_RATE.most}`,
  profile: dnxhrProfiles.join(', '),
  depth: bitDepths.join(', '),
  sound: soundWishes.join(', '),
  deinterlace: deinterlaceWishes.join(' or '),
  handles: `a whole number from 1 to ${MOST_HANDLES}`,
  size: `pixels from ${SIDE.least} to ${SIDE.most}`,
}

/** Throws WrongUse where it is none. */
export function deliveryOf(said: Said): Delivery {
  const { quality, profile, depth, sound, crop, size, shape, enlarge, deinterlace, handles } = said
  const bitRate = said['bit-rate']
  const parsed = deliverySchema.safeParse({
    ...(typeof quality === 'string' && { quality: number(quality) }),
    ...(typeof bitRate === 'string' && { bitRate: number(bitRate) }),
    ...(typeof profile === 'string' && { profile }),
    ...(typeof depth === 'string' && { depth: number(depth) }),
    ...(typeof sound === 'string' && { sound }),
    ...(typeof crop === 'string' && crop !== CROPS_BARS && { crop: cropOf(crop) }),
    ...(typeof size === 'string' && { size: sizeOf(size) }),
    ...(typeof shape === 'string' && { shape: shapeOf(shape) }),
    ...(enlarge === true && { enlarge }),
    ...(typeof deinterlace === 'string' && { deinterlace }),
    ...(typeof handles === 'string' && { handles: number(handles) }),
  })
  if (parsed.success) return parsed.data
  const field = String(parsed.error.issues[0]?.path[0])
  const option = field === 'bitRate' ? 'bit-rate' : field
  throw new WrongUse(`--${option} wants ${wanted[field]}, not “${String(said[option as keyof Said])}”.`)
}
