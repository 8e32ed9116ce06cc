/** What can be colored of a clip while its film is still being looked through for shots. Pure. */
import type { FoundShots } from '../../contract/foundShots.ts'
import type { Clip } from '../../contract/projectDocument.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { withOwnCuts } from '../commands/cutsByHand.ts'
import { pinsOf, shotIndexAt } from '../document.ts'
import { shotsFound } from '../findings.ts'

/** What was found in the frames of a film that were looked through around one of them. */
export interface LookedThrough extends FrameRange {
  readonly found: FoundShots
}

/** Its frames will be colored alike when all cuts are known. */
export interface KnownShots extends FrameRange {
  /** Cut where cuts are known; the first shot and the last have what is not known. */
  readonly clip: Clip
}

/**
 * @param clip its cuts are 'none': those it has are by hand
 * @param frame from whose shot on they are asked for
 */
export function knownShots(clip: Clip, { found, from, to: upTo }: LookedThrough, frame = 0): KnownShots {
  const at = withOwnCuts(clip, found.at)
  const start = from === 0 && frame === 0 ? 0 : (at.filter((each) => each >= from && each <= frame).at(-1) ?? from)
  const isShotStart = start === 0 || at.includes(start)
  if (!isShotStart || upTo <= frame) return { clip, from: frame, to: frame }
  // A transition that reaches so far may go on in what nobody has looked at.
  const open = found.transitions.find((each) => each.from < upTo && each.to >= upTo && each.to < clip.frameCount)
  const end = Math.min(upTo, open?.from ?? upTo)
  const cut: Clip = {
    ...clip,
    shots: shotsFound(clip, {
      at: found.at.filter((each) => each >= start && each <= end && each > 0 && each < clip.frameCount),
      // One that was cut by hand may have begun before.
      transitions: found.transitions.filter((each) => each.to > start && each.to <= end),
      colored: found.colored,
    }),
  }
  const first = cut.shots.find((shot) => shot.from === start)!
  // A transition is colored from the shot before it as well.
  const certain = start > 0 && first.transition ? first.to : start
  return { clip: cut, from: certain, to: Math.max(certain, endOfCertain(cut, end)) }
}

function endOfCertain(clip: Clip, end: number): number {
  if (end >= clip.frameCount) return end
  // Behind it there may be cuts by hand, which say nothing of what lies before them.
  const index = shotIndexAt(clip.shots, end)
  const [before, last] = [clip.shots[index - 1], clip.shots[index]!]
  // A transition is colored from the shot after it, unless that is one as well.
  const startOfLast = Math.min(end, before?.transition ? before.from : last.from)
  if (last.from >= end) return startOfLast
  const pins = pinsOf(clip)
  // A pin farther on counts for the frames before it only if there is no cut between.
  if (!pins.some((pin) => pin >= end && pin < last.to)) return end
  const pin = pins.filter((each) => each >= last.from && each < end).at(-1)
  return pin === undefined ? startOfLast : pin + 1
}
