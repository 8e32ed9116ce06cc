/** Single pictures of a film, each written at once to where the artist says: frames, and sheets of all its pins. */
import type { Originals } from '../contract/originals.ts'
import { sentence } from '../contract/sentence.ts'
import { UserError } from '../contract/userError.ts'
import { pinsOf } from '../project/document.ts'
import { originalsOf } from '../project/films/originals.ts'
import type { Dialogs } from './dialogs.ts'
import type { Studio } from './studio.ts'

export class PictureExports {
  readonly #written = new Set<string>()

  constructor(
    private readonly studio: Pick<Studio, 'clips' | 'engine' | 'session'>,
    private readonly dialogs: Pick<Dialogs, 'chooseFrameTarget' | 'chooseSheetTarget' | 'agreements'>,
  ) {}

  /** Gives where it lies; null where the dialog was closed. */
  async frame(clip: string, frame: number): Promise<string | null> {
    const { clips, engine } = this.studio
    const target = await this.dialogs.chooseFrameTarget(await clips.info(clip), frame)
    return this.#write(clip, target, (...to) => engine.call('exportFrame', clip, frame, ...to))
  }

  /** The same. Throws UserError 'not-found' where no frame is pinned. */
  async sheet(clip: string): Promise<string | null> {
    const { clips, engine } = this.studio
    const pins = pinsOf(clips.clip(clip))
    if (pins.length === 0)
      throw new UserError('not-found', sentence`No frame of this film is pinned.`, sentence`Pin a frame first.`)
    const target = await this.dialogs.chooseSheetTarget(await clips.info(clip))
    return this.#write(clip, target, (...to) => engine.call('exportSheet', clip, pins, ...to))
  }

  /** By this run of the program. */
  hasWritten(path: string): boolean {
    return this.#written.has(path)
  }

  async #write(
    clip: string,
    target: string | null,
    write: (target: string, overwrite: boolean, originals: Originals) => Promise<{ readonly path: string }>,
  ): Promise<string | null> {
    if (!target) return null
    await this.studio.clips.settled(clip)
    const originals = await originalsOf(this.studio.session)
    const { path } = await this.dialogs.agreements.use(target, (agreed) => write(target, agreed, originals))
    this.#written.add(path)
    return path
  }
}
