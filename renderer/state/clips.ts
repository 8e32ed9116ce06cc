/** The films of the project in their order: which one is in view, and where each stands among the others. */
import type { Editor } from './editor.svelte.ts'

export class Clips {
  constructor(private readonly editor: Pick<Editor, 'film' | 'project' | 'files' | 'edit'>) {}

  /** Where the film in view stands; -1 where none is in view. */
  get #place(): number {
    const { film, project } = this.editor
    return project.document?.clips.findIndex(({ id }) => id === film?.id) ?? -1
  }

  /** Puts a film to another place; all that was done to it goes along. @param index among the films, itself left out */
  async move(id: string, index: number): Promise<void> {
    const clips = this.editor.project.document?.clips ?? []
    const from = clips.findIndex((clip) => clip.id === id)
    const to = Math.min(clips.length - 1, Math.max(0, index))
    if (from >= 0 && to !== from) await this.editor.edit({ type: 'move-clip', clip: id, index: to })
  }

  /** The film in view goes one place up or down. */
  async moveBy(direction: 1 | -1): Promise<void> {
    const { film } = this.editor
    if (film) await this.move(film.id, this.#place + direction)
  }

  async rename(id: string, name: string): Promise<void> {
    await this.editor.edit({ type: 'rename-clip', clip: id, name })
  }

  async goTo(direction: 1 | -1): Promise<void> {
    const next = this.#place < 0 ? undefined : this.editor.project.document?.clips[this.#place + direction]
    if (next) await this.editor.files.show(next.id)
  }
}

/**
 * Where something that is dragged comes to lie among others. Pure.
 * @param middles of the others, in their order
 * @param at where the pointer is
 */
export const slotAt = (middles: readonly number[], at: number): number => middles.filter((middle) => middle < at).length
