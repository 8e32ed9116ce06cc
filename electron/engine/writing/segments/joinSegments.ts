/** Hands the segments of an export to ffmpeg as one run of encoded pictures, each with its very time in the film. */
import { open } from 'node:fs/promises'
import { exportTags } from '../filters/colorTags.ts'
import { encodedPictures, type EncodedPictures } from './encodedPackets.ts'
import { encodings } from './encoders.ts'
import type { ExportCaptions } from '../carried/exportCaptions.ts'
import type { FedFfmpeg } from './fedFfmpeg.ts'
import { encodedSiting, rangeOf } from '../filters/pictureFilters.ts'
import { encodedHeader, pictureHead } from './rawMatroska.ts'
import type { PictureOrder } from './segmentCommand.ts'
import type { SegmentFolder } from './segmentFolder.ts'
import { captionMessages, lightMessages, takesMessages, withMessages } from '../carried/seiMessages.ts'

function headerOf(
  { footage, layout, format, delivery }: PictureOrder,
  { codec, codecPrivate }: EncodedPictures,
): Buffer {
  const { info, source } = footage
  const { pixelFormat } = encodings[format.id](layout, source.field, delivery)
  return encodedHeader({
    codec,
    codecPrivate,
    width: info.width,
    height: info.height,
    pixelAspect: info.pixelAspect,
    field: source.field,
    rate: info.rate,
    colors: exportTags(layout, source, format),
    light: source.light,
    range: rangeOf(format, layout),
    siting: encodedSiting(layout, pixelFormat),
    rotation: info.rotation,
  })
}

/**
 * What pictures are to say that their encoder was not told: captions, and at each whole picture what light the film was
 * made for.
 * @param n of the export, in the order of showing
 */
function saying(
  order: PictureOrder,
  { codec, codecPrivate }: EncodedPictures,
  captions: ExportCaptions,
): (picture: Buffer, n: number, isKey: boolean) => Buffer {
  if (!takesMessages(codec)) return (picture) => picture
  const light = lightMessages(order.footage.source.light)
  return (picture, n, isKey) => {
    const said = captions.place === 'pictures' ? captions.pictures.get(n) : undefined
    return withMessages(codec, codecPrivate, picture, [...(isKey ? light : []), ...(said ? captionMessages(said) : [])])
  }
}

/**
 * @param child that runs joinCommand
 * @throws Error where a segment is not what it is to be, or where ffmpeg or the disk fails
 */
export async function feedSegments(
  child: FedFfmpeg,
  order: PictureOrder,
  captions: ExportCaptions,
  folder: SegmentFolder,
): Promise<void> {
  const { times, range } = order
  const all = range.to - range.from
  const lengthOf = (n: number): bigint =>
    n + 1 < all ? times.nanoseconds(n + 1) - times.nanoseconds(n) : times.lastNanoseconds
  let fed = 0
  let head: EncodedPictures | null = null
  for (let segment = 0; segment < folder.segments; segment++) {
    const { first, count } = folder.extent(segment)
    const path = folder.fileOf(segment)
    const pictures = await encodedPictures(path)
    if (pictures.packets.length !== count)
      throw new Error(`${path} holds ${pictures.packets.length} of ${count} pictures`)
    if (head === null) child.begin(headerOf(order, (head = pictures)))
    else if (!pictures.codecPrivate.equals(head.codecPrivate)) throw new Error(`${path} is encoded otherwise`)
    const say = saying(order, pictures, captions)
    const file = await open(path)
    try {
      for (const { from, length, isKey, shown } of pictures.packets) {
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, from)
        if (bytesRead < length) throw new Error(`${path} is cut off`)
        fed++
        const picture = say(buffer, first + shown, isKey)
        const head = { time: times.nanoseconds(first + shown), bytes: picture.length, isKey }
        // Of a file's last packet containers take the duration for that of the last picture.
        const duration = fed === all ? times.lastNanoseconds : lengthOf(first + shown)
        await child.write(pictureHead({ ...head, duration }), picture)
      }
    } finally {
      await file.close()
    }
  }
}
