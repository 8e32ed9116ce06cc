/**
 * The sizes and pixel formats of a film's pictures, which may change midway: where broadcasts switch, where reels were
 * joined, where an encoder followed its line. Knows where each begins, and the sentences that tell it.
 */
import type { FrameRange, Rational } from '../../contract/schemas.ts'
import { listed, sentence, type Sentence, type SentenceValue } from '../../contract/sentence.ts'

/** A picture's shape as the decoder gives it. */
export interface PictureSize {
  readonly width: number
  readonly height: number
  /** ffmpeg's name. */
  readonly format: string
  /** Of one sample; 0/1 where the film does not say. */
  readonly aspect: Rational
}

/** Frames of one size and format, one after another. */
export interface SizeStretch extends FrameRange {
  readonly size: PictureSize
}

/** Stretches that are named; an encoder that follows its line changes often. */
const NAMED = 6

/** Told by size and format alone: the shape of a sample changes how a picture is shown, none of its samples. */
export function isSameSize(a: PictureSize, b: PictureSize): boolean {
  return a.width === b.width && a.height === b.height && a.format === b.format
}

/**
 * What the scale filter says when it meets a picture of another size, before it hands it on; it says it of the first one as
 * well. Null for every other line. ffmpeg says it with '-v verbose'.
 */
export function parseScaleLine(line: string): PictureSize | null {
  const match = /\[Parsed_scale_\d+ @ [^\]]*\] \[verbose\] w:(\d+) h:(\d+) fmt:(\S+) .*?sar:(\d+)\/(\d+) -> /.exec(line)
  if (!match) return null
  const [width, height, num, den] = [match[1], match[2], match[4], match[5]].map(Number) as [number, number, number, number]
  return { width, height, format: match[3] ?? '', aspect: { num, den } }
}

export class FilmSizes {
  /** Where other sizes begin, in order; the first one begins at frame 0. */
  #starts: { readonly frame: number; readonly size: PictureSize }[]

  /** @param others frames at which other sizes begin */
  constructor(first: PictureSize, others: Iterable<readonly [frame: number, size: PictureSize]> = []) {
    this.#starts = [{ frame: 0, size: first }]
    for (const [frame, size] of others) this.meet(frame, size)
  }

  /** The size that the film's pictures are worked on in: that of the first. */
  get first(): PictureSize {
    return this.#starts[0]!.size
  }

  /** Where sizes begin that are not the one before. */
  get changes(): readonly (readonly [frame: number, size: PictureSize])[] {
    return this.#starts.slice(1).map(({ frame, size }) => [frame, size] as const)
  }

  /** Takes a frame that was decoded; those behind it are taken for alike until they are met. */
  meet(frame: number, size: PictureSize): void {
    let at = this.#starts.length - 1
    while (this.#starts[at]!.frame > frame) at--
    if (isSameSize(this.#starts[at]!.size, size)) return
    const same = this.#starts[at]!.frame === frame
    this.#starts.splice(same ? at : at + 1, same ? 1 : 0, { frame, size })
    this.#starts = this.#starts.filter((start, n) => n === 0 || !isSameSize(start.size, this.#starts[n - 1]!.size))
  }

  stretches({ from, to }: FrameRange): SizeStretch[] {
    return this.#starts
      .map(({ frame, size }, n) => ({ from: Math.max(from, frame), to: Math.min(to, this.#starts[n + 1]?.frame ?? Infinity), size }))
      .filter((stretch) => stretch.from < stretch.to)
  }

  /** The largest of a part of the film, and the first of several as large: nothing is lost of any frame that is brought to it. */
  largest(range: FrameRange): PictureSize {
    const area = ({ width, height }: PictureSize): number => width * height
    return this.stretches(range).reduce(
      (best, { size }) => (area(size) > area(best) ? size : best),
      this.stretches(range)[0]?.size ?? this.first,
    )
  }

  /** Which frames are of which size; null where all are of one. */
  #named(range: FrameRange): SentenceValue | null {
    const stretches = this.stretches(range)
    if (stretches.length < 2) return null
    const formats = new Set(stretches.map(({ size }) => size.format)).size > 1
    const named = stretches.slice(0, NAMED).map(({ from, size: { width, height, format } }) => {
      const shape = formats ? `${width} x ${height} (${format})` : `${width} x ${height}`
      return sentence`${shape} from frame ${from} on`
    })
    const more = stretches.length - named.length
    return listed(more > 0 ? [...named, sentence`${more} more changes`] : named)
  }

  /** For the whole film, when it is opened. */
  warnings(frameCount: number): Sentence[] {
    const named = this.#named({ from: 0, to: frameCount })
    if (named === null) return []
    return [
      sentence`The size or format of the pictures changes within the film: ${named}.`,
      sentence`An export of all of it is written at the largest size. A part whose pictures are of one size, exported by itself, keeps their very samples.`,
    ]
  }

  /**
   * For an export.
   * @param written the size that it was written in
   */
  notes(range: FrameRange, written: Pick<PictureSize, 'width' | 'height'>): Sentence[] {
    const stretches = this.stretches(range)
    if (stretches.length < 2 && stretches.every(({ size }) => size.width === written.width && size.height === written.height)) return []
    const named = this.#named(range) ?? atFrame(stretches[0]!)
    return [
      sentence`The size or format of the pictures changes in the film: ${named}. All were written as ${written.width} x ${written.height}; those of another size were scaled and are not as they were, bit for bit.`,
      sentence`To keep every picture’s own samples, export each part of one size by itself.`,
    ]
  }
}

function atFrame({ from, size: { width, height } }: SizeStretch): Sentence {
  return sentence`${`${width} x ${height}`} from frame ${from} on`
}
