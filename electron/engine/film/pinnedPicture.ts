/** A colored picture of a very frame: its chroma, at full size for exports and at the networks' size. */
import { sentence } from '../../contract/sentence.ts'
import type { Footage } from '../reading/footage.ts'
import { orientationOf, uprightSize } from '../../contract/orientation.ts'
import { badPicture, decodePicture, type DecodedPicture } from '../reading/decodePicture.ts'
import type { PictureSize } from '../reading/filmSizes.ts'
import { boxOf, isWhole, squarePixels, type PictureBox } from '../reading/letterbox.ts'
import { storedFilters } from '../reading/orientation.ts'
import { coloredLayout } from '../writing/encoders.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import type { NetworkChroma } from '../picture/networkPictures.ts'
import { chromaPlanes, networkChroma } from '../picture/pictureChroma.ts'
import type { Plane } from '../picture/pixelLayout.ts'

/** A picture whose shape differs by more than this from the frame's shows something else, or was cropped. */
const ASPECT_TOLERANCE = 0.03

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
  const { info, source } = footage
  const turn = storedFilters(orientationOf(info))
  const whole: PictureBox = { left: 0, top: 0, width, height }
  const upright = await decodeInto(whole, turn)
  const place = source.sizes.all.map((size) => placeOf(size)).find((each) => each !== null)
  if (!place) {
    const [filmWidth, filmHeight] = uprightSize(info)
    throw badPicture(
      path,
      sentence`has another shape than the film: it is ${upright.width} × ${upright.height}, the film ${filmWidth} × ${filmHeight}.`,
      sentence`Crop or extend the picture so that it shows exactly what the frame shows.`,
    )
  }
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

  /** Where in the frame the picture lies if it is one of this size; null where it has another shape. */
  function placeOf(size: PictureSize): { readonly box: PictureBox; readonly turn: readonly string[] } | null {
    const isLike = (shapes: readonly number[]): boolean =>
      shapes.some((shape) => Math.abs(Math.log(upright.width / upright.height / shape)) < ASPECT_TOLERANCE)
    const { num, den } = squarePixels(size.aspect)
    const stored = size.width / size.height
    const storedShapes = [stored, (stored * num) / den]
    const uprightShapes = info.rotation % 180 === 0 ? storedShapes : storedShapes.map((shape) => 1 / shape)
    if (isLike(uprightShapes)) return { box: boxOf(footage, size), turn }
    // A picture of the stored shape lies on its side as the film's own frames do.
    return isLike(storedShapes) ? { box: boxOf(footage, size), turn: [] } : null
  }
}
