/**
 * A picture of the film and the same in color, in one picture: on both sides of a line, or side by side. Left and right
 * are those of the picture as it is shown; a film that is stored lying on its side has them above and below. Pure.
 */
import type { FilmComparison } from '../../contract/comparison.ts'
import type { Orientation } from '../../contract/orientation.ts'
import { chromaShift, chromaSize, sampleSteps, type PixelLayout, type Plane, type Planes } from './pixelLayout.ts'
import { lumaScale } from './sampleScale.ts'

/** About so long a moving line takes from one side to the other. */
const SWEEP_SECONDS = 4
/** The white of the line is one sample wide for so many of the side that it crosses, and so is the black beside it. */
const LINE_SHARE = 640

/** How left to right of the shown picture runs in the stored one. */
interface Axis {
  readonly vertical: boolean
  readonly backward: boolean
}

function axisOf({ rotation, mirrored }: Orientation): Axis {
  const vertical = rotation % 180 !== 0
  return { vertical, backward: vertical ? rotation === 90 : (rotation === 180) !== mirrored }
}

/** Luma samples of a picture along the axis. */
const sideOf = ({ width, height }: PixelLayout, { vertical }: Axis): number => (vertical ? height : width)
/** Pictures are parted at multiples of so many. */
const stepOf = (layout: PixelLayout, { vertical }: Axis): number => sampleSteps(layout)[vertical ? 1 : 0]

/** The side, filled up to whole steps. */
function filledSide(layout: PixelLayout, axis: Axis): number {
  const step = stepOf(layout, axis)
  return Math.ceil(sideOf(layout, axis) / step) * step
}

/** @param layout of each of the two pictures, which are not gray */
export function comparedLayout(layout: PixelLayout, { kind }: FilmComparison, orientation: Orientation): PixelLayout {
  if (kind === 'wipe') return layout
  const axis = axisOf(orientation)
  const both = 2 * filledSide(layout, axis)
  return axis.vertical ? { ...layout, height: both } : { ...layout, width: both }
}

/**
 * Where a moving line stands at the n-th of 'count' pictures, 0..1: it sets out with the film's own picture and ends
 * with colors alone, resting at both sides, as often as it gets to and fro at about SWEEP_SECONDS a way.
 */
export function movingLine(n: number, count: number, seconds: number): number {
  const ways = 2 * Math.max(0, Math.round((seconds / SWEEP_SECONDS - 1) / 2)) + 1
  const share = count > 1 ? n / (count - 1) : 1
  return (1 - Math.cos(Math.PI * ways * share)) / 2
}

type PlaneName = 'y' | 'u' | 'v'

interface Samples {
  readonly plane: Plane
  readonly width: number
  readonly height: number
}

function samplesOf(layout: PixelLayout, planes: Pick<Planes, PlaneName>, name: PlaneName): Samples {
  const plane = planes[name]
  if (plane === null) throw new Error('gray pictures have no color to compare')
  const [width, height] = name === 'y' ? [layout.width, layout.height] : chromaSize(layout)
  return { plane, width, height }
}

/** Lays the samples from..to along the axis into another plane, from `at` on. */
function lay(source: Samples, into: Samples, { vertical }: Axis, from: number, to: number, at: number): void {
  if (vertical) {
    into.plane.set(source.plane.subarray(from * source.width, to * source.width), at * into.width)
    return
  }
  for (let row = 0; row < source.height; row++)
    into.plane.set(source.plane.subarray(row * source.width + from, row * source.width + to), row * into.width + at)
}

/** Gives the samples from..to along the axis, as far as there are such, one value. */
function paint({ plane, width, height }: Samples, { vertical }: Axis, from: number, to: number, value: number): void {
  const [first, end] = [Math.max(0, from), Math.min(to, vertical ? height : width)]
  if (vertical) plane.fill(value, first * width, end * width)
  else for (let row = 0; row < height; row++) plane.fill(value, row * width + first, row * width + end)
}

export class ComparedPictures {
  readonly layout: PixelLayout
  readonly #axis: Axis

