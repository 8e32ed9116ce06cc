/** Moves colors along the flow, and tells how far it can be trusted. */
import { clampf, clampi, f, floats, put } from './floats'
import { results } from './flow'
import { firstSample, heights, LOW, MARGIN, pictureAt, rowLength, slopesX, slopesY, MOST_LEVELS, widths } from './pictures'

/** Luma is compared over boxes of 2 RIM + 1 pixels a side. */
const RIM: i32 = 2
const BOX: f32 = 25
/** No more than this of a difference in luma is taken for flicker of the whole picture. */
const FLICKER: f32 = 10

/** Between samples of a slope luma differs by so much of it though its motion is right: it is only so fine. */
const FINENESS: f32 = 0.15

let differences: usize = 0
let rowSums: usize = 0
/** 0..1, a value per pixel. */
export let certainty: usize = 0
/** U and V interleaved: what is to be moved, and what came of it. */
export let chroma: usize = 0
export let moved: usize = 0

export function beginCarrying(width: i32, height: i32): void {
  const count = width * height
  differences = floats(count)
  rowSums = floats(count)
  certainty = floats(count)
  chroma = floats(2 * count)
  moved = floats(2 * count)
}

/** Between four samples; rows are `row` samples long. */
// @ts-ignore: decorator
@inline function sampled(base: usize, row: i32, x: f32, y: f32): f32 {
  const left = Mathf.floor(x)
  const top = Mathf.floor(y)
  const fx = x - left
  const fy = y - top
  const i = <i32>top * row + <i32>left
  return (f(base, i) * (1 - fx) + f(base, i + 1) * fx) * (1 - fy) + (f(base, i + row) * (1 - fx) + f(base, i + row + 1) * fx) * fy
}

/**
 * How much each pixel of picture `from` differs from where its motion leads, into `differences`: 1 is as much as leaves it in
 * doubt. What the picture has become brighter by as a whole is left out.
 */
function differ(from: i32, lumaDoubt: f32): void {
  const w = widths[0]
  const h = heights[0]
  const row = rowLength()
  const own = pictureAt(from)
  const other = pictureAt(1 - from)
  const u = results[from]
  const v = u + (<usize>(w * h) << 2)
  const right = <f32>(w + MARGIN - 2)
  const bottom = <f32>(h + MARGIN - 2)
  let sum: f32 = 0
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const i = y * w + x
      const there = sampled(other, row, clampf(<f32>x + f(u, i), LOW, right), clampf(<f32>y + f(v, i), LOW, bottom))
      const d = there - f(own, y * row + x)
      put(differences, i, d)
      sum += clampf(d, -FLICKER, FLICKER)
    }
  }
  const flicker = sum / <f32>(w * h)
  const acrossAt = slopesX[from * MOST_LEVELS] + firstSample()
  const downAt = slopesY[from * MOST_LEVELS] + firstSample()
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const slope = Mathf.abs(f(acrossAt, y * row + x)) + Mathf.abs(f(downAt, y * row + x))
      put(differences, y * w + x, Mathf.abs(f(differences, y * w + x) - flicker) / (lumaDoubt + FINENESS * slope))
    }
  }
}

/**
 * How far each pixel of picture `from` can be trusted to have come from where its motion says, by the mean difference of luma
 * around it, and by how near the motion there leads back to it.
 * @param lumaDoubt of 255, @param wayDoubt in pixels: at which the one and the other leave 1/e of the trust
 */
export function judge(from: i32, lumaDoubt: f32, wayDoubt: f32): void {
  const w = widths[0]
  const h = heights[0]
  const count = w * h
  differ(from, lumaDoubt)
  for (let y = 0; y < h; y++) {
    const line = y * w
    let sum: f32 = 0
    for (let x = -RIM; x <= RIM; x++) sum += f(differences, line + clampi(x, 0, w - 1))
    for (let x = 0; x < w; x++) {
      put(rowSums, line + x, sum)
      sum += f(differences, line + min(x + RIM + 1, w - 1)) - f(differences, line + max(x - RIM, 0))
    }
  }
  const wayScale: f32 = 1 / wayDoubt
  const u = results[from]
  const v = u + (<usize>count << 2)
  const backU = results[1 - from]
  const backV = backU + (<usize>count << 2)
  const right: f32 = <f32>(w - 1) - 0.001
  const bottom: f32 = <f32>(h - 1) - 0.001
  for (let x = 0; x < w; x++) {
    let sum: f32 = 0
    for (let y = -RIM; y <= RIM; y++) sum += f(rowSums, clampi(y, 0, h - 1) * w + x)
    for (let y = 0; y < h; y++) {
      const i = y * w + x
      const e = sum / BOX
      sum += f(rowSums, min(y + RIM + 1, h - 1) * w + x) - f(rowSums, max(y - RIM, 0) * w + x)
      const mu = f(u, i)
      const mv = f(v, i)
      const tx = clampf(<f32>x + mu, 0, right)
      const ty = clampf(<f32>y + mv, 0, bottom)
      const du = (mu + sampled(backU, w, tx, ty)) * wayScale
      const dv = (mv + sampled(backV, w, tx, ty)) * wayScale
      put(certainty, i, Mathf.exp(-(e * e) - (du * du + dv * dv)))
    }
  }
}

