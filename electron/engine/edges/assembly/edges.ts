/**
 * Solves for two channels at once
 *   sum over neighbors q of w_pq (x_p - x_q) + a_p x_p = b_p      (all cells p; w symmetric and >= 0, a >= 0)
 * by conjugate gradients, preconditioned with one multigrid cycle over 2 x 2 aggregates (Notay 2010, with the coarse
 * couplings scaled as in Braess 1995). That takes a few dozen rounds whatever the weights' contrast. Shown to
 * JavaScript by ../edgeSystem.ts.
 *
 * What is kept is kept as 32-bit floats, and computed with as 64-bit floats: a cell's two channels are one vector.
 */

/** Sums of fine couplings overrate how stiff the coarse grid is; by this much. */
const OVERRATED: f64 = 1.8
const COARSEST: i32 = 4
const COARSEST_SWEEPS: i32 = 12
/** Halvings of 65,536 cells a side. */
const MOST_LEVELS: i32 = 16

let levels: i32 = 0
const widths = new StaticArray<i32>(MOST_LEVELS)
const heights = new StaticArray<i32>(MOST_LEVELS)
/** Of each level, a number a cell: couplings with the cells to the right and below, anchors, 1 / diagonal. */
const rights = new StaticArray<usize>(MOST_LEVELS)
const downs = new StaticArray<usize>(MOST_LEVELS)
const anchors = new StaticArray<usize>(MOST_LEVELS)
const inverses = new StaticArray<usize>(MOST_LEVELS)
/** Of each level, a number a channel: what a cycle improves, and what it is to fit. */
const improved = new StaticArray<usize>(MOST_LEVELS)
const wanted = new StaticArray<usize>(MOST_LEVELS)

let given: usize = 0
let solution: usize = 0
let scratch: usize = 0
let residual: usize = 0
let direction: usize = 0
let image: usize = 0

/** To be called once, before all else. Sizes of the grid, in cells; all numbers are 0 at first. */
export function begin(width: i32, height: i32): void {
  const cells = <usize>(width * height)
  given = heap.alloc(cells << 3)
  solution = heap.alloc(cells << 3)
  scratch = heap.alloc(cells << 3)
  residual = heap.alloc(cells << 3)
  direction = heap.alloc(cells << 3)
  image = heap.alloc(cells << 3)
  let w = width
  let h = height
  for (levels = 0; levels < MOST_LEVELS; levels++) {
    const count = <usize>(w * h)
    widths[levels] = w
    heights[levels] = h
    rights[levels] = heap.alloc(count << 2)
    downs[levels] = heap.alloc(count << 2)
    anchors[levels] = heap.alloc(count << 2)
    inverses[levels] = heap.alloc(count << 2)
    improved[levels] = heap.alloc(count << 3)
    wanted[levels] = heap.alloc(count << 3)
    if (max(w, h) <= COARSEST) break
    w = (w + 1) >> 1
    h = (h + 1) >> 1
  }
  levels++
}

export function rightAt(): usize {
  return rights[0]
}
export function downAt(): usize {
  return downs[0]
}
export function anchorAt(): usize {
  return anchors[0]
}
export function givenAt(): usize {
  return given
}
export function solutionAt(): usize {
  return solution
}

/** Both channels of a cell. */
// @ts-ignore: decorator
@inline function pair(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at))
}
// @ts-ignore: decorator
@inline function keep(at: usize, channels: v128): void {
  v128.store64_lane(at, f32x4.demote_f64x2_zero(channels), 0)
}
/** A number of the cell's, for both channels. */
// @ts-ignore: decorator
@inline function number(at: usize): v128 {
  return f64x2.splat(<f64>load<f32>(at))
}
// @ts-ignore: decorator
@inline function f(at: usize): f64 {
  return <f64>load<f32>(at)
}

