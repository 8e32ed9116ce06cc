/** Colorings that frames have of their own: colored pictures of them, and colorings frozen when they were pinned. */
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import type { FrameBaseFile } from '../../contract/filmEdits.ts'
import { decodeColoring } from '../cache/coloringCodec.ts'
import type { Footage } from '../media/footage.ts'
import { badPicture, readPictureFile } from '../media/decodePicture.ts'
import type { FfmpegTools } from '../media/locateFfmpeg.ts'
import type { NetworkChroma } from '../network/networks.ts'
import { AreaScaler } from '../picture/areaAverage.ts'
import { readPinnedPicture, type PinnedPicture } from './pinnedPicture.ts'
import { Recent } from './recent.ts'

export interface OwnBase {
  /** SHA-256 of the file: equal ones color alike. */
  readonly content: string
  readonly chroma: NetworkChroma
  /** At full size; null for frozen colorings, which have none. */
  readonly picture: PinnedPicture | null
}

/** Full-size chroma of a picture takes up to a few ten megabytes. */
const KEPT_PICTURES = 6
const KEPT_FROZEN = 64

export class OwnBases {
  readonly #pictures = new Recent<Promise<OwnBase>>(KEPT_PICTURES)
  readonly #frozen = new Recent<Promise<OwnBase>>(KEPT_FROZEN)

  constructor(
    private readonly tools: FfmpegTools,
    private readonly footage: Footage,
    /** Of the networks' luma. */
    private readonly networkWidth: number,
    private readonly networkHeight: number,
  ) {}

  /**
   * A file that has not changed since it was last read is not read again. Throws UserError: not-found, no-permission,
   * is-a-folder, empty-file, bad-picture.
   */
  async load(base: FrameBaseFile & { readonly path: string }): Promise<OwnBase> {
    const kept = base.kind === 'picture' ? this.#pictures : this.#frozen
    const found = await stat(base.path).catch(() => null)
    const key = `${base.path} ${found?.mtimeMs} ${found?.size}`
    const known = kept.get(key)
    if (known) return known
    const loading = base.kind === 'picture' ? this.#readPicture(base.path) : this.#readFrozen(base.path)
    kept.set(key, loading)
    try {
      return await loading
    } catch (error) {
      // It may be mended by the time it is asked for again.
      kept.delete(key)
      throw error
    }
  }

  async #readPicture(path: string): Promise<OwnBase> {
    const content = sha256(await readPictureFile(path))
    const picture = await readPinnedPicture(this.tools, this.footage, path, this.networkWidth, this.networkHeight)
    return { content, chroma: picture.chroma, picture }
  }

  async #readFrozen(path: string): Promise<OwnBase> {
    const bytes = await readPictureFile(path)
    const coloring = decodeColoring(bytes)
    if (!coloring) throw badPicture(path, 'is damaged: the coloring it held can not be read.', 'Pin the frame again, or bring the project back from a backup.')
    return { content: sha256(bytes), chroma: resized(coloring.chroma, this.networkWidth >> 1, this.networkHeight >> 1), picture: null }
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Networks of another size froze it. */
function resized(chroma: NetworkChroma, width: number, height: number): NetworkChroma {
  if (chroma.width === width && chroma.height === height) return chroma
  const scaler = new AreaScaler(chroma.width, chroma.height, width, height)
  const values = new Float32Array(2 * width * height)
  const plane = new Float32Array(chroma.width * chroma.height)
  const small = new Float32Array(width * height)
  for (let channel = 0; channel < 2; channel++) {
    // The scaler keeps to 0 and above, so chroma is lifted and lowered again.
    for (let i = 0; i < plane.length; i++) plane[i] = chroma.values[2 * i + channel]! + 1
    scaler.scale(plane, small, 1, 0, 2)
    for (let i = 0; i < small.length; i++) values[2 * i + channel] = small[i]! - 1
  }
  return { width, height, values }
}
