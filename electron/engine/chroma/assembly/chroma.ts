/**
 * A coloring model evaluated at every chroma sample with the luma at that sample's site, two samples at once; shown to
 * JavaScript by ../composeChroma.ts. The model, sites of luma and rows of coefficients are kept as 32-bit floats, and
 * computed with as 64-bit floats.
 */
import { beginRow, bringDetail, rowOfDetail } from './detail'
import { beginSites, bottoms, bottomWeights, height, lefts, modelWidth, rightWeights, room, tops, width } from './sites'

export { beginDetail, detailAt, wayAt } from './detail'
export { bottomsAt, bottomWeightsAt, leftsAt, rightWeightsAt, topsAt } from './sites'

/** BT.601 color differences: B' - Y' = 1.772 U, R' - Y' = 1.402 V. */
const BLUE_601: f64 = 1.772
const RED_601: f64 = 1.402
/** White and black, from which no color is without any distance. */
const WHITE: f64 = 1.00001
const BLACK: f64 = -0.00001

/** How luma lies around a chroma sample's column: each on its own, a tent over three, a box over two or four. */
const ALONE: i32 = 0
const TENT: i32 = 1
const PAIR: i32 = 2

let lumaWidth: i32 = 0
let isWide: bool = false
let around: i32 = 0
/** Rows of luma that a chroma row stands for. */
let rowsEach: i32 = 0

let y: usize = 0
let u: usize = 0
let v: usize = 0
let model: usize = 0
/** Of each chroma row: its luma rows, and how much each counts. */
let rows: usize = 0
let rowWeights: usize = 0

/** A row's sums of luma, behind room for one to the left; and the model's coefficients between its rows. */
let sums: usize = 0
let coefficients: usize = 0

let unit: f64 = 0
let offset: f64 = 0
let red: f64 = 0
let blue: f64 = 0
let uGain: f64 = 0
let vGain: f64 = 0
let half: f64 = 0
let top: f64 = 0
let knee: f64 = 0

/**
 * To be called once, before all else. Sizes of luma, of chroma and of the model.
 * @param bytes of a sample: 1, or 2 in little-endian order
 * @param columnsAround 0 where a luma column stands on its own, 1 for three around a site, 2 or 4 beside it
 * @param luminous rows of luma that a chroma row stands for
 */
export function begin(
  fullWidth: i32,
  fullHeight: i32,
  bytes: i32,
  chromaWidth: i32,
  chromaHeight: i32,
  columnsAround: i32,
  luminous: i32,
  texelsAcross: i32,
  texelsDown: i32,
): void {
  beginSites(chromaWidth, chromaHeight, texelsAcross, texelsDown)
  beginRow()
  lumaWidth = fullWidth
  isWide = bytes == 2
  around = columnsAround
  rowsEach = luminous
  y = room(fullWidth * fullHeight * bytes)
  u = room(width * height * bytes)
  v = room(width * height * bytes)
  model = room(16 * texelsAcross * texelsDown)
  rows = room(4 * height * rowsEach)
  rowWeights = room(4 * height * rowsEach)
  sums = room(4 * lumaWidth + 16) + 16
  coefficients = room(16 * (modelWidth + 1))
}

export function lumaAt(): usize {
  return y
}
export function uAt(): usize {
  return u
}
export function vAt(): usize {
  return v
}
export function modelAt(): usize {
  return model
}
export function rowsAt(): usize {
  return rows
}
export function rowWeightsAt(): usize {
  return rowWeights
}
/** To be called once as well. Luma 0..1 is its sum * perSum + atZero. */
export function setLuma(perSum: f64, atZero: f64): void {
  unit = perSum
  offset = atZero
}

/**
 * To be called once as well.
 * @param ofRed, ofBlue what of these differences the green one is
 * @param perU, perV, neutral, highest that make code values of differences, rounded
 * @param from where colors begin to give way to the edge of the RGB cube
 */
export function setChroma(
  ofRed: f64,
  ofBlue: f64,
  perU: f64,
  perV: f64,
  neutral: f64,
  highest: f64,
  from: f64,
): void {
  red = ofRed
  blue = ofBlue
  uGain = perU
  vGain = perV
  half = neutral + 0.5
  top = highest
  knee = from
}

