/**
 * Decides of one part of a film where shots begin, what are dissolves and wipes, and which frames have colors of their
 * own.
 */
import type { FrameColor } from '../../contract/foundShots.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { CutDetector } from './detectCuts.ts'
import { SceneColor, type SmallPicture } from './sceneColor.ts'
import { TransitionFinder } from './transitions.ts'

export interface FoundPart {
  /** The frame that frames[0] is of. */
  readonly from: number
  readonly frames: readonly { readonly isCut: boolean; readonly color: FrameColor }[]
  readonly transitions: readonly FrameRange[]
}

export class ShotDetector {
  /** Frames before its part and after it that it has to be shown, so that neighbors come to the same transitions. */
  static readonly LEAD = 120
  static readonly LOOK_AHEAD = 120
  /** Of those before, the cut detector sees so many: enough to know how restless the shot is. */
  static readonly CUT_LEAD = 12

  readonly #cuts = new CutDetector()
  readonly #transitions: TransitionFinder
  readonly #color = new SceneColor()
  readonly #isCut: boolean[] = []
  readonly #colors: FrameColor[] = []
  #next: number
  /** The frame that the next decision on cuts is of. */
  #decided: number

  /**
   * @param shownFrom the first frame that will be pushed
   * @param part the frames to decide of
   */
  constructor(
    shownFrom: number,
    private readonly part: FrameRange,
  ) {
    this.#transitions = new TransitionFinder(shownFrom)
    this.#next = shownFrom
    this.#decided = Math.max(shownFrom, part.from - ShotDetector.CUT_LEAD)
  }

  push(picture: SmallPicture): void {
    const frame = this.#next++
    this.#transitions.push(picture)
    if (frame >= this.part.from && frame < this.part.to) this.#colors.push(this.#color.of(picture))
    if (frame >= this.part.from - ShotDetector.CUT_LEAD) this.#take(this.#cuts.push(picture))
  }

  /** Whether it has seen all that it needs when this frame comes next. */
  isDone(next: number): boolean {
    return next >= this.part.to + ShotDetector.LOOK_AHEAD
  }

  /** Whether all frames of its part before this one are decided of, whatever comes behind. */
  isSettled(to: number): boolean {
    const end = Math.min(to, this.part.to)
    return this.#decided >= end && this.#transitions.settledTo >= end
  }

  finish(): FoundPart {
    this.#take(this.#cuts.finish())
    return this.#found(this.part.to, this.#transitions.finish())
  }

  /** What is settled by now: as much of what finish() would give when all of the part had been shown. */
  get settled(): FoundPart {
    const to = Math.min(this.#decided, this.#transitions.settledTo, this.part.to)
    return this.#found(Math.max(this.part.from, to), this.#transitions.settled)
  }

  /** @param to of the frames that are told of */
  #found(to: number, all: readonly FrameRange[]): FoundPart {
    const { from } = this.part
    const transitions = all.filter((transition) => transition.from < to && transition.to > from)
    const begins = new Set(transitions.flatMap((transition) => [transition.from, transition.to]))
    const isInside = (frame: number): boolean =>
      transitions.some((transition) => frame > transition.from && frame < transition.to)
    const frames = this.#colors.slice(0, to - from).map((color, n) => ({
      color,
      isCut: begins.has(from + n) || (this.#isCut[n]! && !isInside(from + n)),
    }))
    return { from, frames, transitions }
  }

  #take(decisions: readonly boolean[]): void {
    for (const isCut of decisions) {
      if (this.#decided >= this.part.from && this.#decided < this.part.to) this.#isCut.push(isCut)
      this.#decided++
    }
  }
}
