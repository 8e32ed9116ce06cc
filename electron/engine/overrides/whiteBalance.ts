/** Warmer, cooler, greener, pinker: what a shift of the light's color does to chroma. */

/** Gain of red and loss of blue (or of green against both) at full strength. */
const STRONGEST = 0.3
/** BT.601: weights of R, G, B in luma; U = (B - Y) / 1.772, V = (R - Y) / 1.402. */
const [KR, KG, KB] = [0.299, 0.587, 0.114]

function chromaShift(red: number, green: number, blue: number): readonly [u: number, v: number] {
  const luma = KR * red + KG * green + KB * blue
  return [((blue - luma) / 1.772) * STRONGEST, ((red - luma) / 1.402) * STRONGEST]
}
const WARM = chromaShift(1, 0, -1)
const MAGENTA = chromaShift(0.5, -1, 0.5)

/**
 * Chroma that is added per unit of luma, as a filter before the lens adds it: black stays black, mid grays take color.
 * @param temperature -1 is cool (blue), 1 is warm (amber)
 * @param tint -1 is green, 1 is magenta
 */
export function balanceShift(temperature: number, tint: number): readonly [u: number, v: number] {
  return [temperature * WARM[0] + tint * MAGENTA[0], temperature * WARM[1] + tint * MAGENTA[1]]
}
