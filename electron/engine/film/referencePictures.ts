/** The pictures that reference operations name, decoded once. */
import type { AssetId } from '../../contract/operations.ts'
import { orientationOf } from '../../contract/orientation.ts'
import { sentence } from '../../contract/sentence.ts'
import { RecentlyMade } from '../cache/recent.ts'
import { badPicture, decodePicture } from '../reading/pictures/decodePicture.ts'
import type { Footage } from '../reading/footage.ts'
import { storedFilters } from '../reading/pictures/orientation.ts'
import type { NetworkChroma, NetworkLuma } from '../picture/networkPictures.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import {
  croppedReference,
  referenceFromRgba,
  resizeReference,
  type ReferencePicture,
} from '../overrides/referencePicture.ts'
import { otherShape, placeOfPicture } from './pictureFit.ts'

const KEPT = 12
/**
 * Longer side at which pictures are decoded, and at which they are kept: far more than the networks' grid tells apart.
 */
const DECODED_SIDE = 2048
const KEPT_SIDE = 1024
/** Chroma this near to neutral is what coding has left of a gray picture. */
const GRAY = 3 / 255

interface ReadPicture {
  readonly picture: ReferencePicture
  /** Of the file, upright. */
  readonly sides: { readonly width: number; readonly height: number }
}

export class ReferencePictures {
  readonly #kept = new RecentlyMade<ReadPicture>(KEPT)

  constructor(
    private readonly tools: FfmpegTools,
    private readonly footage: Footage,
  ) {}

  /**
   * As the film's frames are stored, where it has their shape. Throws UserError: not-found, no-permission, is-a-folder,
   * empty-file, bad-picture.
   */
  async load(path: string): Promise<ReferencePicture> {
    return (await this.#load(path)).picture
  }

  /** Throws UserError 'bad-picture' where it can not be laid over a frame, and those of load. */
  async checkShape(path: string): Promise<void> {
    const { sides } = await this.#load(path)
    if (!placeOfPicture(this.footage, sides)) throw otherShape(this.footage, path, sides)
  }

  /**
   * A colored picture of something else as the networks see pictures: turned as the film's are stored, the middle of it
   * in the shape of the film's. Throws the UserErrors of load, and 'bad-picture' where it has no colors to give.
   * @param width of the networks' luma
   */
  async example(path: string, width: number, height: number): Promise<{ luma: NetworkLuma; chroma: NetworkChroma }> {
    const { info } = this.footage
    const { picture } = await this.#decode(path, storedFilters(orientationOf(info)))
    const { num, den } = info.pixelAspect
    const cut = croppedReference(picture, (info.width * num) / (info.height * den))
    const [luma, chroma] = [resizeReference(cut, width, height), resizeReference(cut, width >> 1, height >> 1)]
    if (luma.opacity?.every((share) => share === 0)) {
      throw badPicture(
        path,
        sentence`is transparent all over: there is nothing to take from it.`,
        sentence`Choose a picture that shows something.`,
      )
    }
    if (chroma.chroma.every((value) => Math.abs(value) <= GRAY)) {
      throw badPicture(
        path,
        sentence`is gray all over: it has no colors to give.`,
        sentence`Choose a picture in color.`,
      )
    }
    return {
      luma: { width, height, values: luma.luma },
      chroma: { width: width >> 1, height: height >> 1, values: chroma.chroma },
    }
  }

  #load(path: string): Promise<ReadPicture> {
    return this.#kept.get(path, () => this.#read(path))
  }

  /** @param files by the names that operations know them by */
  async loadAll(
    ids: readonly AssetId[],
    files: Readonly<Record<AssetId, string>>,
  ): Promise<Map<AssetId, ReferencePicture>> {
    const pictures = new Map<AssetId, ReferencePicture>()
    for (const id of ids) if (files[id] !== undefined) pictures.set(id, await this.load(files[id]))
    return pictures
  }

  async #read(path: string): Promise<ReadPicture> {
    const asItIs = await this.#decode(path, [])
    const { sides } = asItIs
    // What is carried over by lightness alone may lie as it likes.
    const isTurned = storedFilters(orientationOf(this.footage.info)).length > 0
    const turn = isTurned ? (placeOfPicture(this.footage, sides)?.turn ?? []) : []
    return turn.length === 0 ? asItIs : { ...(await this.#decode(path, turn)), sides }
  }

  async #decode(path: string, turn: readonly string[]): Promise<ReadPicture> {
    const shrink = `scale=w='min(iw,max(1,round(iw*${DECODED_SIDE}/max(iw,ih))))':h='min(ih,max(1,round(ih*${DECODED_SIDE}/max(iw,ih))))'`
    const { samples, ...sides } = await decodePicture(
      this.tools,
      path,
      [...turn, `${shrink}:flags=area+accurate_rnd+full_chroma_int+full_chroma_inp`],
      'rgba64le',
    )
    const [width, height] = turn.some((filter) => filter.startsWith('transpose'))
      ? [sides.height, sides.width]
      : [sides.width, sides.height]
    const scale = Math.min(1, DECODED_SIDE / Math.max(width, height))
    const [w, h] =
      scale === 1 ? [width, height] : [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))]
    if (samples.length !== w * h * 4) {
      throw badPicture(path, sentence`can not be read as a picture.`, sentence`Save it again as PNG, TIFF or JPEG.`)
    }
    const whole = referenceFromRgba(samples, w, h, this.footage.layout.matrix)
    const kept = Math.min(1, KEPT_SIDE / Math.max(w, h))
    const picture =
      kept === 1 ? whole : resizeReference(whole, Math.max(1, Math.round(w * kept)), Math.max(1, Math.round(h * kept)))
    return { picture, sides }
  }
}
