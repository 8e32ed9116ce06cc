/** Fine color of pins (../pinDetail.ts), brought along to the chroma samples of a frame, row by row. */
import { bottoms, bottomWeights, height, lefts, modelHeight, modelWidth, rightWeights, room, tops, width } from './sites'

const MOST_PINS: i32 = 2
/** Less than this of a pin's is not looked for. */
const LEAST_SHARE: f32 = 1 / 256

/** Of each pin: U and V in turn, of 16 bits, a value per chroma sample; and what a frame's texels have of it. */
const details = new StaticArray<usize>(MOST_PINS)
const ways = new StaticArray<usize>(MOST_PINS)
/** Where a row's texels have their detail from, and how much of it. */
let way: usize = 0
/** Code values that a step of it is. */
let unit: f32 = 0
/** What a row's samples have of all pins, U and V in turn, in code values. */
export let rowOfDetail: usize = 0
let isClear: bool = false

/** To be called once, after beginSites; without anything more there is no detail. */
export function beginRow(): void {
  rowOfDetail = room(8 * width)
}

/** To be called once, where pins' fine color is to be brought along. @param perStep code values that a step of it is */
export function beginDetail(perStep: f32): void {
  for (let pin = 0; pin < MOST_PINS; pin++) {
    details[pin] = room(4 * width * height)
    ways[pin] = room(16 * modelWidth * modelHeight)
  }
  way = room(16 * (modelWidth + 1))
  unit = perStep
}

export function detailAt(pin: i32): usize {
  return details[pin]
}
/** Per texel: how many chroma samples to the right and further down its detail is; how much of it, 0..1; nothing. */
export function wayAt(pin: i32): usize {
  return ways[pin]
}

/** Ways to one pin's detail, between the texels' rows. */
function interpolateWay(pin: i32, row: i32): void {
  const stride = <usize>modelWidth << 4
  const above = ways[pin] + <usize>load<i32>(tops + (<usize>row << 2)) * stride
  const below = ways[pin] + <usize>load<i32>(bottoms + (<usize>row << 2)) * stride
  const weight = f32x4.splat(<f32>load<f64>(bottomWeights + (<usize>row << 3)))
  for (let o: usize = 0; o < stride; o += 16) {
    const value = v128.load(above + o)
    v128.store(way + o, f32x4.add(value, f32x4.mul(f32x4.sub(v128.load(below + o), value), weight)))
  }
  v128.store(way + stride, v128.load(way + stride - 16))
}

/** Two neighboring samples of a pin's detail, U and V of the one and of the other. */
// @ts-ignore: decorator
@inline function pairAt(detail: usize, column: i32): v128 {
  const both = v128.load64_zero(detail + (<usize>column << 2))
  return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(both))
}

/** Adds what a row's samples have of one pin's detail, by runs of samples that lie between the same two texels. */
function addDetail(pin: i32, row: i32): void {
  const detail = details[pin]
  const right = <f32>(width - 1)
  const bottom = <f32>(height - 1)
  for (let i = 0; i < width;) {
    const texel = load<i32>(lefts + (<usize>i << 2))
    let end = i + 1
    while (end < width && load<i32>(lefts + (<usize>end << 2)) == texel) end++
    const from = way + (<usize>texel << 4)
    const left = v128.load(from)
    const toRight = f32x4.sub(v128.load(from, 16), left)
    if (max(load<f32>(from + 8), load<f32>(from + 24)) < LEAST_SHARE) {
      i = end
      continue
    }
    for (; i < end; i++) {
      const o = <usize>i << 2
      const here = f32x4.add(left, f32x4.mul(toRight, f32x4.splat(load<f32>(rightWeights + o))))
      const x = min<f32>(max<f32>(<f32>i + f32x4.extract_lane(here, 0), 0), right)
      const y = min<f32>(max<f32>(<f32>row + f32x4.extract_lane(here, 1), 0), bottom)
      const column = <i32>x
      const line = <i32>y
      // Where there is no sample to the right, or none below, none of it is taken.
      const upper = detail + (<usize>(line * width) << 2)
      const lower = line < height - 1 ? upper + (<usize>width << 2) : upper
      const above = pairAt(upper, column)
      const both = f32x4.add(above, f32x4.mul(f32x4.sub(pairAt(lower, column), above), f32x4.splat(y - <f32>line)))
      const next = i32x4.shuffle(both, both, 2, 3, 2, 3)
      const value = f32x4.add(both, f32x4.mul(f32x4.sub(next, both), f32x4.splat(x - <f32>column)))
      const much = f32x4.splat(f32x4.extract_lane(here, 2) * unit)
      const at = rowOfDetail + (<usize>i << 3)
      v128.store64_lane(at, f32x4.add(v128.load64_zero(at), f32x4.mul(value, much)), 0)
    }
  }
}

/** Fills rowOfDetail. @param pins whose detail is brought along: the first ones, none as well */
export function bringDetail(pins: i32, row: i32): void {
  if (pins > 0 || !isClear) memory.fill(rowOfDetail, 0, 8 * width + 64)
  isClear = pins == 0
  for (let pin = 0; pin < pins; pin++) {
    interpolateWay(pin, row)
    addDetail(pin, row)
  }
}
