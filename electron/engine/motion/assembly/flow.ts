/**
 * Dense optical flow between two small pictures: patches that are searched for from coarse to fine, and blended into
 * one motion per pixel. After T. Kroeger, R. Timofte, D. Dai, L. Van Gool: Fast Optical Flow using Dense Inverse
 * Search, ECCV 2016; with candidates from neighbors as in PatchMatch, and without the variational step.
 */
import { clampf, clampi, f, floats, put } from './floats'
import { alongX, alongY, compare, cost, holdPatch, i00, i01, i11 } from './patch'
import { heights, levels, LOW, MARGIN, MOST_LEVELS, PATCH, pictures, widths } from './pictures'

const STRIDE: i32 = 4
/** Steps of the search for a patch, in each of two rounds over the picture. */
const STEPS: i32 = 5
/** A patch that wandered this far from where it set out has lost its way. */
const LOST: f32 = 8
/** Steps shorter than this, in pixels, end the search. */
const STILL: f32 = 0.02

/** Where the patches of the level at work have gone. */
let patchU: usize = 0
let patchV: usize = 0
/**
 * What comparing each of them there gave, and whether a step on from there was worse: the second round need not ask
 * again.
 */
let patchCost: usize = 0
let patchAlongX: usize = 0
let patchAlongY: usize = 0
let patchSettled: usize = 0
/** Of the level at work and of the one before it. */
const flowU = new StaticArray<usize>(2)
const flowV = new StaticArray<usize>(2)
let weights: usize = 0
/** From picture 0 to 1, and from 1 to 0, u before v. */
export const results = new StaticArray<usize>(2)

export function beginFlow(width: i32, height: i32): void {
  const patches = across(width) * across(height)
  patchU = floats(patches)
  patchV = floats(patches)
  patchCost = floats(patches)
  patchAlongX = floats(patches)
  patchAlongY = floats(patches)
  patchSettled = heap.alloc(patches)
  for (let k = 0; k < 2; k++) {
    flowU[k] = floats(width * height)
    flowV[k] = floats(width * height)
    results[k] = floats(2 * width * height)
  }
  weights = floats(width * height)
}

/** Patches along a side; the last one ends with the picture. */
// @ts-ignore: decorator
@inline function across(side: i32): i32 {
  return side <= PATCH ? 1 : (side - PATCH + STRIDE - 1) / STRIDE + 1
}

/**
 * Looks for every patch of picture `from` in the other one, beginning where the coarser level or a neighbor found it.
 */
function search(from: i32, level: i32, coarse: i32, forth: boolean): void {
  const w = widths[level]
  const h = heights[level]
  const row = w + 2 * MARGIN
  const at = from * MOST_LEVELS + level
  const other = pictures[(1 - from) * MOST_LEVELS + level]
  const columns = across(w)
  const rows = across(h)
  const count = columns * rows
  const cu = coarse >= 0 ? flowU[coarse] : 0
  const cv = coarse >= 0 ? flowV[coarse] : 0
  const cw = coarse >= 0 ? widths[level + 1] : 0
  const ch = coarse >= 0 ? heights[level + 1] : 0
  for (let n = 0; n < count; n++) {
    const k = forth ? n : count - 1 - n
    const r = k / columns
    const c = k - r * columns
    const x = min(c * STRIDE, max(0, w - PATCH))
    const y = min(r * STRIDE, max(0, h - PATCH))
    let u: f32 = 0
    let v: f32 = 0
    let best: f32 = 0
    let gx: f32 = 0
    let gy: f32 = 0
    let isSettled = false
    if (forth) {
      if (coarse >= 0) {
        const i = clampi((y + PATCH / 2) >> 1, 0, ch - 1) * cw + clampi((x + PATCH / 2) >> 1, 0, cw - 1)
        u = 2 * f(cu, i)
        v = 2 * f(cv, i)
      }
      holdPatch(at, row, x, y)
      compare(other, row, w, h, <f32>x + u, <f32>y + v)
      best = cost
      gx = alongX
      gy = alongY
    } else {
      u = f(patchU, k)
      v = f(patchV, k)
      best = f(patchCost, k)
      gx = f(patchAlongX, k)
      gy = f(patchAlongY, k)
      isSettled = load<u8>(patchSettled + k) != 0
    }
    let isHeld = forth
    // Neighbors mostly move alike.
    for (let side = 0; side < 2; side++) {
      const isThere = side == 0 ? (forth ? c > 0 : c + 1 < columns) : forth ? r > 0 : r + 1 < rows
      if (!isThere) continue
      const beside = side == 0 ? (forth ? k - 1 : k + 1) : forth ? k - columns : k + columns
      const nu = f(patchU, beside)
      const nv = f(patchV, beside)
      if (Mathf.abs(nu - u) + Mathf.abs(nv - v) < 0.1) continue
      if (!isHeld) holdPatch(at, row, x, y)
      isHeld = true
      compare(other, row, w, h, <f32>x + nu, <f32>y + nv)
      if (cost < best) {
        best = cost
        gx = alongX
        gy = alongY
        u = nu
        v = nv
        isSettled = false
      }
    }
    if (isSettled) continue
    if (!isHeld) holdPatch(at, row, x, y)
    const startU = u
    const startV = v
    let bestU = u
    let bestV = v
    for (let step = 0; step < STEPS; step++) {
      const du = i00 * gx + i01 * gy
      const dv = i01 * gx + i11 * gy
      u -= du
      v -= dv
      if (Mathf.abs(u - startU) > LOST || Mathf.abs(v - startV) > LOST) break
      compare(other, row, w, h, <f32>x + u, <f32>y + v)
      if (cost >= best) {
        isSettled = true
        break
      }
      best = cost
      bestU = u
      bestV = v
      gx = alongX
      gy = alongY
      if (du * du + dv * dv < STILL * STILL) break
    }
    put(patchU, k, bestU)
    put(patchV, k, bestV)
    put(patchCost, k, best)
    put(patchAlongX, k, gx)
    put(patchAlongY, k, gy)
    store<u8>(patchSettled + k, isSettled ? 1 : 0)
  }
}

