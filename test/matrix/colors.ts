/** The colors that the films of the matrix are exported in, and how near to them an export comes. */
import { readFile } from 'node:fs/promises'
import { exportFormat, type ExportFormatId } from '../../electron/contract/formats.ts'
import { chromaSize, type PixelLayout, type Plane } from '../../electron/engine/picture/pixelLayout.ts'
import { chromaScale, lumaScale, lumaWeights } from '../../electron/engine/picture/sampleScale.ts'
import { ffmpeg } from '../material/films.ts'
import { HEIGHT, WIDTH, type Source } from './sources.ts'

/** Differences of blue and red from luma, -0.5 to 0.5: the left half is warm, the right one cold. */
const halves = [
  { u: -0.12, v: 0.14 },
  { u: 0.14, v: -0.08 },
] as const

/** The same colors in each picture. */
export function drawnChroma(layout: PixelLayout): { u: Plane; v: Plane } {
  const [width, height] = chromaSize(layout)
  const { gain, neutral } = chromaScale(layout)
  const View = layout.bitDepth > 8 ? Uint16Array : Uint8Array
  const plane = (of: 'u' | 'v'): Plane =>
    new View(width * height).map((_, n) => Math.round(neutral + gain * halves[(n % width) * 2 < width ? 0 : 1][of]))
  return { u: plane('u'), v: plane('v') }
}

type Rgb = readonly [red: number, green: number, blue: number]

/**
 * The mean color of each half, 0 to 1. Luma and the differences of red and blue from it stay where a format's pictures
 * are in another matrix; green follows by that matrix.
 * @param lumas mean code values of the film's luma
 */
export function askedColors(source: Source, lumas: readonly [number, number], id: ExportFormatId): readonly Rgb[] {
  const { gain, offset } = lumaScale({ bitDepth: source.depth, range: source.range })
  const [kr, kb] = lumaWeights[source.matrix]
  const [toRed, toBlue] = lumaWeights[exportFormat(id).matrix ?? source.matrix]
  return halves.map(({ u, v }, n) => {
    const y = lumas[n]! * gain + offset
    const [red, blue] = [y + 2 * (1 - kr) * v, y + 2 * (1 - kb) * u]
    return [red, (y - toRed * red - toBlue * blue) / (1 - toRed - toBlue), blue]
  })
}

/** From light itself to the curve of an sRGB screen, IEC 61966-2-1. */
const onScreen = (light: number): number => (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055)

/**
 * The first picture as ffmpeg shows it, in RGB of 16 bits.
 * @param input arguments that name the export
 * @param isLight whether its samples are of light itself; not every version of ffmpeg would bring them to a curve
 */
export async function firstPicture(input: readonly string[], raw: string, isLight: boolean): Promise<Uint16Array> {
  await ffmpeg([
    ...['-noautorotate', ...input, '-map', '0:V:0', '-frames:v', '1'],
    ...['-vf', 'scale=flags=accurate_rnd+full_chroma_int+full_chroma_inp'],
    ...['-pix_fmt', isLight ? 'gbrpf32le' : 'rgb48le', '-f', 'rawvideo', raw],
  ])
  const bytes = await readFile(raw)
  if (!isLight) return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2)
  // Planes of green, blue and red.
  const planes = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  const count = planes.length / 3
  return Uint16Array.from(planes, (_, n) => {
    const light = planes[((n + 2) % 3) * count + Math.floor(n / 3)]!
    return Math.round(onScreen(Math.min(1, Math.max(0, light))) * 65535)
  })
}

/** How far the farthest of the means is off, of 255. */
export function colorError(picture: Uint16Array, asked: readonly Rgb[]): number {
  const sums = asked.map(() => [0, 0, 0])
  for (let n = 0; n < picture.length; n++) {
    const half = (Math.floor(n / 3) % WIDTH) * 2 < WIDTH ? 0 : 1
    sums[half]![n % 3]! += picture[n]!
  }
  const count = (WIDTH * HEIGHT) / 2
  return Math.max(
    ...sums.flatMap((sum, half) =>
      sum.map((value, channel) => Math.abs((value / count / 65535 - asked[half]![channel]!) * 255)),
    ),
  )
}
