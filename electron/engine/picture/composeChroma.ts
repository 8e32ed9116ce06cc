/**
 * The full-size chroma planes of a colored frame: a coloring model evaluated at every chroma sample with the luma at
 * that sample's site. Luma is read, never written.
 */
import { GAMUT_KNEE as KNEE } from '../../contract/frames.ts'
import { chromaRow, chromaShift, chromaSize, type PixelLayout, type Plane } from './pixelLayout.ts'
import { chromaScale, lumaScale, lumaWeights } from './sampleScale.ts'

/** BT.601 color differences: B' - Y' = 1.772 U, R' - Y' = 1.402 V. */
const BLUE_601 = 1.772
const RED_601 = 1.402

/** Made once per output layout and model size; keeps its tables and scratch rows, so that a frame allocates nothing. */
export class ChromaComposer {
  readonly width: number
  readonly height: number
  readonly #left: Int32Array
  readonly #leftWeight: Float32Array
  readonly #rowSums: Int32Array
  readonly #site: Float32Array
  readonly #coefficients: Float32Array
  /** Weights of luma rows that make up a chroma row, in all. */
  readonly #rowWeight: number

  /**
   * @param layout of the planes to write; its luma is the source's. Not gray.
   * @param modelWidth texels of the coloring model (contract/frames.ts)
   */
  constructor(
    readonly layout: PixelLayout,
    readonly modelWidth: number,
    readonly modelHeight: number,
  ) {
    if (layout.sampling === 'gray') throw new RangeError('a gray layout has no chroma planes')
    ;[this.width, this.height] = chromaSize(layout)
    this.#left = new Int32Array(this.width)
    this.#leftWeight = new Float32Array(this.width)
    this.#rowSums = new Int32Array(layout.width)
    this.#rowWeight = chromaRow(layout, 0).total
    this.#site = new Float32Array(this.width)
    this.#coefficients = new Float32Array((modelWidth + 1) * 4)
    const [sx] = chromaShift[layout.sampling]
    for (let i = 0; i < this.width; i++) {
      const center = sx === 1 && layout.siting !== 'center' ? 2 * i + 0.5 : (i + 0.5) * (1 << sx)
      const x = Math.max(0, (center / layout.width) * modelWidth - 0.5)
      const left = Math.min(modelWidth - 1, Math.floor(x))
      this.#left[i] = left * 4
      this.#leftWeight[i] = Math.min(1, x - left)
    }
  }

  /** New planes of the right type and size. */
  allocate(): [u: Plane, v: Plane] {
    const size = this.width * this.height
    return this.layout.bitDepth > 8
      ? [new Uint16Array(size), new Uint16Array(size)]
      : [new Uint8Array(size), new Uint8Array(size)]
  }

  /**
   * Fills u and v with code values of the layout's depth, range and matrix.
   * @param y the source's luma plane
   * @param model coefficients (aU, bU, aV, bV), modelHeight * modelWidth * 4
   */
  compose(y: Plane, model: Float32Array, u: Plane, v: Plane): void {
    for (let row = 0; row < this.height; row++) {
      this.#sumLumaRows(y, row)
      this.#readSites()
      this.#interpolateModelRow(model, row)
      this.#evaluateRow(u, v, row * this.width)
    }
  }

