/** The films of the project in their order: which one is in view, and where each stands among the others. */
import type { Editor } from './editor.svelte.ts'

export class Clips {
  constructor(private readonly editor: Pick<Editor, 'film' | 'project' | 'files' | 'edit' | 'steps'>) {}

  /** Where a film stands; -1 where it is in the project no more. */
  #placeOf(film: string | undefined): number {
    return this.editor.project.document?.clips.findIndex(({ id }) => id === film) ?? -1
  }

  /** Puts a film to another place; all that was done to it goes along. @param index among the films, itself left out */
  async move(id: string, index: number): Promise<void> {
    const clips = this.editor.project.document?.clips ?? []
    const from = clips.findIndex((clip) => clip.id === id)
    const to = Math.min(clips.length - 1, Math.max(0, index))
    if (from >= 0 && to !== from) await this.editor.edit({ type: 'move-clip', clip: id, index: to })
  }

  /** A film goes one place up or down. */
  async moveBy(direction: 1 | -1, id = this.editor.film?.id): Promise<void> {
    if (id === undefined) return
    // Held down, the key comes again before it is moved.
    await this.editor.steps.afterAll(async () => {
      const from = this.#placeOf(id)
      if (from >= 0) await this.move(id, from + direction)
    })
  }

  async rename(id: string, name: string): Promise<void> {
    await this.editor.edit({ type: 'rename-clip', clip: id, name })
  }

  async goTo(direction: 1 | -1): Promise<void> {
    // One that is on its way into view counts as seen: whoever presses the key twice goes two films on.
    const place = this.#placeOf(this.editor.files.opening ?? this.editor.film?.id)
    const next = place < 0 ? undefined : this.editor.project.document?.clips[place + direction]
    if (next) await this.editor.files.show(next.id)
  }
}

/**
 * Where something that is dragged comes to lie among others. Pure.
 * @param middles of the others, in their order
 * @param at where the pointer is
 */
export const slotAt = (middles: readonly number[], at: number): number => middles.filter((middle) => middle < at).length
