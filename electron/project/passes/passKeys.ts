/**
 * What a coloring made by the pass depends on, as a digest. A frame reads the nearest pins of its shot: the one before
 * it, the one after it, or both; without any, the pass runs through the shot from its first (or last) frame. So two
 * frames with equal keys, mode and number have equal colorings, and a frame is stale where its key has changed.
 */
import { digest } from '../../content/digest.ts'
import type { Clip, FrameEdit, PassMode, PassResult } from '../../contract/projectDocument.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { pinsOf } from '../document.ts'
import { replacedMark, replacedWithin } from '../films/replacedPictures.ts'

/** Digits of a digest in a key: enough to tell the pins of one film apart. */
const DIGITS = 16

const editDigests = new WeakMap<FrameEdit, string>()

/** Of everything that makes up a frame's own coloring; labels and disabled operations change nothing. */
export function coloringDigest(edit: FrameEdit): string {
  const known = editDigests.get(edit)
  if (known !== undefined) return known
  const made = digest(
    edit.base,
    edit.operations.filter((operation) => operation.enabled),
  ).slice(0, DIGITS)
  // Only frozen objects are sure to stay what they are.
  if (Object.isFrozen(edit)) editDigests.set(edit, made)
  return made
}

/**
 * Frames between two pins (or a pin and the shot's border, or both borders): all of them read the same pins. Where
 * pictures among them were replaced there are two: the frames that colors reach before the first such picture, and all
 * others. (Between two pins they come from both, so that the replaced pictures concern both.)
 */
export interface Stretch extends FrameRange {
  readonly shot: FrameRange
  /** Frame numbers of the pins on either side, in the same shot. */
  readonly before: number | null
  readonly after: number | null
  /** Of a dissolve or a wipe without pins of its own: how the shots on both sides go on into it. */
  readonly sides?: { readonly before: Stretch; readonly after: Stretch }
}

/**
 * Both sides of a transition, as far as its other end: from the last pin of the shot before, or its start; back from
 * the first pin of the shot after, or its first frame. Undefined for other shots, and where a neighbor is a transition
 * itself or has colors of the film's own, which no pass carries on.
 * @param pins ascending
 */
function sidesOf({ shots }: Clip, index: number, pins: readonly number[]): Stretch['sides'] {
  const [earlier, shot, later] = [shots[index - 1], shots[index]!, shots[index + 1]]
  if (!shot.transition || !earlier || !later) return undefined
  if ([earlier, later].some(({ transition, keepsOwn }) => transition || keepsOwn)) return undefined
  const { from, to } = shot
  const pinBefore = pins.filter((pin) => pin >= earlier.from && pin < from).at(-1) ?? null
  const pinAfter = pins.find((pin) => pin >= to && pin < later.to) ?? null
  return {
    before: {
      from: pinBefore === null ? earlier.from : pinBefore + 1,
      to,
      shot: { from: earlier.from, to },
      before: pinBefore,
      after: null,
    },
    // Without a pin colors run back from the first frame of the shot after, which no other reads.
    after: {
      from,
      to: pinAfter ?? to + 1,
      shot: { from, to: pinAfter === null ? to + 1 : later.to },
      before: null,
      after: pinAfter,
    },
  }
}

/** Colors set out from the pin before or the shot's start, if there is not a pin behind alone. */
function partedAtReplaced({ footage }: Clip, stretch: Stretch): Stretch[] {
  const replaced = replacedWithin(footage, stretch)
  if (!replaced) return [stretch]
  const border = stretch.before === null && stretch.after !== null ? replaced.to : replaced.from
  if (border === stretch.from || border === stretch.to) return [stretch]
  return [
    { ...stretch, to: border },
    { ...stretch, from: border },
  ]
}

