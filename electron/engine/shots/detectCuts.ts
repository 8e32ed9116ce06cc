/**
 * Finds hard cuts in a stream of small luma pictures. A cut is a frame that shares little with the one before it, far
 * less than frames around it share with each other, and after which nothing like the old picture comes back: flashes,
 * single damaged frames and jumps of the gate are none. Dissolves change too slowly to be cut.
 */
import { NO_PICTURE, SignatureMaker, unlikeness, type Signature } from './shotSignature.ts'

/** Decisions come this many frames late: a flash or a damaged frame is over by then. */
export const LOOK_AHEAD = 4
/** Frames before a change that tell how restless the shot is anyway. */
const LOOK_BACK = 8
/** Less than this is never a cut in a shot that moves. */
const LEAST = 0.42
/** Nor this where nothing moved: two misty seas differ by no more, but then that stands out. */
const LEAST_IN_CALM = 0.22
const CALM = 0.04
/** A cut stands out this much over the restlessness around it, as a ratio and as a difference. */
const STANDS_OUT = 1.55
const STANDS_OUT_BY = 0.28
/** Where the restlessness is even, as that of strong grain is, by less. */
const STANDS_OUT_OF_GRAIN = 0.15
/** So different are only two shots, however restless. */
const SURELY = 0.85
/** A later picture this far on the way from the usual unrest to the change is still the old shot, come back. */
const COMES_BACK = 0.5
/** No shot is shorter; several changes within so few frames are one quick transition. */
const SHORTEST = 4

export interface LumaPicture {
  readonly width: number
  readonly height: number
  /** 0..1, row-major */
  readonly values: Float32Array
}

export class CutDetector {
  #maker: SignatureMaker | null = null
  /** The frame before the oldest undecided one, then the undecided ones. */
  #window: Signature[] = []
  /** change[i]: of window[i + 1] from window[i]. */
  #changes: number[] = []
  /** Pictures of the shot before the window, newest last. */
  #older: Signature[] = []
  /** Changes of the frames that are decided, newest last. */
  #past: number[] = []
  #started = false
  #sinceCut = SHORTEST

  /** Takes the next frame; gives the decisions that are now possible, in order: true where a shot begins. */
  push(picture: LumaPicture): boolean[] {
    this.#maker ??= new SignatureMaker(picture.width, picture.height)
    const made = this.#maker.make(picture.values)
    const last = this.#window[this.#window.length - 1]
    // Frames without a picture are looked through: what follows black is compared with what was before it.
    const signature = last && made.contrast < NO_PICTURE ? last : made
    this.#window.push(signature)
    if (!last) {
      // Whatever came before the first frame is not known to us.
      this.#started = true
      return [false]
    }
    this.#changes.push(signature === last ? 0 : unlikeness(last, signature))
    return this.#changes.length > LOOK_AHEAD ? [this.#decide()] : []
  }

  /** The decisions still open at the end of the stream. */
  finish(): boolean[] {
    const rest: boolean[] = []
    while (this.#started && this.#changes.length > 0) rest.push(this.#decide())
    return rest
  }

  #decide(): boolean {
    const [change, ...later] = this.#changes as [number, ...number[]]
    const isCut = this.#sinceCut >= SHORTEST && this.#isCut(change, later)
    this.#sinceCut = isCut ? 1 : this.#sinceCut + 1
    // A cut's own change says nothing about how restless the new shot is.
    if (isCut) {
      this.#past = []
      this.#older = []
    } else {
      this.#past.push(change)
      this.#older.push(this.#window[0]!)
    }
    if (this.#past.length > LOOK_BACK) this.#past.shift()
    if (this.#older.length > LOOK_AHEAD) this.#older.shift()
    this.#changes.shift()
    this.#window.shift()
    return isCut
  }

  #isCut(change: number, later: readonly number[]): boolean {
    const [past, next] = [unrestOf(this.#past), unrestOf(later)]
    const unrest = Math.max(past.usual, next.usual)
    if (change < (unrest < CALM ? LEAST_IN_CALM : LEAST)) return false
    // The greatest step of a quick transition is its cut.
    if ((later[0] ?? 0) > change) return false
    if (unrest >= CALM && change < Math.min(SURELY, Math.max(past.exceeded, next.exceeded))) return false
    const [before, itself, ...after] = this.#window as [Signature, Signature, ...Signature[]]
    const stillLike = unrest + COMES_BACK * (change - unrest)
    const isLike = (a: Signature, b: Signature): boolean => unlikeness(a, b) < stillLike
    // The old picture comes back: this frame is the odd one. Or an older one has come back: the last frame was.
    return (
      !after.some((signature) => isLike(before, signature)) &&
      !this.#older.some((signature) => isLike(signature, itself))
    )
  }
}

/** How much frames change anyway, and the change that a cut among them exceeds. */
function unrestOf(changes: readonly number[]): { usual: number; exceeded: number } {
  if (changes.length === 0) return { usual: 0, exceeded: 0 }
  const sorted = [...changes].sort((a, b) => a - b)
  const usual = sorted[sorted.length >> 1]!
  const spread = Math.max(usual - sorted[0]!, sorted[sorted.length - 1]! - usual)
  const evenly = usual + STANDS_OUT_OF_GRAIN + 2 * spread
  return { usual, exceeded: Math.min(evenly, Math.max(STANDS_OUT * usual, usual + STANDS_OUT_BY)) }
}

/** First frames of shots, the film's own first frame left out. */
export function detectCuts(pictures: Iterable<LumaPicture>): number[] {
  const detector = new CutDetector()
  const cuts: number[] = []
  let frame = 0
  const take = (decisions: readonly boolean[]): void => {
    for (const isCut of decisions) {
      if (isCut) cuts.push(frame)
      frame++
    }
  }
  for (const picture of pictures) take(detector.push(picture))
  take(detector.finish())
  return cuts
}
