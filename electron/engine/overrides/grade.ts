/** Settings of a whole frame: an operation of one frame, or the look of a shot on top of each of its colorings. */
import { neutralGrade, type Grade } from '../../contract/operations.ts'
import { smoothstep } from './grid.ts'
import { turn } from './regions.ts'
import { balanceShift } from './whiteBalance.ts'

function isNeutral(grade: Grade): boolean {
  return (Object.keys(neutralGrade) as (keyof Grade)[]).every((key) => grade[key] === neutralGrade[key])
}

/**
 * Turns hues, scales saturation, shifts the light's color, then clears shadows and highlights of color, in this order:
 * what is asked to be neutral is neutral in the end.
 * @param luma of the cells (grid.ts), 0..1
 * @param chroma (height, width, 2); not changed
 */
export function applyGrade(luma: Float32Array, chroma: Float32Array, grade: Grade): Float32Array {
  const result = chroma.slice()
  if (isNeutral(grade)) return result
  const hue = turn(grade.hue)
  const [shiftU, shiftV] = balanceShift(grade.temperature, grade.tint)
  for (let i = 0; i < luma.length; i++) {
    const y = Math.min(1, Math.max(0, luma[i]!))
    const [u, v] = hue(chroma[2 * i]!, chroma[2 * i + 1]!)
    const kept =
      (1 - grade.shadowNeutrality * smoothstep(0.5, 0.05, y)) *
      (1 - grade.highlightNeutrality * smoothstep(0.5, 0.95, y))
    result[2 * i] = Math.min(0.5, Math.max(-0.5, (u * grade.saturation + shiftU * y) * kept))
    result[2 * i + 1] = Math.min(0.5, Math.max(-0.5, (v * grade.saturation + shiftV * y) * kept))
  }
  return result
}