/** All stretches of a clip in order; together they are the frames that are not pinned. */
export function stretchesOf(clip: Clip): Stretch[] {
  const stretches: Stretch[] = []
  const pins = pinsOf(clip)
  let next = 0
  for (const [index, { from, to }] of clip.shots.entries()) {
    const shot = { from, to }
    const first = next
    let before: number | null = null
    let start = from
    for (; next < pins.length && pins[next]! < to; next++) {
      const pin = pins[next]!
      if (start < pin) stretches.push(...partedAtReplaced(clip, { from: start, to: pin, shot, before, after: pin }))
      before = pin
      start = pin + 1
    }
    if (start >= to) continue
    const sides = next === first ? sidesOf(clip, index, pins) : undefined
    const rest: Stretch = { from: start, to, shot, before, after: null }
    stretches.push(...(sides ? [{ ...rest, sides }] : partedAtReplaced(clip, rest)))
  }
  return stretches
}

/**
 * The mode that a pass really has: 'between' with a pin on one side only is a pass away from that pin, and without any
 * pin there is but one way to color.
 */
export function effectiveMode(stretch: Pick<Stretch, 'before' | 'after'>, mode: PassMode): PassMode {
  if (stretch.before === null && stretch.after === null) return 'forward'
  if (mode === 'between' && stretch.before === null && stretch.after !== null) return 'backward'
  if (mode === 'between' && stretch.after === null) return 'forward'
  return mode
}

const pinPart = (clip: Clip, frame: number): string => `${frame}.${coloringDigest(clip.frames[frame]!)}`

/** Frames whose pictures a stretch's colors are made of. */
function framesRead({ from, to, shot, before, after }: Stretch, mode: PassMode): FrameRange[] {
  if (mode === 'backward' && after !== null) return [{ from, to: after + 1 }]
  // Between two pins colors come from both sides, through all that lies between.
  return [
    {
      from: (mode === 'backward' ? null : before) ?? shot.from,
      to: mode === 'between' && after !== null ? after + 1 : to,
    },
  ]
}

/**
 * What a pass over a stretch reads, in a few dozen characters: the film and those of its pictures that were replaced,
 * the pins before and after (or the border it starts from) and the direction. Cheap: the digests of pins are known, and
 * nothing else is hashed.
 */
export function passKey(clip: Clip, stretch: Stretch, asked: PassMode): string {
  if (stretch.sides) {
    const { before, after } = stretch.sides
    return `m|${digest(wayKey(clip, before, 'forward'), wayKey(clip, after, 'backward')).slice(0, DIGITS)}|${stretch.shot.from}`
  }
  return wayKey(clip, stretch, effectiveMode(stretch, asked))
}

/** What colors on one way through a stretch depend on. @param mode that it really has */
export function wayKey(clip: Clip, stretch: Stretch, mode: PassMode): string {
  const film = `${clip.footage.hash.slice(0, DIGITS)}${replacedMark(clip.footage, framesRead(stretch, mode))}`
  const before = mode === 'backward' || stretch.before === null ? '' : pinPart(clip, stretch.before)
  const after = mode === 'forward' || stretch.after === null ? '' : pinPart(clip, stretch.after)
  const border = before || after ? '' : `|${mode === 'backward' ? stretch.shot.to : stretch.shot.from}`
  return `${mode[0]}|${film}|${before}|${after}${border}`
}

/** Parts of a result in which the frames show something else than a pass would give now. Pinned frames are left out. */
export function staleParts(clip: Clip, results: readonly PassResult[], stretches: readonly Stretch[]): FrameRange[] {
  const parts: FrameRange[] = []
  let first = 0
  for (const result of results) {
    while (first < stretches.length && stretches[first]!.to <= result.from) first++
    for (let index = first; index < stretches.length && stretches[index]!.from < result.to; index++) {
      const stretch = stretches[index]!
      if (passKey(clip, stretch, result.mode) === result.key) continue
      parts.push({ from: Math.max(stretch.from, result.from), to: Math.min(stretch.to, result.to) })
    }
  }
  return parts
}
