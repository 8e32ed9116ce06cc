/**
 * What an export takes over from the film beside its pictures, and in which ways each of it could be taken over. Pure.
 */
import type { ExportFormat } from '../../../contract/formats.ts'
import { sentence, type Sentence } from '../../../contract/sentence.ts'
import { audioChannels, type Banner, type BannerStream } from '../../reading/opening/probeText.ts'
import { clearedArgs, untrueTags } from './carriedMetadata.ts'
import { threeLetterLanguage } from './languages.ts'
import { pieceFilter, type SoundPiece } from '../piecedFilm.ts'
import { packetFilters, soundFilters, type Laid } from './sideClock.ts'

/** One way to write a stream: a codec, with filters and options where it needs them. */
export interface Way {
  readonly codec: string
  readonly options: readonly string[]
  readonly filter: string | null
  /** What it changes; null where the stream stays as it is. */
  readonly note: Sentence | null
}

export interface Carriable {
  readonly stream: BannerStream
  readonly kind: 'sound' | 'subtitle' | 'cover' | 'data' | 'attachment'
  /** How it is called in a sentence: 'Sound track 2 (ac3)'. */
  readonly label: Sentence
  /** Best first. */
  readonly ways: readonly Way[]
}

export interface CarriedPlan {
  readonly carriable: readonly Carriable[]
  /** What is left out whatever is tried. */
  readonly notes: readonly Sentence[]
}

const pcm = /^pcm_/
const matroskaPcm = /^pcm_(u8|s16le|s24le|s32le|s16be|s24be|s32be|f32le|f64le|mulaw|alaw)$/
const movPcm = /^pcm_(u8|s8|s16le|s16be|s24le|s24be|s32le|s32be|f32le|f32be|f64le|f64be|mulaw|alaw)$/
const matroskaSound =
  /^(aac|mp1|mp2|mp3|ac3|eac3|dts|truehd|mlp|flac|vorbis|opus|alac|wavpack|tta|cook|adpcm_ms|adpcm_ima_wav|wmav1|wmav2|wmapro)$/
const movSound = /^(aac|mp3|ac3|eac3|alac|adpcm_ms|adpcm_ima_wav|adpcm_ima_qt|qdm2|qdmc|amr_nb|amr_wb)$/
const mp4Sound = /^(aac|mp3|mp2|ac3|eac3|alac)$/
/** Subtitles that are pictures: no text can be made of them. */
const bitmapSubtitles = /^(hdmv_pgs_subtitle|dvd_subtitle|dvb_subtitle|xsub|arib_caption)$/

type Container = ExportFormat['container']
type CarryingFormat = Pick<ExportFormat, 'container' | 'name' | 'sound'>

const copied: Way = { codec: 'copy', options: [], filter: null, note: null }

/** Codecs that each container carries as they are. */
function keepsSound(container: Container, codec: string): boolean {
  if (container === 'matroska') return pcm.test(codec) ? matroskaPcm.test(codec) : matroskaSound.test(codec)
  if (container === 'mov') return pcm.test(codec) ? movPcm.test(codec) : movSound.test(codec)
  return container === 'mp4' && mp4Sound.test(codec)
}

/** Channels of no known place, in turns on the left and on the right: '<' keeps their sum from being too loud. */
export function mixedToStereo(channels: number): string {
  const side = (of: number): string =>
    Array.from({ length: channels }, (_, n) => n)
      .filter((n) => n % 2 === of)
      .map((n) => `c${n}`)
      .join('+')
  return `pan=stereo|FL<${side(0)}|FR<${side(1)}`
}

/** To AAC: as it is, or mixed down where the container can not hold its channels. */
function aacWays(name: string, { codec, text }: BannerStream, note: Sentence | null): Way[] {
  const aac = { codec: 'aac', options: ['-b:a', '256k'] }
  const channels = audioChannels(text)
  return [
    { ...aac, filter: null, note },
    {
      ...aac,
      filter: 'aformat=channel_layouts=stereo',
      note: sentence`${name} files can not hold the ${channels} channels of the ${codec} sound; they are mixed down to stereo.`,
    },
    // Channels of no known place.
    ...(channels > 1
      ? [
          {
            ...aac,
            filter: mixedToStereo(channels),
            note: sentence`${name} files can not hold the ${channels} channels of the ${codec} sound; they are mixed down to stereo.`,
          },
        ]
      : []),
  ]
}

