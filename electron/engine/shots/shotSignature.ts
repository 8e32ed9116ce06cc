/** What cut detection compares: a tiny picture without the brightness and contrast of the moment, and its histogram. */
import { AreaScaler } from '../picture/areaAverage.ts'

/** Longer side of the tiny picture; a grain of film disappears in one of its samples. */
const SIDE = 56
const BINS = 24
const BLOCK = 8
const STEP = 4
/** Camera and subject may move this far from one frame to the next, in samples: a tenth of the picture's width. */
const REACH = 5
const ALIKE = 0.25
/** Nearest first: what hardly moved is found at once, and bounds the rest. */
const MOVES: readonly (readonly [number, number])[] = Array.from(
  { length: (2 * REACH + 1) ** 2 },
  (_, n): [number, number] => [(n % (2 * REACH + 1)) - REACH, Math.floor(n / (2 * REACH + 1)) - REACH],
).sort(([ax, ay], [bx, by]) => ax * ax + ay * ay - bx * bx - by * by)
/** The same, in the form that the innermost loop reads quickest. */
const ACROSS = Int32Array.from(MOVES, ([dx]) => dx)
const DOWN = Int32Array.from(MOVES, ([, dy]) => dy)

export interface Signature {
  readonly width: number
  readonly height: number
  /** Mean 0, standard deviation 1: flicker and fades do not show. */
  readonly values: Float32Array
  /** Shares of samples by brightness, relative to mean and deviation; they add up to 1. */
  readonly histogram: Float32Array
  /** Standard deviation before it was taken out. */
  readonly contrast: number
}

/** Below this contrast there is no picture: black or white leader, the end of a fade, a fogged frame. */
export const NO_PICTURE = 0.02

/** Makes signatures of pictures of one size (luma 0..1, row-major). */
export class SignatureMaker {
  readonly #scaler: AreaScaler

  constructor(width: number, height: number) {
    const scale = Math.min(1, SIDE / Math.max(width, height))
    this.#scaler = new AreaScaler(
      width,
      height,
      Math.max(1, Math.round(width * scale)),
      Math.max(1, Math.round(height * scale)),
    )
  }

  make(luma: Float32Array): Signature {
    const { width, height } = this.#scaler
    const values = new Float32Array(width * height)
    this.#scaler.scale(luma, values, 1, 0, 1)
    let sum = 0
    let squares = 0
    for (const value of values) {
      sum += value
      squares += value * value
    }
    const mean = sum / values.length
    const contrast = Math.sqrt(Math.max(0, squares / values.length - mean * mean))
    const scale = 1 / Math.max(contrast, 0.01)
    const histogram = new Float32Array(BINS)
    for (let i = 0; i < values.length; i++) {
      const value = (values[i]! - mean) * scale
      values[i] = value
      const bin = Math.floor(((value + 3) / 6) * BINS)
      histogram[bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin]! += 1 / values.length
    }
    return { width, height, values, histogram, contrast }
  }
}

/**
 * How little of `a` is found again in `b`: 0 the same picture, perhaps moved; about 1 another one. The mean over blocks
 * of the best match's difference, relative to what a flat block would give, weighed with the change of histogram.
 */
export function unlikeness(a: Signature, b: Signature): number {
  let histogram = 0
  for (let i = 0; i < BINS; i++) histogram += Math.abs(a.histogram[i]! - b.histogram[i]!)
  const lost = lostStructure(a, b)
  // Most frames are like the one before; only the others are worth a second look, from the other side.
  const structure = lost < ALIKE ? lost : (lost + lostStructure(b, a)) / 2
  // Either alone is fooled: structure by fast pans, histograms by two views of the same place.
  return Math.min(1, structure * (0.75 + 0.5 * Math.min(1, histogram)))
}

function lostStructure(a: Signature, b: Signature): number {
  const { width, height } = a
  const block = Math.min(BLOCK, width, height)
  let lost = 0
  let present = 0
  for (let y = 0; y + block <= height; y += STEP) {
    for (let x = 0; x + block <= width; x += STEP) {
      let mean = 0
      for (let j = 0; j < block; j++) for (let i = 0; i < block; i++) mean += a.values[(y + j) * width + x + i]!
      mean /= block * block
      let flat = 0
      for (let j = 0; j < block; j++)
        for (let i = 0; i < block; i++) flat += Math.abs(a.values[(y + j) * width + x + i]! - mean)
      // A flat block fits everywhere and says nothing.
      const worth = flat / (block * block) + 0.05
      lost += Math.min(worth, bestMatch(a, b, x, y, block, flat))
      present += worth
    }
  }
  return present > 0 ? lost / present : 0
}

function bestMatch(a: Signature, b: Signature, x: number, y: number, block: number, limit: number): number {
  const { width, height, values: sought } = a
  const { values: found } = b
  const [right, bottom] = [width - block - x, height - block - y]
  const start = y * width + x
  let best = limit
  for (let n = 0; n < ACROSS.length; n++) {
    const dx = ACROSS[n]!
    const dy = DOWN[n]!
    if (dy < -y || dy > bottom || dx < -x || dx > right) continue
    const shift = dy * width + dx
    let sum = 0
    for (let j = 0, row = start; j < block && sum < best; j++, row += width) {
      for (let p = row; p < row + block; p++) sum += Math.abs(sought[p]! - found[p + shift]!)
    }
    if (sum < best) best = sum
  }
  return best / (block * block)
}
