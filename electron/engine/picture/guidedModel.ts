/**
 * From the networks' small chroma to a model that gives a color for every luma value at every place: a fast guided
 * filter (He and Sun 2015, "Fast Guided Filter"; He et al. 2013, "Guided Image Filtering") that is exact at the texels
 * it comes from. Within a small window chroma is taken to be a linear function of luma, as far as luma explains it.
 * That slope only says how color changes between texels, where the full-size luma has an edge or not; at a texel's own
 * luma the model gives the networks' very chroma. Where there is nothing to follow it is bilinear interpolation.
 */
import type { NetworkChroma, NetworkLuma } from './networkPictures.ts'

/**
 * Half a window's side, in texels of chroma: of the fit, and of the mean that neighboring windows' slopes are taken to.
 */
const RADIUS = 1
/** Luma variance below which a window counts as flat and its color as constant: (5/255)^2. */
const FLAT = 0.0004
/** About the variance that chroma has by being kept in 8 bits: so little is not worth explaining. */
const ROUNDING = 1e-6
/** A fit steeper than this is not a material's color but two objects in one window; it would tint highlights. */
const STEEPEST = 1.2

/** Coefficients (aU, bU, aV, bV) per texel of chroma, as contract/frames.ts describes them: U = aU Y + bU. */
export class GuidedModelMaker {
  readonly width: number
  readonly height: number
  /** Luma at chroma's size. */
  readonly #luma: Float32Array
  /** Y, Y Y, U, V, U U, V V, Y U, Y V of each texel. */
  readonly #moments: Float32Array
  readonly #slopes: Float32Array
  readonly #momentMeans: WindowMeans
  readonly #slopeMeans: WindowMeans

  /** Sizes of the networks' luma; chroma, and so the model, has half of each. */
  constructor(networkWidth: number, networkHeight: number) {
    this.width = networkWidth >> 1
    this.height = networkHeight >> 1
    const texels = this.width * this.height
    this.#luma = new Float32Array(texels)
    this.#moments = new Float32Array(texels * 8)
    this.#slopes = new Float32Array(texels * 2)
    this.#momentMeans = new WindowMeans(this.width, this.height, 8)
    this.#slopeMeans = new WindowMeans(this.width, this.height, 2)
  }

  /**
   * @param grain standard deviation of the full-size luma's grain (grain.ts); it limits how far color follows luma
   * @returns width * height * 4 values, row-major, in a new array or in `into`
   */
  make(
    luma: NetworkLuma,
    chroma: NetworkChroma,
    grain = 0,
    into: Float32Array = new Float32Array(this.width * this.height * 4),
  ): Float32Array {
    halveLuma(luma, this.#luma)
    this.#fillMoments(chroma.values)
    this.#fitSlopes(FLAT + 4 * grain * grain)
    const y = this.#luma
    const uv = chroma.values
    this.#slopeMeans.of(this.#slopes, (means, texel) => {
      const au = means[0]!
      const av = means[1]!
      into[4 * texel] = au
      into[4 * texel + 1] = uv[2 * texel]! - au * y[texel]!
      into[4 * texel + 2] = av
      into[4 * texel + 3] = uv[2 * texel + 1]! - av * y[texel]!
    })
    return into
  }

  #fillMoments(uv: Float32Array): void {
    const luma = this.#luma
    const moments = this.#moments
    for (let i = 0, m = 0; i < luma.length; i++, m += 8) {
      const y = luma[i]!
      const u = uv[2 * i]!
      const v = uv[2 * i + 1]!
      moments[m] = y
      moments[m + 1] = y * y
      moments[m + 2] = u
      moments[m + 3] = v
      moments[m + 4] = u * u
      moments[m + 5] = v * v
      moments[m + 6] = y * u
      moments[m + 7] = y * v
    }
  }

  /** Least squares of chroma on luma in the window around each texel, regularized by `flat`. */
  #fitSlopes(flat: number): void {
    const slopes = this.#slopes
    this.#momentMeans.of(this.#moments, (means, texel) => {
      const y = means[0]!
      const u = means[2]!
      const v = means[3]!
      const yy = Math.max(0, means[1]! - y * y)
      const yu = means[6]! - y * u
      const yv = means[7]! - y * v
      // Of nine texels luma explains an eighth by chance, so the share of chroma's variance that it explains counts to
      // the third power: texture without color of its own gives color no texture.
      const shareU = (yu * yu) / ((yy + ROUNDING) * (Math.max(0, means[4]! - u * u) + ROUNDING))
      const shareV = (yv * yv) / ((yy + ROUNDING) * (Math.max(0, means[5]! - v * v) + ROUNDING))
      const au = (yu / (yy + flat)) * (shareU * shareU * shareU)
      const av = (yv / (yy + flat)) * (shareV * shareV * shareV)
      const steep = Math.max(Math.abs(au), Math.abs(av))
      const kept = steep > STEEPEST ? STEEPEST / steep : 1
      slopes[2 * texel] = au * kept
      slopes[2 * texel + 1] = av * kept
    })
  }
}

