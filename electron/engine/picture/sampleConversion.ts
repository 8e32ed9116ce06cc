/**
 * Brings planes to another depth and range. Where that makes them finer every sample gets its very value; where steps
 * are lost they are dithered, in the order of Bayer's matrix (B. E. Bayer, 'An optimum method for two-level rendition
 * of continuous-tone pictures', 1973), so that slopes of light don't become stairs.
 */
import { chromaSize, type PixelLayout, type Plane } from './pixelLayout.ts'
import { chromaScale, lumaScale } from './sampleScale.ts'

/** Side of the matrix, and by how many bits finer than a step its thresholds are. */
const SIDE = 8
const FINE_BITS = 6

/** Thresholds 0..63, each once, neighbors far apart. */
const thresholds = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
  const [x, y] = [i % SIDE, Math.floor(i / SIDE)]
  let value = 0
  for (let bit = 0; bit < 3; bit++) value = value * 4 + 2 * (((x ^ y) >> bit) & 1) + ((y >> bit) & 1)
  return value
})

type Coding = Pick<PixelLayout, 'bitDepth' | 'range'>

export class SampleConversion {
  /** Samples stay as they are. */
  readonly isNone: boolean
  readonly #isDithered: boolean
  readonly #luma: Uint32Array
  readonly #chroma: Uint32Array

  /** @param to differs from `from` in depth and range alone */
  constructor(
    from: PixelLayout,
    private readonly to: PixelLayout,
  ) {
    this.isNone = from.bitDepth === to.bitDepth && from.range === to.range
    this.#isDithered = lumaScale(to).gain > lumaScale(from).gain
    const table = (target: (code: number) => number): Uint32Array =>
      this.isNone ? new Uint32Array() : this.#table(from, target)
    const [luma, written] = [lumaScale(from), lumaScale(to)]
    this.#luma = table((code) => (code * luma.gain + luma.offset - written.offset) / written.gain)
    const [chroma, colored] = [chromaScale(from), chromaScale(to)]
    this.#chroma = table((code) => ((code - chroma.neutral) / chroma.gain) * colored.gain + colored.neutral)
  }

  /** A plane of luma, into `into` where that is given; the very plane that came where samples stay as they are. */
  luma(plane: Plane, into?: Plane): Plane {
    return this.#convert(plane, this.#luma, this.to.width, into)
  }

  chroma(plane: Plane): Plane {
    return this.#convert(plane, this.#chroma, chromaSize(this.to)[0])
  }

  /** For each code the one to write: in steps, or in fine steps where they are dithered. */
  #table({ bitDepth }: Coding, target: (code: number) => number): Uint32Array {
    const top = 2 ** this.to.bitDepth - 1
    const fine = this.#isDithered ? 1 << FINE_BITS : 1
    return Uint32Array.from({ length: 2 ** bitDepth }, (_, code) =>
      Math.round(Math.min(top, Math.max(0, target(code))) * fine),
    )
  }

  #convert(plane: Plane, table: Uint32Array, width: number, into?: Plane): Plane {
    if (this.isNone) return plane
    const result = into ?? new (this.to.bitDepth > 8 ? Uint16Array : Uint8Array)(plane.length)
    if (!this.#isDithered) {
      for (let i = 0; i < plane.length; i++) result[i] = table[plane[i]!]!
      return result
    }
    for (let row = 0, i = 0; i < plane.length; row++) {
      const line = (row % SIDE) * SIDE
      for (let x = 0; x < width; x++, i++) {
        result[i] = (table[plane[i]!]! + thresholds[line + (x % SIDE)]!) >> FINE_BITS
      }
    }
    return result
  }
}
