/**
 * Where the project says so, stale frames are colored again without being asked for: after every edit, until none is
 * left.
 */
import type { Clip } from '../../contract/projectDocument.ts'
import { staleFrames } from '../../project/dependents.ts'
import type { ProjectSession } from '../../project/session/projectSession.ts'
import { subtract } from '../../contract/ranges.ts'
import type { Coloring, ColorizeWish } from './coloring.ts'
import type { Jobs } from './jobs.ts'

/** A clip whose stale frames are being done again. */
interface Redo {
  /** The clip as its frames are being colored by. */
  seen: Clip
  /** An edit has come in since that makes this another work. */
  isOutdated: boolean
  /** What is asked for by it now. */
  wish: ColorizeWish | null
  /** The artist's own coloring of the clip, which it goes before: taken up again behind it, by the new pins. */
  readonly put: { readonly wish: ColorizeWish; readonly isPaused: boolean }[]
}

/** What decides which frames are stale and what they are colored by; results of passes do not. */
const isSameWork = (a: Clip, b: Clip): boolean =>
  a.frames === b.frames && a.shots === b.shots && a.locks === b.locks && a.footage === b.footage

export class RedoAtOnce {
  readonly #underWay = new Map<string, Redo>()

  constructor(
    private readonly session: ProjectSession,
    private readonly jobs: Jobs,
    private readonly coloring: Coloring,
    private readonly onTrouble: (error: unknown) => void,
  ) {}

  /** To be called when an edit was made or a drag has ended. */
  edited(): void {
    if (!this.#isWanted()) return
    for (const clip of this.session.project.clips) {
      const redo = this.#underWay.get(clip.id)
      if (redo) this.#renew(redo, clip)
      else if (staleFrames(clip).length > 0) this.#begin(clip)
    }
  }

  #isWanted(): boolean {
    return this.session.isOpen && !this.session.isEditing && this.session.project.settings.propagateAtOnce
  }

  #begin(clip: Clip): void {
    const redo: Redo = { seen: clip, isOutdated: false, wish: null, put: [] }
    this.#underWay.set(clip.id, redo)
    void this.#work(clip.id, redo).catch(this.onTrouble)
  }

  #renew(redo: Redo, clip: Clip): void {
    if (isSameWork(redo.seen, clip)) return
    redo.isOutdated = true
    void this.#goBefore(clip.id, redo)
  }

  /**
   * Ends what is being colored by pins that are no longer so; what it has finished and still holds is noted. Coloring
   * behind the search for shots takes new pins by itself.
   */
  async #goBefore(id: string, redo: Redo): Promise<void> {
    const clip = this.#clip(id)
    if (!clip || clip.cuts === 'none') return
    const open = this.jobs.open(id).filter(({ kind }) => kind === 'colorize')
    for (const { id: job, state } of open) {
      const wish = this.coloring.wishOf(job)
      const isKnown = wish === redo.wish || redo.put.some((each) => each.wish === wish)
      if (wish && !isKnown) redo.put.push({ wish, isPaused: state === 'paused' })
    }
    await this.jobs.cancelAll(open)
  }

  /** What the artist cancels, or what fails, is left as it is until the next edit. */
  async #work(id: string, redo: Redo): Promise<void> {
    let isCancelled = false
    try {
      await this.#goBefore(id, redo)
      for (;;) {
        const clip = this.#isWanted() ? this.#clip(id) : undefined
        const [part] = clip ? staleFrames(clip) : []
        if (!clip || !part) return
        redo.seen = clip
        redo.isOutdated = false
        redo.wish = { clip: id, mode: 'between', range: part, isByItself: true }
        const job = await this.coloring.colorize(redo.wish)
        const last = job === null ? null : await this.jobs.ended(job)
        if (redo.isOutdated) continue
        isCancelled = last?.state === 'cancelled'
        if (last?.state !== 'done' || this.#isStillStale(id, part)) return
      }
    } finally {
      // Right with the last look at the document: an edit after it begins anew.
      this.#underWay.delete(id)
      // Who cancels the only coloring that is in sight means all of it.
      if (!isCancelled && this.#clip(id)) await this.#takeUp(redo)
    }
  }

  async #takeUp({ put }: Redo): Promise<void> {
    for (const { wish, isPaused } of put) {
      const job = await this.coloring.colorize(wish)
      if (job !== null && isPaused) await this.jobs.pause(job)
    }
  }

  #clip(id: string): Clip | undefined {
    return this.session.isOpen ? this.session.project.clips.find((each) => each.id === id) : undefined
  }

  /** Doing it once more would not help. */
  #isStillStale(id: string, part: { readonly from: number; readonly to: number }): boolean {
    const clip = this.#clip(id)
    return clip !== undefined && subtract([part], staleFrames(clip)).length === 0
  }
}
