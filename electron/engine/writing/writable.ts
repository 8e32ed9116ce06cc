/**
 * Which formats an ffmpeg can not write, and why: found out by trying, where having an encoder is not all that it
 * takes.
 */
import { asItIs } from '../../contract/delivery.ts'
import { exportFormat, exportFormatIds, type ExportFormat, type ExportFormatId } from '../../contract/formats.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { runFfmpeg } from '../ffmpeg/runFfmpeg.ts'
import { encodings } from './encoders.ts'
import type { PixelLayout } from '../picture/pixelLayout.ts'

/** What is tried: a single picture, as small as all formats take it. */
const tried: PixelLayout = {
  width: 256,
  height: 128,
  sampling: '422',
  bitDepth: 10,
  range: 'limited',
  matrix: 'bt709',
  ffmpegName: 'yuv422p10le',
}

/** Whether the muxer of MXF takes what the encoder gives: it knows FFV1 and ProRes since 7.0 only. */
async function muxes({ path }: Pick<FfmpegTools, 'path'>, format: ExportFormat): Promise<boolean> {
  const { pixelFormat, args } = encodings[format.id](tried, 'progressive', asItIs)
  const picture = `color=size=${tried.width}x${tried.height}:rate=25:duration=0.04`
  const encoding = ['-vf', `format=${pixelFormat}`, '-c:v', format.encoder, ...args]
  const { code } = await runFfmpeg({ path }, [
    ...['-v', 'error', '-f', 'lavfi', '-i', picture, ...encoding, '-f', format.container, '-y'],
    process.platform === 'win32' ? 'NUL' : '/dev/null',
  ])
  return code === 0
}

/** The encoders whose pictures this ffmpeg can put into MXF. */
export async function tryMxf(ffmpeg: Pick<FfmpegTools, 'path'>): Promise<ReadonlySet<string>> {
  // One encoder is muxed as well as another profile of it.
  const trials = new Map<string, ExportFormat>()
  for (const format of exportFormatIds.map(exportFormat)) {
    if (format.container === 'mxf') trials.set(format.encoder, trials.get(format.encoder) ?? format)
  }
  const muxed = await Promise.all(
    Array.from(trials, async ([encoder, format]) => ((await muxes(ffmpeg, format)) ? encoder : null)),
  )
  return new Set(muxed.filter((encoder) => encoder !== null))
}

/**
 * By the format, for those that can't be written; each as a whole sentence.
 * @param muxed what tryMxf found
 */
export function unwritableFormats(
  { version, encoders }: Pick<FfmpegTools, 'version' | 'encoders'>,
  muxed: ReadonlySet<string>,
): ReadonlyMap<ExportFormatId, Sentence> {
  const found = new Map<ExportFormatId, Sentence>()
  for (const id of exportFormatIds) {
    const format = exportFormat(id)
    if (!encoders.has(format.encoder)) {
      found.set(
        id,
        sentence`This ffmpeg (${version}) can not write ${format.name}: it was built without the encoder ${format.encoder}.`,
      )
    } else if (format.container === 'mxf' && !muxed.has(format.encoder)) {
      found.set(id, sentence`This ffmpeg (${version}) can not put ${format.name} into MXF; 7.0 and newer ones can.`)
    }
  }
  return found
}
