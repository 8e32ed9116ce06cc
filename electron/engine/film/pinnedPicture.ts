/** A colored picture of a very frame: its chroma, at full size for exports and at the networks' size. */
import { sentence } from '../../contract/sentence.ts'
import type { Footage } from '../reading/footage.ts'
import { badPicture, decodePicture, readPictureFile } from '../reading/decodePicture.ts'
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
 * Reads a picture for a frame of `footage`. It may have another size, not another shape. Throws UserError: not-found,
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
  await readPictureFile(path)
  const layout = coloredLayout(footage.layout)
  const { width, height } = layout
  // ffmpeg would dither 16 bit down to 8; so it only scales, and the samples are made here.
  const full = await decodePicture(tools, path, `scale=${width}:${height}:flags=accurate_rnd+full_chroma_int+full_chroma_inp+bicubic,format=rgb48le`)
  if (full.samples.length !== width * height * 3) throw badPicture(path, sentence`can not be read as a picture.`, sentence`Save it again as PNG, TIFF or JPEG.`)
  const { info } = footage
  const shape = full.width / full.height
  const stored = info.width / info.height
  const shownAs = stored * (info.pixelAspect.num / info.pixelAspect.den)
  const fits = [stored, shownAs].some((aspect) => Math.abs(Math.log(shape / aspect)) < ASPECT_TOLERANCE)
  if (!fits) {
    throw badPicture(
      path,
      sentence`has another shape than the film: it is ${full.width} x ${full.height}, the film ${info.width} x ${info.height}.`,
      sentence`Crop or extend the picture so that it shows exactly what the frame shows.`,
    )
  }
  const [u, v] = chromaPlanes(full.samples, layout)
  return { u, v, chroma: networkChroma(full.samples, width, height, networkWidth >> 1, networkHeight >> 1, layout.matrix) }
}
