/**
 * Whether a film is taken for interlaced where some of its pictures are of two fields and others are not: recordings of
 * broadcasts begin with whole pictures and go on in fields, or the other way round. It is what most of them are.
 */
import { sentence, type Sentence } from '../../../contract/sentence.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { lookAtFirstFrame, type FirstLook } from './firstLook.ts'
import type { InputFile } from '../inputFile.ts'
import type { FieldOrder } from './probeText.ts'

/** Share of the pictures from which on they are the most. */
const MOST = 0.5

/**
 * @param first what is taken for true of the first picture, by itself or by its container
 * @param share of the decoded pictures that are of fields; null where none was decoded
 */
export async function fieldOfMost(
  tools: FfmpegTools,
  file: InputFile,
  look: FirstLook,
  { first, share }: { readonly first: FieldOrder; readonly share: number | null },
  signal: AbortSignal | undefined,
): Promise<FieldOrder> {
  // Of pictures that do not say it themselves, the container has the word.
  if (share === null || first !== look.frame.field) return first
  if (share > MOST === (first !== 'progressive')) return first
  if (share <= MOST) return 'progressive'
  const ofFields = await lookAtFirstFrame(tools, file, `0:${look.stream}`, signal, ['select=interlace_type'])
  return ofFields.frame.field
}

/** Said when the film is opened; nothing where all pictures are alike. */
export function mixedFields(field: FieldOrder, share: number | null): Sentence[] {
  if (share === null || share === 0 || share === 1) return []
  return field === 'progressive'
    ? [sentence`Some pictures of the film are interlaced, most are not. All are taken for progressive.`]
    : [sentence`Most pictures of the film are interlaced, some are not. All are taken for interlaced.`]
}

/**
 * Said when the film is opened.
 * @param field that all pictures are taken for
 * @param frame the first one that says otherwise
 */
export function otherOrderSentence(field: FieldOrder, frame: number): Sentence {
  return field === 'top first'
    ? sentence`From frame ${frame} on, pictures say that their bottom field comes first, not the top one as before. All are taken as the first ones are. If motion judders there, cut the recordings apart and open each by itself.`
    : sentence`From frame ${frame} on, pictures say that their top field comes first, not the bottom one as before. All are taken as the first ones are. If motion judders there, cut the recordings apart and open each by itself.`
}
