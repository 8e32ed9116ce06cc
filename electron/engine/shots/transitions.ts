/**
 * Finds dissolves and wipes: stretches of frames on the way from one picture to another. In a dissolve every place is a
 * mixture of both in the same shares; in a wipe every place is the one or the other. A pan or a subject that moves
 * makes pictures which are neither; so do slides, which move both pictures and are not found.
 *
 * Measured on 284 clips of one shot each, most of them with a moving camera: one has something taken for a transition.
 * Of transitions drawn between two of them, both going on moving meanwhile, 92 % of the dissolves of 8 to 24 frames are
 * found and 55 to 79 % of those of 36 (drawn twice, of other pairs), 91 % of the wipes and 90 % of the irises; the ends
 * lie within 3 frames of the true ones in half of the dissolves and wipes of up to 12, within 4 to 11 in longer ones.
 * Of irises with a wide soft edge, in which every place is a mixture in a share of its own, half are found, in their
 * middle; to take all that lies between two pictures for one would find four of five, and take pans for them.
 */
import type { FrameRange } from '../../contract/schemas.ts'
import { AreaScaler } from '../picture/areaAverage.ts'
import type { LumaPicture } from './detectCuts.ts'

/** Pictures are compared at this size: what moves a little stays in its place. */
const WIDTH = 24
const HEIGHT = 18
/** Half the lengths looked for, in frames. */
const REACHES = [4, 6, 9, 13, 19, 28, 40] as const
const FARTHEST = 40
/** Ends that differ by less, in luma 0..1, are one shot whatever lies between. */
const LEAST_DIFFERENCE = 0.05
/** Nor are there two pictures where one of them is all but black: fades are found as cuts. Of the greater contrast. */
const LEAST_CONTRAST = 0.35
/** Ends that resemble each other more (correlation) are one place in another light. */
const MOST_ALIKE = 0.55
/** How far from a mixture, or from being one of both, the pictures between may lie; a share of the ends' difference. */
const MOST_STRAYED = 0.2
/**
 * Parts of one transition lie no farther apart than this, in frames; and those worth less than this share of the best
 * are none.
 */
const TOUCHING = 2
const SPEAKS_UP = 0.3

interface Candidate extends FrameRange {
  /**
   * How much of the ends' difference it explains. Parts of a transition are transitions, too, between pictures that
   * differ less; longer stretches fit less well.
   */
  readonly worth: number
}

export class TransitionFinder {
  readonly #pictures: Float32Array[] = []
  /** The frame that #pictures[0] is of. */
  #first = 0
  #next: number
  readonly #small = new SmallPictures()
  #found: Candidate[] = []

  /** @param firstFrame number of the first picture that will be pushed */
  constructor(private readonly firstFrame = 0) {
    this.#first = firstFrame
    this.#next = firstFrame
  }

