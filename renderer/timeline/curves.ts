/**
 * The curves of the timeline over all frames of a clip: how sure the pass is, and where colors flicker. Only the frames
 * that a change reaches are computed anew, so that a two-hour film costs no more than a minute of it. Pure.
 */
import type { FrameRange } from '../../electron/contract/schemas.ts'
import { smoothConfidence } from '../../electron/contract/smoothConfidence.ts'
import { addRange } from '../../electron/contract/ranges.ts'
import { measureFlicker, oddFramesOf, type MeanColors } from '../../electron/contract/flicker.ts'

/** What the engine has measured, by frame of the clip; NaN where nothing is known. */
export interface Measured extends MeanColors {
  readonly confidence: Float32Array
}

/** Frames on each side from which a measured value is read: by smoothing, the wider of the two. */
const REACH = 6

export class Curves {
  /** Smoothed, 0..1; NaN where unknown. */
  readonly confidence: Float32Array<ArrayBuffer>
  /** Distance in the plane of U and V, see flicker.ts; NaN where unknown. */
  readonly flicker: Float32Array<ArrayBuffer>
  /** Frames whose colors jump away from their neighbors', ascending. */
  oddFrames: readonly number[] = []
  #shots: readonly FrameRange[] = []
  /** The odd frames of each shot, by its borders. */
  #oddOf = new Map<string, readonly number[]>()

  constructor(frameCount: number) {
    this.confidence = new Float32Array(frameCount).fill(NaN)
    this.flicker = new Float32Array(frameCount).fill(NaN)
  }

  /**
   * Follows what was measured, and the shots.
   * @param changed frames with other measured values than at the last call
   * @param shots in order, covering the clip
   */
  follow(measured: Measured, changed: readonly FrameRange[], shots: readonly FrameRange[]): void {
    if (changed.length === 0 && shots === this.#shots) return
    const renewed = shots === this.#shots ? [] : shots.filter((shot) => !this.#oddOf.has(keyOf(shot)))
    const dirty = [...renewed, ...changed].reduce<FrameRange[]>(addRange, [])
    const oddOf = new Map<string, readonly number[]>()
    let next = 0
    for (const shot of shots) {
      while (next < dirty.length && dirty[next]!.to <= shot.from) next++
      const known = this.#oddOf.get(keyOf(shot))
      const touched = next < dirty.length && dirty[next]!.from < shot.to
      for (let n = next; n < dirty.length && dirty[n]!.from < shot.to; n++) this.#compute(measured, shot, dirty[n]!)
      oddOf.set(keyOf(shot), touched || !known ? oddFramesOf(this.flicker, shot) : known)
    }
    this.#shots = shots
    this.#oddOf = oddOf
    this.oddFrames = [...oddOf.values()].flat()
  }

  #compute(measured: Measured, shot: FrameRange, dirty: FrameRange): void {
    const within = (margin: number): FrameRange => ({
      from: Math.max(shot.from, dirty.from - margin),
      to: Math.min(shot.to, dirty.to + margin),
    })
    const reached = within(REACH)
    measureFlicker(measured, shot, reached, this.flicker)
    const read = within(2 * REACH)
    const smooth = smoothConfidence(measured.confidence.subarray(read.from, read.to), read, [shot])
    this.confidence.set(smooth.subarray(reached.from - read.from, reached.to - read.from), reached.from)
  }
}

const keyOf = ({ from, to }: FrameRange): string => `${from}-${to}`
