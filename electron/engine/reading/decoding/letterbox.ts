/**
 * How a picture of another shape is shown in a film's frame: whole, as wide to its height as it is meant to be, between
 * black bars. ffmpeg scales it and we place it: ffmpeg's own black is that of limited range in every film, and it cuts
 * the last line of odd sizes off.
 */
import type { Rational } from '../../../contract/schemas.ts'
import {
  chromaShift,
  chromaSize,
  pictureBytes,
  sampleSteps,
  splitPicture,
  type PixelLayout,
  type Plane,
} from '../../picture/pixelLayout.ts'
import type { PictureSize } from '../opening/filmSizes.ts'
import type { Footage } from '../footage.ts'

/** Where a picture lies in a frame, in luma samples of the frame. */
export interface PictureBox {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * Shapes that differ by less than this are one: sides are rounded to whole and even numbers by whoever scales films.
 */
export const SAME_SHAPE = 0.01

export const squarePixels = ({ num, den }: Rational): Rational =>
  num > 0 && den > 0 ? { num, den } : { num: 1, den: 1 }

/**
 * The shape that the whole frame stands for: its width by its height, as shown. Small pictures of a film keep it only
 * roughly.
 */
function shapeOf({ info: { width, height, pixelAspect } }: Pick<Footage, 'info'>): number {
  return (width * (pixelAspect.num / pixelAspect.den)) / height
}

type Frame = Pick<Footage, 'layout' | 'info'>

/** The same sums as the filter's expressions. */
export function boxOf(
  frame: Frame,
  { width, height, aspect }: Pick<PictureSize, 'width' | 'height' | 'aspect'>,
): PictureBox {
  const { layout } = frame
  const { num, den } = squarePixels(aspect)
  const by = (width * (num / den)) / height / shapeOf(frame)
  const [across, down] = sampleSteps(layout)
  const bar = (side: number, filled: number, step: number): number =>
    Math.min(step * Math.round((side - side * filled) / 2 / step), step * Math.floor((side - 1) / 2 / step))
  const left = by < 1 - SAME_SHAPE ? bar(layout.width, by, across) : 0
  const top = by > 1 + SAME_SHAPE ? bar(layout.height, 1 / by, down) : 0
  return { left, top, width: layout.width - 2 * left, height: layout.height - 2 * top }
}

export function isWhole({ left, top }: PictureBox): boolean {
  return left === 0 && top === 0
}

/**
 * Options of the scale filter that bring pictures of any size, which may change from one to the next, to that of their
 * box; where it lies nobody but us knows. Those of the frame's own size are not touched.
 * @param isInverted what ffmpeg takes for the shape of a pixel is its height by its width (pngAspect.ts)
 */
export function boxScale(frame: Frame, isInverted: boolean): string[] {
  const { width, height } = frame.layout
  const by = `iw${isInverted ? '/' : '*'}sar/ih/${shapeOf(frame)}`
  const [across, down] = sampleSteps(frame.layout)
  const bar = (side: number, filled: string, step: number): string =>
    `min(${step}*round((${side}-${side}*${filled})/2/${step}),${step * Math.floor((side - 1) / 2 / step)})`
  return [
    `w='${width}-2*if(lt(${by},${1 - SAME_SHAPE}),${bar(width, `(${by})`, across)},0)'`,
    `h='${height}-2*if(gt(${by},${1 + SAME_SHAPE}),${bar(height, `(1/(${by}))`, down)},0)'`,
    'eval=frame',
  ]
}

function fillAround(
  plane: Plane,
  width: number,
  height: number,
  { left, top, width: w, height: h }: PictureBox,
  value: number,
): void {
  plane.fill(value, 0, top * width)
  plane.fill(value, (top + h) * width, height * width)
  if (w === width) return
  for (let y = top; y < top + h; y++) {
    plane.fill(value, y * width, y * width + left)
    plane.fill(value, y * width + left + w, (y + 1) * width)
  }
}

/** The box in chroma samples, whose size is rounded up at the far sides. */
function chromaBox(layout: PixelLayout, { left, top }: PictureBox): PictureBox {
  const [cw, ch] = chromaSize(layout)
  const [sx, sy] = layout.sampling === 'gray' ? [0, 0] : chromaShift[layout.sampling]
  return { left: left >> sx, top: top >> sy, width: cw - 2 * (left >> sx), height: ch - 2 * (top >> sy) }
}

/** Makes chroma neutral around a box, in place. */
export function clearBars(layout: PixelLayout, planes: readonly (Plane | null)[], box: PictureBox): void {
  if (isWhole(box)) return
  const [cw, ch] = chromaSize(layout)
  for (const plane of planes) if (plane) fillAround(plane, cw, ch, chromaBox(layout, box), 1 << (layout.bitDepth - 1))
}

function place(from: Plane, into: Plane, width: number, box: PictureBox): void {
  for (let y = 0; y < box.height; y++)
    into.set(from.subarray(y * box.width, (y + 1) * box.width), (box.top + y) * width + box.left)
}

/**
 * A picture that was scaled to its box, in a whole frame, with black around it.
 * @param picture raw planes of the frame's layout, at the width and height given
 */
export function inFrame(
  layout: PixelLayout,
  picture: ArrayBuffer,
  { width, height }: Pick<PictureBox, 'width' | 'height'>,
): ArrayBuffer {
  const box = { left: (layout.width - width) / 2, top: (layout.height - height) / 2, width, height }
  const small = splitPicture({ ...layout, width, height }, picture)
  const frame = new ArrayBuffer(pictureBytes(layout))
  const whole = splitPicture(layout, frame)
  place(small.y, whole.y, layout.width, box)
  fillAround(whole.y, layout.width, layout.height, box, layout.range === 'full' ? 0 : 16 << (layout.bitDepth - 8))
  const [cw] = chromaSize(layout)
  for (const [from, into] of [
    [small.u, whole.u],
    [small.v, whole.v],
  ])
    if (from && into) place(from, into, cw, chromaBox(layout, box))
  clearBars(layout, [whole.u, whole.v], box)
  return frame
}
