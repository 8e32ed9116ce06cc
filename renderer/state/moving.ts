/** The pin or marker of the frame in view, moved frame by frame: what a drag along the timeline does, by keys. */
import { text } from '../text/catalog.ts'
import type { Editor } from './editor.svelte.ts'

export class Moving {
  /** One press after the other: each moves on what the one before has moved. */
  #last: Promise<void> = Promise.resolve()

  constructor(
    private readonly editor: Pick<Editor, 'film' | 'playback' | 'pinning' | 'marking' | 'notices' | 'afterAll'>,
  ) {}

  /** The playhead goes along. Where the frame has both, it is the pin. */
  by(frames: 1 | -1): Promise<void> {
    this.editor.playback.pause()
    this.#last = this.#last.then(() => this.#move(frames))
    return this.#last
  }

  async #move(frames: 1 | -1): Promise<void> {
    const { film, playback, pinning, marking } = this.editor
    // It may be a pin that is being made just now.
    await this.editor.afterAll(() => Promise.resolve())
    if (!film || film !== this.editor.film) return
    const from = playback.frame
    const to = from + frames
    const marker = film.markerAt(from)
    const isPin = film.isPinned(from)
    if (!isPin && !marker) this.editor.notices.tell(text.timeline.nothingToMove)
    if (to < 0 || to >= playback.frameCount) return
    if (isPin) await pinning.move(from, to, false)
    else if (marker) await marking.move(from, to)
    // Where it may not stand, it stays, and so does the playhead.
    const isMoved = isPin ? !film.isPinned(from) : marker && film.markerAt(to)?.id === marker.id
    if (isMoved && film === this.editor.film && playback.frame === from) playback.seek(to)
  }
}
