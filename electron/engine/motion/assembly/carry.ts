/** Moves colors along the flow, tells how far it can be trusted, and mixes colors by that. */
import { clampf, clampi, f, floats, put } from './floats'
import { results } from './flow'
import { firstSample, heights, LOW, MARGIN, MOST_LEVELS, pictureAt, rowLength } from './pictures'
import { slopesX, slopesY, widths } from './pictures'

/** Luma is compared over boxes of 2 RIM + 1 pixels a side. */
const RIM: i32 = 2
const BOX: f32 = 25
/** No more than this of a difference in luma is taken for flicker of the whole picture. */
const FLICKER: f32 = 10

/** Between samples of a slope luma differs by so much of it though its motion is right: it is only so fine. */
const FINENESS: f32 = 0.15

let differences: usize = 0
let rowSums: usize = 0
/** 0..1, a value per pixel. */
export let certainty: usize = 0
/** U and V interleaved: what is to be moved, or mixed with others, and what came of it. */
export let chroma: usize = 0
export let others: usize = 0
export let result: usize = 0
/** Of the picture before and of the newer one, in turn: how much of each pixel's color has come all the way, 0..1. */
const origins = new StaticArray<usize>(2)
let origin: i32 = 0
/**
 * How much of its moved color each pixel keeps, 0..1; of 64 bits, so that what comes of mixing is not rounded twice.
 */
let share: usize = 0
/** What the pass is told of each pixel, four values. */
export let told: usize = 0
/** Of the pixels of `others`: how much of each one's color has come all the way from where it set out, 0..1. */
export let arrived: usize = 0

export function beginCarrying(width: i32, height: i32): void {
  const count = width * height
  differences = floats(count)
  rowSums = floats(count)
  certainty = floats(count)
  chroma = floats(2 * count)
  others = floats(2 * count)
  result = floats(2 * count)
  for (let k = 0; k < 2; k++) origins[k] = floats(count)
  arrived = floats(count)
  share = floats(2 * count)
  told = floats(4 * count)
  setOut()
}

/** How much of each pixel's color has come all the way, of the newer picture once they are mixed. */
export function originAt(): usize {
  return origins[origin]
}

/** From here on all colors have come all the way. */
export function setOut(): void {
  for (let i = 0, count = widths[0] * heights[0]; i < count; i++) put(origins[origin], i, 1)
}

/** Between four samples; rows are `row` samples long. */
// @ts-ignore: decorator
@inline function sampled(base: usize, row: i32, x: f32, y: f32): f32 {
  const left = Mathf.floor(x)
  const top = Mathf.floor(y)
  const fx = x - left
  const fy = y - top
  const i = <i32>top * row + <i32>left
  const above = f(base, i) * (1 - fx) + f(base, i + 1) * fx
  const below = f(base, i + row) * (1 - fx) + f(base, i + row + 1) * fx
  return above * (1 - fy) + below * fy
}

/**
 * How much each pixel of picture `from` differs from where its motion leads, into `differences`: 1 is as much as leaves
 * it in doubt. What the picture has become brighter by as a whole is left out.
 */
function differ(from: i32, lumaDoubt: f32): void {
  const w = widths[0]
  const h = heights[0]
  const row = rowLength()
  const own = pictureAt(from)
  const other = pictureAt(1 - from)
  const u = results[from]
  const v = u + (<usize>(w * h) << 2)
  const right = <f32>(w + MARGIN - 2)
  const bottom = <f32>(h + MARGIN - 2)
  let sum: f32 = 0
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const i = y * w + x
      const there = sampled(other, row, clampf(<f32>x + f(u, i), LOW, right), clampf(<f32>y + f(v, i), LOW, bottom))
      const d = there - f(own, y * row + x)
      put(differences, i, d)
      sum += clampf(d, -FLICKER, FLICKER)
    }
  }
  const flicker = sum / <f32>(w * h)
  const acrossAt = slopesX[from * MOST_LEVELS] + firstSample()
  const downAt = slopesY[from * MOST_LEVELS] + firstSample()
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const slope = Mathf.abs(f(acrossAt, y * row + x)) + Mathf.abs(f(downAt, y * row + x))
      put(differences, y * w + x, Mathf.abs(f(differences, y * w + x) - flicker) / (lumaDoubt + FINENESS * slope))
    }
  }
}

