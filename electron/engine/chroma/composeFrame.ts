/**
 * Chroma brought to full size along a frame's luma: the work on each pixel that an export does, on whichever thread.
 */
import type { NetworkChroma, NetworkLuma } from '../picture/networkPictures.ts'
import { ChromaComposer, type DetailOnItsWay } from './composeChroma.ts'
import { DetailWays } from './detailWays.ts'
import type { DetailShare } from './pinDetail.ts'
import { estimateGrain } from '../picture/grain.ts'
import { GuidedModelMaker } from './guidedModel.ts'
import type { PixelLayout, Plane } from '../picture/pixelLayout.ts'

export interface ComposerSizes {
  /** Of the planes to write; not gray. */
  readonly layout: PixelLayout
  /** Of the networks' luma. */
  readonly networkWidth: number
  readonly networkHeight: number
}

/** Keeps its tables and scratch memory, so that a frame allocates nothing. */
export class FrameComposer {
  readonly #model: GuidedModelMaker
  #composer: ChromaComposer
  /** Made when a frame first has detail. */
  #ways: DetailWays | null = null
  readonly #coefficients: Float32Array

  constructor(private readonly sizes: ComposerSizes) {
    const { layout, networkWidth, networkHeight } = sizes
    this.#model = new GuidedModelMaker(networkWidth, networkHeight)
    const { width, height } = this.#model
    this.#composer = new ChromaComposer(layout, width, height)
    this.#coefficients = new Float32Array(width * height * 4)
  }

  allocate(): [u: Plane, v: Plane] {
    return this.#composer.allocate()
  }

  /**
   * Fills u and v.
   * @param y the source's luma plane; not changed
   * @param details of up to two pins, in the layout's own chroma samples
   */
  compose(
    y: Plane,
    luma: NetworkLuma,
    chroma: NetworkChroma,
    u: Plane,
    v: Plane,
    details: readonly DetailShare[] = [],
  ): void {
    const model = this.#model.make(luma, chroma, estimateGrain({ layout: this.sizes.layout, y }), this.#coefficients)
    const onTheirWay = details.length > 0 ? this.#waysOf(luma, details) : []
    this.#composer.compose(y, model, u, v, onTheirWay)
  }

  #waysOf(luma: NetworkLuma, details: readonly DetailShare[]): DetailOnItsWay[] {
    const { layout } = this.sizes
    if (!this.#ways) {
      const { width, height } = this.#model
      this.#ways = new DetailWays(layout, width, height)
      this.#composer = new ChromaComposer(layout, width, height, 2)
    }
    return this.#ways.to(luma, details)
  }
}
