/** The film and the format of an export as they are delivered, and whether what is asked for can be. Pure. */
import { QUALITY, deliveredFormat, toolWishes, type Delivery, type ToolWish } from '../../contract/delivery.ts'
import { soundsIn, wholeName, type ExportFormat } from '../../contract/formats.ts'
import { listed, sentence, type Sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { DEINTERLACER, type FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import type { PixelLayout } from '../picture/pixelLayout.ts'
import type { Footage } from '../reading/footage.ts'
import { deinterlacedFootage, deinterlacingOf, progressiveLayout, type Deinterlacing } from './filters/deinterlaced.ts'
import { frameGeometry, isUntouched, type FrameGeometry } from './filters/frameGeometry.ts'

export interface Delivered {
  /** The film as the export shows it: its size, shape, fields and rate are those of the pictures that are written. */
  readonly footage: Footage
  /** As it is written: lossless only where the film's luma is left as it is. */
  readonly format: ExportFormat
  readonly geometry: FrameGeometry
  /** Null where fields stay as they are. */
  readonly deinterlacing: Deinterlacing | null
}

/**
 * @param layout of the planes that come
 * @throws UserErrors of frameGeometry and deinterlacingOf
 */
export function delivered(footage: Footage, layout: PixelLayout, format: ExportFormat, delivery: Delivery): Delivered {
  // A comparison is of more than one picture.
  const picture = { ...footage.info, width: layout.width, height: layout.height }
  const deinterlacing = deinterlacingOf(footage, delivery)
  const geometry = frameGeometry(picture, deinterlacing ? progressiveLayout(layout) : layout, delivery)
  const whole = deinterlacing ? deinterlacedFootage(footage, deinterlacing) : footage
  const { width, height, pixelAspect } = geometry
  const { lossless, ...written } = deliveredFormat(format, delivery)
  return {
    footage: { ...whole, info: { ...whole.info, width, height, pixelAspect } },
    format: { ...written, ...(lossless && !deinterlacing && isUntouched(geometry) && { lossless }) },
    geometry,
    deinterlacing,
  }
}

/** What an ffmpeg was built without, each with the reason that follows. */
export async function undeliverable(tools: AskedTools): Promise<ReadonlyMap<ToolWish, Sentence>> {
  const found = new Map<ToolWish, Sentence>()
  for (const wish of toolWishes) {
    const reason = await whyUndeliverable(tools, wish)
    if (reason !== null) found.set(wish, reason)
  }
  return found
}

type AskedTools = Pick<FfmpegTools, 'version' | 'encoders' | 'deinterlaces'>

/** As a whole sentence; null where this ffmpeg has what it takes. */
async function whyUndeliverable({ version, encoders, ...tools }: AskedTools, wish: ToolWish): Promise<Sentence | null> {
  if (wish === 'deinterlace') {
    return (await tools.deinterlaces())
      ? null
      : sentence`This ffmpeg (${version}) can not deinterlace: it was built without the filter ${DEINTERLACER}.`
  }
  return encoders.has(wish)
    ? null
    : sentence`This ffmpeg (${version}) can not convert sound so: it was built without the encoder ${wish}.`
}

function refused(message: Sentence, advice: Sentence): UserError {
  return new UserError('bad-argument', message, advice)
}

/**
 * Whether a format takes what is asked for, and this ffmpeg can write it.
 * @param filmDepth bits of the film's samples
 * @throws UserError 'bad-argument' or 'encoder-missing'
 */
export async function checkDelivery(
  tools: AskedTools,
  format: ExportFormat,
  { quality, bitRate, profile, depth, sound, deinterlace }: Delivery,
  filmDepth: number,
): Promise<void> {
  const name = wholeName(format)
  for (const wish of toolWishes.filter((each) => each === sound || (each === 'deinterlace' && deinterlace))) {
    const reason = await whyUndeliverable(tools, wish)
    if (reason) throw new UserError('encoder-missing', reason, sentence`Leave that out, or install another ffmpeg.`)
  }
  if ((quality !== undefined || bitRate !== undefined) && format.usualQuality === undefined) {
    throw refused(
      sentence`${name} knows no quality and no bit rate: how good its pictures are lies in the format.`,
      sentence`Leave that out, or choose H.264 or H.265.`,
    )
  }
  if (quality !== undefined && bitRate !== undefined) {
    throw refused(
      sentence`A quality and a bit rate can not be asked for together: either follows from the other.`,
      sentence`Leave one of them out. A quality is a number from ${QUALITY.least} to ${QUALITY.most}; less is better.`,
    )
  }
  if (profile !== undefined && !format.profiles?.includes(profile)) {
    throw refused(
      sentence`${name} has no profile “${profile}”.`,
      sentence`Leave the profile out, or choose DNxHR HQX, which has others.`,
    )
  }
  if (depth !== undefined && !(format.depths ?? [format.depth]).some((each) => each === depth)) {
    throw refused(
      format.depths
        ? sentence`${name} has ${listed(format.depths)} bits a sample, not ${depth}.`
        : sentence`The bits of a sample can not be chosen for ${name}.`,
      sentence`Leave the depth out, or choose another format.`,
    )
  }
  if (depth !== undefined && format.lossless && depth < filmDepth) {
    throw refused(
      sentence`${name} keeps the film’s luma bit for bit, which has ${filmDepth} bits; with ${depth} it could not.`,
      sentence`Choose as many bits or more, or another format.`,
    )
  }
  if (sound !== undefined && !soundsIn(format).includes(sound)) {
    throw refused(
      soundsIn(format).length === 0
        ? sentence`Pictures carry no sound; nothing can be asked for it.`
        : sentence`${name} can not hold sound as it was asked for (${sound}).`,
      sentence`Leave it out, or choose FFV1 in Matroska, which takes every kind.`,
    )
  }
}
