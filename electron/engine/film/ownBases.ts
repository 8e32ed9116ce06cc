/** Colorings that frames have of their own: colored pictures of them, and colorings frozen when they were pinned. */
import { stat } from 'node:fs/promises'
import { sha256 } from '../../content/digest.ts'
import type { FrameBaseFile } from '../../contract/filmEdits.ts'
import { sentence } from '../../contract/sentence.ts'
import { asStored, decodeColoring } from '../cache/coloringCodec.ts'
import { Recent, RecentlyMade } from '../cache/recent.ts'
import type { Footage } from '../reading/footage.ts'
import { badPicture, readPictureFile } from '../reading/pictures/decodePicture.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import type { NetworkChroma } from '../picture/networkPictures.ts'
import { readPinnedPicture, type PinnedPicture } from './pinnedPicture.ts'
import { resizedChroma } from './resizedChroma.ts'

export interface OwnBase {
  /** SHA-256 of the file: equal ones color alike. */
  readonly content: string
  readonly chroma: NetworkChroma
  /** Reads it at full size; null for frozen colorings, which have none. Throws as load does. */
  readonly picture: FullSizePicture | null
}

export type FullSizePicture = () => Promise<PinnedPicture>

export interface OwnBasesParts {
  readonly tools: FfmpegTools
  readonly footage: Footage
  /** Of the networks' luma. */
  readonly networkWidth: number
  readonly networkHeight: number
  /** The cache, for what was made of a picture at the networks' size: decoding it takes a hundred times as long. */
  readonly stored: (key: string) => NetworkChroma | null
  readonly store: (key: string, chroma: NetworkChroma) => void
}

const KEPT_BASES = 64
/** Full-size chroma of a picture takes up to a few ten megabytes. */
const KEPT_PICTURES = 4

export class OwnBases {
  readonly #bases = new RecentlyMade<OwnBase>(KEPT_BASES)
  readonly #pictures = new Recent<PinnedPicture>(KEPT_PICTURES)

  constructor(private readonly parts: OwnBasesParts) {}

  /**
   * A file that has not changed since it was last read is not read again. Throws UserError: not-found, no-permission,
   * is-a-folder, empty-file, bad-picture.
   */
  async load(base: FrameBaseFile & { readonly path: string }): Promise<OwnBase> {
    const found = await stat(base.path).catch(() => null)
    const key = `${base.path} ${found?.mtimeMs} ${found?.size}`
    return this.#bases.get(key, () =>
      base.kind === 'picture' ? this.#readPicture(base.path) : this.#readFrozen(base.path),
    )
  }

  async #readPicture(path: string): Promise<OwnBase> {
    const content = sha256(await readPictureFile(path))
    const key = `picture as it says, as sRGB ${content}`
    const known = this.parts.stored(key)
    const chroma = known ?? asStored((await this.#fullSize(path, content)).chroma)
    if (!known) this.parts.store(key, chroma)
    return { content, chroma, picture: () => this.#fullSize(path, content) }
  }

  async #fullSize(path: string, content: string): Promise<PinnedPicture> {
    const { tools, footage, networkWidth, networkHeight } = this.parts
    return (
      this.#pictures.get(content) ??
      this.#pictures.set(content, await readPinnedPicture(tools, footage, path, networkWidth, networkHeight))
    )
  }

  async #readFrozen(path: string): Promise<OwnBase> {
    const bytes = await readPictureFile(path)
    const coloring = decodeColoring(bytes)
    if (!coloring) {
      throw badPicture(
        path,
        sentence`is damaged: the coloring it held can not be read.`,
        sentence`Pin the frame again, or bring the project back from a backup.`,
      )
    }
    return {
      content: sha256(bytes),
      chroma: resizedChroma(coloring.chroma, this.parts.networkWidth >> 1, this.parts.networkHeight >> 1),
      picture: null,
    }
  }
}
