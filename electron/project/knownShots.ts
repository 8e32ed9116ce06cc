/** What can be colored of a clip while its film is still being looked through for shots. Pure. */
import type { FoundShots } from '../contract/foundShots.ts'
import type { Clip } from '../contract/projectDocument.ts'
import { pinsOf } from './document.ts'
import { shotsFound } from './findings.ts'

export interface KnownShots {
  /** Cut where cuts are known; the last shot has all that is not known. */
  readonly clip: Clip
  /** Frames before this one will be colored alike when all cuts are known. */
  readonly to: number
}

/**
 * @param clip of one shot: its cuts are 'none'
 * @param found in the frames before `upTo`, the first that nobody has looked at
 */
export function knownShots(clip: Clip, found: FoundShots, upTo: number): KnownShots {
  // A transition that reaches so far may go on in what nobody has looked at.
  const open = found.transitions.find(({ to }) => to >= upTo && to < clip.frameCount)
  const end = Math.min(upTo, open?.from ?? upTo)
  const cut: Clip = {
    ...clip,
    shots: shotsFound(clip, {
      at: found.at.filter((at) => at <= end && at < clip.frameCount),
      transitions: found.transitions.filter(({ to }) => to <= end),
      colored: found.colored,
    }),
  }
  return { clip: cut, to: endOfCertain(cut, end) }
}

function endOfCertain(clip: Clip, end: number): number {
  const [before, last] = [clip.shots.at(-2), clip.shots.at(-1)!]
  if (end >= clip.frameCount) return end
  // A transition is colored from the shot after it, unless that is one as well.
  const startOfLast = Math.min(end, before?.transition ? before.from : last.from)
  if (last.from >= end) return startOfLast
  const pins = pinsOf(clip)
  // A pin farther on counts for the frames before it only if there is no cut between.
  if (!pins.some((pin) => pin >= end)) return end
  const pin = pins.filter((each) => each >= last.from && each < end).at(-1)
  return pin === undefined ? startOfLast : pin + 1
}
