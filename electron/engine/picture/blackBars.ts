/** Black beside a film's pictures: what of each side is black on all that are looked at. Pure. */
import type { Crop } from '../../contract/delivery.ts'
import type { PixelLayout, Plane } from './pixelLayout.ts'
import { lumaScale } from './sampleScale.ts'

/** Light that black has at the most: noise, and what encoders make of it. */
const BLACK = 0.04
/** Of a row or a column, so much may be lighter: dust, and single samples that are damaged. */
const SPECKS = 0.005

export class BlackBars {
  readonly #rows: Uint8Array
  readonly #columns: Uint8Array
  readonly #most: number

  constructor(private readonly layout: PixelLayout) {
    const { gain, offset } = lumaScale(layout)
    this.#most = Math.round((BLACK - offset) / gain)
    this.#rows = new Uint8Array(layout.height)
    this.#columns = new Uint8Array(layout.width)
  }

  /** Luma of one more picture. */
  look(y: Plane): void {
    const { width, height } = this.layout
    const light = new Uint32Array(width)
    for (let row = 0; row < height; row++) {
      let count = 0
      for (let column = 0; column < width; column++)
        if (y[row * width + column]! > this.#most) {
          count++
          light[column]!++
        }
      if (count > SPECKS * width) this.#rows[row] = 1
    }
    light.forEach((count, column) => {
      if (count > SPECKS * height) this.#columns[column] = 1
    })
  }

  /** Of the stored picture; null where all of it was black, or nothing of its sides. */
  get found(): Crop | null {
    const [top, bottom] = [this.#rows.indexOf(1), this.#rows.length - 1 - this.#rows.lastIndexOf(1)]
    const [left, right] = [this.#columns.indexOf(1), this.#columns.length - 1 - this.#columns.lastIndexOf(1)]
    if (top < 0 || left < 0) return null
    return top + bottom + left + right > 0 ? { left, top, right, bottom } : null
  }
}
