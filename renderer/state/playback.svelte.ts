/**
 * Where the film stands and how it runs. Time comes from outside: tests need no clock, and where sound is heard it is
 * the sound's (sound/leadingClock.ts).
 */
import type { FrameRange, Rational } from '../../electron/contract/schemas.ts'
import { FilmClock } from './filmClock.ts'

/** Speeds that J and L step through, as editors do. */
const SHUTTLE = [1, 2, 4, 8]
/** Of J and L while K is held. */
const SLOW = 1 / 4
/** Seconds that sums of fractions may be off by. */
const NOTHING = 1e-7

/** A stretch of film that runs without a leap: by it picture and sound know what is due when. Never changes. */
export interface Run {
  /** Seconds of the film at which it began. */
  readonly from: number
  /** When that was, in ms of the clock that the film is advanced by. */
  readonly time: number
  /** Seconds of film per second; negative backward. */
  readonly speed: number
  /** Where it ends at the latest, or leaps back to its start, in seconds of the film. */
  readonly until: number
}

export class Playback {
  frame = $state(0)
  /** Frames per frame time: 1 plays, -2 runs back at double speed, 0 stands. */
  speed = $state(0)
  loop = $state(false)
  /** The part that plays and loops; null is the whole film. */
  range = $state<FrameRange | null>(null)
  /** How often another frame was gone to: each time a bit of its sound is heard. */
  visits = $state(0)

  /** J and L go slowly. */
  #isBraked = false
  #clock = $state.raw(new FilmClock(1, { num: 24, den: 1 }))
  /** The frame that the present run began at, and its run once the time is known. */
  #start = 0
  #run: Run | null = null

  get frameCount(): number {
    return this.#clock.frameCount
  }

  get clock(): FilmClock {
    return this.#clock
  }

  get playing(): boolean {
    return this.speed !== 0
  }

  /** Null while the film stands, and until it was advanced for the first time. */
  get run(): Run | null {
    return this.#run
  }

  /** @param times see FilmClock @param frame where it stands; the last one where it has no such frame */
  load(frameCount: number, rate: Rational, times: Float64Array | null = null, frame = 0): void {
    this.#clock = new FilmClock(Math.max(1, frameCount), rate, times)
    this.frame = Math.min(frame, this.frameCount - 1)
    this.speed = 0
    this.range = null
    this.#run = null
  }

  seek(frame: number): void {
    const next = Math.min(this.frameCount - 1, Math.max(0, Math.round(frame)))
    if (next !== this.frame) this.visits++
    this.frame = next
    this.#run = null
  }

  step(by: number): void {
    this.pause()
    this.seek(this.frame + by)
  }

  pause(): void {
    this.speed = 0
    this.#run = null
  }

  togglePlay(): void {
    if (this.playing) return this.pause()
    const { to, from } = this.#span(this.frame)
    if (this.frame >= to - 1) this.seek(from)
    this.#begin(1)
  }

  /** K: stands; as long as it is held down, J and L go frame by frame. */
  brake(): void {
    this.pause()
    this.#isBraked = true
  }

  releaseBrake(): void {
    this.#isBraked = false
    this.endSlow()
  }

  /** J or L is let go: what it moved slowly stands, and is heard; what runs goes on. */
  endSlow(): void {
    if (Math.abs(this.speed) !== SLOW) return
    this.pause()
    this.visits++
  }

  /**
   * J (-1) and L (1): starts, speeds up, or slows down from the other direction. Braked, it goes a frame, and slowly on
   * until it is ended: who only taps the key is on the next frame.
   */
  shuttle(direction: 1 | -1): void {
    if (this.#isBraked) {
      this.seek(this.frame + direction)
      return this.#begin(direction * SLOW)
    }
    if (Math.sign(this.speed) !== direction) return this.#begin(direction)
    const next = SHUTTLE[SHUTTLE.indexOf(Math.abs(this.speed)) + 1] ?? SHUTTLE.at(-1)!
    this.#begin(direction * next)
  }

  /** Marks the present frame as the first of the range. */
  markIn(): void {
    const to = this.range?.to ?? this.frameCount
    this.range = { from: this.frame, to: to > this.frame ? to : this.frameCount }
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
    this.#run ??= this.#runFrom(this.frame, time)
    const { speed } = this
    const { from, to } = this.#span(this.#start)
    const [start, end] = [this.#clock.secondsOf(from), this.#clock.secondsOf(to)]
    // Marks may have changed since it began.
    const until = speed > 0 ? end : start
    if (this.#run.until !== until) this.#run = { ...this.#run, until }
    const at = this.#run.from + ((time - this.#run.time) / 1000) * speed
    if ((speed > 0 ? end - at : at - start) > NOTHING) {
      const frame = speed > 0 ? this.#clock.frameAt(at) : this.#clock.frameBefore(at)
      this.frame = Math.min(to - 1, Math.max(from, frame))
      return
    }
    if (!this.loop) {
      this.frame = speed > 0 ? to - 1 : from
      return this.pause()
    }
    // It has leapt when it was due, however late that is noticed.
    const beyond = Math.max(0, speed > 0 ? at - end : start - at) % (end - start)
    this.#start = speed > 0 ? from : to - 1
    this.#run = {
      from: speed > 0 ? start : end,
      time: time - (beyond / Math.abs(speed)) * 1000,
      speed,
      until: speed > 0 ? end : start,
    }
    this.frame = speed > 0 ? this.#clock.frameAt(start + beyond) : this.#clock.frameBefore(end - beyond)
  }

  #begin(speed: number): void {
    this.speed = speed
    this.#run = null
  }

  /** Forward a frame is shown from its beginning on, backward from its end. */
  #runFrom(frame: number, time: number): Run {
    const { speed } = this
    this.#start = frame
    const { from, to } = this.#span(frame)
    return speed > 0
      ? { from: this.#clock.secondsOf(frame), time, speed, until: this.#clock.secondsOf(to) }
      : { from: this.#clock.secondsOf(frame + 1), time, speed, until: this.#clock.secondsOf(from) }
  }

  /** A run that starts outside the marked range plays through the whole film. */
  #span(start: number): FrameRange {
    const whole = { from: 0, to: this.frameCount }
    if (!this.range) return whole
    return start >= this.range.from && start < this.range.to ? this.range : whole
  }
}
