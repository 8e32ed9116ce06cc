/** When each frame of a film is shown, in seconds from the first one on. Pure. */
import type { Rational } from '../../electron/contract/schemas.ts'

/** A time this close to a frame, in frames, is that frame's: sums of fractions are not exact. */
const SAME = 1e-4

export class FilmClock {
  /**
   * @param times of a film whose frames do not come evenly: of every frame, and at last when the last one ends; null
   *   where the rate says it all
   */
  constructor(
    readonly frameCount: number,
    private readonly rate: Rational,
    private readonly times: Float64Array | null = null,
  ) {}

  /** When the last frame is no longer shown. */
  get end(): number {
    return this.secondsOf(this.frameCount)
  }

  /** @param frame 0..frameCount; the latter is the end */
  secondsOf(frame: number): number {
    return this.times ? this.times[frame]! : (frame * this.rate.den) / this.rate.num
  }

  /** The time of a place within a frame: 2.5 is the middle of frame 2. @param place 0..frameCount */
  secondsAt(place: number): number {
    const frame = Math.min(this.frameCount - 1, Math.floor(place))
    const from = this.secondsOf(frame)
    return from + (place - frame) * (this.secondsOf(frame + 1) - from)
  }

  /** The frame that is shown at a time; the first or last one before or behind the film. */
  frameAt(seconds: number): number {
    return Math.min(this.frameCount - 1, Math.max(0, Math.floor(this.#place(seconds) + SAME)))
  }

  /** The frame that was shown until a time: of a film that runs backward, the one that comes. */
  frameBefore(seconds: number): number {
    return Math.min(this.frameCount - 1, Math.max(0, Math.ceil(this.#place(seconds) - SAME) - 1))
  }

  /** A time in frames, with the share of the frame that has passed. */
  #place(seconds: number): number {
    const { times } = this
    if (!times) return (seconds * this.rate.num) / this.rate.den
    let [low, high] = [0, this.frameCount]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (times[middle]! <= seconds) low = middle
      else high = middle - 1
    }
    const span = (times[low + 1] ?? Infinity) - times[low]!
    return low + (seconds - times[low]!) / span
  }
}
