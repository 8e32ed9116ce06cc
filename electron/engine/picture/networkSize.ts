/** The sizes in which the networks see a film's pictures. */
import type { Rational } from '../../contract/schemas.ts'

/** The networks halve the picture five times. */
const GRID = 32
/** Longer pictures than this many short sides are squeezed; no film is. */
const LONGEST = 4

const upToGrid = (size: number): number => Math.max(GRID, Math.ceil(size / GRID) * GRID)
/** The length of a side that the networks can read, nearest to one. */
export const nearestOnGrid = (size: number): number => Math.max(GRID, Math.round(size / GRID) * GRID)

/**
 * Size of the networks' picture: multiples of 32, the short side `shortSide` (less for films smaller than that), the
 * aspect as shown on a screen, so that faces look like faces in anamorphic material too. [width, height].
 */
export function networkSize(
  film: { readonly width: number; readonly height: number; readonly pixelAspect: Rational },
  shortSide: number,
): [number, number] {
  const shown = film.width * (film.pixelAspect.num / film.pixelAspect.den)
  const [short, long] = shown < film.height ? [shown, film.height] : [film.height, shown]
  const side = Math.min(nearestOnGrid(shortSide), upToGrid(short))
  const other = Math.min(nearestOnGrid((side * long) / short), LONGEST * side)
  return shown < film.height ? [side, other] : [other, side]
}

/**
 * The size at which a network made for pictures of `shortSide` sees one of width x height, itself on the grid. [width,
 * height]
 */
export function fittedSize(width: number, height: number, shortSide: number): [number, number] {
  const scale = Math.min(1, shortSide / Math.min(width, height))
  return [nearestOnGrid(width * scale), nearestOnGrid(height * scale)]
}
