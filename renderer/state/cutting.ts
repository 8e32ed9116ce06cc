/** Shots of the clip in view, and what is locked of them. */
import { ask } from '../studio.ts'
import type { Editor } from './editor.svelte.ts'

export class Cutting {
  constructor(private readonly editor: Pick<Editor, 'film' | 'playback' | 'attempt' | 'edit' | 'inOrder'>) {}

  async split(): Promise<void> {
    const { film, playback } = this.editor
    if (film) await this.editor.edit({ type: 'split-shot', clip: film.id, at: playback.frame })
  }

  /** Takes away the cut that the shot in view begins with. */
  async join(): Promise<void> {
    const { film, playback } = this.editor
    const at = film?.shotAt(playback.frame)?.from
    if (film && at) await this.editor.edit({ type: 'join-shots', clip: film.id, at })
  }

  async find(): Promise<void> {
    const { film } = this.editor
    if (film) await this.editor.attempt(() => ask('findShots', film.id))
  }

  /** Locks the marked range, or the shot in view, against every pass; unlocks it where it is locked. */
  async toggleLock(): Promise<void> {
    const { film, playback } = this.editor
    if (!film?.clip) return
    const { frame } = playback
    const held = film.clip.locks.find((lock) => lock.region === null && frame >= lock.from && frame < lock.to)
    if (held) {
      await this.editor.edit({ type: 'remove-lock', clip: film.id, lock: held.id })
      return
    }
    const range = playback.range ?? film.shotAt(frame)
    const lock = range && { id: crypto.randomUUID(), from: range.from, to: range.to, region: null }
    if (!lock) return
    await this.editor.inOrder(() => this.editor.attempt(() => ask('lockFrames', { clip: film.id, lock })))
  }

  /** Has the shot in view keep the film's own colors (its gray, where it has none), or colors it again. */
  async toggleOwnColors(): Promise<void> {
    const { film, playback } = this.editor
    const shot = film?.shotAt(playback.frame)
    if (film && shot)
      await this.editor.edit({ type: 'keep-own-colors', clip: film.id, shot: shot.id, keep: !shot.keepsOwn })
  }

  goTo(direction: 1 | -1): void {
    const frame = this.editor.film?.neighborShot(this.editor.playback.frame, direction)
    if (frame !== null && frame !== undefined) this.editor.playback.seek(frame)
  }
}
