/** The pictures that reference operations name, decoded once. */
import type { AssetId } from '../../contract/operations.ts'
import type { ColorMatrix } from '../../contract/schemas.ts'
import { sentence } from '../../contract/sentence.ts'
import { Recent } from '../cache/recent.ts'
import { badPicture, decodePicture } from '../reading/decodePicture.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { referenceFromRgba, resizeReference, type ReferencePicture } from '../overrides/referencePicture.ts'

const KEPT = 12
/**
 * Longer side at which pictures are decoded, and at which they are kept: far more than the networks' grid tells apart.
 */
const DECODED_SIDE = 2048
const KEPT_SIDE = 1024

export class ReferencePictures {
  readonly #kept = new Recent<Promise<ReferencePicture>>(KEPT)

  constructor(
    private readonly tools: FfmpegTools,
    private readonly matrix: ColorMatrix,
  ) {}

  /** Throws UserError: not-found, no-permission, is-a-folder, empty-file, bad-picture. */
  async load(path: string): Promise<ReferencePicture> {
    const known = this.#kept.get(path)
    if (known) return known
    const loading = this.#read(path)
    void this.#kept.set(path, loading)
    try {
      return await loading
    } catch (error) {
      this.#kept.delete(path)
      throw error
    }
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

  async #read(path: string): Promise<ReferencePicture> {
    const shrink = `scale=w='min(iw,max(1,round(iw*${DECODED_SIDE}/max(iw,ih))))':h='min(ih,max(1,round(ih*${DECODED_SIDE}/max(iw,ih))))'`
    const { width, height, samples } = await decodePicture(
      this.tools,
      path,
      [`${shrink}:flags=area+accurate_rnd+full_chroma_int+full_chroma_inp`],
      'rgba64le',
    )
    const scale = Math.min(1, DECODED_SIDE / Math.max(width, height))
    const [w, h] =
      scale === 1 ? [width, height] : [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))]
    if (samples.length !== w * h * 4) {
      throw badPicture(path, sentence`can not be read as a picture.`, sentence`Save it again as PNG, TIFF or JPEG.`)
    }
    const whole = referenceFromRgba(samples, w, h, this.matrix)
    const kept = Math.min(1, KEPT_SIDE / Math.max(w, h))
    return kept === 1
      ? whole
      : resizeReference(whole, Math.max(1, Math.round(w * kept)), Math.max(1, Math.round(h * kept)))
  }
}
