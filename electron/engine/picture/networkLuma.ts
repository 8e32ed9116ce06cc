/** The small luma picture that the networks see. */
import type { Rational } from '../../contract/schemas.ts'
import type { NetworkLuma } from './networkPictures.ts'
import { AreaScaler } from './areaAverage.ts'
import type { PixelLayout, Plane, Planes } from './pixelLayout.ts'
import { lumaScale } from './sampleScale.ts'

/** The networks halve the picture five times. */
const GRID = 32
/** Longer pictures than this many short sides are squeezed; no film is. */
const LONGEST = 4

const upToGrid = (size: number): number => Math.max(GRID, Math.ceil(size / GRID) * GRID)
const nearestOnGrid = (size: number): number => Math.max(GRID, Math.round(size / GRID) * GRID)

/**
 * Size of the networks' picture: multiples of 32, the short side `shortSide` (less for films smaller than that), the
 * aspect as shown on a screen, so that faces look like faces in anamorphic material too. [width, height].
 */
export function networkSize(
  film: { readonly width: number; readonly height: number; readonly pixelAspect: Rational },
  shortSide: number,
): [number, number] {
  const shown = film.width * (film.pixelAspect.num / film.pixelAspect.den)
  const [short, long] = shown < film.height ? [shown, film.height] : [film.height, shown]
  const side = Math.min(nearestOnGrid(shortSide), upToGrid(short))
  const other = Math.min(nearestOnGrid((side * long) / short), LONGEST * side)
  return shown < film.height ? [side, other] : [other, side]
}

/** The size at which a network made for pictures of `shortSide` sees one of width x height, itself on the grid. [width, height] */
export function fittedSize(width: number, height: number, shortSide: number): [number, number] {
  const scale = Math.min(1, shortSide / Math.min(width, height))
  return [nearestOnGrid(width * scale), nearestOnGrid(height * scale)]
}

/** Shrinks luma planes of one layout to the networks' size; full range 0..1 whatever the source's depth and range. */
export class NetworkLumaMaker {
  readonly #scaler: AreaScaler
  readonly #gain: number
  readonly #offset: number
  #blended: Float32Array | null = null

  constructor(
    private readonly layout: PixelLayout,
    readonly width: number,
    readonly height: number,
  ) {
    this.#scaler = new AreaScaler(layout.width, layout.height, width, height)
    const { gain, offset } = lumaScale(layout)
    this.#gain = gain
    this.#offset = offset
  }

  /** A new picture each time: the pass keeps them. */
  make(planes: Planes): NetworkLuma {
    const values = new Float32Array(this.width * this.height)
    this.#scaler.scale(this.layout.interlaced ? this.#bothFields(planes.y) : planes.y, values, this.#gain, this.#offset, 1)
    return { width: this.width, height: this.height, values }
  }

  /**
   * Of interlaced pictures the networks see both fields in equal shares in every row. What moves is doubled then, not
   * torn into lines, and luma and chroma of a texel are mixtures of the same two moments.
   */
  #bothFields(y: Plane): Float32Array {
    const { width, height } = this.layout
    const blended = (this.#blended ??= new Float32Array(width * height))
    for (let row = 0; row < height; row++) {
      const at = row * width
      const above = row > 0 ? at - width : Math.min(height - 1, 1) * width
      const below = row < height - 1 ? at + width : Math.max(0, height - 2) * width
      for (let x = 0; x < width; x++) blended[at + x] = (y[above + x]! + 2 * y[at + x]! + y[below + x]!) / 4
    }
    return blended
  }
}
