/** Shrinks a plane by averaging the area that each target sample covers: no aliasing, no ringing, brightness kept. */
import type { Plane } from './pixelLayout.ts'

/** Which source samples each target sample covers: first and last index, and how much of each counts. */
export interface Coverage {
  readonly first: Int32Array
  readonly last: Int32Array
  readonly firstWeight: Float32Array
  readonly lastWeight: Float32Array
}

/** Of one side of a picture, that is `source` samples long and becomes `target` samples long. */
export function coverage(source: number, target: number): Coverage {
  const first = new Int32Array(target)
  const last = new Int32Array(target)
  const firstWeight = new Float32Array(target)
  const lastWeight = new Float32Array(target)
  const step = source / target
  for (let i = 0; i < target; i++) {
    const start = i * step
    const end = Math.min(source, (i + 1) * step)
    const a = Math.min(source - 1, Math.floor(start + 1e-9))
    const b = Math.max(a, Math.min(source - 1, Math.ceil(end - 1e-9) - 1))
    first[i] = a
    last[i] = b
    firstWeight[i] = a === b ? end - start : a + 1 - start
    lastWeight[i] = a === b ? 0 : end - b
  }
  return { first, last, firstWeight, lastWeight }
}

/** Same size on both sides: nothing to average, which playback at full size is quick by. */
function copy(
  source: Plane | Float32Array,
  target: Float32Array | Uint8Array,
  gain: number,
  offset: number,
  top: number,
): void {
  const shift = offset + (target instanceof Uint8Array ? 0.5 : 0)
  const most = top + (target instanceof Uint8Array ? 0.5 : 0)
  for (let i = 0; i < target.length; i++) {
    const value = source[i]! * gain + shift
    target[i] = value < 0 ? 0 : value > most ? most : value
  }
}

/** Made once per pair of sizes; keeps its scratch memory, so that a frame allocates nothing. */
export class AreaScaler {
  readonly #columns: Coverage
  readonly #rows: Coverage
  readonly #sums: Float32Array

  constructor(
    readonly sourceWidth: number,
    readonly sourceHeight: number,
    readonly width: number,
    readonly height: number,
  ) {
    this.#columns = coverage(sourceWidth, width)
    this.#rows = coverage(sourceHeight, height)
    this.#sums = new Float32Array(sourceWidth)
  }

  /**
   * Writes clamp(mean * gain + offset, 0, top) for every target sample, row by row. A Uint8Array target is rounded.
   * @param source sourceWidth * sourceHeight samples
   * @param target width * height samples
   */
  scale(
    source: Plane | Float32Array,
    target: Float32Array | Uint8Array,
    gain: number,
    offset: number,
    top: number,
  ): void {
    const { sourceWidth, width, height } = this
    if (sourceWidth === width && this.sourceHeight === height) return copy(source, target, gain, offset, top)
    const columns = this.#columns
    const rows = this.#rows
    const sums = this.#sums
    const unit = (gain * (width / sourceWidth) * height) / this.sourceHeight
    const rounding = target instanceof Uint8Array ? 0.5 : 0
    for (let j = 0; j < height; j++) {
      const a = rows.first[j]!
      const b = rows.last[j]!
      this.#setRow(source, a, rows.firstWeight[j]!)
      for (let y = a + 1; y < b; y++) this.#addRow(source, y, 1)
      if (b > a) this.#addRow(source, b, rows.lastWeight[j]!)
      let out = j * width
      for (let i = 0; i < width; i++) {
        const first = columns.first[i]!
        const last = columns.last[i]!
        let sum = sums[first]! * columns.firstWeight[i]!
        for (let x = first + 1; x < last; x++) sum += sums[x]!
        sum += sums[last]! * columns.lastWeight[i]!
        const value = sum * unit + offset
        target[out++] = (value < 0 ? 0 : value > top ? top : value) + rounding
      }
    }
  }

  #setRow(source: Plane | Float32Array, row: number, weight: number): void {
    const sums = this.#sums
    const start = row * this.sourceWidth
    for (let x = 0; x < sums.length; x++) sums[x] = source[start + x]! * weight
  }

  #addRow(source: Plane | Float32Array, row: number, weight: number): void {
    const sums = this.#sums
    const start = row * this.sourceWidth
    if (weight === 1) for (let x = 0; x < sums.length; x++) sums[x]! += source[start + x]!
    else for (let x = 0; x < sums.length; x++) sums[x]! += source[start + x]! * weight
  }
}