  /**
   * @param one layout of each of the two pictures, which are not gray
   * @param length of the export: how many pictures it has, and how long they are shown
   */
  constructor(
    private readonly one: PixelLayout,
    private readonly comparison: FilmComparison,
    orientation: Orientation,
    private readonly length: { readonly count: number; readonly seconds: number },
  ) {
    this.layout = comparedLayout(one, comparison, orientation)
    this.#axis = axisOf(orientation)
  }

  /**
   * Planes of their own; those that are given stay as they are.
   * @param own the film's own picture
   * @param n of the export, from 0
   */
  join(own: Planes, colored: Planes, n: number): Planes {
    const { comparison } = this
    if (comparison.kind === 'side') return this.#sideBySide(own, colored)
    return this.#wiped(own, colored, comparison.at ?? movingLine(n, this.length.count, this.length.seconds))
  }

  #sideBySide(own: Planes, colored: Planes): Planes {
    const axis = this.#axis
    const half = filledSide(this.one, axis)
    const pictures = axis.backward ? [colored, own] : [own, colored]
    return this.#made((name) => {
      const [width, height] = name === 'y' ? [this.layout.width, this.layout.height] : chromaSize(this.layout)
      const plane = new (this.one.bitDepth > 8 ? Uint16Array : Uint8Array)(width * height)
      const into = { plane, width, height }
      pictures.forEach((picture, n) => {
        const from = samplesOf(this.one, picture, name)
        const side = axis.vertical ? from.height : from.width
        const at = this.#inPlane(n * half, name)
        lay(from, into, axis, 0, side, at)
        // What is filled up shows the last samples again.
        for (let end = at + side; end < this.#inPlane((n + 1) * half, name); end++)
          lay(from, into, axis, side - 1, side, end)
      })
      return plane
    })
  }

  #wiped(own: Planes, colored: Planes, share: number): Planes {
    const { one } = this
    const axis = this.#axis
    const [side, step] = [sideOf(one, axis), stepOf(one, axis)]
    const at = Math.round(((axis.backward ? 1 - share : share) * side) / step) * step
    const [first, second] = axis.backward ? [own, colored] : [colored, own]
    const wiped = this.#made((name) => {
      const into = samplesOf(one, first, name)
      const plane = into.plane.slice()
      const edge = this.#inPlane(at, name)
      const end = axis.vertical ? into.height : into.width
      if (edge < end) lay(samplesOf(one, second, name), { ...into, plane }, axis, edge, end, edge)
      return plane
    })
    // At either end nothing is parted.
    if (at > 0 && at < side) this.#drawLine(wiped, at)
    return wiped
  }

  /** White between black, so that it is seen on every picture; neutral in color. */
  #drawLine(planes: Planes, at: number): void {
    const { one } = this
    const axis = this.#axis
    const step = stepOf(one, axis)
    const wide = step * Math.max(1, Math.round(sideOf(one, axis) / LINE_SHARE / step))
    const [from, to] = [at - wide, at + 2 * wide]
    const { gain, offset } = lumaScale(one)
    const codeOf = (light: number): number => Math.round((light - offset) / gain)
    const luma = samplesOf(one, planes, 'y')
    paint(luma, axis, from, to, codeOf(0))
    paint(luma, axis, at, at + wide, codeOf(1))
    for (const name of ['u', 'v'] as const) {
      const neutral = 1 << (one.bitDepth - 1)
      paint(samplesOf(one, planes, name), axis, this.#inPlane(from, name), this.#inPlane(to, name), neutral)
    }
  }

  #made(make: (name: PlaneName) => Plane): Planes {
    return { layout: this.layout, y: make('y'), u: make('u'), v: make('v') }
  }

  /** A multiple of the step, in luma samples, as samples of a plane. */
  #inPlane(at: number, name: PlaneName): number {
    const { sampling } = this.one
    if (name === 'y' || sampling === 'gray') return at
    return at / (1 << chromaShift[sampling][this.#axis.vertical ? 1 : 0])
  }
}
