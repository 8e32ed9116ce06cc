/** Averages over windows of a grid, in time that does not depend on the window's size. */

/**
 * Mean of the (2 rx + 1) x (2 ry + 1) cells around each cell; at the border of those that exist. Radii: whole numbers.
 */
function boxMean(values: Float32Array, width: number, height: number, rx: number, ry: number): Float32Array {
  const across = rx > 0 ? new Float32Array(values.length) : values
  for (let y = 0; rx > 0 && y < height; y++) {
    const start = y * width
    let sum = 0
    for (let x = 0; x < Math.min(rx, width); x++) sum += values[start + x]!
    for (let x = 0; x < width; x++) {
      if (x + rx < width) sum += values[start + x + rx]!
      if (x - rx - 1 >= 0) sum -= values[start + x - rx - 1]!
      across[start + x] = sum / (Math.min(width - 1, x + rx) - Math.max(0, x - rx) + 1)
    }
  }
  if (ry === 0) return across === values ? values.slice() : across
  const down = new Float32Array(values.length)
  const sums = new Float64Array(width)
  for (let y = -ry; y < height; y++) {
    const enter = y + ry
    if (enter >= 0 && enter < height) for (let x = 0; x < width; x++) sums[x]! += across[enter * width + x]!
    if (y < 0) continue
    const leave = y - ry - 1
    if (leave >= 0) for (let x = 0; x < width; x++) sums[x]! -= across[leave * width + x]!
    const share = 1 / (Math.min(height - 1, enter) - Math.max(0, y - ry) + 1)
    for (let x = 0; x < width; x++) down[y * width + x] = sums[x]! * share
  }
  return down
}

/**
 * Three box means: close to a Gaussian.
 * @param columns, rows width of a hard edge afterwards (four standard deviations, 2 % to 98 %), in cells; 0 leaves it
 *   hard
 */
export function soften(
  values: Float32Array,
  width: number,
  height: number,
  columns: number,
  rows: number,
): Float32Array {
  // Three boxes of radius r have the variance r (r + 1); the standard deviation wanted is a quarter of the width.
  const radius = (edge: number): number => Math.round((Math.sqrt(1 + (edge * edge) / 4) - 1) / 2)
  const rx = Math.min(width, radius(columns))
  const ry = Math.min(height, radius(rows))
  let soft = values
  for (let pass = 0; pass < 3 && rx + ry > 0; pass++) soft = boxMean(soft, width, height, rx, ry)
  return soft
}

/**
 * Draws `values` to the edges of `guide`: the guided filter of He et al. 2013 for one channel, both of one size.
 * @param flat variance of the guide below which an area counts as flat and is only averaged
 */
export function guidedFilter(
  guide: Float32Array,
  values: Float32Array,
  width: number,
  height: number,
  rx: number,
  ry: number,
  flat: number,
): Float32Array {
  const mean = (of: Float32Array): Float32Array => boxMean(of, width, height, rx, ry)
  const guideMean = mean(guide)
  const valueMean = guide === values ? guideMean : mean(values)
  const variance = mean(guide.map((g) => g * g))
  const covariance = guide === values ? variance : mean(guide.map((g, i) => g * values[i]!))
  const slope = new Float32Array(guide.length)
  const offset = new Float32Array(guide.length)
  for (let i = 0; i < guide.length; i++) {
    const g = guideMean[i]!
    slope[i] = (covariance[i]! - g * valueMean[i]!) / (Math.max(0, variance[i]! - g * g) + flat)
    offset[i] = valueMean[i]! - slope[i]! * g
  }
  const slopes = mean(slope)
  const offsets = mean(offset)
  return guide.map((g, i) => slopes[i]! * g + offsets[i]!)
}