/** Of codecs that keep all of them: what the samples are. Decoders of others give more than there was. */
const exactSound = /^(pcm_|flac|alac|wavpack|tta|ape|tak|als|mlp|truehd|shorten|s302m)/

/** PCM that holds all of a sound. */
function pcmOf(stream: Pick<BannerStream, 'codec' | 'text'>): string {
  const { codec, text } = stream
  if (exactSound.test(codec)) {
    if (/\bdblp?\b/.test(text)) return 'pcm_f64le'
    if (/\bfltp?\b/.test(text)) return 'pcm_f32le'
    if (/\bs(32|64)p?\b(?! \(\d+ bit\))/.test(text)) return 'pcm_s32le'
  }
  return isDeep(stream) ? 'pcm_s24le' : 'pcm_s16le'
}

/** What a sound loses that is brought to 24 bits; null where that is nothing. */
function roundingSentence(name: string, stream: Pick<BannerStream, 'codec' | 'text'>): Sentence | null {
  const exact = pcmOf(stream)
  const { codec } = stream
  if (exact.startsWith('pcm_f'))
    return sentence`${name} files hold sound in 24 bits at most; of the ${codec} sound what is louder than full scale is cut off, and what is finer is rounded.`
  return exact === 'pcm_s32le'
    ? sentence`${name} files hold sound in 24 bits at most; of the ${codec} sound what is finer is rounded.`
    : null
}

const bothSaid = (one: Sentence | null, other: Sentence | null): Sentence | null =>
  one && other ? sentence`${one} ${other}` : (one ?? other)

/** As the container takes it, with as little change as there can be. */
function usualSoundWays({ container, name }: Pick<ExportFormat, 'container' | 'name'>, stream: BannerStream): Way[] {
  const { codec } = stream
  if (container === 'mxf') return [mxfSound(stream)]
  const ways = keepsSound(container, codec) ? [copied] : []
  // QuickTime knows no gaps in PCM: sample for sample it is the same, and what is missing becomes silence.
  if (container === 'mov' && ways.length > 0 && pcm.test(codec)) ways.unshift({ ...copied, codec })
  if (container === 'mp4') {
    const note = sentence`${name} files can not hold ${codec} sound; it is converted to AAC.`
    return [...ways, ...aacWays(name, stream, note)]
  }
  // Nothing is lost where the container allows it.
  const note = sentence`${name} files can not hold ${codec} sound; it is converted to PCM.`
  return [...ways, { codec: pcmOf(stream), options: [], filter: null, note }]
}

/** How sound is written that was asked for in another form; what is in that form already stays as it is. */
function askedSoundWays({ container, name, sound = 'carried' }: CarryingFormat, stream: BannerStream): readonly Way[] {
  // Few players of MP4 expect it, so it stays there only where somebody wants it.
  if (sound === 'flac' && stream.codec === 'flac' && container === 'mp4') return [copied]
  const isThere = sound === 'pcm' ? pcm.test(stream.codec) : stream.codec === sound
  if (sound === 'carried' || sound === 'none' || isThere) return []
  if (sound === 'aac') return aacWays(name, stream, null)
  const note = sound === 'flac' ? roundingSentence('FLAC', stream) : null
  return [{ codec: sound === 'pcm' ? pcmOf(stream) : sound, options: [], filter: null, note }]
}

function soundWays(format: CarryingFormat, stream: BannerStream): Way[] {
  const asked = askedSoundWays(format, stream)
  const usual = usualSoundWays(format, stream)
  if (asked.length === 0) return usual
  const note = sentence`The ${stream.codec} sound could not be converted as it was asked for; it stays as it is.`
  return [...asked, ...usual.map((way) => ({ ...way, note: way.note ?? note }))]
}

