/** Reads an export by ffprobe, which tells what ffmpeg's readers make of it. */
import { execFile } from 'node:child_process'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { findProgram } from '../../build/setup/execute.ts'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { inFrames, unknown, type Facts } from './facts.ts'

const execute = promisify(execFile)

interface Stream {
  readonly codec_type: string
  readonly codec_name: string
  readonly profile?: string
  readonly codec_tag_string?: string
  readonly pix_fmt?: string
  readonly r_frame_rate: string
  readonly bits_per_raw_sample?: string
  readonly tags?: Readonly<Record<string, string>>
}

interface Frame {
  readonly media_type: string
  readonly pts_time?: string
  readonly width: number
  readonly height: number
  readonly sample_aspect_ratio?: string
  readonly interlaced_frame: number
  readonly top_field_first: number
  readonly color_range?: string
  readonly color_space?: string
  readonly color_primaries?: string
  readonly color_transfer?: string
  readonly tags?: Readonly<Record<string, string>>
  readonly side_data_list?: readonly { readonly side_data_type: string }[]
}

interface Report {
  readonly streams: readonly Stream[]
  readonly frames: readonly Frame[]
  readonly format?: { readonly tags?: Readonly<Record<string, string>> }
}

/** The ffprobe beside the ffmpeg that exports, or the system's; null where there is none. */
export async function findFfprobe(): Promise<string | null> {
  const { path } = await locateFfmpeg()
  const beside = findProgram(process.platform === 'win32' ? 'ffprobe.exe' : 'ffprobe', dirname(path))
  return beside ?? findProgram('ffprobe')
}

const names: Readonly<Record<string, string>> = {
  ffv1: 'FFV1',
  dpx: 'DPX',
  tiff: 'TIFF',
  exr: 'OpenEXR',
  png: 'PNG',
  h264: 'H.264',
  hevc: 'H.265',
}
const proresProfiles: Readonly<Record<string, string>> = { HQ: '422 HQ' }

function codecOf({ codec_name: codec, profile = '' }: Stream): string {
  if (codec === 'prores') return `ProRes ${proresProfiles[profile] ?? profile}`
  if (codec === 'dnxhd') return profile.replace('DNXHR', 'DNxHR')
  const name = names[codec] ?? codec
  return codec === 'h264' || codec === 'hevc' ? `${name} ${profile}` : name
}

/** Sampling and bits of a pixel format's name. */
function samplesOf(pixelFormat: string): readonly [samples: string, bits: string] {
  const bits = /p(\d+)[lb]e$/.exec(pixelFormat)?.[1] ?? (/^(rgb|bgr)48/.test(pixelFormat) ? '16' : '8')
  const sampling = /^yuvj?(\d)(\d)(\d)/.exec(pixelFormat)
  if (sampling) return [sampling.slice(1).join(':'), bits]
  // Half floats become whole ones in older versions.
  if (pixelFormat.startsWith('gbrpf')) return ['RGB', '16']
  return [/^(gbr|rgb|bgr)/.test(pixelFormat) ? 'RGB' : pixelFormat, bits]
}

const numbers: Readonly<Record<string, string>> = {
  bt709: '1',
  smpte170m: '6',
  bt2020nc: '9',
  bt2020: '9',
  'bt2020-10': '14',
}
const numberOf = (name: string | undefined): string => (name === undefined ? '?' : (numbers[name] ?? name))

function rateOf({ r_frame_rate: rate }: Stream, times: readonly number[]): string {
  const steps = times.slice(1).map((time, n) => time - times[n]!)
  // Containers round times to a millisecond at most.
  if (Math.max(...steps) - Math.min(...steps) > 0.0025) return 'varying'
  const [num = 0, den = 1] = rate.split('/').map(Number)
  return inFrames(num, den)
}

/** @param pattern of ffmpeg's, where it is a sequence of pictures */
export async function readByFfprobe(ffprobe: string, pattern: string, isSequence: boolean): Promise<Facts> {
  const { stdout } = await execute(
    ffprobe,
    ['-v', 'error', '-of', 'json', '-show_format', '-show_streams', '-show_frames', pattern],
    { maxBuffer: 64 * 1024 * 1024 },
  )
  const { streams, frames, format } = JSON.parse(stdout) as Report
  const film = streams.find(({ codec_type: kind }) => kind === 'video')
  const pictures = frames.filter(({ media_type: kind }) => kind === 'video')
  const first = pictures[0]
  if (!film || !first) return unknown
  const [samples, bits] = samplesOf(film.pix_fmt ?? '')
  const codec = codecOf(film)
  const timecode = [format, ...streams, first].map((each) => each?.tags?.['timecode'] ?? each?.tags?.['TIMECODE'])
  const said = {
    ...unknown,
    codec,
    samples,
    // ffmpeg decodes ProRes to 10 or 12 bits, by its version.
    bits: codec.startsWith('ProRes') ? null : bits,
    size: `${first.width}x${first.height}`,
    shape: first.sample_aspect_ratio ?? null,
    frames: String(pictures.length),
  }
  if (isSequence)
    return codec === 'DPX' ? { ...said, timecode: timecode.find((each) => each !== undefined) ?? '' } : said
  const tracks = (kind: string): readonly Stream[] => streams.filter(({ codec_type: of }) => of === kind)
  const family = ({ codec_name: name }: Stream): string => (name.startsWith('pcm') ? 'PCM' : name.toUpperCase())
  const language = ({ tags }: Stream): string => tags?.['language'] ?? '?'
  const within = pictures.some(({ side_data_list: data }) => data?.some((each) => each.side_data_type.includes('A53')))
  return {
    ...said,
    range: { tv: 'limited', pc: 'full' }[first.color_range ?? ''] ?? '?',
    rate: rateOf(
      film,
      pictures.map(({ pts_time: time }) => Number(time)),
    ),
    scan: first.interlaced_frame === 0 ? 'progressive' : first.top_field_first === 1 ? 'top first' : 'bottom first',
    colors: [first.color_space, first.color_primaries, first.color_transfer].map(numberOf).join('/'),
    timecode: timecode.find((each) => each !== undefined) ?? '',
    sounds: tracks('audio')
      .map((sound) => `${family(sound)} ${language(sound)}`)
      .join(', '),
    captions: [...tracks('subtitle').map((text) => `text ${language(text)}`), ...(within ? ['in pictures'] : [])].join(
      ', ',
    ),
  }
}
