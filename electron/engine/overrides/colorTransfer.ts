/**
 * Carries the colors of one picture over to another that shows something else: the linear Monge-Kantorovich map of
 * Pitie and Kokaram 2007 between the two clouds of chroma, made anew for each range of luma, since light skin, dark
 * cloth and sky must not share one map. Luma is matched by mean and deviation first (Welsh et al. 2002).
 */

/** Luma ranges overlap by half, like tents. */
const RANGES = 9
/** Variance added to both clouds: a nearly gray picture is not blown up by more than about three times. */
const SOFTENING = 1e-3
/** Share of the whole picture's colors in each range's, so that a range of few pixels does not stand alone. */
const COMMON = 0.02

interface Cloud {
  readonly u: number
  readonly v: number
  readonly uu: number
  readonly uv: number
  readonly vv: number
}

interface Moments {
  readonly mean: number
  readonly deviation: number
}

export interface ColoredCells {
  /** 0..1 */
  readonly luma: Float32Array
  /** U and V interleaved */
  readonly chroma: Float32Array
  /** 0..1, how much each cell counts; null for all the same. */
  readonly weight: Float32Array | null
}

/** @returns new chroma for `target`, of its size. Taking colors from a picture of the same colors changes nothing. */
export function transferColors(target: ColoredCells, reference: ColoredCells): Float32Array {
  const from = moments(target)
  const to = moments(reference)
  const gain = Math.min(2, Math.max(0.5, (to.deviation + 0.01) / (from.deviation + 0.01)))
  const matched = target.luma.map((y) => Math.min(1, Math.max(0, (y - from.mean) * gain + to.mean)))
  const before = clouds({ ...target, luma: matched })
  const after = clouds(reference)
  const maps = before.map((cloud, k) => mapBetween(cloud, after[k]!))
  const result = new Float32Array(target.chroma.length)
  for (let i = 0; i < matched.length; i++) {
    const position = matched[i]! * (RANGES - 1)
    const k = Math.min(RANGES - 2, Math.floor(position))
    const share = position - k
    const u = target.chroma[2 * i]!
    const v = target.chroma[2 * i + 1]!
    const [au, av] = maps[k]!(u, v)
    const [bu, bv] = maps[k + 1]!(u, v)
    result[2 * i] = Math.min(0.5, Math.max(-0.5, au + (bu - au) * share))
    result[2 * i + 1] = Math.min(0.5, Math.max(-0.5, av + (bv - av) * share))
  }
  return result
}

function moments({ luma, weight }: ColoredCells): Moments {
  let n = 0
  let sum = 0
  let squares = 0
  for (let i = 0; i < luma.length; i++) {
    const w = weight ? weight[i]! : 1
    n += w
    sum += w * luma[i]!
    squares += w * luma[i]! * luma[i]!
  }
  if (n === 0) return { mean: 0.5, deviation: 0 }
  const mean = sum / n
  return { mean, deviation: Math.sqrt(Math.max(0, squares / n - mean * mean)) }
}

/** Mean and covariance of chroma around each of RANGES lumas, 0..1. */
function clouds({ luma, chroma, weight }: ColoredCells): Cloud[] {
  const sums = Array.from(
    { length: RANGES + 1 },
    () => [0, 0, 0, 0, 0, 0] as [number, number, number, number, number, number],
  )
  const whole = sums[RANGES]!
  const add = (into: number[], w: number, u: number, v: number): void => {
    into[0]! += w
    into[1]! += w * u
    into[2]! += w * v
    into[3]! += w * u * u
    into[4]! += w * u * v
    into[5]! += w * v * v
  }
  for (let i = 0; i < luma.length; i++) {
    const w = weight ? weight[i]! : 1
    const u = chroma[2 * i]!
    const v = chroma[2 * i + 1]!
    const position = Math.min(1, Math.max(0, luma[i]!)) * (RANGES - 1)
    const k = Math.min(RANGES - 2, Math.floor(position))
    add(sums[k]!, w * (k + 1 - position), u, v)
    add(sums[k + 1]!, w * (position - k), u, v)
    add(whole, w, u, v)
  }
  return sums.slice(0, RANGES).map((range) => {
    const [n, u, v, uu, uv, vv] = range.map((value, j) => value + COMMON * whole[j]!) as typeof whole
    if (n === 0) return { u: 0, v: 0, uu: SOFTENING, uv: 0, vv: SOFTENING }
    const meanU = u / n
    const meanV = v / n
    return {
      u: meanU,
      v: meanV,
      uu: Math.max(0, uu / n - meanU * meanU) + SOFTENING,
      uv: uv / n - meanU * meanV,
      vv: Math.max(0, vv / n - meanV * meanV) + SOFTENING,
    }
  })
}

type Symmetric = readonly [uu: number, uv: number, vv: number]

/** Of a positive definite 2 x 2 matrix: (M + sqrt(det M) I) / sqrt(trace M + 2 sqrt(det M)). */
function squareRoot([a, b, c]: Symmetric): Symmetric {
  const root = Math.sqrt(Math.max(0, a * c - b * b))
  const scale = 1 / Math.sqrt(a + c + 2 * root)
  return [(a + root) * scale, b * scale, (c + root) * scale]
}

function inverse([a, b, c]: Symmetric): Symmetric {
  const determinant = a * c - b * b
  return [c / determinant, -b / determinant, a / determinant]
}

/** S M S for symmetric S and M. */
function around([a, b, c]: Symmetric, [p, q, r]: Symmetric): Symmetric {
  const [x, y, z, w] = [a * p + b * q, a * q + b * r, b * p + c * q, b * q + c * r]
  return [x * a + y * b, x * b + y * c, z * b + w * c]
}

/**
 * T = A^-1/2 (A^1/2 B A^1/2)^1/2 A^-1/2: of all maps that turn one cloud into the other, the one that moves colors
 * least.
 */
function mapBetween(from: Cloud, to: Cloud): (u: number, v: number) => [number, number] {
  const root = squareRoot([from.uu, from.uv, from.vv])
  const [a, b, c] = around(inverse(root), squareRoot(around(root, [to.uu, to.uv, to.vv])))
  return (u, v) => {
    const du = u - from.u
    const dv = v - from.v
    return [to.u + a * du + b * dv, to.v + b * du + c * dv]
  }
}
