/** A colored picture of a very frame: its chroma, at full size for exports and at the networks' size. */
import { sentence } from '../../contract/sentence.ts'
import type { Footage } from '../reading/footage.ts'
import { orientationOf, uprightSize } from '../../contract/orientation.ts'
import { badPicture, decodePicture, type DecodedPicture } from '../reading/decodePicture.ts'
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
 * Reads a picture for a frame of `footage`. It may have another size, not another shape: that of the
 * upright frame, or of the frame as it is stored. Throws UserError: not-found,
 * no-permission, is-a-folder, empty-file, bad-picture.
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
  const { info } = footage
  // ffmpeg would dither 16 bit down to 8; so it only scales, and the samples are made here.
  const scale = `scale=${width}:${height}:flags=accurate_rnd+full_chroma_int+full_chroma_inp+bicubic`
  const decode = (turn: readonly string[]): Promise<DecodedPicture> => decodePicture(tools, path, [...turn, scale], 'rgb48le')
  const upright = await decode(storedFilters(orientationOf(info)))
  const isLike = (shapes: readonly number[]): boolean =>
    shapes.some((shape) => Math.abs(Math.log(upright.width / upright.height / shape)) < ASPECT_TOLERANCE)
  const stored = info.width / info.height
  const storedShapes = [stored, (stored * info.pixelAspect.num) / info.pixelAspect.den]
  const uprightShapes = info.rotation % 180 === 0 ? storedShapes : storedShapes.map((shape) => 1 / shape)
  if (!isLike([...uprightShapes, ...storedShapes])) {
    const [filmWidth, filmHeight] = uprightSize(info)
    throw badPicture(
      path,
      sentence`has another shape than the film: it is ${upright.width} x ${upright.height}, the film ${filmWidth} x ${filmHeight}.`,
      sentence`Crop or extend the picture so that it shows exactly what the frame shows.`,
    )
  }
  // A picture of the stored shape lies on its side as the film's own frames do.
  const full = isLike(uprightShapes) ? upright : await decode([])
  if (full.samples.length !== width * height * 3) {
    throw badPicture(path, sentence`can not be read as a picture.`, sentence`Save it again as PNG, TIFF or JPEG.`)
  }
  const [u, v] = chromaPlanes(full.samples, layout)
  return { u, v, chroma: networkChroma(full.samples, width, height, networkWidth >> 1, networkHeight >> 1, layout.matrix) }
}
