/**
 * The sample film, drawn by the program itself: two shots of a seaside in black and white, with drifting clouds, hills,
 * moving water, a beach and a sailing boat; a little grain and flicker, as old film has. Pure: a picture is a function
 * of its frame number.
 */

export const SAMPLE = Object.freeze({ width: 640, height: 360, frames: 96, rate: 24, cut: 56 })

/**
 * Fixed random numbers, 0..1, on a grid of 256 x 256 that repeats. (A linear congruential generator; Knuth, TAOCP vol.
 * 2.)
 */
const table = new Float32Array(256 * 256)
for (let i = 0, seed = 1912; i < table.length; i++) {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  table[i] = seed / 2 ** 32
}

const grain = (x: number, y: number): number => table[(x & 255) + 256 * (y & 255)]!

/** Smooth noise between grid points, 0..1. Written without lists: it runs a million times a picture. */
function smooth(x: number, y: number): number {
  const xi = Math.floor(x)
  const yi = Math.floor(y)
  const fx = x - xi
  const fy = y - yi
  const u = fx * fx * (3 - 2 * fx)
  const left = xi & 255
  const right = (xi + 1) & 255
  const upper = 256 * (yi & 255)
  const lower = 256 * ((yi + 1) & 255)
  const top = table[left + upper]! + (table[right + upper]! - table[left + upper]!) * u
  const bottom = table[left + lower]! + (table[right + lower]! - table[left + lower]!) * u
  return top + (bottom - top) * (fy * fy * (3 - 2 * fy))
}

/** Five octaves of it. */
function fractal(x: number, y: number): number {
  let sum = 0
  for (let octave = 0, size = 0.5, scale = 1; octave < 5; octave++, size /= 2, scale *= 2) {
    sum += size * smooth(x * scale + 17 * octave, y * scale)
  }
  return sum
}

interface View {
  /** Where the horizon lies, 0..1 downward. */
  readonly horizon: number
  readonly shore: number
  readonly hills: number
  readonly boat: number
}

const wide: View = { horizon: 0.46, shore: 0.74, hills: 1, boat: 0 }
const far: View = { horizon: 0.58, shore: 1.4, hills: 0.35, boat: 1 }

/** Inside the boat: its hull (dark) or its sail (light); null outside. */
function boatLuma(x: number, y: number, time: number, { horizon, boat }: View): number | null {
  if (boat === 0) return null
  const base = horizon + 0.07 + 0.004 * Math.sin(time * 2.4)
  const bx = (x - 0.3 - 0.03 * time) / 0.16
  const by = (y - base) / 0.05
  if (by > 0 && by < 0.7 && bx > 0.08 * by && bx < 1 - 0.12 * by) return 46 + 12 * by
  const sail = (y - base + 0.34) / 0.33
  const mast = 0.46
  if (sail > 0 && sail < 1) {
    if (bx > mast - 0.4 * sail && bx < mast - 0.015) return 214 - 30 * sail
    if (bx > mast + 0.015 && bx < mast + 0.34 * sail) return 196 - 26 * sail
    if (Math.abs(bx - mast) <= 0.015) return 60
  }
  return null
}

/** Where hills and shore lie in a column, 0..1 downward. */
function outlines(x: number, time: number, view: View): { readonly hill: number; readonly shore: number } {
  return {
    shore: view.shore + 0.05 * Math.sin(x * 3 + 0.6) + 0.008 * Math.sin(time * 2 + x * 14),
    hill:
      view.horizon - 0.13 * view.hills * Math.max(0, fractal(x * 2.2 + 3, 5) - 0.32) * Math.max(0, 1.6 - 2 * x) * 2.4,
  }
}

/** Luma 0..255 at a place (0..1, 0..1 downward) and a time in seconds. The outline of the hills is a pixel soft. */
function luma(
  x: number,
  y: number,
  time: number,
  aspect: number,
  view: View,
  { hill, shore }: ReturnType<typeof outlines>,
): number {
  const boat = boatLuma(x, y, time, view)
  if (boat !== null) return boat
  const below = Math.min(1, Math.max(0, (y - hill) * SAMPLE.height + 0.5))
  const above = below < 1 ? sky(x, y, time, aspect, view) : 0
  return below > 0 ? above * (1 - below) + land(x, Math.max(y, hill), time, aspect, view, shore) * below : above
}

function sky(x: number, y: number, time: number, aspect: number, { horizon, boat }: View): number {
  const cloud = Math.max(0, fractal(x * aspect * 2 + time * 0.06 + 9 * boat, y * 5) - 0.47) * 3.2
  return 128 + 66 * (y / horizon) + Math.min(70, 130 * cloud) * (1 - y)
}

/** Hills, water and beach. */
function land(x: number, y: number, time: number, aspect: number, { horizon }: View, shore: number): number {
  if (y < horizon) return 58 + 60 * fractal(x * 40, y * 60)
  if (y < shore) {
    const depth = (y - horizon) / (Math.min(1, shore) - horizon)
    const wave = fractal(
      x * aspect * (26 - 20 * depth) + time * 0.4,
      (y - horizon) * (220 - 150 * depth) - time * (1 + 2 * depth),
    )
    const nearShore = 1 - Math.abs(y - shore + 0.014) * 60
    const foam = nearShore > 0 ? nearShore * fractal(x * 30, time * 0.7) : 0
    return 86 + 40 * depth + 70 * (wave - 0.5) + 190 * foam
  }
  return (
    158 +
    26 * fractal(x * aspect * 60, y * 60) +
    30 * (fractal(x * 5, y * 9) - 0.5) -
    40 * Math.max(0, 1 - (y - shore) * 26)
  )
}

/** Luma of a frame, full range, row-major, SAMPLE.width * SAMPLE.height bytes. */
export function drawSampleFrame(frame: number): Uint8Array {
  const { width, height, rate, cut } = SAMPLE
  const view = frame < cut ? wide : far
  const flicker = 1 + 0.012 * (grain(frame, 3) - 0.5)
  const time = frame / rate
  const columns = Array.from({ length: width }, (_, column) => outlines(column / width, time, view))
  const picture = new Uint8Array(width * height)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const noise = 6 * (grain(column + frame * 37, row + frame * 101) - 0.5)
      const value = flicker * luma(column / width, row / height, time, width / height, view, columns[column]!) + noise
      picture[row * width + column] = Math.max(6, Math.min(248, value))
    }
  }
  return picture
}
