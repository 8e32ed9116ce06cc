/**
 * The two pictures between which motion is looked for: their memory, their smaller forms and their slopes.
 *
 * All arrays are of 32-bit floats, row-major. Pictures have a margin of MARGIN samples on every side, so that a patch
 * may look a little out of the picture. Level 0 is the finest.
 */
import { f, floats, put } from './floats'

export const PATCH: i32 = 8
export const MARGIN: i32 = 16
/** Picture and margin hold a patch, and the samples beside it, from here on. */
export const LOW: f32 = -15
export const MOST_LEVELS: i32 = 6

export let levels: i32 = 0
export const widths = new StaticArray<i32>(MOST_LEVELS)
export const heights = new StaticArray<i32>(MOST_LEVELS)
/** Samples with margins, by picture (0, 1) and level. */
export const pictures = new StaticArray<usize>(2 * MOST_LEVELS)
export const slopesX = new StaticArray<usize>(2 * MOST_LEVELS)
export const slopesY = new StaticArray<usize>(2 * MOST_LEVELS)
/** Of twice the width and height of the finest level; 0..1. */
let luma: usize = 0

/** Halves while a picture still holds some patches. */
export function beginPictures(width: i32, height: i32): void {
  let w = width
  let h = height
  luma = floats(4 * width * height)
  while (levels < MOST_LEVELS && (levels == 0 || min(w, h) >= 2 * PATCH)) {
    widths[levels] = w
    heights[levels] = h
    const samples = (w + 2 * MARGIN) * (h + 2 * MARGIN)
    for (let k = 0; k < 2; k++) {
      pictures[k * MOST_LEVELS + levels] = floats(samples)
      slopesX[k * MOST_LEVELS + levels] = floats(samples)
      slopesY[k * MOST_LEVELS + levels] = floats(samples)
    }
    w = (w + 1) >> 1
    h = (h + 1) >> 1
    levels++
  }
}

export function rowLength(): i32 {
  return widths[0] + 2 * MARGIN
}

/** Bytes from the beginning of a picture of the finest level to its first sample behind the margins. */
export function firstSample(): usize {
  return <usize>(MARGIN * rowLength() + MARGIN) << 2
}

/** The first sample of picture `k` behind its margins; rows are rowLength() apart. Luma, 0..255. */
export function pictureAt(k: i32): usize {
  return pictures[k * MOST_LEVELS] + firstSample()
}

export function lumaAt(): usize {
  return luma
}

/** Makes the finest level of picture `k`: each sample the mean of four of luma, summed at twice the precision. */
function halveLuma(k: i32): void {
  const w = widths[0]
  const h = heights[0]
  const row = rowLength()
  const line = <usize>w << 3
  const gain = f64x2.splat(255.0 / 4)
  for (let y = 0; y < h; y++) {
    const from = luma + 2 * <usize>y * line
    const to = pictureAt(k) + (<usize>(y * row) << 2)
    for (let x = 0; x < w; x += 2) {
      const above = v128.load(from + (<usize>x << 3))
      const below = v128.load(from + line + (<usize>x << 3))
      // The first samples of both pairs, then the second ones.
      let sum = f64x2.promote_low_f32x4(i32x4.shuffle(above, above, 0, 2, 0, 2))
      sum = f64x2.add(sum, f64x2.promote_low_f32x4(i32x4.shuffle(above, above, 1, 3, 1, 3)))
      sum = f64x2.add(sum, f64x2.promote_low_f32x4(i32x4.shuffle(below, below, 0, 2, 0, 2)))
      sum = f64x2.add(sum, f64x2.promote_low_f32x4(i32x4.shuffle(below, below, 1, 3, 1, 3)))
      v128.store64_lane(to + (<usize>x << 2), f32x4.demote_f64x2_zero(f64x2.mul(sum, gain)), 0)
    }
  }
}

function fillMargins(base: usize, w: i32, h: i32): void {
  const row = w + 2 * MARGIN
  for (let y = 0; y < h; y++) {
    const start = (y + MARGIN) * row
    const left = f(base, start + MARGIN)
    const right = f(base, start + MARGIN + w - 1)
    for (let x = 0; x < MARGIN; x++) {
      put(base, start + x, left)
      put(base, start + MARGIN + w + x, right)
    }
  }
  const bytes = <usize>row << 2
  for (let y = 0; y < MARGIN; y++) {
    memory.copy(base + <usize>y * bytes, base + <usize>MARGIN * bytes, bytes)
    memory.copy(base + <usize>(h + MARGIN + y) * bytes, base + <usize>(h + MARGIN - 1) * bytes, bytes)
  }
}

/** Takes in picture `k`, whose luma lies at lumaAt(): makes all its sizes and their slopes. */
export function take(k: i32): void {
  halveLuma(k)
  for (let level = 0; level < levels; level++) {
    const at = k * MOST_LEVELS + level
    const w = widths[level]
    const h = heights[level]
    const row = w + 2 * MARGIN
    const base = pictures[at]
    if (level > 0) {
      const above = pictures[at - 1]
      const aw = widths[level - 1]
      const ah = heights[level - 1]
      const arow = aw + 2 * MARGIN
      for (let y = 0; y < h; y++) {
        const y0 = (2 * y + MARGIN) * arow + MARGIN
        const y1 = (min(2 * y + 1, ah - 1) + MARGIN) * arow + MARGIN
        for (let x = 0; x < w; x++) {
          const x0 = 2 * x
          const x1 = min(2 * x + 1, aw - 1)
          const four = f(above, y0 + x0) + f(above, y0 + x1) + f(above, y1 + x0) + f(above, y1 + x1)
          put(base, (y + MARGIN) * row + MARGIN + x, four * 0.25)
        }
      }
    }
    fillMargins(base, w, h)
    const sx = slopesX[at]
    const sy = slopesY[at]
    const half = f32x4.splat(0.5)
    for (let y = 0; y < h; y++) {
      const start = (y + MARGIN) * row + MARGIN
      for (let x = 0; x < w; x += 4) {
        const i = <usize>(start + x) << 2
        const down = <usize>row << 2
        v128.store(sx + i, f32x4.mul(f32x4.sub(v128.load(base + i + 4), v128.load(base + i - 4)), half))
        v128.store(sy + i, f32x4.mul(f32x4.sub(v128.load(base + i + down), v128.load(base + i - down)), half))
      }
    }
  }
}
