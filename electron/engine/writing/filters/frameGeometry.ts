/**
 * How large the frames of an export are, and where the film's picture lies in them. Wishes are of the picture as it is
 * shown; what comes out is of the picture as it is stored, which may be turned. Pure.
 */
import { evenSide, shownPicture, type Delivery } from '../../../contract/delivery.ts'
import type { FootageInfo, Rational } from '../../../contract/schemas.ts'
import { sentence } from '../../../contract/sentence.ts'
import { UserError } from '../../../contract/userError.ts'
import { sampleSteps, type PixelLayout } from '../../picture/pixelLayout.ts'
import { SAME_SHAPE, squarePixels } from '../../reading/decoding/letterbox.ts'

export interface FrameGeometry {
  /** What the film's picture is scaled to; null where its samples stay as they are. */
  readonly scaled: readonly [width: number, height: number] | null
  /** Black to the left and right of it, and above and below. */
  readonly bars: readonly [across: number, down: number]
  /** The whole frame. */
  readonly width: number
  readonly height: number
  readonly pixelAspect: Rational
}

type Picture = Pick<FootageInfo, 'width' | 'height' | 'pixelAspect' | 'rotation'>

/** The black on each side of a picture in a frame: of whole chroma samples, and of whole lines of both fields. */
function barOf(frame: number, picture: number, step: number): number {
  return step * Math.floor((frame - picture) / 2 / step)
}

/**
 * @param layout of the pictures as they come
 * @throws UserError 'bad-argument' where a picture would be enlarged though nobody has asked for that
 */
export function frameGeometry(
  film: Picture,
  layout: Pick<PixelLayout, 'sampling' | 'interlaced'>,
  { size, shape: wanted, enlarge }: Delivery,
): FrameGeometry {
  const { width, height, pixelAspect } = film
  if (!size && !wanted) return { scaled: null, bars: [0, 0], width, height, pixelAspect }
  const isTurned = film.rotation % 180 !== 0
  // From here on as it is shown, but for what is 'stored'.
  const shown = shownPicture({ ...film, pixelAspect: squarePixels(pixelAspect) })
  const { aspect, shape } = shown
  if (size && size.width !== null && wanted) {
    throw new UserError(
      'bad-argument',
      sentence`A width and height are a shape already: another one can not be asked for beside them.`,
      sentence`Leave one of them out.`,
    )
  }
  const [across, down] = sampleSteps(layout)
  const stored = <T>([a, b]: readonly [T, T]): readonly [T, T] => (isTurned ? [b, a] : [a, b])
  const frameShape = wanted ? wanted.num / wanted.den : shape
  if (!size) return barredAsItIs()
  const frameHeight = size.height
  const frameWidth = size.width ?? evenSide(frameHeight * frameShape)
  const by = shape / (frameWidth / frameHeight)
  const [stepX, stepY] = (isTurned ? [down, across] : [across, down]).map((step) => Math.max(2, step)) as [
    number,
    number,
  ]
  const barX = by < 1 - SAME_SHAPE ? barOf(frameWidth, frameWidth * by, stepX) : 0
  const barY = by > 1 + SAME_SHAPE ? barOf(frameHeight, frameHeight / by, stepY) : 0
  const picture = [frameWidth - 2 * barX, frameHeight - 2 * barY] as const
  // Square pixels take more of those that are wide, or fewer lines of those that are tall.
  const most = [evenSide(shown.width * Math.max(1, aspect)), evenSide(shown.height * Math.max(1, 1 / aspect))] as const
  if (!enlarge && (picture[0] > most[0] || picture[1] > most[1])) {
    throw new UserError(
      'bad-argument',
      sentence`The film’s picture is ${most[0]} × ${most[1]}; for a frame of ${frameWidth} × ${frameHeight} it would have to be enlarged.`,
      sentence`Choose a smaller size, or say that the picture may be enlarged.`,
    )
  }
  const scaled = stored(picture)
  const [frameStoredWidth, frameStoredHeight] = stored([frameWidth, frameHeight])
  return {
    scaled: scaled[0] === width && scaled[1] === height ? null : scaled,
    bars: stored([barX, barY]),
    width: frameStoredWidth,
    height: frameStoredHeight,
    pixelAspect: { num: 1, den: 1 },
  }

  /** Its samples stay as they are, and the frame becomes as large as it has to be. */
  function barredAsItIs(): FrameGeometry {
    const { width: pictureWidth, height: pictureHeight } = shown
    const [stepAcross, stepDown] = isTurned ? [down, across] : [across, down]
    const wide = (pictureHeight * frameShape) / aspect - pictureWidth
    const tall = (pictureWidth * aspect) / frameShape - pictureHeight
    const bar = (missing: number, side: number, step: number): number =>
      missing > side * SAME_SHAPE ? step * Math.round(missing / 2 / step) : 0
    const [barX, barY] = [bar(wide, pictureWidth, stepAcross), bar(tall, pictureHeight, stepDown)]
    const bars = stored([barX, barY])
    return { scaled: null, bars, width: width + 2 * bars[0], height: height + 2 * bars[1], pixelAspect }
  }
}

/** The film's samples are where they are in the film, and as they are. */
export function isUntouched({ scaled, bars: [across, down] }: FrameGeometry): boolean {
  return scaled === null && across === 0 && down === 0
}
