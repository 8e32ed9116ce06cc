/** Colorings that outlive the networks that made them: frozen pins, locks. */
import { AreaScaler } from '../picture/areaAverage.ts'
import type { NetworkChroma } from '../picture/networkPictures.ts'

/** A coloring that networks of another size made, at the size of those at work. */
export function resizedChroma(chroma: NetworkChroma, width: number, height: number): NetworkChroma {
  if (chroma.width === width && chroma.height === height) return chroma
  const scaler = new AreaScaler(chroma.width, chroma.height, width, height)
  const values = new Float32Array(2 * width * height)
  const plane = new Float32Array(chroma.width * chroma.height)
  const small = new Float32Array(width * height)
  for (let channel = 0; channel < 2; channel++) {
    // The scaler keeps to 0 and above, so chroma is lifted and lowered again.
    for (let i = 0; i < plane.length; i++) plane[i] = chroma.values[2 * i + channel]! + 1
    scaler.scale(plane, small, 1, 0, 2)
    for (let i = 0; i < small.length; i++) values[2 * i + channel] = small[i]! - 1
  }
  return { width, height, values }
}
