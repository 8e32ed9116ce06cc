/**
 * Pictures of a numbered run that are others than when the run was linked: a frame scanned anew, a part graded in
 * place. The film stays the same film; what was colored from such a picture is out of date (passKeys.ts), all other
 * colors are kept.
 */
import { basename } from 'node:path'
import { digest } from '../../content/digest.ts'
import { PICTURE_DIGITS } from '../../content/filmIdentity.ts'
import type { FootageLink, ReplacedPictures } from '../../contract/projectDocument.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { listed, sentence } from '../../contract/sentence.ts'
import type { UserErrorData } from '../../contract/userError.ts'
import { unite } from '../../contract/ranges.ts'

/** Digits of a digest in a key. */
const DIGITS = 16

const pictureAt = (pictures: string, index: number): string =>
  pictures.slice(index * PICTURE_DIGITS, (index + 1) * PICTURE_DIGITS)

const rangeOf = ({ from, pictures }: ReplacedPictures): FrameRange => ({
  from,
  to: from + pictures.length / PICTURE_DIGITS,
})

/**
 * The pictures of `now` that differ from those `known` at their places, in order; of what only one of them has nothing
 * is said.
 */
export function replacedPictures(known: string, now: string): ReplacedPictures[] {
  const replaced: { from: number; pictures: string }[] = []
  const count = Math.min(known.length, now.length) / PICTURE_DIGITS
  for (let frame = 0; frame < count; frame++) {
    const picture = pictureAt(now, frame)
    if (picture === pictureAt(known, frame)) continue
    const last = replaced.at(-1)
    if (last && rangeOf(last).to === frame) last.pictures += picture
    else replaced.push({ from: frame, pictures: picture })
  }
  return replaced
}

/** How many pictures these stand for, each by its digits. */
export const pictureCount = (pictures: string): number => pictures.length / PICTURE_DIGITS

export const replacedCount = (replaced: readonly ReplacedPictures[]): number =>
  replaced.reduce((sum, { pictures }) => sum + pictureCount(pictures), 0)

/** The frames that show another picture after than before, in order. */
export function changedFrames(before: readonly ReplacedPictures[], after: readonly ReplacedPictures[]): number[] {
  const byFrame = (replaced: readonly ReplacedPictures[]): Map<number, string> =>
    new Map(
      replaced.flatMap(({ from, pictures }) =>
        Array.from({ length: pictures.length / PICTURE_DIGITS }, (_, n) => [from + n, pictureAt(pictures, n)] as const),
      ),
    )
  const [old, now] = [byFrame(before), byFrame(after)]
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((frame) => old.get(frame) !== now.get(frame))
    .sort((a, b) => a - b)
}

/** Runs of changed pictures that are named. */
const NAMED = 6

/** @param files where the film's pictures lie, by frame */
export function changedNotice(
  frames: readonly number[],
  files: readonly string[],
): Pick<UserErrorData, 'message' | 'advice'> {
  const nameOf = (frame: number): string => basename(files[frame] ?? `${frame}`)
  const ranges = unite(frames.map((frame) => ({ from: frame, to: frame + 1 })))
  const parts = ranges.slice(0, NAMED).map(({ from, to }) => {
    return to - from === 1 ? sentence`“${nameOf(from)}”` : sentence`“${nameOf(from)}” to “${nameOf(to - 1)}”`
  })
  const more = ranges.length - parts.length
  const named = listed(more > 0 ? [...parts, sentence`${more} more`] : parts)
  return {
    message:
      frames.length === 1
        ? sentence`One picture of this film has changed since: ${named}.`
        : sentence`${frames.length} pictures of this film have changed since: ${named}.`,
    advice: sentence`Frames that were colored from them are out of date: color them anew. All others keep their colors.`,
  }
}

/** The part of a range from its first replaced picture to its last; null where there is none. */
export function replacedWithin({ replaced = [] }: FootageLink, { from, to }: FrameRange): FrameRange | null {
  const parts = replaced.map(rangeOf).filter((part) => part.from < to && part.to > from)
  return parts.length > 0 ? { from: Math.max(from, parts[0]!.from), to: Math.min(to, parts.at(-1)!.to) } : null
}

const marks = new WeakMap<readonly ReplacedPictures[], Map<string, string>>()

/**
 * Stands for the replaced pictures of some ranges; empty where there are none, so that colors from before are found
 * again.
 */
export function replacedMark({ replaced }: FootageLink, ranges: readonly FrameRange[]): string {
  if (!replaced || replaced.length === 0) return ''
  const known = marks.get(replaced) ?? new Map<string, string>()
  marks.set(replaced, known)
  const name = ranges.map(({ from, to }) => `${from}-${to}`).join(' ')
  let mark = known.get(name)
  if (mark === undefined) {
    const parts = ranges.flatMap((range) =>
      replaced.flatMap((part) => {
        const from = Math.max(range.from, part.from)
        const to = Math.min(range.to, rangeOf(part).to)
        return from < to
          ? [[from, part.pictures.slice((from - part.from) * PICTURE_DIGITS, (to - part.from) * PICTURE_DIGITS)]]
          : []
      }),
    )
    mark = parts.length > 0 ? `~${digest(parts).slice(0, DIGITS)}` : ''
    known.set(name, mark)
  }
  return mark
}

/**
 * The link of a film that takes another's place: where both are runs that share pictures, and none was taken away, it
 * is the same film, with some pictures replaced or added.
 */
export function continuedLink(before: FootageLink, now: FootageLink): FootageLink {
  const [known, pictures] = [before.pictures, now.pictures]
  if (known === undefined || pictures === undefined || pictures.length < known.length) return now
  if (replacedCount(replacedPictures(known, pictures)) * PICTURE_DIGITS === known.length) return now
  return { ...now, hash: before.hash, pictures: known + pictures.slice(known.length) }
}
