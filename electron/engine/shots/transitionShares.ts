/**
 * How far each place of a frame is on the way from one picture to another, in a dissolve or a wipe. In a dissolve all
 * places are equally far: the share that, in the least squares, makes the frame of both pictures. In a wipe or an iris
 * each place shows the one or the other: the one that it differs less from, within a small window.
 */
import { AreaScaler } from '../picture/areaAverage.ts'
import type { LumaPicture } from './detectCuts.ts'
import { SmallPictures, wayOf } from './transitions.ts'

/**
 * Half a window's side, as a share of the picture's width. Where both pictures are alike in it, a wider window tells.
 */
const NARROW = 1 / 40
const WIDE = 1 / 6
/** Where two pictures differ by less, in luma 0..1, they are alike. */
const LEAST_DIFFERENCE = 0.04
const DOUBT = LEAST_DIFFERENCE ** 2

export class TransitionShares {
  readonly #isWipe: boolean
  readonly #small: SmallPictures
  readonly #places: AreaScaler
  readonly #ends: readonly [before: LumaPicture, after: LumaPicture]

  /**
   * All pictures have one size.
   * @param before the last picture of the shot before
   * @param middle one halfway
   * @param after the first picture of the shot after
   */
  constructor(before: LumaPicture, middle: LumaPicture, after: LumaPicture) {
    this.#small = new SmallPictures()
    this.#places = new AreaScaler(before.width, before.height, before.width >> 1, before.height >> 1)
    this.#ends = [before, after]
    const { mixed, either } = this.#wayOf(middle)
    this.#isWipe = either < mixed
  }

  /** The share of the picture after, 0..1, for each place of half the pictures' width and height. */
  of(picture: LumaPicture): Float32Array {
    const share = Math.min(1, Math.max(0, this.#wayOf(picture).share))
    const [y, before, after] = [picture, ...this.#ends].map((each) => this.#atPlaces(each)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ]
    const everywhere = new Float32Array(y.length).fill(share)
    if (!this.#isWipe) return everywhere
    const { width, height } = this.#places
    const [offBefore, offAfter] = [before, after].map((end) => y.map((value, i) => (value - end[i]!) ** 2)) as [
      Float32Array,
      Float32Array,
    ]
    /** By windows of one size; where they tell nothing, what a wider look has told. */
    const look = (size: number, wider: Float32Array): Float32Array => {
      const radius = Math.max(1, Math.round(size * width))
      const fromAfter = windowMeans(offAfter, width, height, radius)
      return windowMeans(offBefore, width, height, radius).map(
        (off, i) => (off + DOUBT * wider[i]!) / (off + fromAfter[i]! + DOUBT),
      )
    }
    return look(NARROW, look(WIDE, everywhere))
  }

  #wayOf(picture: LumaPicture): ReturnType<typeof wayOf> {
    const [before, after] = this.#ends
    return wayOf(this.#small.make(picture), this.#small.make(before), this.#small.make(after))
  }

  #atPlaces({ values }: LumaPicture): Float32Array {
    const places = new Float32Array(this.#places.width * this.#places.height)
    this.#places.scale(values, places, 1, 0, 1)
    return places
  }
}

/** Means over the window around each place; less of it at the borders. */
function windowMeans(values: Float32Array, width: number, height: number, radius: number): Float32Array {
  const across = new Float32Array(values.length)
  for (let y = 0; y < height; y++) lineMeans(values, across, y * width, 1, width, radius)
  const means = new Float32Array(values.length)
  for (let x = 0; x < width; x++) lineMeans(across, means, x, width, height, radius)
  return means
}

/** Of one row or column: `count` values from `start` on, `step` apart. */
function lineMeans(
  values: Float32Array,
  into: Float32Array,
  start: number,
  step: number,
  count: number,
  radius: number,
): void {
  let sum = 0
  for (let n = 0; n < Math.min(radius, count); n++) sum += values[start + n * step]!
  for (let n = 0; n < count; n++) {
    if (n + radius < count) sum += values[start + (n + radius) * step]!
    if (n > radius) sum -= values[start + (n - radius - 1) * step]!
    into[start + n * step] = Math.max(0, sum) / (Math.min(count - 1, n + radius) - Math.max(0, n - radius) + 1)
  }
}
