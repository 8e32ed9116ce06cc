/**
 * Solves for two channels at once
 *   sum over neighbors q of w_pq (x_p - x_q) + a_p x_p = b_p      (all cells p; w symmetric and >= 0, a >= 0)
 * by conjugate gradients, preconditioned with one multigrid cycle over 2 x 2 aggregates (Notay 2010, with the coarse
 * couplings scaled as in Braess 1995). That takes a few dozen rounds whatever the weights' contrast.
 */

export interface EdgeSystem {
  readonly width: number
  readonly height: number
  /** Weight between each cell and its right neighbor; 0 in the last column. */
  readonly right: Float32Array
  /** Weight between each cell and the one below; 0 in the last row. */
  readonly down: Float32Array
  /** a, per cell; somewhere greater than 0. */
  readonly anchor: Float32Array
}

/** Sums of fine couplings overrate how stiff the coarse grid is; by this much. */
const OVERRATED = 1.8
const COARSEST = 4
const COARSEST_SWEEPS = 12

interface Level extends EdgeSystem {
  readonly inverseDiagonal: Float32Array
  readonly x: Float32Array
  readonly b: Float32Array
}

function levelOf(system: EdgeSystem): Level {
  const { width, height, right, down, anchor } = system
  const inverseDiagonal = new Float32Array(width * height)
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const sum = right[i]! + down[i]! + (x > 0 ? right[i - 1]! : 0) + (y > 0 ? down[i - width]! : 0) + anchor[i]!
      inverseDiagonal[i] = sum > 0 ? 1 / sum : 0
    }
  }
  return {
    ...system,
    inverseDiagonal,
    x: new Float32Array(width * height * 2),
    b: new Float32Array(width * height * 2),
  }
}

function coarsen({ width, height, right, down, anchor }: EdgeSystem): EdgeSystem {
  const w = (width + 1) >> 1
  const h = (height + 1) >> 1
  const coarse = {
    width: w,
    height: h,
    right: new Float32Array(w * h),
    down: new Float32Array(w * h),
    anchor: new Float32Array(w * h),
  }
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const c = (y >> 1) * w + (x >> 1)
      coarse.anchor[c]! += anchor[i]!
      if (x & 1) coarse.right[c]! += right[i]! / OVERRATED
      if (y & 1) coarse.down[c]! += down[i]! / OVERRATED
    }
  }
  return coarse
}

/** One Gauss-Seidel sweep, forward or backward; both orders in turn keep the cycle symmetric, as CG needs it. */
function sweep({ width, height, right, down, inverseDiagonal, x, b }: Level, forward: boolean): void {
  const step = forward ? 1 : -1
  for (let row = forward ? 0 : height - 1; row >= 0 && row < height; row += step) {
    for (let column = forward ? 0 : width - 1; column >= 0 && column < width; column += step) {
      const i = row * width + column
      let u = b[2 * i]!
      let v = b[2 * i + 1]!
      if (column > 0) {
        const w = right[i - 1]!
        u += w * x[2 * i - 2]!
        v += w * x[2 * i - 1]!
      }
      if (column < width - 1) {
        const w = right[i]!
        u += w * x[2 * i + 2]!
        v += w * x[2 * i + 3]!
      }
      if (row > 0) {
        const w = down[i - width]!
        const j = 2 * (i - width)
        u += w * x[j]!
        v += w * x[j + 1]!
      }
      if (row < height - 1) {
        const w = down[i]!
        const j = 2 * (i + width)
        u += w * x[j]!
        v += w * x[j + 1]!
      }
      x[2 * i] = u * inverseDiagonal[i]!
      x[2 * i + 1] = v * inverseDiagonal[i]!
    }
  }
}

/** into = A x */
function multiply({ width, height, right, down, anchor }: EdgeSystem, x: Float32Array, into: Float32Array): void {
  for (let i = 0; i < anchor.length; i++) {
    into[2 * i] = anchor[i]! * x[2 * i]!
    into[2 * i + 1] = anchor[i]! * x[2 * i + 1]!
  }
  for (let row = 0, i = 0; row < height; row++) {
    for (let column = 0; column < width; column++, i++) {
      const p = 2 * i
      if (column < width - 1) {
        const u = right[i]! * (x[p]! - x[p + 2]!)
        const v = right[i]! * (x[p + 1]! - x[p + 3]!)
        into[p]! += u
        into[p + 1]! += v
        into[p + 2]! -= u
        into[p + 3]! -= v
      }
      if (row < height - 1) {
        const q = p + 2 * width
        const u = down[i]! * (x[p]! - x[q]!)
        const v = down[i]! * (x[p + 1]! - x[q + 1]!)
        into[p]! += u
        into[p + 1]! += v
        into[q]! -= u
        into[q + 1]! -= v
      }
    }
  }
}

