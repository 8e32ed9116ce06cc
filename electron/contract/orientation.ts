/** How a stored picture is brought upright. */
import type { FootageInfo } from './schemas.ts'

export interface Orientation {
  /** Clockwise turn for showing: 0, 90, 180 or 270. */
  readonly rotation: number
  /** Mirrored left to right before it is turned. */
  readonly mirrored: boolean
}

/** Stored as it is shown. */
export const upright: Orientation = { rotation: 0, mirrored: false }

/** A film's own. */
export function orientationOf({ rotation, mirrored = false }: Pick<FootageInfo, 'rotation' | 'mirrored'>): Orientation {
  return { rotation, mirrored }
}

/** Size of the upright picture, in its pixels. */
export function uprightSize({
  width,
  height,
  rotation,
}: Pick<FootageInfo, 'width' | 'height' | 'rotation'>): readonly [width: number, height: number] {
  return rotation % 180 === 0 ? [width, height] : [height, width]
}
