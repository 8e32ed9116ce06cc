/**
 * The way that colors take through a segment, and where on it a pass is taken up anew. This rule alone decides what a
 * frame's colors depend on: never where a job began, what was exported before, or what was cancelled.
 *
 *   Every TAKEN_UP_EVERY steps a fresh pass goes on from the coloring of the frame before as it is kept, in 8 bits. An
 *   undisturbed run does so as well, so a run that resumes has to walk no further back than to the last such step. (The
 *   pass's recurrent state could be kept instead: 190 kB a time, for 0.02 dB on average; see models/PASS.md.)
 *   Colors of pins are carried by way of every frame from the pin. Automatic colors are not carried further than
 *   REMEMBERED steps: there the pass is taken up from frames that it walks through beforehand and whose colors it
 *   drops. What it remembers has then faded to 0.88^48, a fifth of a percent, so nothing jumps, and a part from deep
 *   inside an hour-long shot is colored without the hour.
 */
import type { PlannedSegment } from '../../contract/filmEdits.ts'

/**
 * Divided by the age an anchor reaches (models/PASS.md) and by the steps for which a guess of the color model stands.
 */
export const TAKEN_UP_EVERY = 48
/** Steps that automatic colors, and those of a pin ahead, are carried at most. */
export const REMEMBERED = 10 * TAKEN_UP_EVERY

export interface Way {
  /** The frame of step 0. */
  readonly start: number
  readonly direction: 1 | -1
  readonly isPinned: boolean
}

export function wayOf({ kind, start, pins }: PlannedSegment): Way {
  return { start, direction: kind === 'backward' ? -1 : 1, isPinned: pins.length > 0 }
}

export const stepOf = ({ start, direction }: Way, frame: number): number => (frame - start) * direction

export const frameOf = ({ start, direction }: Way, step: number): number => start + step * direction

/** Equal for steps between which colors are carried. */
export const stretchOfStep = ({ isPinned }: Way, step: number): number => (isPinned ? 0 : Math.floor(step / REMEMBERED))

export interface SetOut {
  /** The first step to walk; divides by TAKEN_UP_EVERY. */
  readonly step: number
  /** True: from the coloring of the frame before it. False: from nothing but the pins. */
  readonly fromKnown: boolean
}

/**
 * Where a pass that is to color `step` has to set out at the latest.
 * @param isKnown whether the coloring of a step is kept
 */
export function setOutFor(way: Way, step: number, isKnown: (step: number) => boolean): SetOut {
  for (let at = step - (step % TAKEN_UP_EVERY); at > 0; at -= TAKEN_UP_EVERY) {
    if (!way.isPinned && at % REMEMBERED === 0) return { step: at - TAKEN_UP_EVERY, fromKnown: false }
    if (isKnown(at - 1)) return { step: at, fromKnown: true }
  }
  return { step: 0, fromKnown: false }
}