/** Catmull and Rom's spline between the second and the third of four samples: repeated moving by fractions blurs little. */
// @ts-ignore: decorator
@inline function splineWeight(t: f32, k: i32): f32 {
  if (k == 0) return 0.5 * t * (t * (2 - t) - 1)
  if (k == 1) return 0.5 * (t * t * (3 * t - 5) + 2)
  if (k == 2) return 0.5 * t * (t * (4 - 3 * t) + 1)
  return 0.5 * t * t * (t - 1)
}

/** Two weights, each for U and V of a sample. */
// @ts-ignore: decorator
@inline function pairOf(first: f32, second: f32): v128 {
  return f32x4(first, first, second, second)
}

/** Moves `chroma`, which belongs to the other picture, to where it is in picture `from`: into `moved`. */
export function move(from: i32): void {
  const w = widths[0]
  const h = heights[0]
  const u = results[from]
  const v = u + (<usize>(w * h) << 2)
  const line = <usize>w << 3
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const i = y * w + x
      const sx = clampf(<f32>x + f(u, i), 0, <f32>(w - 1))
      const sy = clampf(<f32>y + f(v, i), 0, <f32>(h - 1))
      const x0 = <i32>Mathf.floor(sx)
      const y0 = <i32>Mathf.floor(sy)
      const fx = sx - <f32>x0
      const fy = sy - <f32>y0
      if (x0 < 1 || y0 < 1 || x0 + 2 >= w || y0 + 2 >= h) {
        const x1 = min(x0 + 1, w - 1)
        const y1 = min(y0 + 1, h - 1)
        for (let c = 0; c < 2; c++) {
          const above = f(chroma, 2 * (y0 * w + x0) + c) * (1 - fx) + f(chroma, 2 * (y0 * w + x1) + c) * fx
          const below = f(chroma, 2 * (y1 * w + x0) + c) * (1 - fx) + f(chroma, 2 * (y1 * w + x1) + c) * fx
          put(moved, 2 * i + c, above * (1 - fy) + below * fy)
        }
        continue
      }
      const left = pairOf(splineWeight(fx, 0), splineWeight(fx, 1))
      const right = pairOf(splineWeight(fx, 2), splineWeight(fx, 3))
      let total = f32x4.splat(0)
      let low = f32x4.splat(f32.MAX_VALUE)
      let high = f32x4.splat(-f32.MAX_VALUE)
      const corner = chroma + (<usize>((y0 - 1) * w + x0 - 1) << 3)
      for (let j = 0; j < 4; j++) {
        const p = corner + <usize>j * line
        const near = v128.load(p)
        const far = v128.load(p, 16)
        const across = f32x4.add(f32x4.mul(near, left), f32x4.mul(far, right))
        low = f32x4.min(low, f32x4.min(near, far))
        high = f32x4.max(high, f32x4.max(near, far))
        total = f32x4.add(total, f32x4.mul(across, f32x4.splat(splineWeight(fy, j))))
      }
      // The spline overshoots beside edges; nothing that was not there may come of moving.
      for (let c = 0; c < 2; c++) {
        const value = c == 0 ? f32x4.extract_lane(total, 0) + f32x4.extract_lane(total, 2) : f32x4.extract_lane(total, 1) + f32x4.extract_lane(total, 3)
        const least = c == 0 ? min(f32x4.extract_lane(low, 0), f32x4.extract_lane(low, 2)) : min(f32x4.extract_lane(low, 1), f32x4.extract_lane(low, 3))
        const most = c == 0 ? max(f32x4.extract_lane(high, 0), f32x4.extract_lane(high, 2)) : max(f32x4.extract_lane(high, 1), f32x4.extract_lane(high, 3))
        put(moved, 2 * i + c, clampf(value, least, most))
      }
    }
  }
}
