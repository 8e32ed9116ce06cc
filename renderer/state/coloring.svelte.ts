/** Coloring the clip in view: starting, pausing, and carrying colors from pins. */
import type { PassMode } from '../../electron/contract/projectDocument.ts'
import { holdsFrame } from '../../electron/contract/ranges.ts'
import type { FrameRange } from '../../electron/contract/schemas.ts'
import { ask } from '../studio.ts'
import { text } from '../text/catalog.ts'
import type { Editor } from './editor.svelte.ts'
import type { OpenFilm } from './film.svelte.ts'

export class Coloring {
  /** What the last coloring of each clip was to cover. */
  #ranges = $state.raw<Readonly<Record<string, FrameRange | null>>>({})

  constructor(
    private readonly editor: Pick<
      Editor,
      'film' | 'playback' | 'project' | 'jobs' | 'notices' | 'attempt' | 'steps' | 'tellOf'
    >,
  ) {}

  /** Of each clip the coloring that was ordered here last: main begins others by itself, of parts of its own. */
  readonly #ordered: Record<string, { readonly job: string; readonly range: FrameRange | null }> = {}

  /** What the running coloring of the clip in view is to cover; null is the whole clip. */
  get range(): FrameRange | null {
    return this.#ranges[this.editor.film?.id ?? ''] ?? null
  }

  /** The coloring under way of a clip takes in what is done to this frame. */
  takesIn(clip: string, frame: number): boolean {
    const ordered = this.#ordered[clip]
    if (!ordered || !this.editor.jobs.isColorizing(ordered.job)) return false
    return ordered.range === null || holdsFrame(ordered.range, frame)
  }

  /** One command for the whole course: start, pause, go on. Colors what has no color and what is out of date. */
  async startOrPause(): Promise<void> {
    const { jobs } = this.editor
    if (jobs.colorizing && jobs.colorize) {
      const { state, id } = jobs.colorize
      await this.editor.attempt(() => ask(state === 'paused' ? 'resumeJob' : 'pauseJob', id))
    } else await this.propagate('between', this.editor.playback.range)
  }

  /**
   * Carries colors from pins over a range, or the whole clip.
   * @param of instead: over the shot that holds this frame; main knows it once the film was looked through
   */
  async propagate(
    mode: PassMode,
    range: FrameRange | null,
    of?: { readonly film: OpenFilm; readonly frame: number },
  ): Promise<void> {
    const film = of?.film ?? this.editor.film
    if (!film) return
    const first = of?.frame ?? this.editor.playback.frame
    // It goes by the pins: one that is being made counts as well. What comes next need not wait for it.
    await this.editor.steps.allMade()
    if (this.editor.jobs.colorizingOf(film.id)) {
      this.editor.tellOf(film, text.job.underWay)
      return
    }
    await this.editor.attempt(async () => {
      this.#ranges = { ...this.#ranges, [film.id]: range && { from: range.from, to: range.to } }
      const wish = of ? { shotAt: of.frame } : range && { range }
      const job = await ask('startColorize', { clip: film.id, mode, first, ...wish })
      if (job) this.#ordered[film.id] = { job, range }
      if (!job && this.editor.film?.id === film.id) this.editor.notices.tell(this.#nothingToDo(film, range, of?.frame))
    }, film.id)
  }

  /** Why a coloring was not begun. @param inShot a frame of the shot that it was to cover, where it was one */
  #nothingToDo({ id }: OpenFilm, range: FrameRange | null, inShot: number | undefined): string {
    const clip = this.editor.project.clip(id)
    const within = clip?.shots.filter((shot) => range === null || (shot.from < range.to && shot.to > range.from)) ?? []
    if (within.length > 0 && within.every(({ keepsOwn }) => keepsOwn)) return text.job.allOwn
    if (inShot === undefined) return range ? text.job.partColored : text.job.allColored
    const shot = clip?.shots.find((each) => holdsFrame(each, inShot))
    const hasPin = clip && shot && Object.entries(clip.frames).some(([n, { pinned }]) => pinned && holdsFrame(shot, +n))
    return hasPin ? text.job.shotColored : text.job.shotWithoutPin
  }

  /** The same over the shot in view. @param pinned the pin that it is to carry: without that nothing is done */
  async propagateShot(mode: PassMode, pinned: Promise<boolean> = Promise.resolve(true)): Promise<void> {
    const { film, playback } = this.editor
    const { frame } = playback
    const shot = film?.shotAt(frame)
    if (!(await pinned)) return
    if (film && shot) await this.propagate(mode, { from: shot.from, to: shot.to }, { film, frame })
  }

  async cancel(): Promise<void> {
    const { colorize, colorizing } = this.editor.jobs
    const words = this.ending
    if (!colorize || !colorizing || words === null) return
    if (await this.editor.attempt(() => ask('cancelJob', colorize.id))) this.editor.notices.tell(words)
  }

  /** What is said where the coloring of the film in view is cancelled now; null where there is none. */
  get ending(): string | null {
    const { colorize, colorizing } = this.editor.jobs
    if (!colorize || !colorizing) return null
    const { done, total } = colorize.progress
    return total > 0 ? text.job.cancelledAt(done, total) : text.job.cancelled
  }
}
