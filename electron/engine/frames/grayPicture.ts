/** A film's frame without any coloring of ours, scaled to the size that the window shows. */
import type { SourceChroma } from '../../contract/frames.ts'
import type { SourceFrame } from '../reading/footage.ts'
import { AreaScaler } from '../picture/areaAverage.ts'
import { chromaOfLines, hasFieldRows } from '../picture/fieldRows.ts'
import type { PixelLayout } from '../picture/pixelLayout.ts'
import { chromaScale, lumaScale } from '../picture/sampleScale.ts'

/** Chroma this near to neutral (of 255) is coding noise of a gray film, not a tint. */
const TINT = 3

export interface GrayPicture {
  /** Full range 0..255, row-major. */
  readonly luma: Uint8Array
  /** At half that size, of fields in as many rows; null where the picture is as good as gray. */
  readonly sourceChroma: SourceChroma | null
}

/** Keeps scratch memory for one size of picture at a time. */
export class GrayPictureMaker {
  #scaler: AreaScaler | null = null
  #chromaScaler: AreaScaler | null = null

  constructor(private readonly layout: PixelLayout) {}

  make(source: SourceFrame, width: number, height: number): GrayPicture {
    const { layout } = this
    const luma = new Uint8Array(width * height)
    if (this.#scaler?.width !== width || this.#scaler.height !== height) {
      this.#scaler = new AreaScaler(layout.width, layout.height, width, height)
    }
    const { gain, offset } = lumaScale(layout)
    this.#scaler.scale(source.y, luma, 255 * gain, 255 * offset, 255)
    return { luma, sourceChroma: this.#sourceChroma(source, width, height) }
  }

  #sourceChroma({ u, v }: SourceFrame, width: number, height: number): SourceChroma | null {
    const { layout } = this
    if (!u || !v) return null
    const [w, h] = [Math.max(1, width >> 1), hasFieldRows(layout) ? height : Math.max(1, height >> 1)]
    const { gain, neutral } = chromaScale(layout)
    const toByte = 255 / gain
    const planes = [u, v].map((plane) => {
      const rows = chromaOfLines(plane, layout)
      const isMade = this.#chromaScaler?.width === w && this.#chromaScaler.height === h
      const scaler = isMade ? this.#chromaScaler! : (this.#chromaScaler = new AreaScaler(rows.width, rows.height, w, h))
      const small = new Uint8Array(w * h)
      scaler.scale(rows.samples, small, toByte, 128 - neutral * toByte, 255)
      return small
    })
    const [us, vs] = planes as [Uint8Array, Uint8Array]
    let tinted = false
    for (let i = 0; i < us.length && !tinted; i++)
      tinted = Math.abs(us[i]! - 128) > TINT || Math.abs(vs[i]! - 128) > TINT
    if (!tinted) return null
    const both = new Uint8Array(2 * w * h)
    for (let i = 0; i < us.length; i++) {
      both[2 * i] = us[i]!
      both[2 * i + 1] = vs[i]!
    }
    return { width: w, height: h, samples: both }
  }
}
