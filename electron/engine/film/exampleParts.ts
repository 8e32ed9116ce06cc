/**
 * An example from a film of another size, shape or orientation, as the networks can read it beside a frame: turned as
 * the frame's film is stored, and in pictures as large as the frame's. What is longer than the frame becomes several
 * pictures; where it is so by a tenth at most, that is cut off at its ends instead, and lost. Beside what is shorter it
 * goes on mirrored, so that no border is seen where none is.
 */
import type { Orientation } from '../../contract/orientation.ts'
import { AreaScaler } from '../picture/areaAverage.ts'
import type { NetworkChroma, NetworkLuma } from '../picture/networkPictures.ts'
import { nearestOnGrid } from '../picture/networkSize.ts'
import { placeUpright } from '../reading/pictures/orientation.ts'
import { resizedChroma } from './resizedChroma.ts'

export interface ExamplePicture {
  readonly luma: NetworkLuma
  readonly chroma: NetworkChroma
}

/** What may be missing of a picture that is cut to the frame's size from its middle, as a share of that. */
const CUT_OFF = 0.1

interface Interleaved {
  readonly width: number
  readonly height: number
  readonly values: Float32Array
}

/** A picture of a film that is stored in one way, as a film stores it that is stored in another. */
export function turnedFrom({ luma, chroma }: ExamplePicture, from: Orientation, to: Orientation): ExamplePicture {
  if (from.rotation === to.rotation && from.mirrored === to.mirrored) return { luma, chroma }
  const turn = (picture: Interleaved): Interleaved => stored(upright(picture, from), to)
  return { luma: turn(luma), chroma: turn(chroma) }
}

/** @param values of a pixel side by side, as many as there are */
export const upright = (picture: Interleaved, orientation: Orientation): Interleaved =>
  placed(picture, orientation, true)

const stored = (picture: Interleaved, orientation: Orientation): Interleaved => placed(picture, orientation, false)

/** @param isToUpright from as it is stored; otherwise back */
function placed({ width, height, values }: Interleaved, orientation: Orientation, isToUpright: boolean): Interleaved {
  const channels = values.length / (width * height)
  const given = { width, height }
  const made = orientation.rotation % 180 === 0 ? given : { width: height, height: width }
  const [asStored, asShown] = isToUpright ? [given, made] : [made, given]
  const turned = new Float32Array(values.length)
  for (let y = 0; y < asStored.height; y++) {
    for (let x = 0; x < asStored.width; x++) {
      const [across, down] = placeUpright(x, y, asStored, orientation)
      const [inStored, inShown] = [channels * (y * asStored.width + x), channels * (down * asShown.width + across)]
      const [from, to] = isToUpright ? [inStored, inShown] : [inShown, inStored]
      for (let n = 0; n < channels; n++) turned[to + n] = values[from + n]!
    }
  }
  return { ...made, values: turned }
}

/** @param width of the networks' picture of the frame, in luma */
export function partsOf(picture: ExamplePicture, width: number, height: number): ExamplePicture[] {
  const { luma, chroma } = asLarge(picture, Math.min(width, height))
  if (luma.width === width && luma.height === height) return [{ luma, chroma }]
  return starts(luma.height, height).flatMap((top) =>
    starts(luma.width, width).map((left) => ({
      luma: part(luma, left, top, width, height),
      chroma: part(chroma, left >> 1, top >> 1, width >> 1, height >> 1),
    })),
  )
}

/**
 * With this short side, on the networks' grid: what is as large in the one picture is so in the other, as far as
 * anybody knows.
 */
export function asLarge({ luma, chroma }: ExamplePicture, shortSide: number): ExamplePicture {
  const scale = shortSide / Math.min(luma.width, luma.height)
  if (scale === 1) return { luma, chroma }
  const [width, height] = [nearestOnGrid(luma.width * scale), nearestOnGrid(luma.height * scale)]
  const values = new Float32Array(width * height)
  new AreaScaler(luma.width, luma.height, width, height).scale(luma.values, values, 1, 0, 1)
  return { luma: { width, height, values }, chroma: resizedChroma(chroma, width >> 1, height >> 1) }
}

/**
 * Where parts as long as the frame begin; before 0 where that is longer. Even. They overlap, so that what lies at the
 * border of one lies farther inside another (models/PASS.md).
 */
function starts(length: number, frame: number): number[] {
  const rest = length - frame
  const count = 2 * Math.max(1, Math.ceil(length / frame - CUT_OFF)) - 1
  if (count === 1) return [2 * Math.floor(rest / 4)]
  return Array.from({ length: count }, (_, n) => 2 * Math.floor((n * rest) / (2 * (count - 1))))
}

function part(of: Interleaved, left: number, top: number, width: number, height: number): Interleaved {
  const channels = of.values.length / (of.width * of.height)
  const values = new Float32Array(width * height * channels)
  for (let y = 0; y < height; y++) {
    const row = reflected(top + y, of.height) * of.width
    for (let x = 0; x < width; x++) {
      const from = channels * (row + reflected(left + x, of.width))
      for (let n = 0; n < channels; n++) values[channels * (y * width + x) + n] = of.values[from + n]!
    }
  }
  return { width, height, values }
}

/** The place that is seen where a side goes on mirrored beyond its ends. */
function reflected(at: number, length: number): number {
  const place = ((at % (2 * length)) + 2 * length) % (2 * length)
  return place < length ? place : 2 * length - 1 - place
}