  /** Luma rows that one chroma row stands for, added up per column by their weights. */
  #sumLumaRows(y: Plane, row: number): void {
    const sums = this.#rowSums
    const { rows, weights } = chromaRow(this.layout, row)
    const first = rows[0]! * this.layout.width
    const firstWeight = weights[0]!
    if (rows.length === 2) {
      // Nearly all films: both in one go.
      const second = rows[1]! * this.layout.width
      const secondWeight = weights[1]!
      for (let x = 0; x < sums.length; x++) sums[x] = y[first + x]! * firstWeight + y[second + x]! * secondWeight
      return
    }
    for (let x = 0; x < sums.length; x++) sums[x] = y[first + x]! * firstWeight
    for (let k = 1; k < rows.length; k++) {
      const start = rows[k]! * this.layout.width
      const weight = weights[k]!
      for (let x = 0; x < sums.length; x++) sums[x]! += y[start + x]! * weight
    }
  }

  /**
   * Luma 0..1 at each chroma sample of the row: co-sited samples are a tent over three columns, centered ones a box.
   */
  #readSites(): void {
    const { layout } = this
    const sums = this.#rowSums
    const site = this.#site
    const [sx] = chromaShift[layout.sampling as Exclude<PixelLayout['sampling'], 'gray'>]
    const perRow = this.#rowWeight
    const { gain, offset } = lumaScale(layout)
    const last = layout.width - 1
    if (sx === 0) {
      const unit = gain / perRow
      for (let i = 0; i < site.length; i++) site[i] = sums[i]! * unit + offset
    } else if (sx === 1 && layout.siting !== 'center') {
      const unit = gain / (4 * perRow)
      site[0] = (3 * sums[0]! + sums[Math.min(1, last)]!) * unit + offset
      for (let i = 1; i < site.length; i++) {
        const x = 2 * i
        site[i] = (sums[x - 1]! + 2 * sums[x]! + sums[x < last ? x + 1 : last]!) * unit + offset
      }
    } else {
      const columns = 1 << sx
      const unit = gain / (columns * perRow)
      for (let i = 0; i < site.length; i++) {
        let sum = 0
        for (let k = 0, x = i << sx; k < columns; k++, x++) sum += sums[x < last ? x : last]!
        site[i] = sum * unit + offset
      }
    }
  }

  #interpolateModelRow(model: Float32Array, row: number): void {
    const { layout, modelWidth, modelHeight } = this
    const coefficients = this.#coefficients
    const [, sy] = chromaShift[layout.sampling as Exclude<PixelLayout['sampling'], 'gray'>]
    const center = layout.siting === 'topleft' && sy === 1 ? 2 * row + 0.5 : (row + 0.5) * (1 << sy)
    const at = Math.max(0, (center / layout.height) * modelHeight - 0.5)
    const top = Math.min(modelHeight - 1, Math.floor(at))
    const weight = Math.min(1, at - top)
    const stride = modelWidth * 4
    const a = top * stride
    const b = Math.min(modelHeight - 1, top + 1) * stride
    for (let i = 0; i < stride; i++) {
      const value = model[a + i]!
      coefficients[i] = value + (model[b + i]! - value) * weight
    }
    // One texel more at the right end, so that the inner loop needs no test for the border.
    for (let k = 0; k < 4; k++) coefficients[stride + k] = coefficients[stride - 4 + k]!
  }

  #evaluateRow(u: Plane, v: Plane, start: number): void {
    const { layout } = this
    const site = this.#site
    const left = this.#left
    const leftWeight = this.#leftWeight
    const c = this.#coefficients
    const [kr, kb] = lumaWeights[layout.matrix]
    const red = -kr / (1 - kr - kb)
    const blue = -kb / (1 - kr - kb)
    const { gain, neutral, top } = chromaScale(layout)
    const uGain = gain / (2 * (1 - kb))
    const vGain = gain / (2 * (1 - kr))
    const half = neutral + 0.5
    for (let i = 0; i < site.length; i++) {
      let y = site[i]!
      if (y < 0) y = 0
      else if (y > 1) y = 1
      const k = left[i]!
      const w = leftWeight[i]!
      const au = c[k]! + (c[k + 4]! - c[k]!) * w
      const bu = c[k + 1]! + (c[k + 5]! - c[k + 1]!) * w
      const av = c[k + 2]! + (c[k + 6]! - c[k + 2]!) * w
      const bv = c[k + 3]! + (c[k + 7]! - c[k + 3]!) * w
      let b = (au * y + bu) * BLUE_601
      let r = (av * y + bv) * RED_601
      const g = red * r + blue * b
      // 'used' is how much of the way to the edge of the RGB cube the color goes; 1 is the edge.
      let most = r
      let least = r
      if (g > most) most = g
      else if (g < least) least = g
      if (b > most) most = b
      else if (b < least) least = b
      // Most colors stay clear of the edge; only the others need the divisions.
      if (most > KNEE * (1.00001 - y) || least < KNEE * (-0.00001 - y)) {
        const up = most / (1.00001 - y)
        const down = least / (-0.00001 - y)
        const used = up > down ? up : down
        const beyond = (used - KNEE) / (1 - KNEE)
        const kept = (KNEE + ((1 - KNEE) * beyond) / (1 + beyond)) / used
        b *= kept
        r *= kept
      }
      const cb = b * uGain + half
      const cr = r * vGain + half
      u[start + i] = cb > top ? top : cb
      v[start + i] = cr > top ? top : cr
    }
  }
}
