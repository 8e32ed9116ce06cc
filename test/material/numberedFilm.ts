/** Films whose pictures say which they are: a row of fields, light for a one and dark for a zero, on a still ground. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { ffmpeg } from './films.ts'

const BITS = 11
const WIDTH = 352
const HEIGHT = 180
const FIELD = WIDTH / BITS
/** For reading the number: the fields lie side by side in the upper 32 rows, the lowest bit first. */
export const NUMBERED = { bits: BITS, width: WIDTH, height: HEIGHT } as const

/** Everything H.264 does: pictures that refer to later ones, one keyframe in so many frames. */
export const groupsOf = (frames: number): string[] => [
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-crf', '12'],
  ...['-x264-params', `keyint=${frames}:min-keyint=${frames}:scenecut=0`],
]

export async function drawNumberedFilm(
  folder: string,
  name: string,
  {
    frames,
    codec,
    filters = [],
    output = [],
  }: { frames: number; codec: readonly string[]; filters?: readonly string[]; output?: readonly string[] },
): Promise<string> {
  const path = join(folder, name)
  const field = (bit: number): string =>
    `drawbox=x=${bit * FIELD}:y=0:w=${FIELD}:h=32:c=white:t=fill:enable='mod(floor(n/${2 ** bit}),2)'`
  const fields = Array.from({ length: BITS }, (_, bit) => field(bit))
  const source = `color=0x606060:size=${WIDTH}x${HEIGHT}:rate=24`
  await ffmpeg([
    ...['-f', 'lavfi', '-i', source, '-frames:v', `${frames}`],
    ...['-vf', ['format=yuv420p', ...fields, ...filters].join(','), '-fps_mode', 'passthrough'],
    ...codec,
    ...output,
    `file:${path}`,
  ])
  return path
}

/** @param luma of a picture of a numbered film, of any size */
export function numberIn(luma: ArrayLike<number>, width: number, height: number): number {
  let number = 0
  for (let bit = 0; bit < BITS; bit++) {
    const x = Math.floor(((bit + 0.5) * width) / BITS)
    if (luma[Math.floor((16 * height) / HEIGHT) * width + x]! > 170) number += 2 ** bit
  }
  return number
}

/** Luma of JPEGs that have one size, decoded by ffmpeg. */
export async function lumasOf(
  jpegs: readonly Uint8Array[],
  width: number,
  height: number,
): Promise<readonly Uint8Array[]> {
  const { path } = await locateFfmpeg()
  const args = ['-v', 'error', '-f', 'mjpeg', '-i', '-', '-fps_mode', 'passthrough']
  const raw = await new Promise<Buffer>((resolve, reject) => {
    const options = { encoding: 'buffer', maxBuffer: 2 ** 28 } as const
    const child = execFile(
      path,
      [...args, '-vf', 'extractplanes=y', '-f', 'rawvideo', '-'],
      options,
      (error, stdout) => (error ? reject(new Error(error.message)) : resolve(stdout)),
    )
    child.stdin?.end(Buffer.concat(jpegs))
  })
  if (raw.length !== jpegs.length * width * height) throw new Error(`${raw.length} bytes of ${jpegs.length} pictures`)
  return jpegs.map((_, n) => raw.subarray(n * width * height, (n + 1) * width * height))
}