/**
 * How far each pixel of picture `from` can be trusted to have come from where its motion says, by the mean difference
 * of luma around it, and by how near the motion there leads back to it.
 * @param lumaDoubt of 255, @param wayDoubt in pixels: at which the one and the other leave 1/e of the trust
 */
export function judge(from: i32, lumaDoubt: f32, wayDoubt: f32): void {
  const w = widths[0]
  const h = heights[0]
  const count = w * h
  differ(from, lumaDoubt)
  for (let y = 0; y < h; y++) {
    const line = y * w
    let sum: f32 = 0
    for (let x = -RIM; x <= RIM; x++) sum += f(differences, line + clampi(x, 0, w - 1))
    for (let x = 0; x < w; x++) {
      put(rowSums, line + x, sum)
      sum += f(differences, line + min(x + RIM + 1, w - 1)) - f(differences, line + max(x - RIM, 0))
    }
  }
  const wayScale: f32 = 1 / wayDoubt
  const u = results[from]
  const v = u + (<usize>count << 2)
  const backU = results[1 - from]
  const backV = backU + (<usize>count << 2)
  const right: f32 = <f32>(w - 1) - 0.001
  const bottom: f32 = <f32>(h - 1) - 0.001
  for (let x = 0; x < w; x++) {
    let sum: f32 = 0
    for (let y = -RIM; y <= RIM; y++) sum += f(rowSums, clampi(y, 0, h - 1) * w + x)
    for (let y = 0; y < h; y++) {
      const i = y * w + x
      const e = sum / BOX
      sum += f(rowSums, min(y + RIM + 1, h - 1) * w + x) - f(rowSums, max(y - RIM, 0) * w + x)
      const mu = f(u, i)
      const mv = f(v, i)
      const tx = clampf(<f32>x + mu, 0, right)
      const ty = clampf(<f32>y + mv, 0, bottom)
      const du = (mu + sampled(backU, w, tx, ty)) * wayScale
      const dv = (mv + sampled(backV, w, tx, ty)) * wayScale
      put(certainty, i, Mathf.exp(-(e * e) - (du * du + dv * dv)))
    }
  }
}

/**
 * Catmull and Rom's spline between the second and the third of four samples: repeated moving by fractions blurs little.
 */
// @ts-ignore: decorator
@inline function splineWeight(t: f32, k: i32): f32 {
  if (k == 0) return 0.5 * t * (t * (2 - t) - 1)
  if (k == 1) return 0.5 * (t * t * (3 * t - 5) + 2)
  if (k == 2) return 0.5 * t * (t * (4 - 3 * t) + 1)
  return 0.5 * t * t * (t - 1)
}

/** Two weights, each for U and V of a sample. */
// @ts-ignore: decorator
@inline function pairOf(first: f32, second: f32): v128 {
  return f32x4(first, first, second, second)
}

// Where the pixel at work lies in the other picture: the sample above and left of that place, and how far beyond it.
let left: i32 = 0
let top: i32 = 0
let across: f32 = 0
let down: f32 = 0

/** Between the four nearest samples, at the rim of the picture. */
function bilinear(to: usize, w: i32, h: i32): void {
  const right = min(left + 1, w - 1)
  const bottom = min(top + 1, h - 1)
  for (let c = 0; c < 2; c++) {
    const above =
      f(chroma, 2 * (top * w + left) + c) * (1 - across) + f(chroma, 2 * (top * w + right) + c) * across
    const below =
      f(chroma, 2 * (bottom * w + left) + c) * (1 - across) + f(chroma, 2 * (bottom * w + right) + c) * across
    put(to, c, above * (1 - down) + below * down)
  }
}

/**
 * By the spline from the sixteen nearest samples, the first of which is at `corner`; rows are `line` bytes long. It
 * overshoots beside edges: nothing that was not there may come of moving. The weights of columns come in pairs, those
 * of rows one by one. (pmin and pmax are one instruction each; min and max, which mind what is no number, are six.)
 */
