/** The look of a shot, given to others. */
import type { Grade } from '../../electron/contract/operations.ts'
import { text } from '../text/catalog.ts'
import type { Editor } from './editor.svelte.ts'

export class Looks {
  copied = $state.raw<Grade | null>(null)

  constructor(private readonly editor: Pick<Editor, 'film' | 'playback' | 'notices' | 'project' | 'steps' | 'edit'>) {}

  /** Of the shot in view. */
  copy(): void {
    const { film, playback, notices } = this.editor
    const shot = film?.shotAt(playback.frame)
    if (!shot) return
    this.copied = shot.look
    notices.tell(text.tools.lookCopied)
  }

  /** To the shot in view, or to all shots of the marked range: one step. */
  async paste(): Promise<void> {
    const { film, playback, notices, project, steps } = this.editor
    const { copied: look } = this
    if (!film) return
    if (!look) return notices.tell(text.tools.noLook)
    const { frame, range } = playback
    const part = range ? { from: range.from, to: range.to } : { from: frame, to: frame + 1 }
    await steps.afterAll(async () => {
      const clip = project.clip(film.id)
      const shots = clip?.shots.filter(({ from, to }) => from < part.to && to > part.from) ?? []
      const edit = crypto.randomUUID()
      if (!(await project.begin(edit))) return
      for (const { id, from } of shots) {
        // The shot may be still to be found within this one.
        const at = range ? Math.max(from, part.from) : frame
        await this.editor.edit({ type: 'set-look', clip: film.id, shot: id, look, frame: at }, edit)
      }
      if (!(await project.commit(edit))) return
      if (range && clip?.cuts === 'none') notices.tell(text.tools.lookOfKnownShots)
      else if (shots.length > 1) notices.tell(text.tools.lookPasted(shots.length))
    })
  }
}
