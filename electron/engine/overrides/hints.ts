/**
 * Spreads color strokes along the picture's edges: the optimization of Levin, Lischinski and Weiss 2004, "Colorization
 * using Optimization", on top of a coloring that is there already. What a stroke reaches takes its color; what lies
 * behind edges, or far away, keeps the coloring it has, exactly.
 *
 * Two things differ from the paper, both because the rest of the frame is already colored. The couplings between
 * neighbors are symmetric (as in Lischinski et al. 2006), which makes the system one that multigrid solves in
 * milliseconds. And how strongly a cell holds on to its present color grows with its distance from the strokes,
 * measured along the luma (a geodesic): without that, every weak edge would let a little of the color through.
 */
import type { HintOperation } from '../../contract/operations.ts'
import { guidedFilter } from './boxFilter.ts'
import { EdgeSystem } from '../edges/edgeSystem.ts'
import { smoothstep, type Grid } from './grid.ts'
import { leastCost } from './leastCost.ts'
import { coverStroke } from './strokes.ts'

/** Luma that may change on the way from a stroke, beyond texture and grain, before its color has ended. */
const LUMA_REACH = 0.3
/** Picture heights after which it has ended on even ground. */
const FAR = 4
/** Up to this share of the way a cell takes the color fully. */
const FULL = 0.4
/** How firmly a stroke is kept against its surroundings, whose couplings are at most 1. */
const FIRM = 60
/** Texture weaker than this (variance of luma) is smoothed away before edges are looked for. */
const TEXTURE = 0.03 ** 2
/** Even the strongest edge lets this much through: keeps cells that nothing holds from being undefined. */
const LEAK = 1e-5
const STEPS = 1000

interface Painted {
  /** (height, width, 2) */
  readonly target: Float32Array
  /** 0..1: how much of a cell strokes cover. */
  readonly share: Float32Array
  /** 1 where the last stroke erases. */
  readonly erased: Uint8Array
}

/** Later strokes cover earlier ones, as paint does. */
function paint(grid: Grid, chroma: Float32Array, hints: readonly HintOperation[]): Painted {
  const target = chroma.slice()
  const share = new Float32Array(grid.width * grid.height)
  const erased = new Uint8Array(share.length)
  const stroke = new Float32Array(share.length)
  for (const { kind, color, points, radius } of hints) {
    const touched: number[] = []
    coverStroke(grid, points, radius, (cell, covered) => {
      if (stroke[cell] === 0) touched.push(cell)
      stroke[cell] = Math.max(stroke[cell]!, covered)
    })
    for (const cell of touched) {
      const covered = stroke[cell]!
      const u = kind === 'color' ? color.u : kind === 'neutral' ? 0 : chroma[2 * cell]!
      const v = kind === 'color' ? color.v : kind === 'neutral' ? 0 : chroma[2 * cell + 1]!
      const before = share[cell]! * (1 - covered)
      const weight = covered / (covered + before)
      target[2 * cell]! += (u - target[2 * cell]!) * weight
      target[2 * cell + 1]! += (v - target[2 * cell + 1]!) * weight
      share[cell] = Math.max(share[cell]!, covered)
      if (weight > 0.5) erased[cell] = kind === 'erase' ? 1 : 0
      stroke[cell] = 0
    }
  }
  return { target, share, erased }
}

/** Typical luma step between neighbors: grain and fine texture, 0.004..0.03. */
function restlessness(luma: Float32Array, width: number): number {
  const steps = new Float64Array(Math.ceil(luma.length / 3))
  let count = 0
  for (let i = 1; i < luma.length; i += 3) if (i % width !== 0) steps[count++] = Math.abs(luma[i]! - luma[i - 1]!)
  const sorted = steps.subarray(0, count).sort()
  return Math.min(0.03, Math.max(0.004, 1.5 * (sorted[count >> 1] ?? 0)))
}

/** Of the size that was last worked on: an artist draws on one film for a while. */
let kept: EdgeSystem | null = null

/** All of it to be put anew, but for the couplings that no cell has: those are 0. */
function systemOf({ width, height }: Grid): EdgeSystem {
  if (kept?.width !== width || kept.height !== height) kept = new EdgeSystem(width, height)
  kept.b.fill(0)
  kept.x.fill(0)
  return kept
}

/**
 * @param luma of the cells (grid.ts), 0..1
 * @param chroma (height, width, 2) before the hints; not changed
 * @returns the new chroma; the same values where no stroke reaches
 */
