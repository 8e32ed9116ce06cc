/**
 * The pictures of a run as they were when it was opened. Whatever reads the run asks of each picture whether it still
 * is that one: a scan that is put in its place meanwhile must not be colored, and kept, under the name of the one
 * before.
 */
import { filmIdentity, PICTURE_DIGITS, pictureDigits, runStamp } from '../../../content/filmIdentity.ts'
import type { FrameRange } from '../../../contract/schemas.ts'
import { pathError } from '../inputFile.ts'

export class KnownPictures {
  /** Frames whose pictures have turned out to be others. */
  readonly #replaced = new Set<number>()

  /**
   * @param digits of all pictures (see content/filmIdentity.ts), by which their colorings are named as well
   * @param stamp of their sizes and times
   */
  private constructor(
    private readonly files: readonly string[],
    readonly digits: string,
    readonly stamp: string,
  ) {}

  /** Of the run that a picture belongs to. Throws UserError 'not-found' or 'no-permission' where it can't be read. */
  static async of(path: string): Promise<KnownPictures> {
    try {
      const { files, pictures } = await filmIdentity(path)
      return new KnownPictures(files, pictures ?? (await pictureDigits(path)), await runStamp(files))
    } catch (error) {
      throw pathError(error, path)
    }
  }

  /** Those of some pieces of the film, one behind the other. */
  ofPieces(pieces: readonly FrameRange[]): KnownPictures {
    return new KnownPictures(
      pieces.flatMap(({ from, to }) => this.files.slice(from, to)),
      pieces.map(({ from, to }) => this.digits.slice(from * PICTURE_DIGITS, to * PICTURE_DIGITS)).join(''),
      this.stamp,
    )
  }

  get count(): number {
    return this.files.length
  }

  /** Where a frame's picture lies. */
  pathOf(frame: number): string | null {
    return this.files[frame] ?? null
  }

  /**
   * Whether a frame that was read just now shows the picture that was opened. One that was merely touched does; of one
   * that is not to be had any more the reading itself tells.
   */
  async holds(frame: number): Promise<boolean> {
    const path = this.pathOf(frame)
    const now = path && (await pictureDigits(path).catch(() => null))
    if (now && now !== this.digits.slice(frame * PICTURE_DIGITS, (frame + 1) * PICTURE_DIGITS))
      this.#replaced.add(frame)
    return !this.isReplaced(frame)
  }

  /** As far as it was found: what is made of such a frame is not kept. */
  isReplaced(frame: number): boolean {
    return this.#replaced.has(frame)
  }
}
