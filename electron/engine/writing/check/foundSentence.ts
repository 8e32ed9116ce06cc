/** What the checks of a finished export have compared and found, in a sentence. Pure. */
import { decimal, sentence, type Sentence } from '../../../contract/sentence.ts'
import { exportFormats } from '../../../contract/formats.ts'
import { uprightSize } from '../../../contract/orientation.ts'
import { hasLight } from '../../reading/opening/lightLevels.ts'
import type { CaptionPlace } from '../carried/exportCaptions.ts'
import type { JoinOrder } from '../carried/joinCommand.ts'
import { keepsSamples } from './sampleHash.ts'

type Checked = Pick<JoinOrder, 'format' | 'footage' | 'range' | 'delivery' | 'comparison' | 'converts'>

/** What was asked for beyond the format, as it was found; nothing where that is nothing. */
function more({ format, footage, delivery, comparison, converts }: Checked, bitRate: number | null): Sentence[] {
  const [width, height] = uprightSize(footage.info)
  return [
    ...((delivery.size || delivery.crop) && !comparison ? [sentence`They are ${width} × ${height}.`] : []),
    ...(delivery.bitRate !== undefined && bitRate !== null
      ? [sentence`They take ${decimal(bitRate, 2)} Mbit/s; ${delivery.bitRate} were asked for.`]
      : []),
    ...(delivery.deinterlace ? [sentence`They are deinterlaced: whole pictures, made of the film’s fields.`] : []),
    ...(format.lossless && converts()
      ? [
          sentence`Luma is bit for bit as in the film but for pictures of another size or kind there, which were converted.`,
        ]
      : []),
    ...('lossless' in exportFormats[format.id] && !format.lossless
      ? [
          sentence`Their luma is not the film’s bit for bit, since that was asked for; it could not be compared with it.`,
        ]
      : []),
  ]
}

/**
 * @param bitRate of the pictures, in Mbit/s; null where that is not known
 * @param captions where those of the film's pictures are; null where there are none
 * @param saysLight it says all that the film does of the light it was made for
 */
export function foundSentence(
  order: Checked,
  bitRate: number | null,
  saysLight: boolean,
  captions: CaptionPlace | null,
): Sentence {
  const { format, footage, range, comparison } = order
  const count = range.to - range.from
  const light =
    saysLight && hasLight(footage.source.light) ? [sentence`Mastering display and light levels are the film’s.`] : []
  const spoken = captions === null || captions === 'text' ? [] : [sentence`Closed captions are the film’s.`]
  return [whole(), ...light, ...spoken, ...more(order, bitRate)].reduce((all, next) => sentence`${all} ${next}`)

  function whole(): Sentence {
    if (format.container === 'image2') {
      return keepsSamples(format, order.delivery)
        ? sentence`Read back: ${count} pictures, each sample for sample as it was to be written.`
        : sentence`Read back: ${count} pictures, all whole.`
    }
    const rate = Math.round((1000 * footage.info.rate.num) / footage.info.rate.den) / 1000
    if (comparison) {
      const [width, height] = uprightSize(footage.info)
      return sentence`Read back: a comparison of ${count} pictures of ${width} × ${height} pixels at ${rate} frames/s; times, timecode, fields, shape, colors and sound as ordered.`
    }
    return format.lossless && !order.converts()
      ? sentence`Read back: ${count} pictures at ${rate} frames/s, luma bit for bit as in the film and color as it was made; times, timecode, fields, shape, colors and sound as ordered.`
      : sentence`Read back: ${count} pictures at ${rate} frames/s; times, timecode, fields, shape, colors and sound as ordered.`
  }
}
