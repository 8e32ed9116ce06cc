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

/** A cut on its way. */
interface MovingCut {
  readonly clip: string
  readonly edit: string
  /** Where it is, by what was asked for. */
  at: number
  /** The frames between which it can be; null until its edit is open, and all that was done before is known. */
  limits: { readonly first: number; readonly last: number } | null
  /** Where it is to be as soon as they are known. */
  wished: number | null
  /** Ends when they are. */
  begun: Promise<void>
}

export class TimelineDrag {
  #cut: MovingCut | null = null
  #held = $state.raw<DraggedMark | { readonly kind: 'playhead' } | null>(null)

  constructor(
    private readonly editor: Pick<Editor, 'clip' | 'film' | 'marking' | 'pinning' | 'playback' | 'project' | 'steps'>,
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
    const { playback } = this.editor
    playback.pause()
    if (hit.kind === 'pin') this.#held = { kind: 'pin', from: hit.frame, to: hit.frame, copy }
    else if (hit.kind === 'marker') this.#held = { kind: 'marker', from: hit.frame, to: hit.frame }
    else if (hit.kind === 'cut') {
      this.#cut = this.#takeCut(hit.at)
      if (this.#cut) this.#held = { kind: 'cut', from: hit.at, to: hit.at, edit: this.#cut.edit }
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
    else if (this.#cut) this.#moveCut(this.#cut, to)
  }

  /** Its limits are those of the moment: the document in view may be behind, by the cut's own moves for one. */
  #takeCut(at: number): MovingCut | null {
    const { film, playback, project } = this.editor
    if (!film) return null
    const edit = crypto.randomUUID()
    const cut: MovingCut = { clip: film.id, edit, at, limits: null, wished: null, begun: Promise.resolve() }
    cut.begun = project.begin(edit).then(() => {
      cut.limits = cutLimits(project.clip(cut.clip)?.shots ?? [], at, playback.frameCount)
      if (cut.wished !== null) this.#moveCut(cut, cut.wished)
    })
    return cut
  }

  #moveCut(cut: MovingCut, wished: number): void {
    if (!cut.limits) {
      cut.wished = wished
      return
    }
    const { first, last } = cut.limits
    const to = Math.min(last, Math.max(first, wished))
    if (to === cut.at) return
    void this.editor.project.edit({ type: 'move-cut', clip: cut.clip, at: cut.at, to }, cut.edit)
    cut.at = to
    if (this.#held?.kind === 'cut' && this.#held.edit === cut.edit) this.#held = { ...this.#held, to }
  }

  /** A press without a move goes to the mark. */
  release(): void {
    const { marking, pinning, playback, project, steps } = this.editor
    const { mark } = this
    const cut = this.#cut
    this.#held = this.#cut = null
    if (!mark) return
    // Undo that is pressed at once means this, be it begun by then or not.
    if (mark.kind === 'cut')
      void steps.inOrder(async () => {
        await cut?.begun
        await project.commit(mark.edit)
      })
    else if (mark.to === mark.from) playback.seek(mark.from)
    else if (mark.kind === 'marker') void marking.move(mark.from, mark.to)
    else void pinning.move(mark.from, mark.to, mark.copy)
  }

  /** What was on its way goes back to where it was. */
  giveUp(): void {
    const { mark } = this
    if (this.#cut) this.#cut.wished = null
    this.#held = this.#cut = null
    if (mark?.kind === 'cut') void this.editor.project.cancel(mark.edit)
  }
}
