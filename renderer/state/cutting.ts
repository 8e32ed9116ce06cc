/** Shots of the clip in view, and what is locked of them. */
import type { Lock, Shot } from '../../electron/contract/projectDocument.ts'
import { holdsFrame } from '../../electron/contract/ranges.ts'
import { ask } from '../studio.ts'
import type { Editor } from './editor.svelte.ts'
import type { OpenFilm } from './film.svelte.ts'

type LockedRegion = NonNullable<Lock['region']>

export class Cutting {
  constructor(private readonly editor: Pick<Editor, 'film' | 'playback' | 'project' | 'attempt' | 'edit' | 'steps'>) {}

  async split(): Promise<void> {
    const { film, playback } = this.editor
    if (film) await this.editor.edit({ type: 'split-shot', clip: film.id, at: playback.frame })
  }

  /** Takes away the cut that the shot in view begins with. */
  async join(): Promise<void> {
    const { film, playback } = this.editor
    if (!film) return
    const { frame } = playback
    await this.editor.steps.afterAll(async () => {
      const at = this.#shotAt(film, frame)?.from
      if (at) await this.editor.edit({ type: 'join-shots', clip: film.id, at })
    })
  }

  /** As the document has it by now. */
  #shotAt({ id }: OpenFilm, frame: number): Shot | undefined {
    return this.editor.project.clip(id)?.shots.find((shot) => holdsFrame(shot, frame))
  }

  async find(): Promise<void> {
    const { film } = this.editor
    if (film) await this.editor.attempt(() => ask('findShots', film.id))
  }

  /** Locks the marked range, or the shot in view, against every pass; unlocks it where it is locked. */
  async toggleLock(): Promise<void> {
    const { film, playback } = this.editor
    if (!film) return
    const { frame, range } = playback
    // It takes a while to be locked, and may be unlocked again meanwhile.
    await this.editor.steps.afterAll(async () => {
      const clip = this.editor.project.clip(film.id)
      const held = clip?.locks.find((lock) => lock.region === null && holdsFrame(lock, frame))
      const marked = range ?? this.#shotAt(film, frame)
      if (held) await this.editor.edit({ type: 'remove-lock', clip: film.id, lock: held.id })
      else if (marked) {
        const lock = { id: crypto.randomUUID(), from: marked.from, to: marked.to, region: null }
        await this.editor.attempt(() => ask('lockFrames', { clip: film.id, lock }), film.id)
      }
    })
  }

  /** Locks the marked range, or the shot in view, within a region of a frame. */
  async lockRegion(region: LockedRegion): Promise<void> {
    const { film, playback } = this.editor
    const range = playback.range ?? film?.shotAt(playback.frame)
    if (!film || !range) return
    const lock = { id: crypto.randomUUID(), from: range.from, to: range.to, region }
    await this.editor.steps.inOrder(() =>
      this.editor.attempt(() => ask('lockFrames', { clip: film.id, lock }), film.id),
    )
  }

  /** Has the shot in view keep the film's own colors (its gray, where it has none), or colors it again. */
  async toggleOwnColors(): Promise<void> {
    const { film, playback } = this.editor
    if (!film) return
    const { frame } = playback
    await this.editor.steps.afterAll(async () => {
      const shot = this.#shotAt(film, frame)
      if (!shot) return
      const keep = !shot.keepsOwn
      await this.editor.edit({ type: 'keep-own-colors', clip: film.id, shot: shot.id, keep, frame })
    })
  }

  goTo(direction: 1 | -1): void {
    const frame = this.editor.film?.neighborShot(this.editor.playback.frame, direction)
    if (frame !== null && frame !== undefined) this.editor.playback.seek(frame)
  }
}
