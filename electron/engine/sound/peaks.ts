/** How loud a film is, from its first picture to its last: the largest sample of every few milliseconds. Pure. */
import { SOUND_CHANNELS, SOUND_RATE } from '../../contract/sound.ts'
import type { SoundPiece } from './decodeSound.ts'

/** Samples of a channel that share a value: about 2 ms, so that three hours take five megabytes. */
const PEAK_SAMPLES = 100
/** Values that share one of the coarser list, by which long parts are told quickly. */
const COARSE = 64
/** Of 16 bits without the sign, to 8. */
const TO_BYTE = 255 / 32767

export class Peaks {
  /** 0..255. */
  readonly values: Uint8Array
  readonly #coarse: Uint8Array
  /** Samples up to here were heard; Infinity when all were. */
  #known: number

  /** @param seconds from the first picture to the end of the last @param values of a film that was heard before */
  constructor(seconds: number, values: Uint8Array | null = null) {
    const count = Peaks.count(seconds)
    this.values = values ?? new Uint8Array(count)
    this.#coarse = new Uint8Array(Math.ceil(count / COARSE))
    this.#known = values === null ? 0 : Infinity
    if (values) values.forEach((value, n) => this.#note(n, value))
  }

  static count(seconds: number): number {
    return Math.max(1, Math.ceil((seconds * SOUND_RATE) / PEAK_SAMPLES))
  }

  /** Seconds up to which it is known. */
  get known(): number {
    return this.#known / SOUND_RATE
  }

  #note(n: number, value: number): void {
    const coarse = Math.floor(n / COARSE)
    if (value > this.#coarse[coarse]!) this.#coarse[coarse] = value
  }

  add({ at, samples }: SoundPiece): void {
    const count = samples.length / SOUND_CHANNELS
    const last = Math.min(at + count, this.values.length * PEAK_SAMPLES)
    for (let from = Math.max(0, at); from < last;) {
      const n = Math.floor(from / PEAK_SAMPLES)
      const to = Math.min(last, (n + 1) * PEAK_SAMPLES)
      let most = 0
      for (let i = (from - at) * SOUND_CHANNELS; i < (to - at) * SOUND_CHANNELS; i++) {
        const size = Math.abs(samples[i]!)
        if (size > most) most = size
      }
      const value = Math.min(255, Math.round(most * TO_BYTE))
      if (value > this.values[n]!) this.values[n] = value
      this.#note(n, value)
      from = to
    }
    this.#known = Math.max(this.#known, at + count)
  }

  /** There is no more. */
  finish(): void {
    this.#known = Infinity
  }

  /** Of each of `columns` equal parts of [from, to), in seconds; parts shorter than a value repeat it. */
  columns(from: number, to: number, columns: number): Uint8Array {
    const made = new Uint8Array(columns)
    const perSecond = SOUND_RATE / PEAK_SAMPLES
    const step = (to - from) / columns
    for (let x = 0; x < columns; x++) {
      const first = Math.max(0, Math.floor((from + x * step) * perSecond))
      const end = Math.min(this.values.length, Math.max(first + 1, Math.floor((from + (x + 1) * step) * perSecond)))
      made[x] = this.#most(first, end)
    }
    return made
  }

  #most(from: number, to: number): number {
    let most = 0
    for (let n = from; n < to;) {
      const whole = n % COARSE === 0 && n + COARSE <= to
      const value = whole ? this.#coarse[n / COARSE]! : this.values[n]!
      if (value > most) most = value
      n += whole ? COARSE : 1
    }
    return most
  }
}
