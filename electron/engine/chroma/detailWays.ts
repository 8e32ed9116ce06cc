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
  readonly #motion: Motion
  /** Chroma samples of the layout that a texel is across, and down. */
  readonly #across: number
  readonly #down: number

  /** @param layout of the chroma that detail is added to; not gray. Sizes of the networks' luma */
  constructor(layout: PixelLayout, networkWidth: number, networkHeight: number) {
    if (layout.sampling === 'gray') throw new RangeError('a gray layout has no chroma planes')
    const [width, height] = [networkWidth >> 1, networkHeight >> 1]
    this.#motion = new Motion(width, height, DOUBTS)
    const [sx, sy] = chromaShift[layout.sampling]
    this.#across = layout.width / width / (1 << sx)
    this.#down = layout.height / height / (1 << sy)
  }

  /** @param luma of the frame */
  to(luma: NetworkLuma, shares: readonly DetailShare[]): DetailOnItsWay[] {
    const ways = shares.map(({ detail }) => this.#from(detail.luma, luma))
    return shares.map(({ detail }, pin) => ({
      name: detail.name,
      values: detail.values,
      way: this.#part(pin, ways, shares),
    }))
  }

  #from(pin: NetworkLuma, luma: NetworkLuma): Way {
    this.#motion.start(pin)
    const certainty = this.#motion.advance(luma)
    return { ...this.#motion.flow(), certainty }
  }

  /**
   * Of one pin's way: where several pins are found again, each has its part by its share, of what the surest of them
   * has; where one alone is, that has all.
   */
  #part(pin: number, ways: readonly Way[], shares: readonly DetailShare[]): Float32Array {
    const { x, y, certainty } = ways[pin]!
    const { share, kept } = shares[pin]!
    const way = new Float32Array(4 * x.length)
    for (let i = 0; i < x.length; i++) {
      let sum = 0
      let most = 0
      for (let k = 0; k < ways.length; k++) {
        const sure = ways[k]!.certainty[i]!
        sum += sure * shares[k]!.share
        if (sure > most) most = sure
      }
      way[4 * i] = x[i]! * this.#across
      way[4 * i + 1] = y[i]! * this.#down
      way[4 * i + 2] = sum > 0 ? (most * certainty[i]! * share) / sum : 0
      if (kept) way[4 * i + 2]! *= kept[i]!
    }
    return way
  }
}
