/**
 * The sizes, pixel shapes and pixel formats of a film's pictures, which may change midway: where broadcasts switch,
 * where reels were joined, where an encoder followed its line. Knows where each begins, and the sentences that tell it.
 */
import type { FrameRange, Rational } from '../../../contract/schemas.ts'
import { listed, sentence, type Sentence, type SentenceValue } from '../../../contract/sentence.ts'
import type { InputFile } from '../inputFile.ts'
import { squarePixels } from '../decoding/letterbox.ts'
import { trueAspect } from '../pictures/pngAspect.ts'

/** A picture's shape as the decoder gives it. */
export interface PictureSize {
  readonly width: number
  readonly height: number
  /** ffmpeg's name. */
  readonly format: string
  /** Of one sample; 0/1 where the film does not say. */
  readonly aspect: Rational
}

/** A picture as it comes, and the width and height that it was brought to. */
export interface ScaledPicture {
  readonly size: PictureSize
  readonly width: number
  readonly height: number
}

/** Frames of one size and format, one after another. */
export interface SizeStretch extends FrameRange {
  readonly size: PictureSize
}

/** Stretches that are named; an encoder that follows its line changes often. */
const NAMED = 6

/** Samples of another shape make another picture of the same numbers: no file says two shapes of all its pictures. */
export function isSameSize(a: PictureSize, b: PictureSize): boolean {
  return a.width === b.width && a.height === b.height && a.format === b.format && isSameAspect(a, b)
}

function isSameAspect(a: PictureSize, b: PictureSize): boolean {
  const [p, q] = [squarePixels(a.aspect), squarePixels(b.aspect)]
  return p.num * q.den === q.num * p.den
}

/**
 * What the scale filter says when it meets a picture of another size, before it hands it on; it says it of the first
 * one as well. Null for every other line. ffmpeg says it with '-v verbose'.
 * @param file that ffmpeg speaks of
 */
export function parseScaleLine(line: string, file: Pick<InputFile, 'path' | 'sequence'>): ScaledPicture | null {
  const match =
    /\[Parsed_scale_\d+ @ [^\]]*\] \[verbose\] w:(\d+) h:(\d+) fmt:(\S+) .*?sar:(\d+)\/(\d+) -> w:(\d+) h:(\d+) /.exec(
      line,
    )
  if (!match) return null
  const number = (n: number): number => Number(match[n])
  const size = {
    width: number(1),
    height: number(2),
    format: match[3] ?? '',
    aspect: trueAspect(file, { num: number(4), den: number(5) }),
  }
  return { size, width: number(6), height: number(7) }
}

export class FilmSizes {
  /** Where other sizes begin, in order; the first one begins at frame 0. */
  #starts: { readonly frame: number; readonly size: PictureSize }[]

  /**
   * @param others frames at which other sizes begin
   * @param nameOf the file that a frame is, of films that are a run of pictures
   */
  constructor(
    first: PictureSize,
    others: Iterable<readonly [frame: number, size: PictureSize]> = [],
    private readonly nameOf: (frame: number) => string | null = () => null,
  ) {
    this.#starts = [{ frame: 0, size: first }]
    for (const [frame, size] of others) this.meet(frame, size)
  }

  /** The size that the film's pictures are worked on in: that of the first. */
  get first(): PictureSize {
    return this.#starts[0]!.size
  }

  /** Each once, the first one first. */
  get all(): readonly PictureSize[] {
    const sizes = this.#starts.map(({ size }) => size)
    return sizes.filter((size, n) => sizes.findIndex((other) => isSameSize(other, size)) === n)
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

  /** As far as it was met. */
  at(frame: number): PictureSize {
    return this.stretches({ from: frame, to: frame + 1 })[0]?.size ?? this.first
  }

  stretches({ from, to }: FrameRange): SizeStretch[] {
    return this.#starts
      .map(({ frame, size }, n) => ({
        from: Math.max(from, frame),
        to: Math.min(to, this.#starts[n + 1]?.frame ?? Infinity),
        size,
      }))
      .filter((stretch) => stretch.from < stretch.to)
  }

  areAll(range: FrameRange, of: PictureSize): boolean {
    return this.stretches(range).every(({ size }) => isSameSize(size, of))
  }

  /**
   * The largest of a part of the film, and the first of several as large: nothing is lost of any frame that is brought
   * to it.
   */
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
    const named = stretches.slice(0, NAMED).map(({ from, size }) => this.#begins(from, size))
    const more = stretches.length - named.length
    return listed(more > 0 ? [...named, sentence`${more} more changes`] : named)
  }

  #begins(frame: number, size: PictureSize): Sentence {
    const file = this.nameOf(frame)
    if (file === null) return sentence`${this.described(size)} from frame ${frame} on`
    return sentence`${this.described(size)} from frame ${frame} (“${file}”) on`
  }

  /**
   * As an artist tells it from the film's others: '96 × 64', with its format and the shape of its pixels where those
   * change as well.
   */
  described(size: PictureSize): string {
    const sizes = this.#starts.map((start) => start.size)
    const marks = [
      ...(new Set(sizes.map(({ format }) => format)).size > 1 ? [size.format] : []),
      ...(sizes.some((other) => !isSameAspect(other, size)) ? [pixelShape(size)] : []),
    ]
    return `${size.width} × ${size.height}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}`
  }

  /** For the whole film, when it is opened. */
  warnings(frameCount: number): Sentence[] {
    const named = this.#named({ from: 0, to: frameCount })
    if (named === null) return []
    return [
      sentence`The size, shape or format of the pictures changes within the film: ${named}.`,
      sentence`An export is written as parts of one size each, which keep their very samples, or as a whole at the largest size, in which other shapes stand between black bars.`,
    ]
  }

  /**
   * For an export.
   * @param written the size that it was written in
   */
  notes(range: FrameRange, written: PictureSize): Sentence[] {
    if (this.areAll(range, written)) return []
    const [first] = this.stretches(range)
    const named = this.#named(range) ?? this.#begins(first!.from, first!.size)
    return [
      sentence`The size, shape or format of the pictures changes in the film: ${named}. All were written as ${this.described(written)}; those of another were converted and are not as they were, bit for bit.`,
      sentence`To keep every picture’s own samples, export the film in parts of one size each.`,
    ]
  }
}

function pixelShape({ aspect }: PictureSize): string {
  const { num, den } = squarePixels(aspect)
  return `${num}:${den}`
}
