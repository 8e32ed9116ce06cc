/** What an export takes over from the film beside its pictures: sound, subtitles, chapters, attachments, metadata. Pure. */
import type { ExportFormat } from '../../contract/formats.ts'
import type { Banner, BannerStream } from '../reading/probeText.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'

export interface CarriedStreams {
  /** -map, codec and metadata arguments; the film is ffmpeg's input 1. */
  readonly args: readonly string[]
  readonly warnings: readonly Sentence[]
  /** False where the film needs not be read a second time. */
  readonly any: boolean
}

const pcm = /^pcm_/
const matroskaPcm = /^pcm_(u8|s16le|s24le|s32le|s16be|s24be|s32be|f32le|f64le|mulaw|alaw)$/
const movPcm = /^pcm_(u8|s8|s16le|s16be|s24le|s24be|s32le|s32be|f32le|f32be|f64le|f64be|mulaw|alaw)$/

/** Codecs that each container carries as they are. */
function carriesSound(muxer: ExportFormat['container'], codec: string): boolean {
  switch (muxer) {
    case 'matroska':
      return pcm.test(codec) ? matroskaPcm.test(codec) : /^(aac|mp1|mp2|mp3|ac3|eac3|dts|truehd|mlp|flac|vorbis|opus|alac|wavpack|tta|cook|adpcm_ms|adpcm_ima_wav|wmav1|wmav2|wmapro)$/.test(codec)
    case 'mov':
      return pcm.test(codec) ? movPcm.test(codec) : /^(aac|mp3|ac3|eac3|alac|adpcm_ms|adpcm_ima_wav|adpcm_ima_qt|qdm2|qdmc|amr_nb|amr_wb)$/.test(codec)
    case 'mp4':
      return /^(aac|mp3|mp2|ac3|eac3|alac)$/.test(codec)
    case 'image2':
      return false
  }
}

/** The codec to convert sound to: nothing is lost where the container allows it. */
function soundCodec(muxer: ExportFormat['container'], stream: BannerStream): string[] {
  if (muxer === 'mp4') return ['aac', '-b:a', '256k']
  return [/s32|s24|flt|dbl|s64|\(24 bit\)/.test(stream.text) && !/^(mp3|mp2|aac|vorbis|opus|ac3|eac3|wma)/.test(stream.codec) ? 'pcm_s24le' : 'pcm_s16le']
}

const textSubtitles = new Set(['subrip', 'srt', 'ass', 'ssa', 'webvtt', 'mov_text', 'text'])

/** Null: the container can not hold it. */
function subtitleCodec(muxer: ExportFormat['container'], codec: string): string | null {
  if (muxer === 'matroska') {
    if (codec === 'mov_text') return 'srt'
    return textSubtitles.has(codec) || /^(hdmv_pgs_subtitle|dvd_subtitle|dvb_subtitle)$/.test(codec) ? 'copy' : null
  }
  if (muxer === 'image2') return null
  return codec === 'mov_text' ? 'copy' : textSubtitles.has(codec) ? 'mov_text' : null
}

/** Figures and names that muxers write about the pictures; they would be untrue of the export. */
const staleTags = ['BPS', 'DURATION', 'NUMBER_OF_FRAMES', 'NUMBER_OF_BYTES', '_STATISTICS_WRITING_APP', '_STATISTICS_WRITING_DATE_UTC', '_STATISTICS_TAGS', 'encoder', 'rotate', 'vendor_id']

/**
 * @param film the film among the streams of the file
 * @param whole false when only a part of the film is exported
 */
export function carriedStreams(banner: Banner, film: number, format: Pick<ExportFormat, 'container' | 'name'>, whole: boolean): CarriedStreams {
  const { container: muxer } = format
  if (muxer === 'image2') {
    const sound = banner.streams.some((stream) => stream.kind === 'audio')
    return { args: [], warnings: sound ? [sentence`Pictures carry no sound; the film’s sound is not in this export.`] : [], any: false }
  }
  const args: string[] = []
  const warnings: Sentence[] = []
  let sounds = 0
  let subtitles = 0
  let attachments = 0
  for (const stream of banner.streams) {
    if (stream.kind === 'audio') {
      args.push('-map', `1:${stream.index}`, `-map_metadata:s:a:${sounds}`, `1:s:${stream.index}`)
      if (carriesSound(muxer, stream.codec)) {
        args.push(`-c:a:${sounds}`, 'copy')
      } else {
        const [codec = 'pcm_s16le', ...options] = soundCodec(muxer, stream)
        args.push(`-c:a:${sounds}`, codec, ...options.map((option) => (option.startsWith('-') ? `${option}:${sounds}` : option)))
        warnings.push(sentence`${format.name} files can not hold ${stream.codec} sound; it is converted to ${codec.replace(/_.*/, '').toUpperCase()}.`)
      }
      sounds++
    } else if (stream.kind === 'subtitle') {
      const codec = subtitleCodec(muxer, stream.codec)
      if (codec === null) {
        warnings.push(sentence`${format.name} files can not hold ${stream.codec} subtitles; they are left out.`)
        continue
      }
      args.push('-map', `1:${stream.index}`, `-c:s:${subtitles}`, codec, `-map_metadata:s:s:${subtitles}`, `1:s:${stream.index}`)
      subtitles++
    } else if (stream.kind === 'attachment' && muxer === 'matroska') {
      args.push('-map', `1:${stream.index}`, '-c:t', 'copy', `-map_metadata:s:t:${attachments}`, `1:s:${stream.index}`)
      attachments++
    }
  }
  args.push('-map_metadata', '1', '-map_metadata:s:v:0', `1:s:${film}`, '-map_chapters', '1')
  for (const tag of ['major_brand', 'minor_version', 'compatible_brands']) args.push('-metadata', `${tag}=`)
  for (const tag of staleTags) args.push('-metadata:s:v:0', `${tag}=`)
  // Movie files keep the start timecode on a track of its own, which is made anew from this.
  if (banner.timecode !== null && muxer === 'mov' && whole) args.push('-timecode', banner.timecode)
  // A part starts elsewhere; no timecode is better than a wrong one.
  if (!whole) args.push('-metadata', 'timecode=', '-metadata:s:v:0', 'timecode=')
  return { args, warnings, any: true }
}