/** MXF files hold PCM of 48 kHz, from their first picture to their last. */
function mxfSound({ codec, text }: Pick<BannerStream, 'codec' | 'text'>): Way {
  const fits = codec.startsWith('pcm_') && /\b48000 Hz\b/.test(text)
  const note = fits ? null : sentence`MXF files hold sound as PCM of 48 kHz; the ${codec} sound is converted.`
  return {
    codec: isDeep({ codec, text }) ? 'pcm_s24le' : 'pcm_s16le',
    options: ['-ar', '48000'],
    filter: 'aresample=48000:async=1:first_pts=0',
    note: bothSaid(note, roundingSentence('MXF', { codec, text })),
  }
}

/** More than 16 bits of it are worth keeping. */
function isDeep({ codec, text }: Pick<BannerStream, 'codec' | 'text'>): boolean {
  return /s32|s24|flt|dbl|s64|\(24 bit\)/.test(text) && !/^(mp3|mp2|aac|vorbis|opus|ac3|eac3|wma)/.test(codec)
}

function subtitleWays({ container, name }: Pick<ExportFormat, 'container' | 'name'>, { codec }: BannerStream): Way[] {
  const asText = (as: string): Way => ({ codec: as, options: [], filter: null, note: null })
  const bitmap = bitmapSubtitles.test(codec)
  if (container === 'matroska') {
    if (bitmap) return [copied]
    return codec === 'mov_text' || codec === 'eia_608' ? [asText('srt')] : [copied, asText('srt')]
  }
  if (container === 'mxf') return []
  if (bitmap) return codec === 'dvd_subtitle' && container === 'mp4' ? [copied] : []
  if (codec === 'mov_text' || (codec === 'eia_608' && container === 'mov')) return [copied, asText('mov_text')]
  const styled = /^(ass|ssa)$/.test(codec)
    ? sentence`${name} files can not hold how ${codec} subtitles look; their text is kept.`
    : null
  return [{ ...asText('mov_text'), note: styled }]
}

