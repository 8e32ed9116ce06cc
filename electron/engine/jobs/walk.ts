/** A pass on its way through consecutive frames, asking the color model as often as it has to. */
import { asStored, type StoredColoring } from '../cache/coloringCodec.ts'
import type { ColoredFrame, ConsistencyPass, Networks } from '../network/networks.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import { trace } from './trace.ts'
import { TAKEN_UP_EVERY } from './way.ts'

/**
 * Between pins the color model is asked at every so many frames only, and its last answer stands meanwhile: the pass was
 * trained to read a guess that is late, and loses nothing that could be measured (models/PASS.md). It is asked at once where the pass finds
 * less in its memory, by this much, than when it was last asked: something new has come into the picture.
 */
const GUESS_EVERY = 8
const FOUND_LESS = 0.1
/**
 * Without pins it is asked at every second frame, and at once after a frame of which too little was found in the one before:
 * what is new needs a color of its own. See models/README.md for what this costs and gains.
 */
const UNPINNED_GUESS_EVERY = 2
const LITTLE_FOUND = 0.85

export class Walk {
  #pass: ConsistencyPass | null = null
  #next: number
  #before: ColoredFrame | undefined
  /** The color model's last answer, and for how many frames it stands yet. */
  #guess: { readonly coloring: StoredColoring; frames: number; match?: number } | null = null

  /**
   * @param next step (way.ts) to begin with; divides by TAKEN_UP_EVERY
   * @param before the frame before it, where colors go on from there
   */
  constructor(
    private readonly networks: Networks,
    private readonly pins: readonly ColoredFrame[],
    next: number,
    before?: ColoredFrame,
  ) {
    this.#next = next
    this.#before = before
  }

  /** The step that is colored next. */
  get next(): number {
    return this.#next
  }

  /** Colors the frame of the step that is next. */
  color(frame: number, luma: NetworkLuma): StoredColoring {
    if (this.#next % TAKEN_UP_EVERY === 0) this.dispose()
    const automatic = this.#automatic(luma)
    this.#pass ??= this.networks.startPass(this.pins, this.#before)
    const pass = this.#pass
    const { chroma, confidence: match } = trace('pass', () => pass.step(frame, luma, automatic.chroma))
    this.#outdateGuess(match)
    // Without pins there is nothing to match: what counts is how sure the color model is of its own colors.
    const confidence = this.pins.length > 0 ? match : automatic.confidence
    const coloring = { chroma: asStored(chroma), confidence: Math.min(1, Math.max(0, confidence)) }
    this.#before = { frame, luma, chroma: coloring.chroma }
    this.#next++
    return coloring
  }

  dispose(): void {
    this.#pass?.dispose()
    this.#pass = null
    this.#guess = null
  }

  /** @param match how much of the frame was found in what the pass remembers, 0..1 */
  #outdateGuess(match: number): void {
    if (!this.#guess) return
    this.#guess.match ??= match
    if (match < (this.pins.length > 0 ? this.#guess.match - FOUND_LESS : LITTLE_FOUND)) this.#guess = null
  }

  #automatic(luma: NetworkLuma): StoredColoring {
    if (!this.#guess || this.#guess.frames === 0) {
      const coloring = trace('color model', () => this.networks.colorModel.color(luma))
      this.#guess = { coloring, frames: this.pins.length > 0 ? GUESS_EVERY : UNPINNED_GUESS_EVERY }
    }
    this.#guess.frames--
    return this.#guess.coloring
  }
}
