/**
 * Where each part of a picture was in another one: coarse to fine block matching with candidates from neighbors, and
 * overlapping blocks that vote (in the manner of Kroeger et al. 2016, "Fast Optical Flow using Dense Inverse Search").
 * Pure arithmetic on small pictures; milliseconds a frame.
 */

/** Luma 0..1, row-major. */
export interface SmallPicture {
  readonly width: number
  readonly height: number
  readonly values: Float32Array
}

/** Side of a block, and the distance between blocks; blocks overlap by half. */
export const BLOCK = 8
export const STRIDE = 4
const LEVELS = 3
/** Search range around the best candidate: wide at the coarsest level, then only what halving can have lost. */
const COARSE_REACH = 4
const FINE_REACH = 1

/** Per block of the finest level: where its content was, in pixels, and how different it looks there. */
export interface Motion {
  readonly columns: number
  readonly rows: number
  readonly dx: Float32Array
  readonly dy: Float32Array
  /** Mean absolute luma difference of the block, 0..1, brightness shifts left out. */
  readonly cost: Float32Array
}

export function blockGrid(width: number, height: number): [columns: number, rows: number] {
  return [Math.max(1, Math.floor((width - BLOCK) / STRIDE) + 1), Math.max(1, Math.floor((height - BLOCK) / STRIDE) + 1)]
}

/** Half of each side; an odd last row or column is dropped. */
export function halve({ width, height, values }: SmallPicture): SmallPicture {
  const w = width >> 1
  const h = height >> 1
  const half = new Float32Array(w * h)
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const i = 2 * y * width + 2 * x
      half[y * w + x] = (values[i]! + values[i + 1]! + values[i + width]! + values[i + width + 1]!) / 4
    }
  }
  return { width: w, height: h, values: half }
}

/** A picture and its halves, finest first; the coarsest still holds a few blocks. */
export function pyramidOf(picture: SmallPicture): SmallPicture[] {
  const levels = [picture]
  while (levels.length < LEVELS && Math.min(levels[0]!.width, levels[0]!.height) >> levels.length >= 2 * BLOCK) {
    levels.push(halve(levels[levels.length - 1]!))
  }
  return levels
}

/** A block of one picture, held to be looked for in another. */
class Block {
  readonly #values = new Float32Array(BLOCK * BLOCK)
  /** Of every fourth sample. */
  #sum = 0

  take({ width, values }: SmallPicture, x: number, y: number): void {
    let sum = 0
    for (let j = 0, k = 0; j < BLOCK; j++) {
      let p = (y + j) * width + x
      for (let i = 0; i < BLOCK; i++, p++, k++) {
        const value = values[p]!
        this.#values[k] = value
        if (((i | j) & 1) === 0) sum += value
      }
    }
    this.#sum = sum
  }

  /** Mean absolute difference from the block at x, y after taking out the difference of their means; gives up above `limit`. */
  difference({ width, values }: SmallPicture, x: number, y: number, limit: number): number {
    const own = this.#values
    let sum = 0
    for (let j = 0; j < BLOCK; j += 2) {
      const p = (y + j) * width + x
      sum += values[p]! + values[p + 2]! + values[p + 4]! + values[p + 6]!
    }
    const shift = (sum - this.#sum) / ((BLOCK * BLOCK) / 4)
    // Flicker is small; a block that is much brighter elsewhere is another thing.
    const spare = Math.abs(shift) - 0.08
    if (spare > limit) return spare
    const flicker = shift < -0.08 ? -0.08 : shift > 0.08 ? 0.08 : shift
    const most = limit * BLOCK * BLOCK
    let total = 0
    for (let j = 0, k = 0; j < BLOCK; j++) {
      let p = (y + j) * width + x
      for (let i = 0; i < BLOCK; i++, p++, k++) {
        const d = values[p]! - own[k]! - flicker
        total += d < 0 ? -d : d
      }
      if (total > most) break
    }
    return total / (BLOCK * BLOCK)
  }
}

const clamp = (value: number, low: number, high: number): number => (value < low ? low : value > high ? high : value)

/** Blocks at one level; candidates are the coarser level's motion, the neighbors already done, and standing still. */
function matchLevel(from: SmallPicture, to: SmallPicture, start: Motion | null, doubled: boolean, reach: number): Motion {
  const [columns, rows] = blockGrid(from.width, from.height)
  const dx = new Float32Array(columns * rows)
  const dy = new Float32Array(columns * rows)
  const cost = new Float32Array(columns * rows)
  const block = new Block()
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x = column * STRIDE
      const y = row * STRIDE
      block.take(from, x, y)
      let bestX = 0
      let bestY = 0
      let best = Infinity
      const attempt = (mx: number, my: number): void => {
        const tx = clamp(x + mx, 0, to.width - BLOCK)
        const ty = clamp(y + my, 0, to.height - BLOCK)
        // Neighbors mostly move alike.
        if (tx - x === bestX && ty - y === bestY && best < Infinity) return
        // A little preference for the smaller motion keeps flat areas from wandering.
        const penalty = 0.0004 * (Math.abs(tx - x) + Math.abs(ty - y))
        const value = block.difference(to, tx, ty, best - penalty) + penalty
        if (value < best) {
          best = value
          bestX = tx - x
          bestY = ty - y
        }
      }
      attempt(0, 0)
      if (start) {
        const scale = doubled ? 2 : 1
        const k =
          clamp(doubled ? row >> 1 : row, 0, start.rows - 1) * start.columns + clamp(doubled ? column >> 1 : column, 0, start.columns - 1)
        attempt(Math.round(start.dx[k]! * scale), Math.round(start.dy[k]! * scale))
      }
      const here = row * columns + column
      if (column > 0) attempt(dx[here - 1]!, dy[here - 1]!)
      if (row > 0) attempt(dx[here - columns]!, dy[here - columns]!)
      if (row > 0 && column + 1 < columns) attempt(dx[here - columns + 1]!, dy[here - columns + 1]!)
      const [cx, cy] = [bestX, bestY]
      for (let j = -reach; j <= reach; j++) for (let i = -reach; i <= reach; i++) if (i !== 0 || j !== 0) attempt(cx + i, cy + j)
      dx[here] = bestX
      dy[here] = bestY
      cost[here] = best
    }
  }
  return { columns, rows, dx, dy, cost }
}