  /** Takes the next frame. */
  push(picture: LumaPicture): void {
    this.#pictures.push(this.#small.make(picture))
    while (this.#next + FARTHEST < this.#first + this.#pictures.length) this.#look(this.#next++)
    while (this.#first < this.#next - FARTHEST) {
      this.#pictures.shift()
      this.#first++
    }
  }

  /** The transitions of all that was pushed, in order, not overlapping. */
  finish(): FrameRange[] {
    while (this.#next < this.#first + this.#pictures.length) this.#look(this.#next++)
    return this.#groups().map(joined)
  }

  /** Those before settledTo. */
  get settled(): FrameRange[] {
    return this.#groups()
      .filter((group) => this.#isClosed(group))
      .map(joined)
  }

  /** No picture that is pushed later changes what is found of the frames before this one. */
  get settledTo(): number {
    const open = this.#groups().filter((group) => !this.#isClosed(group))
    return Math.min(this.#earliestLater, ...open.flat().map(({ from }) => from))
  }

  /** Nothing that is found later begins before this frame: it lies between two pictures, and around its middle. */
  get #earliestLater(): number {
    return Math.max(this.firstFrame + 1, this.#next - FARTHEST + 1)
  }

  /** Whether what is found later can not touch these. */
  #isClosed(group: readonly Candidate[]): boolean {
    return Math.max(...group.map(({ to }) => to)) + TOUCHING < this.#earliestLater
  }

  /** Candidates that are parts of one transition, in order. */
  #groups(): Candidate[][] {
    const groups: Candidate[][] = []
    let end = -Infinity
    for (const candidate of [...this.#found].sort((a, b) => a.from - b.from)) {
      if (candidate.from <= end + TOUCHING) groups.at(-1)!.push(candidate)
      else groups.push([candidate])
      end = Math.max(end, candidate.to)
    }
    return groups
  }

  /** Asks whether a frame is the middle of a transition. */
  #look(frame: number): void {
    let best: Candidate | null = null
    for (const reach of REACHES) {
      const around = [-reach, -(reach >> 1), 0, reach >> 1, reach].map(
        (step) => this.#pictures[frame + step - this.#first],
      )
      const [before, early, middle, late, after] = around
      if (!before || !early || !middle || !late || !after) break
      const candidate = transitionOf(frame, reach, before, [early, middle, late], after)
      if (candidate && candidate.worth > (best?.worth ?? 0)) best = candidate
    }
    if (best) this.#found.push(best)
  }
}

function joined(group: readonly Candidate[]): FrameRange {
  const best = Math.max(...group.map(({ worth }) => worth))
  const told = group.filter(({ worth }) => worth > SPEAKS_UP * best)
  return { from: Math.min(...told.map(({ from }) => from)), to: Math.max(...told.map(({ to }) => to)) }
}

/**
 * The transition between two pictures that three between them, equally far apart, tell of; null where they tell of
 * none.
 */
function transitionOf(
  frame: number,
  reach: number,
  before: Float32Array,
  between: readonly Float32Array[],
  after: Float32Array,
): Candidate | null {
  const ends = compare(before, after)
  if (ends.difference < LEAST_DIFFERENCE || ends.contrast < LEAST_CONTRAST || ends.correlation > MOST_ALIKE) return null
  const ways = between.map((picture) => wayOf(picture, before, after))
  const [early, middle, late] = ways.map(({ share }) => share) as [number, number, number]
  const advances =
    early > 0.05 &&
    early < 0.5 &&
    middle > 0.3 &&
    middle < 0.7 &&
    late > 0.5 &&
    late < 0.95 &&
    early < middle - 0.05 &&
    late > middle + 0.05
  if (!advances) return null
  const strayed =
    Math.min(Math.max(...ways.map(({ mixed }) => mixed)), Math.max(...ways.map(({ either }) => either))) /
    ends.difference
  const pace = (late - early) / (2 * (reach >> 1))
  const from = Math.max(frame - reach + 1, Math.round(frame - middle / pace) + 1)
  const to = Math.min(frame + reach, Math.round(frame + (1 - middle) / pace))
  return strayed < MOST_STRAYED && from < to
    ? { from, to, worth: ends.difference * (1 - strayed / MOST_STRAYED) }
    : null
}

/** Mean absolute difference, the lesser contrast as a share of the greater, and correlation of two pictures. */
function compare(a: Float32Array, b: Float32Array): { difference: number; contrast: number; correlation: number } {
  const count = a.length
  let [difference, sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < count; i++) {
    const [p, q] = [a[i]!, b[i]!]
    difference += Math.abs(p - q)
    sumA += p
    sumB += q
    squaresA += p * p
    squaresB += q * q
    products += p * q
  }
  const deviationA = Math.sqrt(Math.max(0, squaresA / count - (sumA / count) ** 2))
  const deviationB = Math.sqrt(Math.max(0, squaresB / count - (sumB / count) ** 2))
  const covariance = products / count - (sumA / count) * (sumB / count)
  return {
    difference: difference / count,
    contrast: Math.min(deviationA, deviationB) / Math.max(1e-9, deviationA, deviationB),
    correlation: covariance / Math.max(1e-9, deviationA * deviationB),
  }
}

/**
 * How far a picture is on the way between two (0..1), and how far off it lies: as a mixture of both, and as either one
 * or the other.
 */
export function wayOf(
  picture: Float32Array,
  before: Float32Array,
  after: Float32Array,
): { share: number; mixed: number; either: number } {
  let [along, length] = [0, 0]
  for (let i = 0; i < picture.length; i++) {
    const step = after[i]! - before[i]!
    along += (picture[i]! - before[i]!) * step
    length += step * step
  }
  const share = along / Math.max(1e-9, length)
  let [mixed, either] = [0, 0]
  for (let i = 0; i < picture.length; i++) {
    const gone = picture[i]! - before[i]!
    mixed += Math.abs(gone - share * (after[i]! - before[i]!))
    either += Math.min(Math.abs(gone), Math.abs(picture[i]! - after[i]!))
  }
  return { share, mixed: mixed / picture.length, either: either / picture.length }
}

/** Makes pictures small and soft enough to be compared place by place, all of them of one size. */
export class SmallPictures {
  #scaler: AreaScaler | null = null

  make({ width, height, values }: LumaPicture): Float32Array {
    this.#scaler ??= new AreaScaler(width, height, Math.min(width, WIDTH), Math.min(height, HEIGHT))
    const small = new Float32Array(this.#scaler.width * this.#scaler.height)
    this.#scaler.scale(values, small, 1, 0, 1)
    return blurred(small, this.#scaler.width, this.#scaler.height)
  }
}

/** The mean of 3 x 3 neighbors; edges are repeated. */
function blurred(values: Float32Array, width: number, height: number): Float32Array {
  const result = new Float32Array(values.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0
      for (let dy = -1; dy <= 1; dy++) {
        const row = Math.min(height - 1, Math.max(0, y + dy)) * width
        for (let dx = -1; dx <= 1; dx++) sum += values[row + Math.min(width - 1, Math.max(0, x + dx))]!
      }
      result[y * width + x] = sum / 9
    }
  }
  return result
}
