/** Pins of the clip in view: making, moving and finding them. */
import { ALIKE } from '../../electron/contract/alike.ts'
import { ask } from '../studio.ts'
import { text } from '../text/catalog.ts'
import type { Editor } from './editor.svelte.ts'
import type { OpenFilm } from './film.svelte.ts'

export class Pinning {
  /** The frame where a new pin would help most, as far as is known. */
  suggestion = $state<number | null>(null)

  constructor(
    private readonly editor: Pick<Editor, 'film' | 'playback' | 'notices' | 'attempt' | 'edit' | 'inOrder'>,
  ) {}

  /** Keeps what the frame in view shows as a pin. */
  async pin(): Promise<void> {
    await this.#pinned((clip, frame) => ask('pinFrame', { clip, frame }))
  }

  async choosePicture(): Promise<void> {
    await this.editor.attempt(async () => {
      const path = await ask('choosePicture')
      if (path) await this.pinPicture(path)
    })
  }

  async pinPicture(path: string): Promise<void> {
    await this.#pinned((clip, frame) => ask('pinPicture', { clip, frame, path }))
  }

  /** Pins a frame in the colors of a pin of another shot. @param of the clip of that */
  async pinLikePin(frame: number, of: string, pin: number): Promise<void> {
    await this.#pinnedLike(frame, (clip) => ask('pinLikePin', { clip, frame, of, pin }))
  }

  /** The same in those of a picture of something else, which the artist chooses. */
  async pinLikePicture(frame: number): Promise<void> {
    await this.editor.attempt(async () => {
      const path = await ask('choosePicture')
      if (path) await this.#pinnedLike(frame, (clip) => ask('pinLikePicture', { clip, frame, path }))
    })
  }

  async #pinnedLike(frame: number, pin: (clip: string) => Promise<number>): Promise<void> {
    await this.#pinned(async (clip) => {
      const share = await pin(clip)
      if (share < ALIKE) this.editor.notices.tell(text.pins.hardlyAlike)
    }, frame)
  }

  /** Has the shots without a pin looked through, of the marked range where there is one. */
  async pinAlike(): Promise<void> {
    const { film } = this.editor
    if (!film) return
    await this.editor.attempt(async () => {
      const { range } = this.editor.playback
      const job = await ask('pinAlike', { clip: film.id, ...(range && { range }) })
      if (!job) this.editor.notices.tell(text.pins.allPinned)
    })
  }

  async #pinned(
    pin: (clip: string, frame: number) => Promise<void>,
    frame = this.editor.playback.frame,
  ): Promise<void> {
    const { film } = this.editor
    if (!film) return
    await this.editor.inOrder(() =>
      this.editor.attempt(async () => {
        await pin(film.id, frame)
        this.editor.notices.tell(text.pins.done(frame))
      }),
    )
  }

  async unpin(frame = this.editor.playback.frame): Promise<void> {
    const { film } = this.editor
    if (!film?.isPinned(frame)) return
    if (await this.editor.edit({ type: 'unpin', clip: film.id, frame, keepColoring: false })) {
      this.editor.notices.tell(text.pins.removed(frame))
    }
  }

  async move(from: number, to: number, copy: boolean): Promise<void> {
    const { film } = this.editor
    if (!film || from === to) return
    await this.editor.inOrder(() => this.editor.attempt(() => ask('movePin', { clip: film.id, from, to, copy })))
  }

  /** Goes to the frame where a new pin would help most. */
  async goToSuggested(): Promise<void> {
    const { film } = this.editor
    if (!film) return
    await this.editor.attempt(async () => {
      const { range } = this.editor.playback
      const suggestion = await ask('suggestPin', { clip: film.id, ...(range && { range }) })
      if (suggestion) this.editor.playback.seek(suggestion.frame)
      else this.editor.notices.tell(text.pins.noneNeeded)
    })
  }

  /** Looks for the frame where a new pin would help most. */
  async suggest(film: OpenFilm): Promise<void> {
    // Where nothing is colored, nothing is known of where the pass is at a loss.
    const found = film.present.length > 0 ? await ask('suggestPin', { clip: film.id }) : null
    if (this.editor.film === film) this.suggestion = found?.frame ?? null
  }

  goTo(direction: 1 | -1): void {
    const frame = this.editor.film?.neighborPin(this.editor.playback.frame, direction)
    if (frame !== null && frame !== undefined) this.editor.playback.seek(frame)
  }
}