export function spreadHints(
  grid: Grid,
  luma: Float32Array,
  chroma: Float32Array,
  hints: readonly HintOperation[],
): Float32Array {
  const { width, height } = grid
  const { target, share, erased } = paint(grid, chroma, hints)
  const sources: number[] = []
  for (let i = 0; i < share.length; i++) if (share[i]! >= 0.5) sources.push(i)
  if (!sources.some((cell) => erased[cell] === 0)) return chroma.slice()

  const smooth = guidedFilter(luma, luma, width, height, 2, 2, TEXTURE)
  const grain = restlessness(smooth, width)
  const reached = reachOf(grid, smooth, grain, sources)
  /** How firmly each cell keeps its present color, 0..1. */
  const hold = new Float32Array(share.length)
  for (let i = 0; i < hold.length; i++) {
    const cost = reached.cost[i]!
    hold[i] = cost < 0 || erased[reached.source[i]!] ? 1 : smoothstep(FULL * STEPS, STEPS, cost)
  }
  softenErasedBorders(grid, hold, reached.source, erased)

  const system = systemOf(grid)
  /** Of the difference from the present chroma, which is 0 where it is held. */
  const { right, down, anchor, b, x: change } = system
  const scale = -0.5 / Math.max(0.02, 2 * grain) ** 2
  const couple = (i: number, j: number): number => {
    const step = smooth[i]! - smooth[j]!
    const weight = Math.exp(step * step * scale) + LEAK
    // Where color spreads, it levels what was there; where the old one is held, its own edges stay.
    const level = weight * (1 - Math.max(hold[i]!, hold[j]!))
    for (let k = 0; k < 2; k++) {
      const edge = level * (chroma[2 * i + k]! - chroma[2 * j + k]!)
      b[2 * i + k]! -= edge
      b[2 * j + k]! += edge
    }
    return weight
  }
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (x < width - 1) right[i] = couple(i, i + 1)
      if (y < height - 1) down[i] = couple(i, i + width)
      const held = hold[i]!
      const firm = FIRM * share[i]! * share[i]!
      anchor[i] = 1e-7 + firm + (4 * held * held * held) / (1.0001 - held)
      const from = reached.source[i]!
      for (let k = 0; k < 2; k++) {
        b[2 * i + k]! += firm * (target[2 * i + k]! - chroma[2 * i + k]!)
        // The nearest stroke's color is a good first guess.
        if (from >= 0) change[2 * i + k] = (1 - held) * (target[2 * from + k]! - chroma[2 * i + k]!)
      }
    }
  }
  system.solve()
  const result = chroma.slice()
  for (let k = 0; k < 2; k++) {
    // The exact solution lies between what was there and what was painted; rounding errors must not leave that.
    let least = Infinity
    let most = -Infinity
    for (let i = k; i < chroma.length; i += 2) {
      least = Math.min(least, chroma[i]!, target[i]!)
      most = Math.max(most, chroma[i]!, target[i]!)
    }
    for (let i = 0; i < hold.length; i++) {
      if (hold[i] === 1 && share[i] === 0) continue
      result[2 * i + k] = Math.min(most, Math.max(least, chroma[2 * i + k]! + change[2 * i + k]!))
    }
  }
  return result
}

/** How far each cell is from the strokes, in thousandths of the reach. */
function reachOf(
  grid: Grid,
  luma: Float32Array,
  grain: number,
  sources: readonly number[],
): ReturnType<typeof leastCost> {
  const perLuma = STEPS / LUMA_REACH
  const straight = (STEPS * Math.max(grid.aspect / grid.width, 1 / grid.height)) / FAR
  const diagonal = straight * Math.SQRT2
  return leastCost(grid.width, grid.height, sources, STEPS, (soFar, _source, from, to, isDiagonal) => {
    const step = Math.abs(luma[from]! - luma[to]!) - grain
    return soFar + Math.round((step > 0 ? step * perLuma : 0) + (isDiagonal ? diagonal : straight))
  })
}

/** Where color meets an erasing stroke's ground, it takes a few cells to give way: no staircase. */
function softenErasedBorders(
  { width, height }: Grid,
  hold: Float32Array,
  source: Int32Array,
  erased: Uint8Array,
): void {
  if (!erased.includes(1)) return
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (hold[i]! > 0.5) continue
      const near = [x > 0 ? i - 1 : i, x < width - 1 ? i + 1 : i, y > 0 ? i - width : i, y < height - 1 ? i + width : i]
      if (near.some((cell) => source[cell]! >= 0 && erased[source[cell]!])) hold[i] = 0.5
    }
  }
}
