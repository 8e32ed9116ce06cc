/** Where a picture that an artist made of a film's frame lies in that frame. */
import { orientationOf, uprightSize } from '../../contract/orientation.ts'
import { sentence } from '../../contract/sentence.ts'
import type { UserError } from '../../contract/userError.ts'
import { badPicture } from '../reading/pictures/decodePicture.ts'
import type { PictureSize } from '../reading/opening/filmSizes.ts'
import type { Footage } from '../reading/footage.ts'
import { boxOf, squarePixels, type PictureBox } from '../reading/decoding/letterbox.ts'
import { storedFilters } from '../reading/pictures/orientation.ts'

/** A picture whose shape differs by more than this from the frame's shows something else, or was cropped. */
const ASPECT_TOLERANCE = 0.03

type Sides = Readonly<Record<'width' | 'height', number>>

export interface PicturePlace {
  readonly box: PictureBox
  /** Filters of ffmpeg that bring it to how the film's own frames are stored. */
  readonly turn: readonly string[]
}

/**
 * It may have any size and the shape of the upright frame, or of the frame as it is stored; in a film whose pictures
 * change their size, that of any of them. Null where it has another shape.
 */
export function placeOfPicture(footage: Footage, picture: Sides): PicturePlace | null {
  const { info, source } = footage
  const turn = storedFilters(orientationOf(info))
  const isLike = (shapes: readonly number[]): boolean =>
    shapes.some((shape) => Math.abs(Math.log(picture.width / picture.height / shape)) < ASPECT_TOLERANCE)
  const placeIn = (size: PictureSize): PicturePlace | null => {
    const { num, den } = squarePixels(size.aspect)
    const stored = size.width / size.height
    const storedShapes = [stored, (stored * num) / den]
    const uprightShapes = info.rotation % 180 === 0 ? storedShapes : storedShapes.map((shape) => 1 / shape)
    if (isLike(uprightShapes)) return { box: boxOf(footage, size), turn }
    // A picture of the stored shape lies on its side as the film's own frames do.
    return isLike(storedShapes) ? { box: boxOf(footage, size), turn: [] } : null
  }
  return source.sizes.all.map(placeIn).find((place) => place !== null) ?? null
}

/** The error of a picture that has no place in the film's frames. */
export function otherShape({ info }: Footage, path: string, { width, height }: Sides): UserError {
  const [filmWidth, filmHeight] = uprightSize(info)
  return badPicture(
    path,
    sentence`has another shape than the film: it is ${width} × ${height}, the film ${filmWidth} × ${filmHeight}.`,
    sentence`Crop or extend the picture so that it shows exactly what the frame shows.`,
  )
}
