/** A film seen through the size of some of its pictures: what writes a part of that size keeps its very samples. */
import type { PixelLayout } from '../picture/pixelLayout.ts'
import { reduced } from '../ffmpeg/rational.ts'
import { isSameSize, type PictureSize } from './opening/filmSizes.ts'
import type { Footage } from './footage.ts'
import { squarePixels } from './decoding/letterbox.ts'
import { decodedFormat } from './decoding/pixelFormats.ts'

/** The size that a film is seen through. */
export function sizeOfFootage({ layout: { width, height }, info, source }: Footage): PictureSize {
  return { width, height, format: source.decodedName, aspect: info.pixelAspect }
}

/** The same film, whose frames are decoded in a size; what is known of it is shared with the one it was made of. */
export function sizedFootage(footage: Footage, size: PictureSize): Footage {
  const { layout, info, source } = footage
  if (isSameSize(size, source.sizes.first)) return footage
  const { width, height, format, aspect } = size
  const sized: PixelLayout = { ...layout, width, height }
  const { num, den } = squarePixels(aspect)
  const pixelAspect = reduced(num, den)
  if (format === source.decodedName) return { ...footage, layout: sized, info: { ...info, width, height, pixelAspect } }
  const { sampling, bitDepth, ffmpegName, fullByName, fromRgb } = decodedFormat(format)
  const range = fullByName ? 'full' : layout.range
  const matrix = fromRgb ? 'bt709' : layout.matrix
  return {
    ...footage,
    layout: { ...sized, sampling, bitDepth, ffmpegName, range, matrix },
    info: { ...info, width, height, pixelAspect, pixelFormat: format, bitDepth, range, matrix },
    source: { ...source, decodedName: format },
  }
}
