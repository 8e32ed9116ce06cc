/** What is measured of each frame of a film that is looked through, by its small picture. */
import type { SmallPicture } from '../shots/sceneColor.ts'
import type { PixelLayout } from '../picture/pixelLayout.ts'
import { chromaScale, lumaScale, lumaWeights } from '../picture/sampleScale.ts'

export interface FrameMeasure {
  /** Mean luma, 0..1 from black to white. */
  readonly luma: number
  /** Mean chroma, -0.5..0.5. */
  readonly u: number
  readonly v: number
  /** Mean distance of chroma from gray. */
  readonly color: number
  /** Share of the picture that lies outside of what R, G and B of 0..1 can be, 0..1. */
  readonly clipped: number
  /**
   * Of the colors like skin's: their share of the picture, the hue of their mean in degrees, and how much of the
   * picture has the hues right beyond theirs. Grass and cloth spread over these; skin does not.
   */
  readonly skin: { readonly share: number; readonly hue: number; readonly beyond: number }
}

/** Rounding to 8 bits and ringing of encoders leave the gamut by less than this share of the way to white. */
const GAMUT_TOLERANCE = 0.04

/**
 * Skin of whatever tone lies along one line in the plane of U and V, since it is blood that gives it its hue: about 123
 * degrees from U toward V (the I axis of NTSC, which vectorscopes have drawn for it ever since).
 */
export const SKIN_HUE = 123
/** What may be skin that has gone wrong, degrees to both sides: up to yellow-green and to magenta. */
const SKIN_REACH = 45
/** And the hues right beyond. */
const BEYOND_REACH = 75
/** Between the gray of a wall and the red of a scarf. */
const [SKIN_PALEST, SKIN_STRONGEST] = [0.03, 0.17]
/** Neither in the dark, where hue is noise, nor burnt out. */
const [SKIN_DARKEST, SKIN_LIGHTEST] = [0.25, 0.9]

const degrees = (u: number, v: number): number => (Math.atan2(v, u) * 180) / Math.PI

/** @param layout of the film, whose samples the picture's are but for their size and depth */
export function measureFrame(
  { values, chroma }: SmallPicture,
  { range, matrix }: Pick<PixelLayout, 'range' | 'matrix'>,
): FrameMeasure {
  const coding = { bitDepth: 8, range }
  const { gain, offset } = lumaScale(coding)
  const toDifference = 255 / chromaScale(coding).gain
  const [kr, kb] = lumaWeights[matrix]
  const count = values.length
  let [luma, u, v, color, clipped] = [0, 0, 0, 0, 0]
  let [skins, skinU, skinV, beyond] = [0, 0, 0, 0]
  for (let i = 0; i < count; i++) {
    const y = values[i]! * 255 * gain + offset
    luma += y
    if (!chroma) continue
    const [cb, cr] = [chroma.u[i]! * toDifference, chroma.v[i]! * toDifference]
    const strength = Math.hypot(cb, cr)
    u += cb
    v += cr
    color += strength
    const red = y + 2 * (1 - kr) * cr
    const blue = y + 2 * (1 - kb) * cb
    const green = (y - kr * red - kb * blue) / (1 - kr - kb)
    const [low, high] = [Math.min(red, green, blue), Math.max(red, green, blue)]
    // Luma that leaves its range by itself is no matter of color.
    if (low < Math.min(0, y) - GAMUT_TOLERANCE || high > Math.max(1, y) + GAMUT_TOLERANCE) clipped++
    if (y < SKIN_DARKEST || y > SKIN_LIGHTEST || strength < SKIN_PALEST || strength > SKIN_STRONGEST) continue
    const off = Math.abs(((degrees(cb, cr) - SKIN_HUE + 540) % 360) - 180)
    if (off > BEYOND_REACH) continue
    if (off > SKIN_REACH) {
      beyond++
      continue
    }
    skins++
    skinU += cb
    skinV += cr
  }
  return {
    luma: luma / count,
    u: u / count,
    v: v / count,
    color: color / count,
    clipped: clipped / count,
    skin: { share: skins / count, hue: degrees(skinU, skinV), beyond: beyond / count },
  }
}
