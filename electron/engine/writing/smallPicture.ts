/** One frame as a small picture, upright and in square pixels: to be shown in a report or on a sheet. */
import { exportFormat } from '../../contract/formats.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import type { Planes } from '../picture/pixelLayout.ts'
import type { Footage } from '../reading/footage.ts'
import { encodeRaw, pictureFailed, rawSamples } from './encodeRaw.ts'
import { pictureFilters } from './filters/pictureFilters.ts'

const QUALITY = '4'

/** A whole JPEG file, or bare samples of red, green and blue. */
const writing = {
  jpeg: {
    format: 'yuvj420p',
    scale: ':out_color_matrix=bt601',
    args: ['-c:v', 'mjpeg', '-q:v', QUALITY, '-f', 'image2pipe'],
  },
  // RGB has no matrix: ffmpeg 9 refuses the 'auto' that its documentation names.
  rgb: { format: 'rgb24', scale: '', args: ['-f', 'rawvideo'] },
} as const

/**
 * @param height of the picture, in pixels
 * @throws UserError 'ffmpeg-failed'
 */
export async function smallPicture(
  tools: FfmpegTools,
  footage: Footage,
  planes: Planes,
  height: number,
  as: keyof typeof writing,
): Promise<Uint8Array> {
  const { format, scale: more, args } = writing[as]
  const upright = pictureFilters(footage, planes.layout, exportFormat('png-sequence'), 'rgb24', null, null)
  const scale = `scale=w='trunc(iw*sar*${height}/ih/2)*2':h=${height}:flags=area:out_range=full${more}`
  const filters = [...upright, scale, 'setsar=1', `format=${format}`].join(',')
  const { bytes, trouble } = await encodeRaw(tools, rawSamples(planes), ['-vf', filters, ...args, 'pipe:1'])
  if (trouble !== null || bytes.length === 0) throw pictureFailed(trouble)
  return bytes
}
