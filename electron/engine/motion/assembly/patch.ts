/** One patch of a picture, held to be compared with places of the other one. Brightness as a whole is left out. */
import { clampf, sum4 } from './floats'
import { LOW, MARGIN, PATCH, pictures, slopesX, slopesY } from './pictures'

/** Samples of a patch. */
const AREA: f32 = 64
/** Squared slopes of fine grain, summed over a patch. */
const GRAIN: f32 = 200

// The patch that is being looked for: where its samples and slopes begin, their sums, and its inverted Hessian.
let tRow: usize = 0
let tBase: usize = 0
let tX: usize = 0
let tY: usize = 0
let sumX: f32 = 0
let sumY: f32 = 0
export let i00: f32 = 0
export let i01: f32 = 0
export let i11: f32 = 0

export function holdPatch(at: i32, row: i32, x: i32, y: i32): void {
  const offset = <usize>((y + MARGIN) * row + MARGIN + x) << 2
  tRow = <usize>row << 2
  tBase = pictures[at] + offset
  tX = slopesX[at] + offset
  tY = slopesY[at] + offset
  let xx = f32x4.splat(0)
  let yy = f32x4.splat(0)
  let xy = f32x4.splat(0)
  let sx = f32x4.splat(0)
  let sy = f32x4.splat(0)
  for (let j = 0; j < PATCH; j++) {
    const o = <usize>j * tRow
    for (let i = 0; i < 2; i++) {
      const gx = v128.load(tX + o + (<usize>i << 4))
      const gy = v128.load(tY + o + (<usize>i << 4))
      sx = f32x4.add(sx, gx)
      sy = f32x4.add(sy, gy)
      xx = f32x4.add(xx, f32x4.mul(gx, gx))
      yy = f32x4.add(yy, f32x4.mul(gy, gy))
      xy = f32x4.add(xy, f32x4.mul(gx, gy))
    }
  }
  sumX = sum4(sx)
  sumY = sum4(sy)
  // Grain has slopes, too: patches with little more than those stay where coarser levels have put them.
  const a = sum4(xx) - (sumX * sumX) / AREA + GRAIN
  const b = sum4(xy) - (sumX * sumY) / AREA
  const c = sum4(yy) - (sumY * sumY) / AREA + GRAIN
  const det = a * c - b * b
  i00 = c / det
  i01 = -b / det
  i11 = a / det
}

// What comparing the held patch with a place of the other picture gave.
export let cost: f32 = 0
export let alongX: f32 = 0
export let alongY: f32 = 0

/** Compares with the other picture at x, y (samples of it, without margins): brightness as a whole is left out. */
export function compare(other: usize, row: i32, w: i32, h: i32, px: f32, py: f32): void {
  const x = clampf(px, LOW, <f32>(w + MARGIN - PATCH - 2))
  const y = clampf(py, LOW, <f32>(h + MARGIN - PATCH - 2))
  const fx0 = Mathf.floor(x)
  const fy0 = Mathf.floor(y)
  const fx = x - fx0
  const fy = y - fy0
  const w00 = f32x4.splat((1 - fx) * (1 - fy))
  const w01 = f32x4.splat(fx * (1 - fy))
  const w10 = f32x4.splat((1 - fx) * fy)
  const w11 = f32x4.splat(fx * fy)
  let p = other + (<usize>((<i32>fy0 + MARGIN) * row + MARGIN + <i32>fx0) << 2)
  const down = <usize>row << 2
  let total = f32x4.splat(0)
  let squares = f32x4.splat(0)
  let bx = f32x4.splat(0)
  let by = f32x4.splat(0)
  let a0 = v128.load(p)
  let a1 = v128.load(p, 4)
  let a2 = v128.load(p, 16)
  let a3 = v128.load(p, 20)
  for (let j = 0; j < PATCH; j++) {
    p += down
    const b0 = v128.load(p)
    const b1 = v128.load(p, 4)
    const b2 = v128.load(p, 16)
    const b3 = v128.load(p, 20)
    const o = <usize>j * tRow
    const d0 = f32x4.sub(
      f32x4.add(f32x4.add(f32x4.mul(a0, w00), f32x4.mul(a1, w01)), f32x4.add(f32x4.mul(b0, w10), f32x4.mul(b1, w11))),
      v128.load(tBase + o),
    )
    const d1 = f32x4.sub(
      f32x4.add(f32x4.add(f32x4.mul(a2, w00), f32x4.mul(a3, w01)), f32x4.add(f32x4.mul(b2, w10), f32x4.mul(b3, w11))),
      v128.load(tBase + o, 16),
    )
    total = f32x4.add(total, f32x4.add(d0, d1))
    squares = f32x4.add(squares, f32x4.add(f32x4.mul(d0, d0), f32x4.mul(d1, d1)))
    bx = f32x4.add(bx, f32x4.add(f32x4.mul(d0, v128.load(tX + o)), f32x4.mul(d1, v128.load(tX + o, 16))))
    by = f32x4.add(by, f32x4.add(f32x4.mul(d0, v128.load(tY + o)), f32x4.mul(d1, v128.load(tY + o, 16))))
    a0 = b0
    a1 = b1
    a2 = b2
    a3 = b3
  }
  const sum = sum4(total)
  cost = sum4(squares) - (sum * sum) / AREA
  alongX = sum4(bx) - (sumX * sum) / AREA
  alongY = sum4(by) - (sumY * sum) / AREA
}
