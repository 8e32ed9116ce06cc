/**
 * From the networks' small chroma to a model that gives a color for every luma value at every place: the fast guided
 * filter (He and Sun 2015, "Fast Guided Filter"; He et al. 2013, "Guided Image Filtering"). Chroma is taken to be a
 * linear function of luma within a small window, so color edges fall exactly on the full-size picture's luma edges.
 */
import type { NetworkChroma, NetworkLuma } from './networkPictures.ts'

/** Half a window's side, in texels of the network's luma. */
const FIT_RADIUS = 3
/** Neighboring windows' fits are averaged over this radius; smaller than the fit's, so that edges stay where they are. */
const BLEND_RADIUS = 2
/** Luma variance below which a window counts as flat and its color as constant: (5/255)^2. */
const FLAT = 0.0004
/** A fit steeper than this is not a material's color but two objects in one window; it would tint highlights. */
const STEEPEST = 1.2

/** Coefficients (aU, bU, aV, bV) per texel, as contract/frames.ts describes them: U = aU Y + bU. */
export class GuidedModelMaker {
  readonly #chroma: Float32Array
  readonly #fit: Float32Array
  /** Sums over the rows of the window, per column; zeros on both sides spare the inner loops the borders. */
  readonly #columns: Float64Array

  /** Sizes of the network's luma; the chroma has half of each. */
  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.#chroma = new Float32Array(width * height * 2)
    this.#fit = new Float32Array(width * height * 4)
    this.#columns = new Float64Array((width + 2 * FIT_RADIUS + 1) * 6)
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
    doubleChroma(chroma, this.#chroma)
    this.#fitWindows(luma.values, FLAT + 2 * grain * grain)
    this.#blend(into)
    return into
  }

  /** Least squares of chroma on luma in the window around each texel, regularized by `flat`. */
  #fitWindows(luma: Float32Array, flat: number): void {
    const { width, height } = this
    const uv = this.#chroma
    const fit = this.#fit
    const r = FIT_RADIUS
    const columns = this.#columns.fill(0)
    const addRow = (row: number, sign: number): void => {
      for (let x = 0, i = row * width, c = (r + 1) * 6; x < width; x++, i++, c += 6) {
        const y = luma[i]!
        const u = uv[2 * i]!
        const v = uv[2 * i + 1]!
        const ys = y * sign
        columns[c]! += ys
        columns[c + 1]! += ys * y
        columns[c + 2]! += u * sign
        columns[c + 3]! += v * sign
        columns[c + 4]! += ys * u
        columns[c + 5]! += ys * v
      }
    }
    for (let row = 0; row < Math.min(r, height); row++) addRow(row, 1)
    for (let row = 0; row < height; row++) {
      if (row + r < height) addRow(row + r, 1)
      if (row - r - 1 >= 0) addRow(row - r - 1, -1)
      const rows = Math.min(height - 1, row + r) - Math.max(0, row - r) + 1
      let sy = 0
      let syy = 0
      let su = 0
      let sv = 0
      let syu = 0
      let syv = 0
      for (let x = -r, out = row * width * 4; x < width; x++) {
        const enter = (x + 2 * r + 1) * 6
        sy += columns[enter]!
        syy += columns[enter + 1]!
        su += columns[enter + 2]!
        sv += columns[enter + 3]!
        syu += columns[enter + 4]!
        syv += columns[enter + 5]!
        if (x < 0) continue
        const leave = x * 6
        sy -= columns[leave]!
        syy -= columns[leave + 1]!
        su -= columns[leave + 2]!
        sv -= columns[leave + 3]!
        syu -= columns[leave + 4]!
        syv -= columns[leave + 5]!
        const n = 1 / (rows * ((x + r < width ? x + r : width - 1) - (x > r ? x - r - 1 : -1)))
        const my = sy * n
        const mu = su * n
        const mv = sv * n
        const spread = 1 / (Math.max(0, syy * n - my * my) + flat)
        let au = (syu * n - my * mu) * spread
        let av = (syv * n - my * mv) * spread
        const steep = Math.max(au < 0 ? -au : au, av < 0 ? -av : av)
        if (steep > STEEPEST) {
          au *= STEEPEST / steep
          av *= STEEPEST / steep
        }
        fit[out++] = au
        fit[out++] = mu - au * my
        fit[out++] = av
        fit[out++] = mv - av * my
      }
    }
  }

  /** Each texel lies in many windows; it takes the mean of their fits. */
  #blend(into: Float32Array): void {
    const { width, height } = this
    const fit = this.#fit
    const columns = this.#columns.fill(0)
    const r = BLEND_RADIUS
    const stride = width * 4
    const addRow = (row: number, sign: number): void => {
      for (let c = (r + 1) * 4, i = row * stride, end = i + stride; i < end; c++, i++) columns[c]! += fit[i]! * sign
    }
    for (let row = 0; row < Math.min(r, height); row++) addRow(row, 1)
    for (let row = 0; row < height; row++) {
      if (row + r < height) addRow(row + r, 1)
      if (row - r - 1 >= 0) addRow(row - r - 1, -1)
      const rows = Math.min(height - 1, row + r) - Math.max(0, row - r) + 1
      let s0 = 0
      let s1 = 0
      let s2 = 0
      let s3 = 0
      for (let x = -r, out = row * stride; x < width; x++) {
        const enter = (x + 2 * r + 1) * 4
        s0 += columns[enter]!
        s1 += columns[enter + 1]!
        s2 += columns[enter + 2]!
        s3 += columns[enter + 3]!
        if (x < 0) continue
        const leave = x * 4
        s0 -= columns[leave]!
        s1 -= columns[leave + 1]!
        s2 -= columns[leave + 2]!
        s3 -= columns[leave + 3]!
        const n = 1 / (rows * ((x + r < width ? x + r : width - 1) - (x > r ? x - r - 1 : -1)))
        into[out++] = s0 * n
        into[out++] = s1 * n
        into[out++] = s2 * n
        into[out++] = s3 * n
      }
    }
  }
}

/** Chroma (h/2, w/2, 2) to luma's size (h, w, 2), bilinear: each new sample lies a quarter of a texel off an old one. */
function doubleChroma(chroma: NetworkChroma, into: Float32Array): void {
  const { width: cw, height: ch, values } = chroma
  const width = cw * 2
  for (let y = 0; y < ch * 2; y++) {
    const near = y >> 1
    const far = Math.min(ch - 1, Math.max(0, near + ((y & 1) === 0 ? -1 : 1)))
    for (let x = 0; x < width; x++) {
      const left = x >> 1
      const right = Math.min(cw - 1, Math.max(0, left + ((x & 1) === 0 ? -1 : 1)))
      const a = (near * cw + left) * 2
      const b = (near * cw + right) * 2
      const c = (far * cw + left) * 2
      const d = (far * cw + right) * 2
      const out = (y * width + x) * 2
      into[out] = values[a]! * 0.5625 + (values[b]! + values[c]!) * 0.1875 + values[d]! * 0.0625
      into[out + 1] = values[a + 1]! * 0.5625 + (values[b + 1]! + values[c + 1]!) * 0.1875 + values[d + 1]! * 0.0625
    }
  }
}
