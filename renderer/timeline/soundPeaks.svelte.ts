/** How loud the part of the film in sight is, fetched where it is looked at: never more than a screen is wide. */
import type { PeaksReply } from '../../electron/contract/sound.ts'
import type { FilmClock } from '../state/filmClock.ts'
import { xToPlace, type TimelineScale } from '../state/timelineScale.ts'

/** While the film is still being listened through it is asked for again after so long, in ms. */
const AGAIN_MS = 500
/** What could not be had is asked for again after so long, in ms. */
const REST_MS = 3000

/** A part of the film, in seconds. */
interface Part {
  readonly from: number
  readonly to: number
  readonly columns: number
}

export interface KnownPeaks extends Part {
  readonly peaks: Uint8Array
  readonly known: number
}

const isSame = (a: Part | null, b: Part | null): boolean =>
  a?.from === b?.from && a?.to === b?.to && a?.columns === b?.columns

export class SoundPeaks {
  /** The latest answer; of another part until that in sight is there. */
  known = $state.raw<KnownPeaks | null>(null)
  #wanted: Part | null = null
  #busy = false
  #timer: ReturnType<typeof setTimeout> | null = null
  /** Grows with every film: what is answered of the one before is nothing to this one. */
  #generation = 0

  /** @param fetch asks the engine; throws where it can't be told */
  constructor(private readonly fetch: (part: Part) => Promise<Pick<PeaksReply, 'peaks' | 'known'>>) {}

  /** Forgets all: another film is in view. */
  clear(): void {
    this.#generation++
    this.known = null
    this.want(null)
  }

  /** Says what is in sight; the newest wish wins. Null asks for nothing any more. */
  want(part: Part | null): void {
    this.#wanted = part
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    if (part && !(isSame(part, this.known) && this.known!.known >= part.to)) void this.#fetchNext()
  }

  async #fetchNext(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    let wait = 0
    while (this.#wanted && wait === 0) {
      const part = this.#wanted
      const generation = this.#generation
      let answer: Pick<PeaksReply, 'peaks' | 'known'> | null = null
      try {
        answer = await this.fetch(part)
      } catch {
        wait = REST_MS
      }
      if (generation !== this.#generation) {
        wait = 0
        continue
      }
      if (this.#wanted === null || !answer) break
      this.known = { ...part, peaks: answer.peaks, known: answer.known }
      if (isSame(part, this.#wanted)) wait = answer.known >= part.to ? Infinity : AGAIN_MS
    }
    this.#busy = false
    if (wait > 0 && wait < Infinity) this.#timer = setTimeout(() => void this.#fetchNext(), wait)
  }
}

/** The part of the film that the timeline shows, and how finely it is to be known. */
export function partInSight(clock: FilmClock, scale: TimelineScale, width: number): Part {
  const at = (x: number): number => clock.secondsAt(Math.min(clock.frameCount, Math.max(0, xToPlace(scale, x))))
  return { from: at(0), to: at(width), columns: Math.max(1, Math.ceil(width)) }
}

/**
 * One value a pixel column, 0..1: the loudest of what the column shows; NaN where nothing is known of it. Columns of
 * the timeline are frames, those that were asked for are seconds: films whose frames do not come evenly are stretched.
 */
export function columnsOf(
  { from, to, peaks, known }: KnownPeaks,
  clock: FilmClock,
  scale: TimelineScale,
  width: number,
): Float32Array {
  const made = new Float32Array(width).fill(NaN)
  const step = (to - from) / peaks.length
  for (let x = 0; x < width; x++) {
    const [left, right] = [xToPlace(scale, x), xToPlace(scale, x + 1)]
    if (right <= 0 || left >= clock.frameCount) continue
    const begin = clock.secondsAt(Math.max(0, left))
    const end = clock.secondsAt(Math.min(clock.frameCount, right))
    if (begin >= known || begin >= to || end <= from) continue
    // A hair less than a column's end is not yet the next column.
    const first = Math.max(0, Math.floor((begin - from) / step + 1e-6))
    const last = Math.min(peaks.length, Math.max(first + 1, Math.ceil((end - from) / step - 1e-6)))
    let most = 0
    for (let n = first; n < last; n++) most = Math.max(most, peaks[n]!)
    made[x] = most / 255
  }
  return made
}
