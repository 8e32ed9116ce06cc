/** Coloring the clip in view: starting, pausing, and carrying colors from pins. */
import type { PassMode } from '../../electron/contract/projectDocument.ts'
import type { FrameRange } from '../../electron/contract/schemas.ts'
import { ask } from '../studio.ts'
import { text } from '../text/catalog.ts'
import type { Editor } from './editor.svelte.ts'

export class Coloring {
  /** What the running coloring is to cover; null is the whole clip. */
  range = $state.raw<FrameRange | null>(null)

  constructor(private readonly editor: Pick<Editor, 'film' | 'playback' | 'jobs' | 'notices' | 'attempt'>) {}

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
   * @param shotAt instead: over the shot that holds this frame; main knows it once the film was looked through
   */
  async propagate(mode: PassMode, range: FrameRange | null, shotAt?: number): Promise<void> {
    const { film } = this.editor
    if (!film) return
    if (this.editor.jobs.colorizing) {
      this.editor.notices.tell(text.job.underWay)
      return
    }
    await this.editor.attempt(async () => {
      this.range = range && { from: range.from, to: range.to }
      const job = await ask('startColorize', {
        clip: film.id,
        mode,
        first: this.editor.playback.frame,
        ...(shotAt !== undefined ? { shotAt } : range && { range }),
      })
      if (!job) this.editor.notices.tell(text.job.allColored)
    })
  }

  /** The same over the shot in view. */
  async propagateShot(mode: PassMode): Promise<void> {
    const { film, playback } = this.editor
    const shot = film?.shotAt(playback.frame)
    if (shot) await this.propagate(mode, { from: shot.from, to: shot.to }, playback.frame)
  }

  async cancel(): Promise<void> {
    const { colorize } = this.editor.jobs
    if (colorize && this.editor.jobs.colorizing) await this.editor.attempt(() => ask('cancelJob', colorize.id))
  }
}
