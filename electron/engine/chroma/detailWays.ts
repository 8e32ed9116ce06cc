/**
 * Where a frame's places lie in its pins' own pictures, and how much of a pin's fine color (pinDetail.ts) each of them
 * has: motion from the pin straight to the frame, there and back, wherever it is certain.
 */
import { Motion, type Doubts } from '../motion/motion.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import { chromaShift, type PixelLayout } from '../picture/pixelLayout.ts'
import type { DetailOnItsWay } from './composeChroma.ts'
import type { DetailShare } from './pinDetail.ts'

/** Detail that is put beside its place is worse than none. */
const DOUBTS: Doubts = { luma: 8, way: 0.7 }

interface Way {
  readonly x: Float32Array
  readonly y: Float32Array
  /** 0..1 */
  readonly certainty: Float32Array
}

export class DetailWays {
  /** From each of the pins, by name. */
  readonly #motions = new Map<string, Motion>()
  /** Chroma samples of the layout that a texel is across, and down. */
  readonly #across: number
  readonly #down: number

  /** @param layout of the chroma that detail is added to; not gray */
  constructor(layout: PixelLayout, modelWidth: number, modelHeight: number) {
    if (layout.sampling === 'gray') throw new RangeError('a gray layout has no chroma planes')
    const [sx, sy] = chromaShift[layout.sampling]
    this.#across = layout.width / modelWidth / (1 << sx)
    this.#down = layout.height / modelHeight / (1 << sy)
  }

  /** @param luma of the frame */
  to(luma: NetworkLuma, shares: readonly DetailShare[]): DetailOnItsWay[] {
    const names = new Set(shares.map(({ detail }) => detail.name))
    for (const name of this.#motions.keys()) if (!names.has(name)) this.#motions.delete(name)
    const ways = shares.map(({ detail }) => this.#from(detail, luma))
    const parts = partsOf(ways, shares)
    return shares.map(({ detail: { name, values } }, pin) => ({
      name,
      values,
      way: this.#way(ways[pin]!, parts[pin]!),
    }))
  }

  #from({ name, luma: pin }: DetailShare['detail'], luma: NetworkLuma): Way {
    let motion = this.#motions.get(name)
    if (!motion) {
      motion = new Motion(pin.width >> 1, pin.height >> 1, DOUBTS)
      motion.start(pin)
      this.#motions.set(name, motion)
    }
    const certainty = motion.look(luma)
    return { ...motion.flow(), certainty }
  }

  #way({ x, y }: Way, part: Float32Array): Float32Array {
    const way = new Float32Array(4 * part.length)
    for (let i = 0; i < part.length; i++) {
      way[4 * i] = x[i]! * this.#across
      way[4 * i + 1] = y[i]! * this.#down
      way[4 * i + 2] = part[i]!
    }
    return way
  }
}

/**
 * How much each place has of each pin's detail, 0..1. Where several pins are found again, each has its part by its
 * share, of what the surest of them has; where one alone is, that has all.
 */
function partsOf(ways: readonly Way[], shares: readonly DetailShare[]): Float32Array[] {
  const kept = (pin: number, i: number): number => shares[pin]!.kept?.[i] ?? 1
  if (ways.length === 1) return ways.map(({ certainty }) => certainty.map((sure, i) => sure * kept(0, i)))
  return ways.map(({ certainty }, pin) =>
    certainty.map((sure, i) => {
      let sum = 0
      let most = 0
      ways.forEach((way, k) => {
        sum += way.certainty[i]! * shares[k]!.share
        most = Math.max(most, way.certainty[i]!)
      })
      return sum > 0 ? (most * sure * shares[pin]!.share * kept(pin, i)) / sum : 0
    }),
  )
}