/** Four luma samples from a column on. */
// @ts-ignore: decorator
@inline function codes(row: usize, x: i32): v128 {
  return isWide
    ? v128.load16x4_u(row + (<usize>x << 1))
    : i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(row + <usize>x)))
}

/** Luma rows that one chroma row stands for, added up per column by their weights; borders go on as they are. */
function sumRows(row: i32): void {
  const table = <usize>(row * rowsEach) << 2
  for (let k = 0; k < rowsEach; k++) {
    const o = table + (<usize>k << 2)
    const from = y + (<usize>(load<i32>(rows + o) * lumaWidth) << (isWide ? 1 : 0))
    const weight = i32x4.splat(load<i32>(rowWeights + o))
    for (let x = 0; x < lumaWidth; x += 4) {
      const at = sums + (<usize>x << 2)
      const part = i32x4.mul(codes(from, x), weight)
      v128.store(at, k == 0 ? part : i32x4.add(v128.load(at), part))
    }
  }
  store<i32>(sums - 4, load<i32>(sums))
  const last = sums + (<usize>(lumaWidth - 1) << 2)
  v128.store(last + 4, i32x4.splat(load<i32>(last)))
}

function interpolateRow(row: i32): void {
  const stride = <usize>modelWidth << 4
  const above = model + <usize>load<i32>(tops + (<usize>row << 2)) * stride
  const below = model + <usize>load<i32>(bottoms + (<usize>row << 2)) * stride
  const weight = f64x2.splat(load<f64>(bottomWeights + (<usize>row << 3)))
  for (let o: usize = 0; o < stride; o += 8) {
    const value = f64x2.promote_low_f32x4(v128.load64_zero(above + o))
    const lower = f64x2.promote_low_f32x4(v128.load64_zero(below + o))
    const between = f64x2.add(value, f64x2.mul(f64x2.sub(lower, value), weight))
    v128.store64_lane(coefficients + o, f32x4.demote_f64x2_zero(between), 0)
  }
  // One texel more at the right end, so that the loop along a row needs no test for the border.
  v128.store(coefficients + stride, v128.load(coefficients + stride - 16))
}

/** Sums of luma at a chroma sample's site and at the next one's. */
// @ts-ignore: decorator
@inline function sitesOf(columns: i32, i: i32): v128 {
  if (columns == ALONE) return v128.load64_zero(sums + (<usize>i << 2))
  const at = sums + (<usize>i << 3)
  if (columns == TENT) {
    const before = v128.load(at - 4)
    const after = v128.load(at + 4)
    const middle = i32x4.shuffle(before, before, 1, 3, 1, 3)
    const sides = i32x4.add(i32x4.shuffle(before, before, 0, 2, 0, 2), i32x4.shuffle(after, after, 0, 2, 0, 2))
    return i32x4.add(sides, i32x4.add(middle, middle))
  }
  if (columns == PAIR) {
    const both = v128.load(at)
    return i32x4.add(i32x4.shuffle(both, both, 0, 2, 0, 2), i32x4.shuffle(both, both, 1, 3, 1, 3))
  }
  const first = v128.load(at + (<usize>i << 3))
  const second = v128.load(at + (<usize>i << 3) + 16)
  const pairs = i32x4.add(i32x4.shuffle(first, second, 0, 2, 4, 6), i32x4.shuffle(first, second, 1, 3, 5, 7))
  return i32x4.add(i32x4.shuffle(pairs, pairs, 0, 2, 0, 2), i32x4.shuffle(pairs, pairs, 1, 3, 1, 3))
}

/** Two of a texel's four coefficients, on the way to the texel to its right. */
// @ts-ignore: decorator
@inline function between(left: v128, right: v128, weight: v128): v128 {
  const from = f64x2.promote_low_f32x4(left)
  return f64x2.add(from, f64x2.mul(f64x2.sub(f64x2.promote_low_f32x4(right), from), weight))
}
// @ts-ignore: decorator
@inline function upper(lanes: v128): v128 {
  return i64x2.shuffle(lanes, lanes, 1, 1)
}

