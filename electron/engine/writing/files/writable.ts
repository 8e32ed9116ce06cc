/**
 * Which formats an ffmpeg can not write, and why: found out by trying, where having an encoder is not all that it
 * takes.
 */
import { asItIs } from '../../../contract/delivery.ts'
import { exportFormat, exportFormatIds, type ExportFormat, type ExportFormatId } from '../../../contract/formats.ts'
import { sentence, type Sentence } from '../../../contract/sentence.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { runFfmpeg } from '../../ffmpeg/runFfmpeg.ts'
import { encodings } from '../segments/encoders.ts'
import type { PixelLayout } from '../../picture/pixelLayout.ts'

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
async function muxes({ path, recall }: Muxing, format: ExportFormat): Promise<boolean> {
  const { pixelFormat, args } = encodings[format.id](tried, 'progressive', asItIs)
  const picture = `color=size=${tried.width}x${tried.height}:rate=25:duration=0.04`
  const encoding = ['-vf', `format=${pixelFormat}`, '-c:v', format.encoder, ...args]
  const trial = ['-v', 'error', '-f', 'lavfi', '-i', picture, ...encoding, '-f', format.container, '-y']
  const told = await recall(trial.join(' '), async () => {
    const { code } = await runFfmpeg({ path }, [...trial, process.platform === 'win32' ? 'NUL' : '/dev/null'])
    return `${code}`
  })
  return told === '0'
}

type Muxing = Pick<FfmpegTools, 'path' | 'recall'>

/** By the path of an ffmpeg: the encoders whose pictures it can put into MXF. */
const muxed = new Map<string, Promise<ReadonlySet<string>>>()

function muxedBy(ffmpeg: Muxing): Promise<ReadonlySet<string>> {
  const known = muxed.get(ffmpeg.path) ?? tryMxf(ffmpeg)
  muxed.set(ffmpeg.path, known)
  known.catch(() => muxed.delete(ffmpeg.path))
  return known
}

async function tryMxf(ffmpeg: Muxing): Promise<ReadonlySet<string>> {
  // One encoder is muxed as well as another profile of it.
  const trials = new Map<string, ExportFormat>()
  for (const format of exportFormatIds.map(exportFormat)) {
    if (format.container === 'mxf') trials.set(format.encoder, trials.get(format.encoder) ?? format)
  }
  const found = await Promise.all(
    Array.from(trials, async ([encoder, format]) => ((await muxes(ffmpeg, format)) ? encoder : null)),
  )
  return new Set(found.filter((encoder) => encoder !== null))
}

type Asked = Muxing & Pick<FfmpegTools, 'version' | 'encoders'>

/**
 * As a whole sentence; null where it can be written. MXF alone has to be tried, once for each ffmpeg: who exports to
 * something else does not wait for it.
 */
export async function whyUnwritable(ffmpeg: Asked, format: ExportFormat): Promise<Sentence | null> {
  const { version, encoders } = ffmpeg
  if (!encoders.has(format.encoder))
    return sentence`This ffmpeg (${version}) can not write ${format.name}: it was built without the encoder ${format.encoder}.`
  if (format.container === 'mxf' && !(await muxedBy(ffmpeg)).has(format.encoder))
    return sentence`This ffmpeg (${version}) can not put ${format.name} into MXF; 7.0 and newer ones can.`
  return null
}

/** The formats that an ffmpeg can't write, each with the reason. */
export async function unwritableFormats(ffmpeg: Asked): Promise<ReadonlyMap<ExportFormatId, Sentence>> {
  const found = new Map<ExportFormatId, Sentence>()
  for (const id of exportFormatIds) {
    const reason = await whyUnwritable(ffmpeg, exportFormat(id))
    if (reason !== null) found.set(id, reason)
  }
  return found
}
