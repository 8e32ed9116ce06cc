/** What is known of a film's damage, frame by frame, and the sentences that tell it. */
import { framesWithin, rangesOf } from '../../../contract/ranges.ts'
import type { FrameRange } from '../../../contract/schemas.ts'
import { sentence, type Sentence } from '../../../contract/sentence.ts'

/** Frames on each side of one during which ffmpeg complained that may be the one it meant: decoders work ahead. */
const SUSPECT_REACH = 40

export class FilmDamage {
  /** Frames that do not decode; a neighbor is delivered in their place. Decoding adds the ones it meets. */
  readonly missing: Set<number>
  /** Frames that decode, but not whole. */
  readonly flawed: Set<number>
  /** Frames during which ffmpeg complained, and that nobody has looked at more closely yet. */
  readonly #suspects = new Set<number>()
  readonly #examined = new Set<number>()

  constructor(missing: Iterable<number> = [], flawed: Iterable<number> = []) {
    this.missing = new Set(missing)
    this.flawed = new Set(flawed)
  }

  suspect(frame: number): void {
    if (!this.#examined.has(frame)) this.#suspects.add(frame)
  }

  /** Suspect frames with those around them, as ranges in order; they are suspect no more. */
  takeSuspects(frameCount: number): FrameRange[] {
    const frames = new Set<number>()
    for (const suspect of this.#suspects) {
      for (let n = Math.max(0, suspect - SUSPECT_REACH); n < Math.min(frameCount, suspect + SUSPECT_REACH); n++)
        frames.add(n)
    }
    for (const frame of frames) this.#examined.add(frame)
    this.#suspects.clear()
    return rangesOf(frames)
  }

  /** All damaged frames, in order. */
  get ranges(): FrameRange[] {
    return rangesOf([...this.missing, ...this.flawed])
  }

  /** What is to be told of a part of the film. */
  sentences(range: FrameRange): Sentence[] {
    return damageSentences(framesWithin(this.missing, range), framesWithin(this.flawed, range))
  }
}

/** '3, 5–9, 17', shortened for long lists; frames are counted from 0, as everywhere. The same in every language. */
function listed(frames: Iterable<number>): string {
  const ranges = rangesOf(frames).map(({ from, to }) => (to - from === 1 ? `${from}` : `${from}–${to - 1}`))
  return ranges.length > 12 ? `${ranges.slice(0, 12).join(', ')}, …` : ranges.join(', ')
}

/**
 * Sentences about damaged frames; none where there are none. Frames that are missing at the film's start have none
 * before them.
 */
export function damageSentences(missing: Iterable<number>, flawed: Iterable<number>): Sentence[] {
  const gone = new Set(missing)
  const first = new Set<number>()
  for (let n = 0; gone.delete(n); n++) first.add(n)
  const broken = [...flawed].filter((frame) => !first.has(frame) && !gone.has(frame))
  const sentences: Sentence[] = []
  if (first.size === 1) sentences.push(sentence`Frame 0 can not be decoded; the frame after is shown in its place.`)
  if (first.size > 1)
    sentences.push(sentence`Frames ${listed(first)} can not be decoded; the frame after is shown in their place.`)
  if (gone.size === 1)
    sentences.push(sentence`Frame ${listed(gone)} can not be decoded; the frame before is shown in its place.`)
  if (gone.size > 1)
    sentences.push(sentence`Frames ${listed(gone)} can not be decoded; the frame before is shown in their place.`)
  if (broken.length === 1)
    sentences.push(sentence`Frame ${listed(broken)} is damaged: a part of its picture is lost or wrong.`)
  if (broken.length > 1)
    sentences.push(sentence`Frames ${listed(broken)} are damaged: parts of their pictures are lost or wrong.`)
  return sentences
}
