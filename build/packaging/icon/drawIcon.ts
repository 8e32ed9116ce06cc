/**
 * The program's icon, drawn: a frame of film whose picture is gray on one side and in color on the other, with the line
 * of a wipe between them. Every size is drawn by itself from the same shapes, smoothed by sampling each pixel in 16
 * places, each of a large one in 4.
 */

/** Straight alpha, 8 bits a sample, rows from the top. */
export interface IconPicture {
  readonly size: number
  /** [size * size * 4]: red, green, blue, alpha. */
  readonly samples: Uint8Array
}

type Color = readonly [red: number, green: number, blue: number]

const CELLULOID: Color = [0.11, 0.11, 0.13]
const HOLE: Color = [0.86, 0.85, 0.82]
const WIPE: Color = [1, 1, 1]

/** Everything is placed in a square from 0 to 1. */
const ROUNDING = 0.16
const PICTURE = { left: 0.06, right: 0.94, top: 0.2, bottom: 0.8 }
const HOLES = 5
const HOLE_WIDTH = 0.1
const HOLE_HEIGHT = 0.075
const HOLE_ROW = 0.1
const WIPE_WIDTH = 0.016

/** How far a place lies outside a box with round corners; below 0 within it. */
function outsideBox(x: number, y: number, halfWidth: number, halfHeight: number, radius: number): number {
  const [dx, dy] = [Math.abs(x) - halfWidth + radius, Math.abs(y) - halfHeight + radius]
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius
}

/** Whether a place is in the perforation: holes stand at even distances, in a row above and one below the picture. */
function isHole(x: number, y: number): boolean {
  const row = y < 0.5 ? HOLE_ROW : 1 - HOLE_ROW
  const column = (Math.floor(x * HOLES) + 0.5) / HOLES
  return outsideBox(x - column, y - row, HOLE_WIDTH / 2, HOLE_HEIGHT / 2, 0.02) < 0
}

/** The scene: sky, a low sun, hills, and water that mirrors the sky. */
function scene(x: number, y: number): Color {
  const horizon = 0.56
  if (y > horizon) {
    const depth = (y - horizon) / (PICTURE.bottom - horizon)
    const glitter = Math.abs(x - 0.68) < 0.1 + 0.08 * depth && Math.sin(depth * 24) > 0.1
    return glitter ? [0.98, 0.78, 0.42] : [0.1 + 0.06 * depth, 0.42 - 0.16 * depth, 0.58 - 0.16 * depth]
  }
  const hills = horizon - 0.09 - 0.06 * Math.sin(x * 7 + 0.6) - 0.03 * Math.sin(x * 17)
  if (y > hills) return [0.2 + 0.08 * x, 0.45 - 0.05 * x, 0.24]
  if (Math.hypot(x - 0.68, y - 0.4) < 0.09) return [1, 0.87, 0.5]
  const height = (y - PICTURE.top) / (horizon - PICTURE.top)
  return [0.36 + 0.58 * height, 0.56 + 0.14 * height, 0.84 - 0.36 * height]
}

/** Luma of ITU-R BT.601, as the program itself takes it. */
const luma = ([red, green, blue]: Color): number => 0.299 * red + 0.587 * green + 0.114 * blue

function colorAt(x: number, y: number): Color | null {
  if (outsideBox(x - 0.5, y - 0.5, 0.5, 0.5, ROUNDING) > 0) return null
  if (isHole(x, y)) return HOLE
  const { left, right, top, bottom } = PICTURE
  if (x < left || x > right || y < top || y > bottom) return CELLULOID
  if (Math.abs(x - 0.5) < WIPE_WIDTH / 2) return WIPE
  const color = scene(x, y)
  if (x > 0.5) return color
  const gray = luma(color)
  return [gray, gray, gray]
}

/** @param size of its side, in pixels */
export function drawIcon(size: number): IconPicture {
  const samples = new Uint8Array(size * size * 4)
  /** Places in each direction of a pixel. */
  const places = size > 256 ? 2 : 4
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const sum = [0, 0, 0]
      let covered = 0
      for (let n = 0; n < places * places; n++) {
        const x = (column + ((n % places) + 0.5) / places) / size
        const y = (row + (Math.floor(n / places) + 0.5) / places) / size
        const color = colorAt(x, y)
        if (!color) continue
        covered++
        color.forEach((value, channel) => (sum[channel] = (sum[channel] ?? 0) + value))
      }
      const at = (row * size + column) * 4
      if (covered > 0) sum.forEach((value, channel) => (samples[at + channel] = Math.round((value / covered) * 255)))
      samples[at + 3] = Math.round((covered / places ** 2) * 255)
    }
  }
  return { size, samples }
}