/** ffmpeg's name of the codec, or of what it found where it knows none: 'none (apac / 0x63617061)'. */
function codecName({ codec, text }: BannerStream): string {
  return codec === 'none' || codec === 'bin_data'
    ? (/\(([\w-]{3,}) \/ 0x/.exec(text)?.[1] ?? 'of an unknown kind')
    : codec
}

const labels: Readonly<Record<Carriable['kind'], (count: number, what: string) => Sentence>> = {
  sound: (count, what) => sentence`Sound track ${count} (${what})`,
  subtitle: (count, what) => sentence`Subtitle track ${count} (${what})`,
  cover: (count, what) => sentence`Cover picture ${count} (${what})`,
  data: (count, what) => sentence`Data track ${count} (${what})`,
  attachment: (count, what) => sentence`Attachment ${count} (${what})`,
}

export const cannotTake = (label: Sentence, format: string): Sentence =>
  sentence`${label} can not be taken over into ${format} files; it is left out.`

/**
 * Whether a stream goes with other pictures than the film's: a broadcast may hold several programs, each with its own
 * sound.
 */
function isForeign({ programs }: Banner, film: number, { index }: BannerStream): boolean {
  const its = programs.filter((program) => program.has(index))
  return its.length > 0 && programs.some((program) => program.has(film)) && !its.some((program) => program.has(film))
}

/**
 * Titles of chapters as movie files hold them, on a track of text beside the list of chapters, which is what is taken
 * over.
 */
function isChapterTrack({ chapters }: Banner, { kind, text }: BannerStream): boolean {
  return kind === 'data' && chapters > 0 && /\(text \//.test(text)
}

/** @param film index of the film among the streams of its file */
export function carriedPlan(banner: Banner, film: number, format: CarryingFormat): CarriedPlan {
  const { container, name, sound = 'carried' } = format
  const notes: Sentence[] = []
  if (container === 'mxf' && banner.chapters > 0) notes.push(sentence`MXF files hold no chapters; they are left out.`)
  const carriable: Carriable[] = []
  const counts: Record<string, number> = {}
  if (container === 'image2') {
    const hasSound = banner.streams.some((stream) => stream.kind === 'audio')
    return {
      carriable,
      notes: hasSound ? [sentence`Pictures carry no sound; the film’s sound is not in this export.`] : [],
    }
  }
  const offer = (stream: BannerStream, kind: Carriable['kind'], ways: readonly Way[]): void => {
    const count = (counts[kind] = (counts[kind] ?? 0) + 1)
    const language = stream.language === undefined ? '' : `, ${stream.language}`
    const label = labels[kind](count, codecName(stream) + language)
    if (isForeign(banner, film, stream))
      notes.push(sentence`${label} belongs to another program of the file; it is left out.`)
    else if (/\(enc[avst] \//.test(stream.text)) notes.push(sentence`${label} is encrypted; it is left out.`)
    else if (stream.codec === 'none') notes.push(sentence`${label} can not be read by this ffmpeg; it is left out.`)
    else if (ways.length === 0) notes.push(cannotTake(label, name))
    else carriable.push({ stream, kind, label, ways })
  }
  for (const stream of banner.streams) {
    if (stream.index === film || isChapterTrack(banner, stream)) continue
    if (stream.kind === 'audio') {
      if (sound !== 'none') offer(stream, 'sound', soundWays(format, stream))
    } else if (stream.kind === 'subtitle') offer(stream, 'subtitle', subtitleWays(format, stream))
    else if (stream.kind === 'attachment') offer(stream, 'attachment', container === 'matroska' ? [copied] : [])
    else if (stream.kind === 'video' && stream.isCover)
      offer(stream, 'cover', container === 'mov' || container === 'mxf' ? [] : [copied])
    else if (stream.kind === 'video') {
      const size = stream.size ? `, ${stream.size[0]} × ${stream.size[1]}` : ''
      notes.push(
        sentence`The file holds other pictures beside the film (${codecName(stream) + size}); they are left out.`,
      )
    }
    // The track of a timecode is made anew from it.
    else if (!/\(tmcd \//.test(stream.text)) offer(stream, 'data', container === 'matroska' ? [] : [copied])
  }
  return { carriable, notes }
}

/** A stream, and the way that was found to work. */
export interface Carried {
  readonly stream: BannerStream
  readonly kind: Carriable['kind']
  readonly way: Way
  readonly label: Sentence
  /** A cover that Matroska holds as an attached file: where its bytes lie. */
  readonly file?: string
  /** Seconds by which the muxer of this ffmpeg moves it, and which are to be made up for. */
  readonly moved?: number
}

/** The inputs by which the film is read for what is carried. */
export interface CarriedInputs {
  /** Seconds that are added to the times of each of them. */
  readonly shifts: readonly number[]
  /** The one that begins well before the part that is taken; null for none. */
  readonly early: number | null
  /** Which of them each stream is taken from, in the order of the streams. */
  readonly of: readonly number[]
}

type Placed = Pick<Carried, 'kind' | 'way' | 'moved'>

function isDecodedSound({ kind, way }: Pick<Carried, 'kind' | 'way'>): boolean {
  return kind === 'sound' && way.codec !== 'copy'
}

/**
 * All streams share one input, but for sounds that need one of their own. Of a part, sounds that are decoded are read
 * from well before it on, and cut by samples; what is copied is cut by packets, at the very place that is sought.
 * @param apart each sound does (sideClock.ts)
 * @param isSought the inputs are sought for a part
 */
export function carriedInputs(carried: readonly Placed[], apart: boolean, isSought: boolean): CarriedInputs {
  const shifts: number[] = [0]
  const decoded = isSought ? carried.filter(isDecodedSound) : []
  // Attached files come from the head of a file, wherever that is read.
  const isOne = carried.every((one) => decoded.includes(one) || one.kind === 'attachment')
  const early = decoded.length === 0 ? null : isOne ? 0 : shifts.push(0) - 1
  let taken = false
  const of = carried.map((one) => {
    const { kind, moved = 0 } = one
    if (early !== null && decoded.includes(one)) return early
    if (moved !== 0 || (apart && kind === 'sound' && taken)) return shifts.push(-moved) - 1
    taken ||= kind === 'sound'
    return 0
  })
  return { shifts, of, early }
}

/** How streams stand beside the pictures, by their numbers in the film, where they are not left as they are. */
export interface Beside {
  readonly laid?: ReadonlyMap<number, Laid>
  /** How many packets at the head of a sound are left out. */
  readonly hidden?: ReadonlyMap<number, number>
  /** What decoded sound is cut to (piecedFilm.ts); null where it goes on. */
  readonly pieces?: readonly SoundPiece[] | null
  /** Of a part that streams which are decoded are cut to, in seconds; null where they are cut elsewhere, or whole. */
  readonly span?: number | null
  /** What is read begins where the film could be sought, before the part that is taken. */
  readonly isSought?: boolean
}

/**
 * Arguments that write streams behind the pictures, which are the output's stream 0.
 * @param inputOf which input of ffmpeg each stream is taken from
 * @param first number of the first one in the output
 */
export function streamArgs(
  carried: readonly Carried[],
  { container }: Pick<ExportFormat, 'container'>,
  inputOf: (one: Carried) => number,
  first: number,
  { laid = new Map(), hidden = new Map(), pieces = null, span = null, isSought = false }: Beside = {},
): string[] {
  const args: string[] = []
  const attached: string[] = []
  // Up to ffmpeg 5.1 the muxer of MP4 calls it an experiment.
  const isFlac = ({ stream, way }: Carried): boolean => (way.codec === 'copy' ? stream.codec : way.codec) === 'flac'
  if (container === 'mp4' && carried.some(isFlac)) args.push('-strict', 'experimental')
  let at = first
  for (const one of carried) {
    const { stream, kind, way, file } = one
    const input = inputOf(one)
    if (file !== undefined) {
      attached.push(file)
      continue
    }
    args.push(
      '-map',
      `${input}:${stream.index}`,
      `-c:${at}`,
      way.codec,
      `-map_metadata:s:${at}`,
      `${input}:s:${stream.index}`,
    )
    const isCut = span !== null || pieces !== null || laid.has(stream.index) || hidden.has(stream.index)
    args.push(...clearedArgs(`s:${at}`, untrueTags(stream, { encoded: way.codec !== 'copy', cut: isCut })))
    for (const option of way.options) args.push(option.startsWith('-') ? `${option}:${at}` : option)
    const beside = laid.get(stream.index)
    const decoded = isDecodedSound(one)
    const length = span?.toFixed(6)
    // As long as the pictures, to the sample: the muxer of MXF ends with the stream that ends first.
    const filled = container === 'mxf' && length ? `apad=whole_dur=${length},atrim=end=${length}` : ''
    const filters = [
      decoded ? soundFilters(beside ?? null, span, isSought) : '',
      decoded && pieces ? pieceFilter(pieces) : '',
      way.filter ?? '',
      filled,
    ].filter((filter) => filter !== '')
    if (filters.length > 0) args.push(`-filter:${at}`, filters.join(','))
    const packets = decoded
      ? []
      : [
          beside ? packetFilters(beside) : null,
          hiddenFilter(hidden.get(stream.index)),
          kind === 'sound' ? lastsFilter(container) : null,
        ]
    const chain = packets.filter((filter) => filter !== null).join(',')
    if (chain !== '') args.push(`-bsf:${at}`, chain)
    if (kind === 'cover') args.push(`-disposition:${at}`, 'attached_pic')
    const letters =
      container === 'matroska' || stream.language === undefined ? null : threeLetterLanguage(stream.language)
    if (letters !== null) args.push(`-metadata:s:${at}`, `language=${letters}`)
    at++
  }
  // Attached files come behind all streams.
  for (const file of attached) {
    const type = file.endsWith('.png') ? 'png' : 'jpeg'
    args.push(
      '-attach',
      file,
      `-metadata:s:${at}`,
      `mimetype=image/${type}`,
      `-metadata:s:${at}`,
      `filename=cover.${type === 'png' ? 'png' : 'jpg'}`,
    )
    at++
  }
  return args
}

/**
 * A packet of no known duration lasts as long as the one before it. Movie files say up to where sound is heard by
 * durations: a last packet without one would not be.
 */
function lastsFilter(container: Container): string | null {
  if (container === 'matroska') return null
  return 'setts=pts=PTS:dts=DTS:duration=if(gt(DURATION\\,0)\\,DURATION\\,max(0\\,if(gt(N\\,0)\\,PTS-PREV_INPTS\\,0)))'
}

function hiddenFilter(count = 0): string | null {
  return count > 0 ? `noise=drop=lt(n\\,${count})` : null
}
