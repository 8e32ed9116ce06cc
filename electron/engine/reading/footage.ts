/** What the engine knows of an opened film, and the shapes in which its pictures come and go. */
import type { FootageInfo } from '../../contract/schemas.ts'
import type { FilmDamage } from './decoding/damage.ts'
import type { FilmSizes } from './opening/filmSizes.ts'
import type { FileStamp } from './fileStamp.ts'
import type { InputFile } from './inputFile.ts'
import type { LightLevels } from './opening/lightLevels.ts'
import type { KnownPictures } from './pictures/knownPictures.ts'
import type { Banner, ColorTags, FieldOrder } from './opening/probeText.ts'
import type { ClockBreak } from './index/risingTimes.ts'
import type { PixelLayout, Planes } from '../picture/pixelLayout.ts'

/** Every frame of a film in the order of showing. A frame is known by its place in it, not by its time. */
export interface FrameIndex {
  /** Seconds per tick as an exact fraction. */
  readonly timeBase: { readonly num: number; readonly den: number }
  /** When frame n is shown, in ticks; strictly rising, on one clock even where the stored one runs back or leaps. */
  readonly pts: Float64Array
  /**
   * What the decoder says of frame n when it reads the film from its head, in ticks: any numbers. Mostly equal to pts.
   */
  readonly stored: Float64Array
  /** When the last frame is no longer shown, in ticks of the same clock as pts. */
  readonly end: number
  /**
   * 1 where decoding can start: a keyframe of the codec (not one of the artist's) whose stored time parts the film, all
   * frames before it being earlier and all behind it later.
   */
  readonly seekable: Uint8Array
  /** No frame from a keyframe on needs anything before it. */
  readonly isClosed: boolean
}

/** What of the source is needed beside its pictures: to seek in it, and to carry everything else over to an export. */
export interface FootageSource {
  readonly file: InputFile
  /** Of the file as it was opened; null for pictures. */
  readonly stamp: FileStamp | null
  /** The same of pictures; null for other films. */
  readonly pictures: KnownPictures | null
  readonly banner: Banner
  /** The film among the file's streams, as ffmpeg numbers them: '0:<stream>' for -map. */
  readonly stream: number
  readonly tags: ColorTags
  readonly light: LightLevels
  /** Format in which the frames leave ffmpeg's decoder, e.g. yuvj420p; see pixelFormats.ts. */
  readonly decodedName: string
  readonly field: FieldOrder
  readonly damage: FilmDamage
  /** Of its pictures, as far as known. Decoding adds the ones it meets. */
  readonly sizes: FilmSizes
  /** Where the stored clock runs back or leaps; the index's own doesn't. */
  readonly breaks: readonly ClockBreak[]
  /** Every frame was decoded when the film was opened: all that are not missing can be, and damage is known. */
  readonly checked: boolean
  /** False where seeking could land on wrong times: such films are always decoded from their start. */
  readonly seekTrusted: boolean
}

/** A film that was probed and indexed. Opened for reading only, always. */
export interface Footage {
  readonly info: FootageInfo
  /** The layout in which its frames are decoded: the source's own, or for RGB and palette sources the nearest YUV. */
  readonly layout: PixelLayout
  readonly index: FrameIndex
  /** Arguments that make ffmpeg read it: ['-i', 'file:...'] or an image sequence's. */
  readonly inputArgs: readonly string[]
  readonly source: FootageSource
}

export interface SourceFrame extends Planes {
  /** Counted from 0 in the order of showing. */
  readonly number: number
}

/** Any frame, exactly; neighbours in ascending order are fast. */
export interface FrameReader {
  /** @param giveUp nobody waits for it any more: throws GivenUp where it is not there yet */
  read(frame: number, giveUp?: AbortSignal): Promise<SourceFrame>
  /** Frames to be decoded until it is there, as far as can be told; 0 for one that is kept. */
  wayTo(frame: number): number
  close(): Promise<void>
}
