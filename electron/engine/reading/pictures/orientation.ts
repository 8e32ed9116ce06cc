/**
 * How a stored picture is brought upright. Films from cameras lie on their side or are mirrored, and have a matrix that
 * says how to show them.
 */
import { upright, type Orientation } from '../../../contract/orientation.ts'
import type { FootageInfo } from '../../../contract/schemas.ts'
import { cancelled } from '../../../contract/userError.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { exited, quietArgs, spawnFfmpeg } from '../../ffmpeg/runFfmpeg.ts'

const turns: Readonly<Record<number, readonly string[]>> = {
  0: [],
  90: ['transpose=clock'],
  180: ['hflip', 'vflip'],
  270: ['transpose=cclock'],
}

/** ffmpeg's filters from the stored picture to the upright one. */
export function uprightFilters({ rotation, mirrored }: Orientation): string[] {
  return [...(mirrored ? ['hflip'] : []), ...(turns[rotation] ?? [])]
}

/** And back. */
export function storedFilters({ rotation, mirrored }: Orientation): string[] {
  return [...(turns[(360 - rotation) % 360] ?? []), ...(mirrored ? ['hflip'] : [])]
}

interface Gray {
  readonly width: number
  readonly height: number
  readonly samples: Uint8Array
}

/**
 * Where a pixel of the stored picture lies in the upright one.
 * @param size of the stored picture
 */
export function placeUpright(
  x: number,
  y: number,
  { width, height }: Pick<Gray, 'width' | 'height'>,
  { rotation, mirrored }: Orientation,
): [across: number, down: number] {
  const across = mirrored ? width - 1 - x : x
  if (rotation === 90) return [height - 1 - y, across]
  if (rotation === 180) return [width - 1 - across, height - 1 - y]
  return rotation === 270 ? [y, width - 1 - across] : [across, y]
}

/** 8-bit gray of the stored picture, brought upright. */
function oriented({ width, height, samples }: Gray, orientation: Orientation): Gray {
  const lying = orientation.rotation % 180 !== 0
  const [w, h] = lying ? [height, width] : [width, height]
  const out = new Uint8Array(w * h)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [across, down] = placeUpright(x, y, { width, height }, orientation)
      out[down * w + across] = samples[y * width + x]!
    }
  }
  return { width: w, height: h, samples: out }
}

/** Pictures compared; the first ones of a film may be black, and tell nothing. */
const COMPARED = 12

async function firstPictures(
  tools: FfmpegTools,
  inputArgs: readonly string[],
  stream: number,
  turn: boolean,
  bytes: number,
  signal?: AbortSignal,
): Promise<Uint8Array[]> {
  const child = spawnFfmpeg(tools, [
    '-nostdin',
    ...quietArgs,
    '-v',
    'quiet',
    ...(turn ? [] : ['-noautorotate']),
    ...inputArgs,
    '-map',
    `0:${stream}`,
    '-frames:v',
    `${COMPARED}`,
    '-fps_mode',
    'passthrough',
    '-pix_fmt',
    'gray',
    '-f',
    'rawvideo',
    '-',
  ])
  const kill = (): void => child.kill()
  signal?.addEventListener('abort', kill, { once: true })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.resume()
  try {
    await exited(child)
    if (signal?.aborted) throw cancelled()
  } finally {
    signal?.removeEventListener('abort', kill)
  }
  const all = Buffer.concat(chunks)
  return Array.from({ length: Math.floor(all.length / bytes) }, (_, n) => all.subarray(n * bytes, (n + 1) * bytes))
}

/**
 * How ffmpeg shows a film that has a display matrix. Its messages give the angle alone, and that of a mirrored picture
 * is another one's; so some pictures are looked at, as they are stored and as they are shown.
 * @param printed counter-clockwise turn by ffmpeg's message; null where the film has no matrix
 */
export async function findOrientation(
  tools: FfmpegTools,
  inputArgs: readonly string[],
  stream: number,
  printed: number | null,
  size: Pick<FootageInfo, 'width' | 'height'>,
  signal?: AbortSignal,
): Promise<Orientation> {
  if (printed === null) return upright
  const rotation = (((360 - Math.round(printed / 90) * 90) % 360) + 360) % 360
  const bytes = size.width * size.height
  const stored = await firstPictures(tools, inputArgs, stream, false, bytes, signal)
  const shown = await firstPictures(tools, inputArgs, stream, true, bytes, signal)
  const all = [rotation, 0, 90, 180, 270].flatMap((turn) =>
    [false, true].map((mirrored) => ({ rotation: turn, mirrored })),
  )
  const fitting = all.filter((way) =>
    stored.every(
      (samples, n) =>
        shown[n] !== undefined && Buffer.compare(oriented({ ...size, samples }, way).samples, shown[n]) === 0,
    ),
  )
  return fitting[0] ?? { rotation, mirrored: false }
}
