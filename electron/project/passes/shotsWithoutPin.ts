/** Where colors of pins in other shots may help: shots that the networks color with no pin to read. */
import type { Clip } from '../../contract/projectDocument.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { pinsOf } from '../document.ts'
import { lockedFrames } from '../commands/pinCommands.ts'
import { holdsFrame, intersect, subtract } from '../../contract/ranges.ts'

/**
 * Of each such shot the longest part that is not locked. Transitions are colored from both sides, and shots that keep
 * the film's own colors need none.
 * @param within only what lies in this
 */
export function shotsWithoutPin(clip: Clip, within: FrameRange = { from: 0, to: clip.frameCount }): FrameRange[] {
  const pins = pinsOf(clip)
  const locked = lockedFrames(clip)
  return clip.shots.flatMap(({ from, to, transition, keepsOwn }) => {
    if (transition || keepsOwn || pins.some((pin) => holdsFrame({ from, to }, pin))) return []
    const open = intersect(subtract([{ from, to }], locked), within)
    return open.sort((a, b) => b.to - b.from - (a.to - a.from)).slice(0, 1)
  })
}

/** Of more pins, those that lie nearest to what they are asked for: each takes most of a megabyte meanwhile. */
export const MOST_PINS = 128

/** In order. @param pins in order @param of what they are to help; at least one range */
export function pinsNear(pins: readonly number[], of: readonly FrameRange[]): number[] {
  const away = (pin: number): number => Math.min(...of.map(({ from, to }) => Math.max(0, from - pin, pin - to + 1)))
  const nearest = pins.map((pin) => ({ pin, away: away(pin) })).sort((a, b) => a.away - b.away)
  return nearest
    .slice(0, MOST_PINS)
    .map(({ pin }) => pin)
    .sort((a, b) => a - b)
}
