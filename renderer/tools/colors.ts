/** Chroma as the screen shows it: BT.601 full range, as U and V are defined for the networks. */
import type { ChromaColor } from '../../electron/contract/operations.ts'

/** sRGB bytes of a chroma at a luma 0..1, drawn toward gray where it has no room (hue stays). */
export function rgbOf(
  { u, v }: Pick<ChromaColor, 'u' | 'v'>,
  luma: number,
): [red: number, green: number, blue: number] {
  const blue = 1.772 * u
  const red = 1.402 * v
  const green = -(0.299 * red + 0.114 * blue) / 0.587
  const used = Math.max(Math.max(red, green, blue) / (1 - luma + 1e-6), -Math.min(red, green, blue) / (luma + 1e-6), 1)
  return [red, green, blue].map((part) => Math.round(255 * Math.min(1, Math.max(0, luma + part / used)))) as [
    number,
    number,
    number,
  ]
}

export const cssOf = (color: Pick<ChromaColor, 'u' | 'v'>, luma = 0.55): string =>
  `rgb(${rgbOf(color, luma).join(' ')})`

/** Of sRGB bytes. */
export function chromaOf(red: number, green: number, blue: number): { u: number; v: number } {
  const luma = 0.299 * red + 0.587 * green + 0.114 * blue
  const limit = (value: number): number => Math.min(0.5, Math.max(-0.5, value))
  return { u: limit((blue - luma) / 1.772 / 255), v: limit((red - luma) / 1.402 / 255) }
}
