/**
 * The curve by which the samples of a film become light itself, as a table that ffmpeg's filter 'lut1d' reads.
 *
 * Compositors expect OpenEXR to hold scene-linear light, and show it through the curve of an sRGB screen. So a film is
 * brought to light by the inverse of that very curve (IEC 61966-2-1), whatever its own tag says of cameras: the
 * pictures then look in a compositor's viewer as they do in this program's, and come back the same when they are opened
 * here, where OpenEXR is brought to the curve of sRGB. White is 1, black 0, and no sample is below or above.
 */
import { writeFile } from 'node:fs/promises'

/** Between entries ffmpeg interpolates; with so many the error is below half floats' own. */
const ENTRIES = 16385

function lightOf(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

/** Writes the table, in the form of Adobe's and Resolve's .cube files. */
export async function writeLightCurve(path: string): Promise<void> {
  const lines = Array.from({ length: ENTRIES }, (_, n) => {
    const light = lightOf(n / (ENTRIES - 1)).toPrecision(9)
    return `${light} ${light} ${light}`
  })
  await writeFile(path, `LUT_1D_SIZE ${ENTRIES}\n${lines.join('\n')}\n`)
}
