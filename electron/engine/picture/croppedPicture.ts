/** Pictures with something cut off their sides, sample by sample. Pure. */
import type { Crop } from '../../contract/delivery.ts'
import type { Orientation } from '../../contract/orientation.ts'
import { chromaShift, chromaSize, sampleSteps, type PixelLayout, type Plane, type Planes } from './pixelLayout.ts'

/** As they follow one another around a picture. */
const around = ['top', 'right', 'bottom', 'left'] as const

function turned(crop: Crop, quarters: number): Crop {
  const [top, right, bottom, left] = around.map((_, n) => crop[around[(n + quarters + 4) % 4]!]) as [
    number,
    number,
    number,
    number,
  ]
  return { left, top, right, bottom }
}

const flipped = ({ left, right, ...same }: Crop): Crop => ({ ...same, left: right, right: left })

/** What is cut off the sides of the stored picture, of what is cut off those of the shown one. */
export function storedCrop(crop: Crop, { rotation, mirrored }: Orientation): Crop {
  const stored = turned(crop, rotation / 90)
  return mirrored ? flipped(stored) : stored
}

/** The same the other way round. */
export function shownCrop(crop: Crop, { rotation, mirrored }: Orientation): Crop {
  return turned(mirrored ? flipped(crop) : crop, -rotation / 90)
}

/** At whole chroma samples, and at whole lines of both fields: no more is cut off than was asked for. */
export function wholeCrop({ left, top, right, bottom }: Crop, layout: PixelLayout): Crop {
  const [across, down] = sampleSteps(layout)
  const before = (side: number, step: number): number => step * Math.floor(side / step)
  // The last sample of an odd side may be one of color by itself.
  const behind = (side: number, step: number, whole: number): number =>
    side === 0 ? 0 : Math.max(0, whole - step * Math.ceil((whole - side) / step))
  return {
    left: before(left, across),
    top: before(top, down),
    right: behind(right, across, layout.width),
    bottom: behind(bottom, down, layout.height),
  }
}

/** @param crop of whole samples */
export function croppedLayout(layout: PixelLayout, { left, top, right, bottom }: Crop): PixelLayout {
  return { ...layout, width: layout.width - left - right, height: layout.height - top - bottom }
}

function cut(plane: Plane, width: number, left: number, top: number, across: number, down: number): Plane {
  const part = plane instanceof Uint16Array ? new Uint16Array(across * down) : new Uint8Array(across * down)
  for (let row = 0; row < down; row++) {
    const from = (top + row) * width + left
    part.set(plane.subarray(from, from + across), row * across)
  }
  return part
}

/**
 * Planes of their own; those that are given stay as they are.
 * @param crop of whole samples
 */
export function croppedPlanes({ layout, y, u, v }: Planes, crop: Crop): Planes {
  const written = croppedLayout(layout, crop)
  const [width] = chromaSize(layout)
  const [across, down] = chromaSize(written)
  const [sx, sy] = layout.sampling === 'gray' ? [0, 0] : chromaShift[layout.sampling]
  const chroma = (plane: Plane | null): Plane | null =>
    plane && cut(plane, width, crop.left >> sx, crop.top >> sy, across, down)
  return {
    layout: written,
    y: cut(y, layout.width, crop.left, crop.top, written.width, written.height),
    u: chroma(u),
    v: chroma(v),
  }
}