// @ts-ignore: decorator
@inline function spline(
  corner: usize, line: usize, to: usize, near: v128, far: v128, w0: v128, w1: v128, w2: v128, w3: v128
): void {
  const n0 = v128.load(corner)
  const f0 = v128.load(corner, 16)
  const n1 = v128.load(corner + line)
  const f1 = v128.load(corner + line, 16)
  const n2 = v128.load(corner + 2 * line)
  const f2 = v128.load(corner + 2 * line, 16)
  const n3 = v128.load(corner + 3 * line)
  const f3 = v128.load(corner + 3 * line, 16)
  let total = f32x4.mul(f32x4.add(f32x4.mul(n0, near), f32x4.mul(f0, far)), w0)
  total = f32x4.add(total, f32x4.mul(f32x4.add(f32x4.mul(n1, near), f32x4.mul(f1, far)), w1))
  total = f32x4.add(total, f32x4.mul(f32x4.add(f32x4.mul(n2, near), f32x4.mul(f2, far)), w2))
  total = f32x4.add(total, f32x4.mul(f32x4.add(f32x4.mul(n3, near), f32x4.mul(f3, far)), w3))
  const low = f32x4.pmin(
    f32x4.pmin(f32x4.pmin(n0, f0), f32x4.pmin(n1, f1)),
    f32x4.pmin(f32x4.pmin(n2, f2), f32x4.pmin(n3, f3))
  )
  const high = f32x4.pmax(
    f32x4.pmax(f32x4.pmax(n0, f0), f32x4.pmax(n1, f1)),
    f32x4.pmax(f32x4.pmax(n2, f2), f32x4.pmax(n3, f3))
  )
  // Both halves hold U and V, of every other column.
  const least = f32x4.pmin(low, i64x2.shuffle(low, low, 1, 0))
  const most = f32x4.pmax(high, i64x2.shuffle(high, high, 1, 0))
  const value = f32x4.add(total, i64x2.shuffle(total, total, 1, 0))
  v128.store64_lane(to, f32x4.pmin(f32x4.pmax(value, least), most), 0)
}

/** Moves `chroma`, which belongs to the other picture, to where it is in picture `from`: into `result`. */
export function move(from: i32): void {
  const w = widths[0]
  const h = heights[0]
  const u = results[from]
  const v = u + (<usize>(w * h) << 2)
  const line = <usize>w << 3
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const i = y * w + x
      const sx = clampf(<f32>x + f(u, i), 0, <f32>(w - 1))
      const sy = clampf(<f32>y + f(v, i), 0, <f32>(h - 1))
      left = <i32>sx
      top = <i32>sy
      across = sx - <f32>left
      down = sy - <f32>top
      if (left < 1 || top < 1 || left + 2 >= w || top + 2 >= h) {
        bilinear(result + (<usize>i << 3), w, h)
        continue
      }
      const near = pairOf(splineWeight(across, 0), splineWeight(across, 1))
      const far = pairOf(splineWeight(across, 2), splineWeight(across, 3))
      const w0 = f32x4.splat(splineWeight(down, 0))
      const w1 = f32x4.splat(splineWeight(down, 1))
      const w2 = f32x4.splat(splineWeight(down, 2))
      const w3 = f32x4.splat(splineWeight(down, 3))
      const corner = chroma + (<usize>((top - 1) * w + left - 1) << 3)
      spline(corner, line, result + (<usize>i << 3), near, far, w0, w1, w2, w3)
    }
  }
}

function meanOf(values: usize): f64 {
  const count = widths[0] * heights[0]
  let sum: f64 = 0
  for (let i = 0; i < count; i++) sum += <f64>f(values, i)
  return sum / <f64>count
}

/** Mean of the certainty over the picture. */
export function meanCertainty(): f64 {
  return meanOf(certainty)
}

/**
 * How much of its moved color each pixel of picture `from` keeps: max(certainty, least) (1 - pull) (1 - drift (1 -
 * origin)).
 * @param renews whether also how much has then come all the way: once for each picture
 */