/** Means over the window around each texel, of the texels that exist. Keeps its scratch memory. */
class WindowMeans {
  /** Sums over the rows of the window, per column; zeros on both sides spare the inner loop the borders. */
  readonly #columns: Float64Array
  readonly #means: Float64Array
  readonly #sums: Float64Array

  constructor(
    private readonly width: number,
    private readonly height: number,
    private readonly channels: number,
  ) {
    this.#columns = new Float64Array((width + 2 * RADIUS + 1) * channels)
    this.#means = new Float64Array(channels)
    this.#sums = new Float64Array(channels)
  }

  /**
   * @param values width * height * channels, interleaved
   * @param each called for texel 0, 1, 2 ... with the means around it, in memory that the next call reuses
   */
  of(values: Float32Array, each: (means: Float64Array, texel: number) => void): void {
    const { width, height, channels } = this
    const columns = this.#columns.fill(0)
    const means = this.#means
    const sums = this.#sums
    const stride = width * channels
    const addRow = (row: number, sign: number): void => {
      for (let c = (RADIUS + 1) * channels, i = row * stride, end = i + stride; i < end; c++, i++)
        columns[c]! += values[i]! * sign
    }
    for (let row = 0; row < Math.min(RADIUS, height); row++) addRow(row, 1)
    for (let row = 0; row < height; row++) {
      if (row + RADIUS < height) addRow(row + RADIUS, 1)
      if (row - RADIUS - 1 >= 0) addRow(row - RADIUS - 1, -1)
      const rows = Math.min(height - 1, row + RADIUS) - Math.max(0, row - RADIUS) + 1
      sums.fill(0)
      for (let x = -RADIUS; x < width; x++) {
        const enter = (x + 2 * RADIUS + 1) * channels
        const leave = x < 0 ? 0 : x * channels
        // The first columns are zeros, so nothing leaves before the window stands at the border.
        for (let k = 0; k < channels; k++) sums[k]! += columns[enter + k]! - columns[leave + k]!
        if (x < 0) continue
        const share = 1 / (rows * (Math.min(width - 1, x + RADIUS) - Math.max(0, x - RADIUS) + 1))
        for (let k = 0; k < channels; k++) means[k] = sums[k]! * share
        each(means, row * width + x)
      }
    }
  }
}

/** Means of 2 x 2 samples. */
function halveLuma({ width, height, values }: NetworkLuma, into: Float32Array): void {
  for (let y = 0, out = 0; y < height; y += 2) {
    for (let x = 0, at = y * width; x < width; x += 2, at += 2) {
      into[out++] = (values[at]! + values[at + 1]! + values[at + width]! + values[at + width + 1]!) / 4
    }
  }
}
