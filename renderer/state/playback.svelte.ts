/** Where the film stands and how it runs. Time comes from outside, so that tests need no clock. */
import type { FrameRange, Rational } from '../../electron/contract/schemas.ts'

/** Speeds that J and L step through, as editors do. */
const SHUTTLE = [1, 2, 4, 8]

export class Playback {
  frame = $state(0)
  /** Frames per frame time: 1 plays, -2 runs back at double speed, 0 stands. */
  speed = $state(0)
  loop = $state(false)
  /** The part that plays and loops; null is the whole film. */
  range = $state<FrameRange | null>(null)

  #frameCount = $state(1)
  #rate: Rational = { num: 24, den: 1 }
  /** Where and when the present run began. */
  #origin: { frame: number; time: number } | null = null

  get frameCount(): number {
    return this.#frameCount
  }

  get playing(): boolean {
    return this.speed !== 0
  }

  load(frameCount: number, rate: Rational): void {
    this.#frameCount = Math.max(1, frameCount)
    this.#rate = rate
    this.frame = 0
    this.speed = 0
    this.range = null
    this.#origin = null
  }

  seek(frame: number): void {
    this.frame = Math.min(this.#frameCount - 1, Math.max(0, Math.round(frame)))
    this.#origin = null
  }

  step(by: number): void {
    this.pause()
    this.seek(this.frame + by)
  }

  pause(): void {
    this.speed = 0
    this.#origin = null
  }

  togglePlay(): void {
    if (this.playing) return this.pause()
    const { to, from } = this.#span()
    if (this.frame >= to - 1) this.seek(from)
    this.#run(1)
  }

  /** J (-1) and L (1): starts, speeds up, or slows down from the other direction. */
  shuttle(direction: 1 | -1): void {
    if (Math.sign(this.speed) !== direction) return this.#run(direction)
    const next = SHUTTLE[SHUTTLE.indexOf(Math.abs(this.speed)) + 1] ?? SHUTTLE.at(-1)!
    this.#run(direction * next)
  }

  /** Marks the present frame as the first of the range. */
  markIn(): void {
    const to = this.range?.to ?? this.#frameCount
    this.range = { from: this.frame, to: to > this.frame ? to : this.#frameCount }
  }

  /** Marks the present frame as the last of the range. */
  markOut(): void {
    const from = this.range?.from ?? 0
    this.range = { from: from <= this.frame ? from : 0, to: this.frame + 1 }
  }

  clearRange(): void {
    this.range = null
  }

  /** Moves on to where the film should be at `time` (ms, any origin). Late frames are passed over. */
  advance(time: number): void {
    if (!this.playing) return
    this.#origin ??= { frame: this.frame, time }
    const { from, to } = this.#span()
    const passed = ((time - this.#origin.time) / 1000) * (this.#rate.num / this.#rate.den) * this.speed
    const target = this.#origin.frame + Math.trunc(passed)
    if (target >= from && target < to) {
      this.frame = target
      return
    }
    if (!this.loop) {
      this.frame = Math.min(to - 1, Math.max(from, target))
      return this.pause()
    }
    this.frame = this.speed > 0 ? from : to - 1
    this.#origin = { frame: this.frame, time }
  }

  #run(speed: number): void {
    this.speed = speed
    this.#origin = null
  }

  /** A run that starts outside the marked range plays through the whole film. */
  #span(): FrameRange {
    const whole = { from: 0, to: this.#frameCount }
    if (!this.range) return whole
    const start = this.#origin?.frame ?? this.frame
    return start >= this.range.from && start < this.range.to ? this.range : whole
  }
}