/** Parabola through the costs of a block's place and its two neighbors: motion finer than a pixel. */
function refine(from: SmallPicture, to: SmallPicture, motion: Motion): void {
  const { columns, rows, dx, dy } = motion
  const vertex = (before: number, at: number, after: number): number => {
    const bend = before - 2 * at + after
    return bend > 1e-6 ? clamp((0.5 * (before - after)) / bend, -0.5, 0.5) : 0
  }
  const block = new Block()
  for (let k = 0; k < columns * rows; k++) {
    const x = (k % columns) * STRIDE
    const y = Math.floor(k / columns) * STRIDE
    const tx = x + dx[k]!
    const ty = y + dy[k]!
    if (tx < 1 || ty < 1 || tx + BLOCK >= to.width || ty + BLOCK >= to.height) continue
    block.take(from, x, y)
    const at = (i: number, j: number): number => block.difference(to, tx + i, ty + j, Infinity)
    const here = at(0, 0)
    dx[k]! += vertex(at(-1, 0), here, at(1, 0))
    dy[k]! += vertex(at(0, -1), here, at(0, 1))
  }
}

/**
 * Motion from `from` to `to`: the content of block k of `from` lies at its place + (dx, dy) in `to`.
 * @param from pyramid of the one picture, `to` of the other, of equal sizes, at least one block large
 * @param guess motion to begin with at the finest level, in place of the search from coarse to fine
 */
export function findMotion(from: readonly SmallPicture[], to: readonly SmallPicture[], guess?: Motion): Motion {
  let motion: Motion | null = null
  for (let level = from.length - 1; level >= 0; level--) {
    const coarsest = level === from.length - 1
    motion = matchLevel(from[level]!, to[level]!, motion, true, coarsest ? COARSE_REACH : FINE_REACH)
  }
  let found = motion!
  if (guess) {
    const followed = matchLevel(from[0]!, to[0]!, guess, false, FINE_REACH)
    for (let k = 0; k < found.cost.length; k++) {
      if (followed.cost[k]! > found.cost[k]!) continue
      found.dx[k] = followed.dx[k]!
      found.dy[k] = followed.dy[k]!
      found.cost[k] = followed.cost[k]!
    }
  }
  refine(from[0]!, to[0]!, found)
  return found
}

/** The motion first -> third, from first -> second and second -> third: a guess that follows things through a shot. */
export function chainMotion(first: Motion, second: Motion): Motion {
  const { columns, rows } = first
  const dx = new Float32Array(columns * rows)
  const dy = new Float32Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const k = row * columns + column
      const atColumn = clamp(Math.round(column + first.dx[k]! / STRIDE), 0, columns - 1)
      const atRow = clamp(Math.round(row + first.dy[k]! / STRIDE), 0, rows - 1)
      const there = atRow * columns + atColumn
      dx[k] = first.dx[k]! + second.dx[there]!
      dy[k] = first.dy[k]! + second.dy[there]!
    }
  }
  return { columns, rows, dx, dy, cost: first.cost }
}
