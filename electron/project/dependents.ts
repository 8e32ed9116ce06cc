/**
 * Which frames an edit concerns, so that nothing else is done again. Compares a clip before and after:
 *   redraw     frames that look different although no pass has to run: their own operations, base or look changed
 *   outdated   frames that a pass would color differently now, and those that have become stale by the edit
 * And, of one clip, which frames show something, which are stale, and which the pass has still to color.
 */
import type { Clip, FrameEdit, Shot } from '../contract/projectDocument.ts'
import type { FrameRange } from '../contract/schemas.ts'
import { ownShots } from './document.ts'
import { passKey, staleParts, stretchesOf } from './passes/passKeys.ts'
import { lockedFrames } from './commands/pinCommands.ts'
import { intersect, subtract, unite } from '../contract/ranges.ts'

const all = (clip: Clip): FrameRange => ({ from: 0, to: clip.frameCount })

/** Frames that have a coloring of their own, and so take none from the pass. */
function fixedFrames(clip: Clip): FrameRange[] {
  const frames = Object.entries(clip.frames).filter(([, edit]) => edit.base.kind !== 'automatic')
  return unite(frames.map(([frame]) => ({ from: Number(frame), to: Number(frame) + 1 })))
}

const stale = new WeakMap<Clip, FrameRange[]>()

/**
 * Frames whose shown pass result is not what a pass would give now. Locked frames are kept as they are, and are never
 * stale.
 */
export function staleFrames(clip: Clip): FrameRange[] {
  const known = stale.get(clip)
  if (known) return known
  const parts = staleParts(clip, clip.passes, stretchesOf(clip))
  const made = subtract(parts, [...lockedFrames(clip), ...fixedFrames(clip), ...ownShots(clip)])
  if (Object.isFrozen(clip)) stale.set(clip, made)
  return made
}

/** Frames that have neither a pass result nor a coloring of their own, and are to have one. */
export function uncoloredFrames(clip: Clip): FrameRange[] {
  return subtract([all(clip)], [...clip.passes, ...fixedFrames(clip), ...ownShots(clip)])
}

/** What a pass over 'range' has to do: stale and uncolored frames, nothing that is pinned, locked or up to date. */
export function framesToDo(clip: Clip, range: FrameRange = all(clip)): FrameRange[] {
  const open = subtract([...staleFrames(clip), ...uncoloredFrames(clip)], lockedFrames(clip))
  return intersect(open, range)
}

/**
 * Frames that show a pass result which the cache has dropped; what is pinned, locked or the film's own shows none.
 * @param present those whose coloring is at hand
 */
export function lostFrames(clip: Clip, range: FrameRange, present: readonly FrameRange[]): FrameRange[] {
  return subtract(intersect(clip.passes, range), [
    ...present,
    ...lockedFrames(clip),
    ...fixedFrames(clip),
    ...ownShots(clip),
  ])
}

/**
 * Compared as objects, since a stroke being drawn changes many times a second; labels and disabled operations change
 * nothing.
 */
function isColoredAlike(before: FrameEdit, after: FrameEdit): boolean {
  if (before.base !== after.base && JSON.stringify(before.base) !== JSON.stringify(after.base)) return false
  const [old, now] = [before, after].map(({ operations }) => operations.filter(({ enabled }) => enabled))
  return old!.length === now!.length && old!.every((operation, index) => operation === now![index])
}

/** Frames whose own edit or look differs. */
function redrawn(before: Clip, after: Clip): FrameRange[] {
  const ranges: FrameRange[] = []
  if (before.frames !== after.frames) {
    for (const frame of new Set([...Object.keys(before.frames), ...Object.keys(after.frames)])) {
      const old = before.frames[frame]
      const now = after.frames[frame]
      if (old === now || (old && now && isColoredAlike(old, now))) continue
      ranges.push({ from: Number(frame), to: Number(frame) + 1 })
    }
  }
  if (before.shots !== after.shots) ranges.push(...lookedDifferently(before.shots, after.shots))
  return intersect(ranges, all(after))
}

/** Frames of shots whose look differs. Both lists are in order and without gaps, so that one walk meets all pairs. */
function lookedDifferently(before: readonly Shot[], after: readonly Shot[]): FrameRange[] {
  const ranges: FrameRange[] = []
  for (let old = 0, now = 0; old < before.length && now < after.length;) {
    const [was, is] = [before[old]!, after[now]!]
    const isAlike =
      was.keepsOwn === is.keepsOwn && (was.look === is.look || JSON.stringify(was.look) === JSON.stringify(is.look))
    if (!isAlike) ranges.push({ from: Math.max(was.from, is.from), to: Math.min(was.to, is.to) })
    if (was.to <= is.to) old++
    if (is.to <= was.to) now++
  }
  return ranges
}

/** Frames that show other pass results than before: after a propagation, or its undoing. */
function replaced(before: Clip, after: Clip): FrameRange[] {
  if (before.passes === after.passes) return []
  const ofBefore = new Map(
    before.passes.map((result) => [`${result.from} ${result.to} ${result.mode} ${result.key}`, result]),
  )
  const changed: FrameRange[] = []
  for (const result of after.passes) {
    if (!ofBefore.delete(`${result.from} ${result.to} ${result.mode} ${result.key}`)) changed.push(result)
  }
  return intersect([...changed, ...ofBefore.values()], all(after))
}

const keyed = new WeakMap<Clip, ReadonlyMap<string, FrameRange>>()

/**
 * All stretches of a clip by their keys, no two of which are equal. A frozen clip's are kept: the next edit asks again.
 */
function keyedStretches(clip: Clip): ReadonlyMap<string, FrameRange> {
  const known = keyed.get(clip)
  if (known) return known
  const made = new Map(stretchesOf(clip).map((stretch) => [passKey(clip, stretch, 'between'), stretch]))
  if (Object.isFrozen(clip)) keyed.set(clip, made)
  return made
}

/** Frames of stretches whose pins have changed: those a pass would color differently, seen yet or not. */
function passChanged(before: Clip, after: Clip): FrameRange[] {
  if (before.frames === after.frames && before.shots === after.shots && before.footage === after.footage) return []
  const known = keyedStretches(before)
  const changed: FrameRange[] = []
  for (const [key, stretch] of keyedStretches(after)) {
    const same = known.get(key)
    if (same && same.from <= stretch.from && stretch.to <= same.to) continue
    changed.push(...subtract([stretch], same ? [same] : []))
  }
  return subtract(changed, [...lockedFrames(after), ...fixedFrames(after), ...ownShots(after)])
}

export interface Concerned {
  readonly redraw: readonly FrameRange[]
  readonly outdated: readonly FrameRange[]
}

/** Pure; linear in the number of shots, pins and pass results, not of frames. */
export function concernedFrames(before: Clip, after: Clip): Concerned {
  if (before === after) return { redraw: [], outdated: [] }
  return {
    redraw: unite([...redrawn(before, after), ...replaced(before, after)]),
    outdated: unite([...passChanged(before, after), ...subtract(staleFrames(after), staleFrames(before))]),
  }
}