/** 1 / diagonal of each cell. */
function invert(n: i32): void {
  const width = widths[n]
  const height = heights[n]
  const row = <usize>width << 2
  for (let y = 0, o: usize = 0; y < height; y++) {
    for (let x = 0; x < width; x++, o += 4) {
      const left = x > 0 ? f(rights[n] + o - 4) : 0
      const above = y > 0 ? f(downs[n] + o - row) : 0
      const sum = f(rights[n] + o) + f(downs[n] + o) + left + above + f(anchors[n] + o)
      store<f32>(inverses[n] + o, sum > 0 ? <f32>(1 / sum) : 0)
    }
  }
}

// @ts-ignore: decorator
@inline function increase(at: usize, by: f64): void {
  store<f32>(at, <f32>(f(at) + by))
}

/** The couplings of level n + 1, of those of level n. */
function coarsen(n: i32): void {
  const width = widths[n]
  const height = heights[n]
  const coarseWidth = widths[n + 1]
  const bytes = <usize>(coarseWidth * heights[n + 1]) << 2
  const right = rights[n + 1]
  const down = downs[n + 1]
  const anchor = anchors[n + 1]
  memory.fill(right, 0, bytes)
  memory.fill(down, 0, bytes)
  memory.fill(anchor, 0, bytes)
  for (let y = 0, o: usize = 0; y < height; y++) {
    for (let x = 0; x < width; x++, o += 4) {
      const c = <usize>((y >> 1) * coarseWidth + (x >> 1)) << 2
      increase(anchor + c, f(anchors[n] + o))
      if (x & 1) increase(right + c, f(rights[n] + o) / OVERRATED)
      if (y & 1) increase(down + c, f(downs[n] + o) / OVERRATED)
    }
  }
}

/** One Gauss-Seidel sweep, forward or backward; both orders in turn keep the cycle symmetric, as CG needs it. */
function sweep(n: i32, forward: bool): void {
  const width = widths[n]
  const height = heights[n]
  const right = rights[n]
  const down = downs[n]
  const inverse = inverses[n]
  const x = improved[n]
  const b = wanted[n]
  const row = <usize>width << 2
  const step = forward ? 1 : -1
  for (let y = forward ? 0 : height - 1; y >= 0 && y < height; y += step) {
    for (let column = forward ? 0 : width - 1; column >= 0 && column < width; column += step) {
      const o = <usize>(y * width + column) << 2
      const p = x + (o << 1)
      let sum = pair(b + (o << 1))
      if (column > 0) sum = f64x2.add(sum, f64x2.mul(number(right + o - 4), pair(p - 8)))
      if (column < width - 1) sum = f64x2.add(sum, f64x2.mul(number(right + o), pair(p + 8)))
      if (y > 0) sum = f64x2.add(sum, f64x2.mul(number(down + o - row), pair(p - (row << 1))))
      if (y < height - 1) sum = f64x2.add(sum, f64x2.mul(number(down + o), pair(p + (row << 1))))
      keep(p, f64x2.mul(sum, number(inverse + o)))
    }
  }
}

/** into = A x */
function multiply(n: i32, x: usize, into: usize): void {
  const width = widths[n]
  const height = heights[n]
  const right = rights[n]
  const down = downs[n]
  const anchor = anchors[n]
  const end = <usize>(width * height) << 2
  for (let o: usize = 0; o < end; o += 4) keep(into + (o << 1), f64x2.mul(number(anchor + o), pair(x + (o << 1))))
  const row = <usize>width << 3
  for (let y = 0, o: usize = 0; y < height; y++) {
    for (let column = 0; column < width; column++, o += 4) {
      const p = o << 1
      const own = pair(x + p)
      if (column < width - 1) {
        const flow = f64x2.mul(number(right + o), f64x2.sub(own, pair(x + p + 8)))
        keep(into + p, f64x2.add(pair(into + p), flow))
        keep(into + p + 8, f64x2.sub(pair(into + p + 8), flow))
      }
      if (y < height - 1) {
        const flow = f64x2.mul(number(down + o), f64x2.sub(own, pair(x + p + row)))
        keep(into + p, f64x2.add(pair(into + p), flow))
        keep(into + p + row, f64x2.sub(pair(into + p + row), flow))
      }
    }
  }
}

