/**
 * Shrinks a luma plane by averaging the area that each target sample covers: what picture/areaAverage.ts computes, to
 * the last bit, several samples at once. Shown to JavaScript by ../networkLumaMaker.ts.
 *
 * Sums of a column are 32-bit floats. Where a row counts in part, its product is added at twice the precision before it
 * is rounded; sums along a row are of 64-bit floats.
 */

let sourceWidth: i32 = 0
let sourceHeight: i32 = 0
let width: i32 = 0
let height: i32 = 0
let isWide: bool = false

let source: usize = 0
let target: usize = 0
/** Of columns, then of rows: first and last source sample that a target sample covers, and how much of each counts. */
const firsts = new StaticArray<usize>(2)
const lasts = new StaticArray<usize>(2)
const firstWeights = new StaticArray<usize>(2)
const lastWeights = new StaticArray<usize>(2)

/** The source row at work, and its neighbors where fields are mixed; rows of 32-bit floats. */
let line: usize = 0
let above: usize = 0
let below: usize = 0
let sums: usize = 0

/** Eight samples at once are read and written, beyond the end of a row as well. */
function room(bytes: i32): usize {
  return heap.alloc(<usize>bytes + 64)
}

/** To be called once, before all else. @param bytes of a source sample: 1, or 2 in little-endian order */
export function begin(fromWidth: i32, fromHeight: i32, toWidth: i32, toHeight: i32, bytes: i32): void {
  sourceWidth = fromWidth
  sourceHeight = fromHeight
  width = toWidth
  height = toHeight
  isWide = bytes == 2
  source = room(fromWidth * fromHeight * bytes)
  target = room(4 * toWidth * toHeight)
  for (let side = 0; side < 2; side++) {
    const count = side == 0 ? toWidth : toHeight
    firsts[side] = room(4 * count)
    lasts[side] = room(4 * count)
    firstWeights[side] = room(4 * count)
    lastWeights[side] = room(4 * count)
  }
  line = room(4 * fromWidth)
  above = room(4 * fromWidth)
  below = room(4 * fromWidth)
  sums = room(4 * fromWidth)
}

export function sourceAt(): usize {
  return source
}
export function targetAt(): usize {
  return target
}
/** @param side 0 of columns, 1 of rows */
export function firstsAt(side: i32): usize {
  return firsts[side]
}
export function lastsAt(side: i32): usize {
  return lasts[side]
}
export function firstWeightsAt(side: i32): usize {
  return firstWeights[side]
}
export function lastWeightsAt(side: i32): usize {
  return lastWeights[side]
}

function readRow(y: i32, into: usize): void {
  if (isWide) {
    const from = source + (<usize>(y * sourceWidth) << 1)
    for (let x = 0; x < sourceWidth; x += 4) {
      v128.store(into + (<usize>x << 2), f32x4.convert_i32x4_u(v128.load16x4_u(from + (<usize>x << 1))))
    }
    return
  }
  const from = source + <usize>(y * sourceWidth)
  for (let x = 0; x < sourceWidth; x += 8) {
    const codes = v128.load8x8_u(from + <usize>x)
    const to = into + (<usize>x << 2)
    v128.store(to, f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(codes)))
    v128.store(to, f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(codes)), 16)
  }
}

/**
 * A quarter of the rows above and below, which are the other field's, and half of its own: both fields in equal shares.
 */
function readBothFields(y: i32): void {
  readRow(y, line)
  readRow(y > 0 ? y - 1 : min(sourceHeight - 1, 1), above)
  readRow(y < sourceHeight - 1 ? y + 1 : max(0, sourceHeight - 2), below)
  const quarter = f32x4.splat(0.25)
  for (let x = 0; x < sourceWidth; x += 4) {
    const o = <usize>x << 2
    const own = v128.load(line + o)
    const others = f32x4.add(v128.load(above + o), v128.load(below + o))
    v128.store(line + o, f32x4.mul(f32x4.add(others, f32x4.add(own, own)), quarter))
  }
}

// @ts-ignore: decorator
@inline function read(y: i32, isInterlaced: bool): void {
  if (isInterlaced) readBothFields(y)
  else readRow(y, line)
}

function setRow(weight: f32): void {
  const weights = f32x4.splat(weight)
  for (let x = 0; x < sourceWidth; x += 4) {
    const o = <usize>x << 2
    v128.store(sums + o, f32x4.mul(v128.load(line + o), weights))
  }
}

function addRow(): void {
  for (let x = 0; x < sourceWidth; x += 4) {
    const o = <usize>x << 2
    v128.store(sums + o, f32x4.add(v128.load(sums + o), v128.load(line + o)))
  }
}

function addWeighted(weight: f32): void {
  const weights = f64x2.splat(<f64>weight)
  for (let x = 0; x < sourceWidth; x += 4) {
    const o = <usize>x << 2
    const sum = v128.load(sums + o)
    const row = v128.load(line + o)
    const low = f64x2.add(f64x2.promote_low_f32x4(sum), f64x2.mul(f64x2.promote_low_f32x4(row), weights))
    const upperSum = f64x2.promote_low_f32x4(i64x2.shuffle(sum, sum, 1, 1))
    const upperRow = f64x2.promote_low_f32x4(i64x2.shuffle(row, row, 1, 1))
    const high = f64x2.add(upperSum, f64x2.mul(upperRow, weights))
    v128.store(sums + o, i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2))
  }
}

/** Writes clamp(sum along the row * unit + offset, 0, 1) for every sample of a target row. */
function writeRow(j: i32, unit: f64, offset: f64): void {
  const first = firsts[0]
  const last = lasts[0]
  const firstWeight = firstWeights[0]
  const lastWeight = lastWeights[0]
  let out = target + (<usize>(j * width) << 2)
  for (let i = 0; i < width; i++) {
    const o = <usize>i << 2
    let at = sums + (<usize>load<i32>(first + o) << 2)
    const end = sums + (<usize>load<i32>(last + o) << 2)
    let sum = <f64>load<f32>(at) * <f64>load<f32>(firstWeight + o)
    for (at += 4; at < end; at += 4) sum += <f64>load<f32>(at)
    sum += <f64>load<f32>(end) * <f64>load<f32>(lastWeight + o)
    const value = sum * unit + offset
    store<f32>(out, value < 0 ? 0 : value > 1 ? 1 : <f32>value)
    out += 4
  }
}

/**
 * Fills the target of the source.
 * @param isInterlaced mixes the two fields
 * @param unit, offset that make 0..1 of the sum over a target sample's area
 */
export function scale(isInterlaced: bool, unit: f64, offset: f64): void {
  for (let j = 0; j < height; j++) {
    const o = <usize>j << 2
    const first = load<i32>(firsts[1] + o)
    const last = load<i32>(lasts[1] + o)
    read(first, isInterlaced)
    setRow(load<f32>(firstWeights[1] + o))
    for (let y = first + 1; y < last; y++) {
      read(y, isInterlaced)
      addRow()
    }
    if (last > first) {
      read(last, isInterlaced)
      addWeighted(load<f32>(lastWeights[1] + o))
    }
    writeRow(j, unit, offset)
  }
}
