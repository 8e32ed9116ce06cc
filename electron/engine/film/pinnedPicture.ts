/** A colored picture of a very frame: its chroma, at full size for exports and at the networks' size. */
import { sentence } from '../../contract/sentence.ts'
import type { Footage } from '../reading/footage.ts'
import { orientationOf } from '../../contract/orientation.ts'
import { badPicture, decodePicture, type DecodedPicture } from '../reading/pictures/decodePicture.ts'
import { isWhole, type PictureBox } from '../reading/decoding/letterbox.ts'
import { storedFilters } from '../reading/pictures/orientation.ts'
import { coloredLayout } from '../writing/segments/encoders.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import type { NetworkChroma } from '../picture/networkPictures.ts'
import { chromaPlanes, networkChroma } from '../picture/pictureChroma.ts'
import type { Plane } from '../picture/pixelLayout.ts'
import { otherShape, placeOfPicture } from './pictureFit.ts'

export interface PinnedPicture {
  /** Planes of coloredLayout(footage.layout), at the frame's size. */
  readonly u: Plane
  readonly v: Plane
  readonly chroma: NetworkChroma
}

/**
 * Reads a picture for a frame of `footage`. It may have another size, not another shape: that of the upright frame, or
 * of the frame as it is stored; in a film whose pictures change their size, that of any of them, which then lies in the
 * frame as the film's own picture does. Throws UserError: not-found, no-permission, is-a-folder, empty-file,
 * bad-picture.
 * @param networkWidth of the networks' luma
 */
export async function readPinnedPicture(
  tools: FfmpegTools,
  footage: Footage,
  path: string,
  networkWidth: number,
  networkHeight: number,
): Promise<PinnedPicture> {
  const layout = coloredLayout(footage.layout)
  const { width, height } = layout
  const turn = storedFilters(orientationOf(footage.info))
  const whole: PictureBox = { left: 0, top: 0, width, height }
  const upright = await decodeInto(whole, turn)
  const place = placeOfPicture(footage, upright)
  if (!place) throw otherShape(footage, path, upright)
  const full = isWhole(place.box) && place.turn === turn ? upright : await decodeInto(place.box, place.turn)
  if (full.samples.length !== width * height * 3) {
    throw badPicture(path, sentence`can not be read as a picture.`, sentence`Save it again as PNG, TIFF or JPEG.`)
  }
  const [u, v] = chromaPlanes(full.samples, layout)
  return {
    u,
    v,
    chroma: networkChroma(full.samples, width, height, networkWidth >> 1, networkHeight >> 1, layout.matrix),
  }

  function decodeInto(
    { left, top, width: w, height: h }: PictureBox,
    turned: readonly string[],
  ): Promise<DecodedPicture> {
    // ffmpeg would dither 16 bit down to 8; so it only scales, and the samples are made here.
    const scale = `scale=${w}:${h}:flags=accurate_rnd+full_chroma_int+full_chroma_inp+bicubic`
    const bars = w === width && h === height ? [] : ['format=rgb48le', `pad=${width}:${height}:${left}:${top}`]
    return decodePicture(tools, path, [...turned, scale, ...bars], 'rgb48le')
  }
}