/** Every pixel's motion from the patches over it: those count most that look alike there. */
function blend(from: i32, level: i32, to: i32): void {
  const w = widths[level]
  const h = heights[level]
  const row = w + 2 * MARGIN
  const at = from * MOST_LEVELS + level
  const own = pictures[at]
  const other = pictures[(1 - from) * MOST_LEVELS + level]
  const u = flowU[to]
  const v = flowV[to]
  const bytes = <usize>(w * h) << 2
  memory.fill(u, 0, bytes)
  memory.fill(v, 0, bytes)
  memory.fill(weights, 0, bytes)
  const columns = across(w)
  const rows = across(h)
  const one = f32x4.splat(1)
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const k = r * columns + c
      const px = min(c * STRIDE, max(0, w - PATCH))
      const py = min(r * STRIDE, max(0, h - PATCH))
      const mu = f(patchU, k)
      const mv = f(patchV, k)
      const x = clampf(<f32>px + mu, LOW, <f32>(w + MARGIN - PATCH - 2))
      const y = clampf(<f32>py + mv, LOW, <f32>(h + MARGIN - PATCH - 2))
      const fx0 = Mathf.floor(x)
      const fy0 = Mathf.floor(y)
      const fx = x - fx0
      const fy = y - fy0
      const w00 = f32x4.splat((1 - fx) * (1 - fy))
      const w01 = f32x4.splat(fx * (1 - fy))
      const w10 = f32x4.splat((1 - fx) * fy)
      const w11 = f32x4.splat(fx * fy)
      const us = f32x4.splat(mu)
      const vs = f32x4.splat(mv)
      const down = <usize>row << 2
      let p = other + (<usize>((<i32>fy0 + MARGIN) * row + MARGIN + <i32>fx0) << 2)
      let q = own + (<usize>((py + MARGIN) * row + MARGIN + px) << 2)
      let o = <usize>(py * w + px) << 2
      for (let j = 0; j < PATCH && py + j < h; j++) {
        for (let i = 0; i < 2; i++) {
          const s = <usize>i << 4
          const warped = f32x4.add(
            f32x4.add(f32x4.mul(v128.load(p + s), w00), f32x4.mul(v128.load(p + s + 4), w01)),
            f32x4.add(f32x4.mul(v128.load(p + s + down), w10), f32x4.mul(v128.load(p + s + down + 4), w11)),
          )
          const d = f32x4.sub(warped, v128.load(q + s))
          const weight = f32x4.div(one, f32x4.max(one, f32x4.mul(d, d)))
          v128.store(u + o + s, f32x4.add(v128.load(u + o + s), f32x4.mul(weight, us)))
          v128.store(v + o + s, f32x4.add(v128.load(v + o + s), f32x4.mul(weight, vs)))
          v128.store(weights + o + s, f32x4.add(v128.load(weights + o + s), weight))
        }
        p += down
        q += down
        o += <usize>w << 2
      }
    }
  }
  for (let i = 0; i < w * h; i += 4) {
    const o = <usize>i << 2
    const weight = v128.load(weights + o)
    v128.store(u + o, f32x4.div(v128.load(u + o), weight))
    v128.store(v + o, f32x4.div(v128.load(v + o), weight))
  }
}

/**
 * Motion of picture `from` to the other one, into results[from]: what lies at x, y of it lies at x + u, y + v of the
 * other.
 */
export function flow(from: i32): void {
  let coarse = -1
  for (let level = levels - 1; level >= 0; level--) {
    const to = level & 1
    search(from, level, coarse, true)
    search(from, level, coarse, false)
    blend(from, level, to)
    coarse = to
  }
  const bytes = <usize>(widths[0] * heights[0]) << 2
  memory.copy(results[from], flowU[0], bytes)
  memory.copy(results[from] + bytes, flowV[0], bytes)
}
