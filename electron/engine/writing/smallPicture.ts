/** One frame as a small picture, upright and in square pixels: to be shown in a report or on a sheet. */
import { exportFormat } from '../../contract/formats.ts'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { eachLine, exited, LogTail, quietArgs, spawnFfmpeg } from '../ffmpeg/runFfmpeg.ts'
import type { Planes } from '../picture/pixelLayout.ts'
import type { Footage } from '../reading/footage.ts'
import { pictureFilters } from './pictureFilters.ts'

const QUALITY = '4'

/** A whole JPEG file, or bare samples of red, green and blue. */
const writing = {
  jpeg: { format: 'yuvj420p', matrix: 'bt601', args: ['-c:v', 'mjpeg', '-q:v', QUALITY, '-f', 'image2pipe'] },
  rgb: { format: 'rgb24', matrix: 'auto', args: ['-f', 'rawvideo'] },
} as const

/**
 * @param height of the picture, in pixels
 * @throws UserError 'ffmpeg-failed'
 */
export async function smallPicture(
  tools: FfmpegTools,
  footage: Footage,
  { layout, y, u, v }: Planes,
  height: number,
  as: keyof typeof writing,
): Promise<Uint8Array> {
  const { format, matrix, args } = writing[as]
  const upright = pictureFilters(footage, layout, exportFormat('png-sequence'), 'rgb24', null)
  const scale = `scale=w='trunc(iw*sar*${height}/ih/2)*2':h=${height}:flags=area:out_range=full:out_color_matrix=${matrix}`
  const child = spawnFfmpeg(tools, [
    ...quietArgs,
    '-v',
    'level+warning',
    '-f',
    'rawvideo',
    '-pix_fmt',
    layout.ffmpegName,
    '-s',
    `${layout.width}x${layout.height}`,
    '-i',
    'pipe:0',
    '-frames:v',
    '1',
    '-vf',
    [...upright, scale, 'setsar=1', `format=${format}`].join(','),
    ...args,
    'pipe:1',
  ])
  const done = exited(child)
  const log = new LogTail()
  const parts: Buffer[] = []
  eachLine(child.stderr, (line) => log.add(`${line}\n`))
  child.stdout.on('data', (part: Buffer) => parts.push(part))
  child.stdin.on('error', () => undefined)
  for (const plane of [y, u, v])
    if (plane) child.stdin.write(Buffer.from(plane.buffer, plane.byteOffset, plane.byteLength))
  child.stdin.end()
  if ((await done) === 0 && parts.length > 0) return Uint8Array.from(Buffer.concat(parts))
  throw new UserError(
    'ffmpeg-failed',
    sentence`The picture could not be written: ffmpeg stopped.`,
    sentence`Try again, or choose another place. The footage is unharmed.`,
    log.lines(6),
  )
}