// @ts-ignore: decorator
@inline function write(plane: usize, i: i32, difference: v128, gain: f64, fine: v128): void {
  const code = f64x2.add(f64x2.add(f64x2.mul(difference, f64x2.splat(gain)), f64x2.splat(half)), fine)
  const whole = i32x4.trunc_sat_f64x2_s_zero(f64x2.pmax(f64x2.pmin(code, f64x2.splat(top)), f64x2.splat(0)))
  const first = i32x4.extract_lane(whole, 0)
  const second = i32x4.extract_lane(whole, 1)
  if (isWide) store<u32>(plane + (<usize>i << 1), (first & 0xffff) | (second << 16))
  else store<u16>(plane + <usize>i, <u16>((first & 0xff) | (second << 8)))
}

function evaluateRow(start: i32): void {
  const units = f64x2.splat(unit)
  const offsets = f64x2.splat(offset)
  const white = f64x2.splat(WHITE)
  const black = f64x2.splat(BLACK)
  const knees = f64x2.splat(knee)
  const ones = f64x2.splat(1)
  const beyondKnee = f64x2.splat(1 - knee)
  const columns = around
  for (let i = 0; i < width; i += 2) {
    const sum = f64x2.convert_low_i32x4_s(sitesOf(columns, i))
    const site = f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(f64x2.add(f64x2.mul(sum, units), offsets)))
    const luma = f64x2.pmin(f64x2.pmax(site, f64x2.splat(0)), ones)

    const o = <usize>i << 2
    const here = coefficients + (<usize>load<i32>(lefts + o) << 4)
    const next = coefficients + (<usize>load<i32>(lefts + o + 4) << 4)
    const weight = f64x2.splat(<f64>load<f32>(rightWeights + o))
    const nextWeight = f64x2.splat(<f64>load<f32>(rightWeights + o + 4))
    const left = v128.load(here)
    const right = v128.load(here, 16)
    const nextLeft = v128.load(next)
    const nextRight = v128.load(next, 16)
    const u0 = between(left, right, weight)
    const u1 = between(nextLeft, nextRight, nextWeight)
    const v0 = between(upper(left), upper(right), weight)
    const v1 = between(upper(nextLeft), upper(nextRight), nextWeight)
    let blueness = f64x2.mul(i64x2.shuffle(u0, u1, 0, 2), luma)
    let redness = f64x2.mul(i64x2.shuffle(v0, v1, 0, 2), luma)
    blueness = f64x2.mul(f64x2.add(blueness, i64x2.shuffle(u0, u1, 1, 3)), f64x2.splat(BLUE_601))
    redness = f64x2.mul(f64x2.add(redness, i64x2.shuffle(v0, v1, 1, 3)), f64x2.splat(RED_601))
    const greenness = f64x2.add(f64x2.mul(f64x2.splat(red), redness), f64x2.mul(f64x2.splat(blue), blueness))

    // How much of the way to the edge of the RGB cube the color goes; 1 is the edge.
    const most = f64x2.pmax(f64x2.pmax(redness, greenness), blueness)
    const least = f64x2.pmin(f64x2.pmin(redness, greenness), blueness)
    const toWhite = f64x2.sub(white, luma)
    const toBlack = f64x2.sub(black, luma)
    const isFar = v128.or(f64x2.gt(most, f64x2.mul(knees, toWhite)), f64x2.lt(least, f64x2.mul(knees, toBlack)))
    // Most colors stay clear of the edge; only the others need the divisions.
    if (v128.any_true(isFar)) {
      const used = f64x2.pmax(f64x2.div(most, toWhite), f64x2.div(least, toBlack))
      const beyond = f64x2.div(f64x2.sub(used, knees), beyondKnee)
      const eased = f64x2.div(f64x2.mul(beyondKnee, beyond), f64x2.add(ones, beyond))
      const kept = v128.bitselect(f64x2.div(f64x2.add(knees, eased), used), ones, isFar)
      blueness = f64x2.mul(blueness, kept)
      redness = f64x2.mul(redness, kept)
    }
    const more = v128.load(rowOfDetail + (<usize>i << 3))
    write(u, start + i, blueness, uGain, f64x2.promote_low_f32x4(i32x4.shuffle(more, more, 0, 2, 0, 2)))
    write(v, start + i, redness, vGain, f64x2.promote_low_f32x4(i32x4.shuffle(more, more, 1, 3, 1, 3)))
  }
}

/** Fills u and v. @param pins whose detail is brought along: the first ones */
export function compose(pins: i32): void {
  for (let row = 0; row < height; row++) {
    sumRows(row)
    interpolateRow(row)
    bringDetail(pins, row)
    evaluateRow(row * width)
  }
}
