/**
 * What an export says of itself and of its streams in the film's words, and what of that would be untrue of it: tags,
 * timecode, reel. Pure.
 */
import type { ExportFormat } from '../../../contract/formats.ts'
import { sentence, type Sentence } from '../../../contract/sentence.ts'
import { tagsOfFile } from '../../ffmpeg/metadataText.ts'
import type { BannerStream } from '../../reading/opening/probeText.ts'
import type { StartTimecode } from '../startTimecode.ts'

/** What metadata the film has as a whole. */
export interface CarriedTags {
  /** Of its own making, which movie files keep only when asked to. */
  readonly own: boolean
  readonly comment: boolean
}

export const noTags: CarriedTags = { own: false, comment: false }

/** Metadata that movie files have places for. */
const commonMetadata = new RegExp(
  `^(${[
    'title',
    'artist',
    'album',
    'album_artist',
    'composer',
    'author',
    'date',
    'year',
    'comment',
    'genre',
    'copyright',
    'description',
    'synopsis',
    'show',
    'episode_id',
    'network',
    'lyrics',
    'encoder',
    'encoded_by',
    'major_brand',
    'minor_version',
    'compatible_brands',
    'creation_time',
    'language',
    'track',
    'disc',
    'grouping',
    'compilation',
    'keywords',
    'category',
    'timecode',
    'location',
    'location-eng',
    'make',
    'model',
    'media_type',
    'hd_video',
    'gapless_playback',
    'season_number',
    'episode_sort',
    'rating',
    'sort_\\w+',
  ].join('|')})$`,
  'i',
)

/** @param text as ffmpeg writes all tags of the film */
export function tagsIn(text: string): CarriedTags {
  const keys = tagsOfFile(text).map(({ key }) => key)
  return {
    own: keys.some((key) => !commonMetadata.test(key)),
    comment: keys.some((key) => key.toLowerCase() === 'comment'),
  }
}

/**
 * Figures about a stream as it lies in the film: mkvmerge writes them, in a language as if they were text. What they
 * say of a part, or of other samples, is wrong.
 */
const figures = /^(BPS|DURATION|NUMBER_OF_(FRAMES|BYTES)|_STATISTICS_\w+)(-\w+)?$/i
/** Who has encoded a stream: not who does it now. */
const encoders = /^(encoder|vendor_id)(-\w+)?$/i

export type FilmTags = Pick<BannerStream, 'index' | 'tagNames'>

/** Names of a stream's tags that are untrue once it is cut, or encoded anew. */
export function untrueTags(
  { tagNames }: Pick<BannerStream, 'tagNames'>,
  { encoded, cut }: { readonly encoded: boolean; readonly cut: boolean },
): string[] {
  return tagNames.filter((name) => ((encoded || cut) && figures.test(name)) || (encoded && encoders.test(name)))
}

/** @param of what in the output, as ffmpeg names it: 's:v:0' */
export function clearedArgs(of: string, names: readonly string[]): string[] {
  return names.flatMap((name) => [`-metadata:${of}`, `${name}=`])
}

/**
 * Metadata of the film and of its pictures, and its chapters; the film is input 1.
 * @param turn by which pictures are turned for showing, in degrees counter-clockwise, for an ffmpeg that takes a tag of
 * that name for it; null for one that takes it from the pictures
 */
export function metadataArgs(film: FilmTags, turn: number | null): string[] {
  const args = ['-map_metadata', '1', '-map_metadata:s:v:0', `1:s:${film.index}`, '-map_chapters', '1']
  for (const tag of ['major_brand', 'minor_version', 'compatible_brands']) args.push('-metadata', `${tag}=`)
  args.push(...clearedArgs('s:v:0', untrueTags(film, { encoded: true, cut: true })))
  args.push('-metadata:s:v:0', `rotate=${turn ?? ''}`)
  return args
}

/** Where an export begins in time of day, and what says so. */
export function timecodeArgs({ timecode }: StartTimecode, { container }: Pick<ExportFormat, 'container'>): string[] {
  // What was copied from the film is true of its first frame alone.
  const none = ['-metadata', 'timecode=', '-metadata:s:v:0', 'timecode=']
  if (timecode === null) return none
  // Movie files keep it on a track of its own, which is made from this.
  return container === 'matroska'
    ? ['-metadata', `timecode=${timecode}`, '-metadata:s:v:0', 'timecode=']
    : [...none, '-timecode', timecode]
}

/** What decides whether the name of a reel has a place, and where. */
export interface ReelPlaces {
  readonly format: Pick<ExportFormat, 'container' | 'name'>
  /** That the export begins with: QuickTime has the name on the track of it. */
  readonly timecode: string | null
  /** Movie files keep tags of the film's own making. */
  readonly own: boolean
}

function reelOption({ format: { container }, timecode, own }: ReelPlaces): string | null {
  if (container === 'mov' && timecode !== null) return '-metadata:s:v:0'
  return container === 'matroska' || container === 'mxf' || (container !== 'image2' && own) ? '-metadata' : null
}

export function reelArgs(reel: string | null, places: ReelPlaces): string[] {
  const option = reelOption(places)
  return reel === null || option === null ? [] : [option, `reel_name=${reel}`]
}

export function reelNotes(reel: string | null, places: ReelPlaces): Sentence[] {
  if (reel === null || reelOption(places) !== null) return []
  return [
    sentence`The name of the film’s reel, “${reel}”, has no place in this export (${places.format.name}); note it elsewhere.`,
  ]
}
