/** Waveform: how often each level occurs in each column of the picture; of luma, or of R, G and B beside each other. */
import type { ColorMatrix } from '../../electron/contract/schemas.ts'
import { lumaWeights, type Readback } from './readback.ts'
import { packColor } from './trace.ts'

export const WAVEFORM_COLUMNS = 360
/** Two code values in each: films of limited range leave out every seventh of 256, which would show as dark lines. */
export const WAVEFORM_LEVELS = 128

export type WaveformKind = 'luma' | 'parade'

/**
 * Adds one for each sample to the cell of its column and level.
 * @param density WAVEFORM_LEVELS rows of WAVEFORM_COLUMNS, white on top; cleared first. A parade has R, G and B in a
 *   third of the columns each.
 */
export function measureWaveform(
  { pixels, width }: Readback,
  matrix: ColorMatrix,
  kind: WaveformKind,
  density: Uint32Array,
): void {
  density.fill(0)
  const columns = kind === 'luma' ? WAVEFORM_COLUMNS : WAVEFORM_COLUMNS / 3
  const columnOf = Int32Array.from({ length: width }, (_, x) => Math.floor(((x + 0.5) / width) * columns))
  if (kind === 'luma') measureLuma(pixels, columnOf, matrix, density)
  else measureParade(pixels, columnOf, density)
}

function measureLuma(
  pixels: Readback['pixels'],
  columnOf: Int32Array,
  matrix: ColorMatrix,
  density: Uint32Array,
): void {
  const [kr, kg, kb] = lumaWeights[matrix]
  for (let i = 0, x = 0; i + 3 < pixels.length; i += 4) {
    if (pixels[i + 3] !== 0) {
      const level = (kr * pixels[i]! + kg * pixels[i + 1]! + kb * pixels[i + 2]! + 0.5) | 0
      density[((255 - level) >> 1) * WAVEFORM_COLUMNS + columnOf[x]!]!++
    }
    if (++x === columnOf.length) x = 0
  }
}

function measureParade(pixels: Readback['pixels'], columnOf: Int32Array, density: Uint32Array): void {
  const third = WAVEFORM_COLUMNS / 3
  for (let i = 0, x = 0; i + 3 < pixels.length; i += 4) {
    if (pixels[i + 3] !== 0) {
      const column = columnOf[x]!
      density[((255 - pixels[i]!) >> 1) * WAVEFORM_COLUMNS + column]!++
      density[((255 - pixels[i + 1]!) >> 1) * WAVEFORM_COLUMNS + column + third]!++
      density[((255 - pixels[i + 2]!) >> 1) * WAVEFORM_COLUMNS + column + 2 * third]!++
    }
    if (++x === columnOf.length) x = 0
  }
}

/** Lines at 0, 25, 50, 75 and 100 % of the way from black to white. */
export const waveformLines: readonly { readonly percent: number; readonly y: number }[] = [0, 25, 50, 75, 100].map(
  (percent) => ({
    percent,
    y: 1 - (percent * 2.55 + 0.5) / 256,
  }),
)

/** Colors of the cells (trace.ts): gray for luma, their own for the thirds of a parade. */
export function waveformColors(kind: WaveformKind): Uint32Array {
  const parade = [packColor(255, 96, 88), packColor(96, 232, 112), packColor(104, 152, 255)]
  const gray = packColor(214, 220, 214)
  return Uint32Array.from({ length: WAVEFORM_LEVELS * WAVEFORM_COLUMNS }, (_, cell) =>
    kind === 'luma' ? gray : parade[Math.floor(((cell % WAVEFORM_COLUMNS) * 3) / WAVEFORM_COLUMNS)]!,
  )
}