/** Improves levels[n].x, from zero, for its b. */
function cycle(levels: readonly Level[], n: number, scratch: Float32Array): void {
  const level = levels[n]!
  level.x.fill(0)
  const coarse = levels[n + 1]
  if (!coarse) {
    for (let k = 0; k < COARSEST_SWEEPS; k++) {
      sweep(level, true)
      sweep(level, false)
    }
    return
  }
  sweep(level, true)
  multiply(level, level.x, scratch)
  coarse.b.fill(0)
  const { width, height, x, b } = level
  for (let row = 0, i = 0; row < height; row++) {
    for (let column = 0; column < width; column++, i++) {
      const c = 2 * ((row >> 1) * coarse.width + (column >> 1))
      coarse.b[c]! += b[2 * i]! - scratch[2 * i]!
      coarse.b[c + 1]! += b[2 * i + 1]! - scratch[2 * i + 1]!
    }
  }
  cycle(levels, n + 1, scratch)
  for (let row = 0, i = 0; row < height; row++) {
    for (let column = 0; column < width; column++, i++) {
      const c = 2 * ((row >> 1) * coarse.width + (column >> 1))
      x[2 * i]! += coarse.x[c]!
      x[2 * i + 1]! += coarse.x[c + 1]!
    }
  }
  sweep(level, false)
}

/** Dot product per channel. */
function dot(a: Float32Array, b: Float32Array): [number, number] {
  let u = 0
  let v = 0
  for (let i = 0; i < a.length; i += 2) {
    u += a[i]! * b[i]!
    v += a[i + 1]! * b[i + 1]!
  }
  return [u, v]
}

/**
 * @param x (height, width, 2), a first guess; overwritten with the solution
 * @param b (height, width, 2)
 * @param tolerance of the residual's norm, relative to that of `b`
 * @returns rounds taken
 */
export function solveEdgeSystem(
  system: EdgeSystem,
  b: Float32Array,
  x: Float32Array,
  tolerance = 1e-3,
  mostRounds = 80,
): number {
  const levels = [levelOf(system)]
  for (let last = levels[0]!; Math.max(last.width, last.height) > COARSEST;)
    levels.push((last = levelOf(coarsen(last))))
  const top = levels[0]!
  const scratch = new Float32Array(x.length)
  const residual = new Float32Array(x.length)
  const direction = new Float32Array(x.length)
  const image = new Float32Array(x.length)
  multiply(system, x, residual)
  for (let i = 0; i < x.length; i++) residual[i] = b[i]! - residual[i]!
  const [bu, bv] = dot(b, b)
  // Neither channel is asked for more than the stronger one: a neutral stroke may need none of one.
  const enough = tolerance * tolerance * Math.max(bu, bv)
  let before: [number, number] | null = null
  for (let round = 0; round < mostRounds; round++) {
    const [ru, rv] = dot(residual, residual)
    if (ru <= enough && rv <= enough) return round
    top.b.set(residual)
    cycle(levels, 0, scratch)
    const z = top.x
    const now = dot(residual, z)
    const fu = before && before[0] > 0 ? now[0] / before[0] : 0
    const fv = before && before[1] > 0 ? now[1] / before[1] : 0
    for (let i = 0; i < x.length; i += 2) {
      direction[i] = z[i]! + fu * direction[i]!
      direction[i + 1] = z[i + 1]! + fv * direction[i + 1]!
    }
    before = now
    multiply(system, direction, image)
    const [du, dv] = dot(direction, image)
    const su = du > 0 ? now[0] / du : 0
    const sv = dv > 0 ? now[1] / dv : 0
    for (let i = 0; i < x.length; i += 2) {
      x[i]! += su * direction[i]!
      x[i + 1]! += sv * direction[i + 1]!
      residual[i]! -= su * image[i]!
      residual[i + 1]! -= sv * image[i + 1]!
    }
  }
  return mostRounds
}
