/** Vectorscope: how often each chroma occurs, Cb to the right and Cr upward, with the usual targets. */
import type { ColorMatrix } from '../../electron/contract/schemas.ts'
import { lumaWeights, toChroma, type Readback } from './readback.ts'
import { packColor } from './trace.ts'

/** Cells across the scope. */
export const VECTORSCOPE_SIZE = 256
/** At gain 1 the scope's edge lies at this Cb or Cr: a little beyond the purest colors. */
const EDGE = 0.55

/**
 * Adds one for each pixel to the cell of its chroma; what lies beyond the edge is counted at the edge.
 * @param gain 1 shows all colors, 2 and 4 enlarge the faint ones
 * @param density VECTORSCOPE_SIZE squared, rows from the top (greatest Cr) down; cleared first
 */
export function measureVectorscope(
  { pixels }: Readback,
  matrix: ColorMatrix,
  gain: number,
  density: Uint32Array,
): void {
  density.fill(0)
  const [kr, kg, kb] = lumaWeights[matrix]
  const half = VECTORSCOPE_SIZE / 2
  const scale = (half * gain) / (EDGE * 255)
  const toCb = scale / (2 * (1 - kb))
  const toCr = scale / (2 * (1 - kr))
  const last = VECTORSCOPE_SIZE - 1
  for (let i = 0; i + 3 < pixels.length; i += 4) {
    if (pixels[i + 3] === 0) continue
    const r = pixels[i]!
    const b = pixels[i + 2]!
    const y = kr * r + kg * pixels[i + 1]! + kb * b
    // Both are positive here but for what is beyond the edge, so that truncation is rounding down.
    let column = (half + (b - y) * toCb) | 0
    let row = (half - (r - y) * toCr) | 0
    if (column < 0) column = 0
    else if (column > last) column = last
    if (row < 0) row = 0
    else if (row > last) row = last
    density[row * VECTORSCOPE_SIZE + column]!++
  }
}

/** A place on the scope, 0..1 from its left and top edge. */
export interface ScopePoint {
  readonly x: number
  readonly y: number
}

export interface VectorscopeTarget extends ScopePoint {
  readonly color: 'R' | 'Mg' | 'B' | 'Cy' | 'G' | 'Yl'
  /** The target lies beyond the edge at this gain; the point then shows its direction, near the edge. */
  readonly beyond: boolean
}

export interface VectorscopeGraticule {
  readonly center: ScopePoint
  /** The bars of 75 % amplitude that a vectorscope is lined up with, and the purest colors there are. */
  readonly targets75: readonly VectorscopeTarget[]
  readonly targets100: readonly VectorscopeTarget[]
  /** Radii of rings at Cb, Cr distances of 0.1, 0.2 ... from gray, in widths of the scope. */
  readonly rings: readonly number[]
  /**
   * From the center to the edge: the hue that skin of every complexion lies near, the I axis of NTSC at 123 degrees.
   */
  readonly skinLine: readonly [from: ScopePoint, to: ScopePoint]
}

const BARS = { R: [1, 0, 0], Mg: [1, 0, 1], B: [0, 0, 1], Cy: [0, 1, 1], G: [0, 1, 0], Yl: [1, 1, 0] } as const
const SKIN_DEGREES = 123

/** Where a chroma (-0.5..0.5) lies on the scope; outside of 0..1 when it is beyond the edge at this gain. */
export function vectorscopePoint(cb: number, cr: number, gain: number): ScopePoint {
  return { x: 0.5 + (cb * gain) / (2 * EDGE), y: 0.5 - (cr * gain) / (2 * EDGE) }
}

export function vectorscopeGraticule(matrix: ColorMatrix, gain: number): VectorscopeGraticule {
  const targets = (amplitude: number): VectorscopeTarget[] =>
    (Object.keys(BARS) as (keyof typeof BARS)[]).map((color) => {
      const [r, g, b] = BARS[color]
      const [cb, cr] = toChroma(matrix, r * amplitude, g * amplitude, b * amplitude)
      const point = vectorscopePoint(cb, cr, gain)
      const distance = Math.hypot(point.x - 0.5, point.y - 0.5)
      const beyond = Math.max(Math.abs(point.x - 0.5), Math.abs(point.y - 0.5)) > 0.5
      const shrink = beyond ? 0.46 / distance : 1
      return { color, beyond, x: 0.5 + (point.x - 0.5) * shrink, y: 0.5 + (point.y - 0.5) * shrink }
    })
  const angle = (SKIN_DEGREES * Math.PI) / 180
  const length = 0.5 / gain
  return {
    center: { x: 0.5, y: 0.5 },
    targets75: targets(0.75),
    targets100: targets(1),
    rings: [0.1, 0.2, 0.3, 0.4, 0.5]
      .map((distance) => (distance * gain) / (2 * EDGE))
      .filter((radius) => radius <= 0.5),
    skinLine: [{ x: 0.5, y: 0.5 }, vectorscopePoint(length * Math.cos(angle), length * Math.sin(angle), gain)],
  }
}

/** The color that each cell stands for, at a middling luma, for drawing the trace in its own hues (trace.ts). */
export function vectorscopeHues(matrix: ColorMatrix, gain: number): Uint32Array {
  const [kr, kg, kb] = lumaWeights[matrix]
  const hues = new Uint32Array(VECTORSCOPE_SIZE * VECTORSCOPE_SIZE)
  for (let row = 0, i = 0; row < VECTORSCOPE_SIZE; row++) {
    for (let column = 0; column < VECTORSCOPE_SIZE; column++, i++) {
      const cb = (((column + 0.5) / VECTORSCOPE_SIZE - 0.5) * 2 * EDGE) / gain
      const cr = ((0.5 - (row + 0.5) / VECTORSCOPE_SIZE) * 2 * EDGE) / gain
      // Faint colors are drawn stronger than they are: near the center one would not see a hue.
      const strength = 0.3 / Math.max(0.3, Math.hypot(cb, cr)) + 0.6 / gain
      const r = cr * 2 * (1 - kr) * strength
      const b = cb * 2 * (1 - kb) * strength
      const g = -(kr * r + kb * b) / kg
      hues[i] = packColor(toByte(0.62 + r), toByte(0.62 + g), toByte(0.62 + b))
    }
  }
  return hues
}

function toByte(value: number): number {
  return Math.round(255 * Math.min(1, Math.max(0, value)))
}
