/**
 * A fast guided filter that is exact at the texels it comes from; what it is for stands at ../guidedModel.ts, which
 * shows it to JavaScript. Numbers are kept as 32-bit floats, and computed with as 64-bit floats.
 */
import { Windows } from './windows'

/** Luma variance below which a window counts as flat and its color as constant: (5/255)^2. */
const FLAT: f64 = 0.0004
/** About the variance that chroma has by being kept in 8 bits: so little is not worth explaining. */
const ROUNDING: f64 = 1e-6
/** A fit steeper than this is not a material's color but two objects in one window; it would tint highlights. */
const STEEPEST: f64 = 1.2

/** Y, Y Y, U, V, U U, V V, Y U, Y V of each texel. */
const MOMENTS: i32 = 8

let width: i32 = 0
let height: i32 = 0
/** The networks' luma, twice as wide and high, and the same at chroma's size. */
let given: usize = 0
let luma: usize = 0
let chroma: usize = 0
let moments: usize = 0
let slopes: usize = 0
let model: usize = 0
let momentWindows: Windows | null = null
let slopeWindows: Windows | null = null

/** To be called once, before all else. Sizes in texels of the model. */
export function begin(modelWidth: i32, modelHeight: i32): void {
  width = modelWidth
  height = modelHeight
  const texels = <usize>(width * height)
  given = heap.alloc(texels << 4)
  luma = heap.alloc(texels << 2)
  chroma = heap.alloc(texels << 3)
  moments = heap.alloc(texels << 5)
  slopes = heap.alloc(texels << 3)
  model = heap.alloc(texels << 4)
  momentWindows = new Windows(width, height, MOMENTS)
  slopeWindows = new Windows(width, height, 2)
}

export function lumaAt(): usize {
  return given
}
export function chromaAt(): usize {
  return chroma
}
export function modelAt(): usize {
  return model
}

// @ts-ignore: decorator
@inline function f(at: usize): f64 {
  return <f64>load<f32>(at)
}
// @ts-ignore: decorator
@inline function put(at: usize, value: f64): void {
  store<f32>(at, <f32>value)
}

/** Means of 2 x 2 samples. */
function halveLuma(): void {
  const row = <usize>width << 3
  let out = luma
  for (let y = 0; y < height; y++) {
    let at = given + <usize>(2 * y) * row
    for (let x = 0; x < width; x++, at += 8, out += 4)
      put(out, (f(at) + f(at + 4) + f(at + row) + f(at + row + 4)) / 4)
  }
}

function fillMoments(): void {
  const count = width * height
  for (let i = 0, m = moments; i < count; i++, m += 4 * MOMENTS) {
    const y = f(luma + (<usize>i << 2))
    const u = f(chroma + (<usize>i << 3))
    const v = f(chroma + (<usize>i << 3) + 4)
    put(m, y)
    put(m + 4, y * y)
    put(m + 8, u)
    put(m + 12, v)
    put(m + 16, u * u)
    put(m + 20, v * v)
    put(m + 24, y * u)
    put(m + 28, y * v)
  }
}

// @ts-ignore: decorator
@inline function mean(means: usize, channel: usize): f64 {
  return load<f64>(means + (channel << 3))
}

/** Least squares of chroma on luma in the window around each texel, regularized by `flat`. */
function fitSlopes(flat: f64): void {
  const windows = momentWindows!
  const means = windows.means
  windows.begin(moments)
  let out = slopes
  for (let row = 0; row < height; row++) {
    const rows = windows.enterRow(moments, row)
    for (let x = 0; x < width; x++, out += 8) {
      windows.enter(x, rows)
      const y = mean(means, 0)
      const u = mean(means, 2)
      const v = mean(means, 3)
      const yy = max<f64>(0, mean(means, 1) - y * y)
      const yu = mean(means, 6) - y * u
      const yv = mean(means, 7) - y * v
      // Of nine texels luma explains an eighth by chance, so the share of chroma's variance that it explains counts to
      // the third power: texture without color of its own gives color no texture.
      const shareU = (yu * yu) / ((yy + ROUNDING) * (max<f64>(0, mean(means, 4) - u * u) + ROUNDING))
      const shareV = (yv * yv) / ((yy + ROUNDING) * (max<f64>(0, mean(means, 5) - v * v) + ROUNDING))
      const au = (yu / (yy + flat)) * (shareU * shareU * shareU)
      const av = (yv / (yy + flat)) * (shareV * shareV * shareV)
      const steep = max<f64>(abs<f64>(au), abs<f64>(av))
      const kept = steep > STEEPEST ? STEEPEST / steep : 1
      put(out, au * kept)
      put(out + 4, av * kept)
    }
  }
}

/** Coefficients (aU, bU, aV, bV) per texel. */
function writeModel(): void {
  const windows = slopeWindows!
  const means = windows.means
  windows.begin(slopes)
  for (let row = 0, texel: usize = 0; row < height; row++) {
    const rows = windows.enterRow(slopes, row)
    for (let x = 0; x < width; x++, texel++) {
      windows.enter(x, rows)
      const au = mean(means, 0)
      const av = mean(means, 1)
      const y = f(luma + (texel << 2))
      const out = model + (texel << 4)
      put(out, au)
      put(out + 4, f(chroma + (texel << 3)) - au * y)
      put(out + 8, av)
      put(out + 12, f(chroma + (texel << 3) + 4) - av * y)
    }
  }
}

/** @param grain standard deviation of the full-size luma's grain; it limits how far color follows luma */
export function make(grain: f64): void {
  halveLuma()
  fillMoments()
  fitSlopes(FLAT + 4 * grain * grain)
  writeModel()
}
