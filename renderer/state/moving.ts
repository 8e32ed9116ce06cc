/** The pin or marker of the frame in view, moved frame by frame: what a drag along the timeline does, by keys. */
import { text } from '../text/catalog.ts'
import type { Editor } from './editor.svelte.ts'
import type { OpenFilm } from './film.svelte.ts'

export class Moving {
  /** Presses that wait for their turn: each moves on what the one before has moved, to where that has led. */
  #presses = 0
  #at: { readonly film: OpenFilm; frame: number } | null = null

  constructor(
    private readonly editor: Pick<Editor, 'film' | 'playback' | 'pinning' | 'marking' | 'notices' | 'steps'>,
  ) {}

  /** The playhead goes along. Where the frame has both, it is the pin. */
  async by(frames: 1 | -1): Promise<void> {
    const { film, playback } = this.editor
    if (!film) return
    playback.pause()
    if (this.#presses++ === 0) this.#at = { film, frame: playback.frame }
    // One piece of work, so that undo finds it done or not begun. It may be a pin that is being made just now.
    await this.editor.steps.afterAll(() => this.#move(frames)).finally(() => this.#presses--)
  }

  async #move(frames: 1 | -1): Promise<void> {
    const { playback, pinning, marking } = this.editor
    const at = this.#at
    // Whoever has gone elsewhere meanwhile did not mean what is there.
    if (!at || at.film !== this.editor.film || at.frame !== playback.frame) return
    const { film, frame: from } = at
    const to = from + frames
    const marker = film.markerAt(from)
    const isPin = film.isPinned(from)
    if (!isPin && !marker) this.editor.notices.tell(text.timeline.nothingToMove)
    if (to < 0 || to >= playback.frameCount) return
    if (isPin) await pinning.moveInTurn(film, from, to, false)
    else if (marker) await marking.move(from, to)
    // Where it may not stand, it stays, and so does the playhead.
    const isMoved = isPin ? !film.isPinned(from) : marker && film.markerAt(to)?.id === marker.id
    if (!isMoved || film !== this.editor.film || playback.frame !== from) return
    playback.seek(to)
    at.frame = to
  }
}
