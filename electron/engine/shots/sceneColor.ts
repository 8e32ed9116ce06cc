/**
 * Tells gray pictures from tinted ones and from pictures in color, by small pictures of their chroma. A tint or toning
 * follows the light: its chroma is a smooth function of luma. In a picture in color, places of equal light differ.
 *
 * Measured: of 72 clips in color the one nearest to a tint strays 3.5 of 255 from its own best tint, one in ten less
 * than 5.5; gray film, tinted or toned and with strong noise on it, strays 2.9 to 3.6; a scan whose gray has a cast,
 * 0.4.
 */
import type { FrameColor } from '../../contract/foundShots.ts'
import { AreaScaler } from '../picture/areaAverage.ts'

/** Pictures are judged at this size: grain and the noise of old tapes average out. */
const WIDTH = 24
const HEIGHT = 18
/** Chroma of 255 that a scan of gray film may have. */
const LEAST_CHROMA = 2
/** How far of 255 a tint may stray from a function of luma, and at most this share of itself. */
const LEAST_STRAYED = 3.2
const LEAST_SHARE = 0.3

export interface SmallPicture {
  readonly width: number
  readonly height: number
  /** Luma 0..1, row-major. */
  readonly values: Float32Array
  /** U and V, -0.5..0.5, at the same size; null for films without chroma. */
  readonly chroma: { readonly u: Float32Array; readonly v: Float32Array } | null
}

export class SceneColor {
  #scaler: AreaScaler | null = null

  /** Of the film's own colors in a frame. All pictures have one size. */
  of({ width, height, values, chroma }: SmallPicture): FrameColor {
    if (!chroma) return 'gray'
    const scaler = (this.#scaler ??= new AreaScaler(width, height, Math.min(width, WIDTH), Math.min(height, HEIGHT)))
    const shrunk = (plane: Float32Array, gain: number): Float32Array => {
      const small = new Float32Array(scaler.width * scaler.height)
      // The scaler holds values between 0 and its top; chroma is moved there and back.
      scaler.scale(plane, small, gain, gain === 1 ? 0 : 128, gain === 1 ? 1 : 255)
      return small
    }
    const luma = shrunk(values, 1)
    const [u, v] = [shrunk(chroma.u, 255), shrunk(chroma.v, 255)].map((plane) => plane.map((value) => value - 128))
    const [fitU, fitV] = [byLuma(luma, u!), byLuma(luma, v!)]
    const tint = Math.hypot(fitU.explained, fitV.explained)
    const strayed = Math.hypot(fitU.left, fitV.left)
    if (strayed > LEAST_STRAYED && strayed > LEAST_SHARE * tint) return 'color'
    return tint > LEAST_CHROMA ? 'tinted' : 'gray'
  }
}

/** Root mean squares of the best parabola over luma, and of what it leaves of a plane. */
function byLuma(luma: Float32Array, plane: Float32Array): { explained: number; left: number } {
  // Normal equations of a + b y + c y^2, solved by elimination.
  const rows = [0, 1, 2].map(() => new Float64Array(4))
  for (let i = 0; i < luma.length; i++) {
    const powers = [1, luma[i]!, luma[i]! ** 2]
    for (let r = 0; r < 3; r++) {
      for (let c = 0; c < 3; c++) rows[r]![c]! += powers[r]! * powers[c]!
      rows[r]![3]! += powers[r]! * plane[i]!
    }
  }
  // A picture of one luma has no slope to be found; a trace of ridge keeps it solvable.
  for (let r = 0; r < 3; r++) rows[r]![r]! += 1e-6 * luma.length
  for (let r = 0; r < 3; r++) {
    for (let other = 0; other < 3; other++) {
      if (other === r) continue
      const factor = rows[other]![r]! / rows[r]![r]!
      for (let c = r; c < 4; c++) rows[other]![c]! -= factor * rows[r]![c]!
    }
  }
  const [a, b, c] = rows.map((row, r) => row[3]! / row[r]!) as [number, number, number]
  let [explained, left] = [0, 0]
  for (let i = 0; i < luma.length; i++) {
    const fit = a + b * luma[i]! + c * luma[i]! ** 2
    explained += fit * fit
    left += (plane[i]! - fit) ** 2
  }
  return { explained: Math.sqrt(explained / luma.length), left: Math.sqrt(left / luma.length) }
}