/** Improves level n, from zero, for what is wanted of it. */
function cycle(n: i32): void {
  const width = widths[n]
  const height = heights[n]
  const x = improved[n]
  memory.fill(x, 0, <usize>(width * height) << 3)
  if (n == levels - 1) {
    for (let k = 0; k < COARSEST_SWEEPS; k++) {
      sweep(n, true)
      sweep(n, false)
    }
    return
  }
  sweep(n, true)
  multiply(n, x, scratch)
  const coarseWidth = widths[n + 1]
  const coarseWanted = wanted[n + 1]
  memory.fill(coarseWanted, 0, <usize>(coarseWidth * heights[n + 1]) << 3)
  for (let y = 0, p: usize = 0; y < height; y++) {
    for (let column = 0; column < width; column++, p += 8) {
      const c = coarseWanted + (<usize>((y >> 1) * coarseWidth + (column >> 1)) << 3)
      keep(c, f64x2.add(pair(c), f64x2.sub(pair(wanted[n] + p), pair(scratch + p))))
    }
  }
  cycle(n + 1)
  for (let y = 0, p: usize = 0; y < height; y++) {
    for (let column = 0; column < width; column++, p += 8) {
      const c = improved[n + 1] + (<usize>((y >> 1) * coarseWidth + (column >> 1)) << 3)
      keep(x + p, f64x2.add(pair(x + p), pair(c)))
    }
  }
  sweep(n, false)
}

/** Dot product per channel. */
function dot(a: usize, b: usize, bytes: usize): v128 {
  let sum = f64x2.splat(0)
  for (let p: usize = 0; p < bytes; p += 8) sum = f64x2.add(sum, f64x2.mul(pair(a + p), pair(b + p)))
  return sum
}

/** above / below for each channel, 0 where what is below is not greater than 0. */
function ratio(above: v128, below: v128): v128 {
  return v128.and(f64x2.div(above, below), f64x2.gt(below, f64x2.splat(0)))
}

/**
 * Overwrites the solution, a first guess.
 * @param tolerance of the residual's norm, relative to that of what is given
 * @returns rounds taken
 */
export function solve(tolerance: f64, mostRounds: i32): i32 {
  for (let n = 0; n < levels; n++) {
    invert(n)
    if (n + 1 < levels) coarsen(n)
  }
  const bytes = <usize>(widths[0] * heights[0]) << 3
  multiply(0, solution, residual)
  for (let p: usize = 0; p < bytes; p += 8) keep(residual + p, f64x2.sub(pair(given + p), pair(residual + p)))
  memory.fill(direction, 0, bytes)
  const norm = dot(given, given, bytes)
  // Neither channel is asked for more than the stronger one: a neutral stroke may need none of one.
  const enough = f64x2.splat(tolerance * tolerance * max(f64x2.extract_lane(norm, 0), f64x2.extract_lane(norm, 1)))
  let before = f64x2.splat(0)
  for (let round = 0; round < mostRounds; round++) {
    if (i64x2.all_true(f64x2.le(dot(residual, residual, bytes), enough))) return round
    memory.copy(wanted[0], residual, bytes)
    cycle(0)
    const z = improved[0]
    const now = dot(residual, z, bytes)
    const kept = ratio(now, before)
    for (let p: usize = 0; p < bytes; p += 8)
      keep(direction + p, f64x2.add(pair(z + p), f64x2.mul(kept, pair(direction + p))))
    before = now
    multiply(0, direction, image)
    const step = ratio(now, dot(direction, image, bytes))
    for (let p: usize = 0; p < bytes; p += 8) {
      keep(solution + p, f64x2.add(pair(solution + p), f64x2.mul(step, pair(direction + p))))
      keep(residual + p, f64x2.sub(pair(residual + p), f64x2.mul(step, pair(image + p))))
    }
  }
  return mostRounds
}