export function weigh(from: i32, least: f64, pull: f64, drift: f64, renews: bool): void {
  const w = widths[0]
  const h = heights[0]
  const kept = 1 - pull
  const u = results[from]
  const v = u + (<usize>(w * h) << 2)
  const right: f32 = <f32>(w - 1) - 0.001
  const bottom: f32 = <f32>(h - 1) - 0.001
  const old = origins[origin]
  if (renews) origin = 1 - origin
  const renewed = origins[origin]
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const i = y * w + x
      let part = max(<f64>f(certainty, i), least) * kept
      if (renews) {
        const cameAll = sampled(old, w, clampf(<f32>x + f(u, i), 0, right), clampf(<f32>y + f(v, i), 0, bottom))
        part *= 1 - drift * (1 - <f64>cameAll)
        put(renewed, i, cameAll * <f32>part)
      }
      store<f64>(share + (<usize>i << 3), part)
    }
  }
}

/**
 * What the pass is told of moved `chroma`, into `told`: U and V times their share, the share, what has come all the
 * way.
 */
export function tell(): void {
  const own = origins[origin]
  for (let i = 0, count = widths[0] * heights[0]; i < count; i++) {
    const part = <f32>load<f64>(share + (<usize>i << 3))
    put(told, 4 * i, f(chroma, 2 * i) * part)
    put(told, 4 * i + 1, f(chroma, 2 * i + 1) * part)
    put(told, 4 * i + 2, part)
    put(told, 4 * i + 3, f(own, i))
  }
}

/** Mixes `chroma`, which has been moved, with `others` into `result`: of the first a pixel gets its share. */
export function mix(): void {
  const one = f64x2.splat(1)
  for (let i = 0, count = widths[0] * heights[0]; i < count; i++) {
    const o = <usize>i << 3
    const part = v128.load64_splat(share + o)
    const a = f64x2.promote_low_f32x4(v128.load64_zero(chroma + o))
    const b = f64x2.promote_low_f32x4(v128.load64_zero(others + o))
    const mixed = f64x2.add(f64x2.mul(part, a), f64x2.mul(f64x2.sub(one, part), b))
    v128.store64_lane(result + o, f32x4.demote_f64x2_zero(mixed), 0)
  }
}

/**
 * Draws `chroma` toward `others`, of which `arrived` has come all the way from where they are right, `pictures` from
 * here: into `result`. Each pixel goes arrived / (arrived + max(origin, least) pictures) of its way.
 */
export function draw(least: f32, pictures: f32): void {
  const own = origins[origin]
  for (let i = 0, count = widths[0] * heights[0]; i < count; i++) {
    const theirs = f(arrived, i)
    const part = theirs / (theirs + Mathf.max(f(own, i), least) * pictures)
    for (let c = 2 * i; c < 2 * i + 2; c++) {
      const value = f(chroma, c)
      put(result, c, value + part * (f(others, c) - value))
    }
  }
}

/**
 * Joins `others`, of which `arrived` has come all the way from where colors set out, to `chroma`: into `result`. Where
 * more of theirs has come than of its own, a pixel goes `ease` of what makes up for it; what has come all the way is
 * renewed.
 * @returns mean over the picture of how much more of theirs has come
 */
export function join(ease: f32): f64 {
  const own = origins[origin]
  const count = widths[0] * heights[0]
  let gained: f64 = 0
  for (let i = 0; i < count; i++) {
    const came = f(own, i)
    const more = f(arrived, i) - came
    const part: f32 = more > 0 ? (ease * more) / (1 - came) : 0
    for (let c = 2 * i; c < 2 * i + 2; c++) {
      const value = f(chroma, c)
      put(result, c, value + part * (f(others, c) - value))
    }
    if (more <= 0) continue
    put(own, i, came + part * more)
    gained += <f64>more
  }
  return gained / <f64>count
}

/** Mean over the picture of how much of each pixel's color has come all the way. */
export function meanOrigin(): f64 {
  return meanOf(origins[origin])
}
