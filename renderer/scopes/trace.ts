/** Densities as pictures: few hits glow faintly, many are bright, as on a phosphor screen. */

const SHADES = 1024

/** Brightness 0..255 by hits; each doubling adds the same. */
function shades(full: number): Uint8ClampedArray {
  const scale = 255 / Math.log2(1 + full)
  return Uint8ClampedArray.from({ length: SHADES }, (_, hits) =>
    hits === 0 ? 0 : 48 + Math.log2(1 + hits) * scale * 0.81,
  )
}

/**
 * @param density hits per cell
 * @param full hits that show at full brightness
 * @param colors of the cells, as packColor gives them
 * @param image R, G, B, A of each cell; written
 */
export function drawTrace(density: Uint32Array, full: number, colors: Uint32Array, image: Uint8ClampedArray): void {
  const brightness = shades(full)
  const pixels = new Uint32Array(image.buffer, image.byteOffset, density.length)
  for (let cell = 0; cell < density.length; cell++) {
    const hits = density[cell]!
    pixels[cell] = hits === 0 ? 0 : (brightness[hits < SHADES ? hits : SHADES - 1]! << 24) | colors[cell]!
  }
}

/** R, G, B (0..255) as drawTrace takes them: image memory is R, G, B, A in ascending bytes. */
export function packColor(red: number, green: number, blue: number): number {
  return red | (green << 8) | (blue << 16)
}
