/** What the pointer holds in the timeline, the playhead or a mark, from the press until it is let go or given up. */
import type { Editor } from '../state/editor.svelte.ts'
import type { TimelineScale } from '../state/timelineScale.ts'
import { cutLimits, snapped, type Hit } from './lanes.ts'

/** Where a mark was taken, and where it is now. */
interface Moved {
  readonly from: number
  readonly to: number
}

export type DraggedMark =
  | (Moved & { readonly kind: 'pin'; readonly copy: boolean })
  | (Moved & { readonly kind: 'marker' })
  /** Its shots follow at once: what it does is an edit that is open, by this name. */
  | (Moved & { readonly kind: 'cut'; readonly edit: string })

export class TimelineDrag {
  #held = $state.raw<DraggedMark | { readonly kind: 'playhead' } | null>(null)

  constructor(
    private readonly editor: Pick<Editor, 'clip' | 'film' | 'marking' | 'pinning' | 'playback' | 'project'>,
  ) {}

  /** Null where the pointer holds none. */
  get mark(): DraggedMark | null {
    return this.#held?.kind === 'playhead' ? null : this.#held
  }

  get isSeeking(): boolean {
    return this.#held?.kind === 'playhead'
  }

  /**
   * @param frame under the pointer
   * @param copy the pin is to stay where it is as well
   */
  press(hit: Hit, frame: number, copy: boolean): void {
    if (this.mark) return
    const { playback, project } = this.editor
    playback.pause()
    if (hit.kind === 'pin') this.#held = { kind: 'pin', from: hit.frame, to: hit.frame, copy }
    else if (hit.kind === 'marker') this.#held = { kind: 'marker', from: hit.frame, to: hit.frame }
    else if (hit.kind === 'cut') {
      const edit = crypto.randomUUID()
      this.#held = { kind: 'cut', from: hit.at, to: hit.at, edit }
      void project.begin(edit)
    } else if (hit.kind === 'suggestion') playback.seek(hit.frame)
    else {
      this.#held = { kind: 'playhead' }
      playback.seek(frame)
    }
  }

  move(frame: number, scale: TimelineScale, copy: boolean): void {
    const held = this.#held
    const { playback } = this.editor
    if (!held) return
    if (held.kind === 'playhead') return playback.seek(frame)
    const to = snapped(frame, playback.frame, scale)
    if (held.kind === 'pin') this.#held = { ...held, to, copy }
    else if (held.kind === 'marker') this.#held = { ...held, to }
    else this.#moveCut(held, to)
  }

  #moveCut(held: DraggedMark & { readonly kind: 'cut' }, wished: number): void {
    const { clip, film, playback, project } = this.editor
    if (!film) return
    const { first, last } = cutLimits(clip?.shots ?? [], held.to, playback.frameCount)
    const to = Math.min(last, Math.max(first, wished))
    if (to === held.to) return
    void project.edit({ type: 'move-cut', clip: film.id, at: held.to, to }, held.edit)
    this.#held = { ...held, to }
  }

  /** A press without a move goes to the mark. */
  release(): void {
    const { marking, pinning, playback, project } = this.editor
    const { mark } = this
    this.#held = null
    if (!mark) return
    if (mark.kind === 'cut') void project.commit(mark.edit)
    else if (mark.to === mark.from) playback.seek(mark.from)
    else if (mark.kind === 'marker') void marking.move(mark.from, mark.to)
    else void pinning.move(mark.from, mark.to, mark.copy)
  }

  /** What was on its way goes back to where it was. */
  giveUp(): void {
    const { mark } = this
    this.#held = null
    if (mark?.kind === 'cut') void this.editor.project.cancel(mark.edit)
  }
}
