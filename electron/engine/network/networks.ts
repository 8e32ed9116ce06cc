/**
 * What the engine asks of the networks, whichever they are and whatever they run on. All pictures are at network size.
 */
import type { NetworkChroma, NetworkLuma, ToldMotion } from '../picture/networkPictures.ts'

export interface Colored {
  readonly chroma: NetworkChroma
  /** 0..1 */
  readonly confidence: number
}

/** Answers come at once where networks run on the caller's thread, and later where they have one of their own. */
type Answer = Colored | Promise<Colored>

/** Colors a single frame from its luma alone. */
export interface ColorModel {
  color(luma: NetworkLuma): Answer
}

/** A frame whose coloring is known: a pin, or the predecessor. */
export interface ColoredFrame {
  readonly frame: number
  readonly luma: NetworkLuma
  readonly chroma: NetworkChroma
}

/**
 * Carries colors through one shot. A new pass is made for every shot, so that nothing crosses a cut.
 * Frames are given in the order of propagation (ascending or descending); each result is the next one's predecessor.
 */
export interface ConsistencyPass {
  /** One at a time. @param carried null where no motion is known */
  step(frame: number, luma: NetworkLuma, automatic: NetworkChroma, carried: ToldMotion | null): Answer
  /** Frees what it holds on the native side. */
  dispose(): void
}

/** Pictures that are looked for in others. */
export interface Likeness {
  /**
   * How alike a picture is to each of them, 0..1: the share of its places that have their likest place there, and are
   * the likest of that one in turn. Pictures of one scene have 0.4 or more, whatever others have less (models/PASS.md).
   */
  of(luma: NetworkLuma): readonly number[] | Promise<readonly number[]>
  /** Frees what it holds on the native side. */
  dispose(): void
}

export interface Networks {
  readonly colorModel: ColorModel
  /**
   * A pass that carries the colors of pins; with a predecessor it goes on from there instead of starting afresh. Null
   * in an installation without a trained one.
   * @param pins at least one
   */
  startPass(pins: readonly ColoredFrame[], predecessor?: ColoredFrame): ConsistencyPass | null
  /** Null likewise. @param lumas of any sizes */
  startLikeness(lumas: readonly NetworkLuma[]): Likeness | null
}
