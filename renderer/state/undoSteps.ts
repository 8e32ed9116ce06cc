/** The order in which work becomes undo steps, and undo and redo, which mean what was done last. */
import type { StepLabel } from '../../electron/contract/stepLabels.ts'
import { text } from '../text/catalog.ts'
import { stepInWords } from '../text/steps.ts'
import type { Editor } from './editor.svelte.ts'
import { changedElsewhere } from './elsewhere.ts'

export class UndoSteps {
  /** Ends when all that was begun in order up to now has. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly editor: Pick<Editor, 'project' | 'tools' | 'film' | 'files' | 'playback' | 'notices' | 'dragged'>,
  ) {}

  /**
   * What takes a while to become a step, and undo and redo, one after the other: undo is meant for what was done last,
   * be it made by then or not.
   */
  inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }

  /** The same for what goes by the document: it finds all in it that was done before. */
  afterAll<T>(work: () => Promise<T>): Promise<T> {
    return this.inOrder(async () => {
      await this.allSent()
      return work()
    })
  }

  /** Resolves when what was done up to now is in the document, pins that are being made among it. */
  allMade(): Promise<void> {
    return this.afterAll(() => Promise.resolve())
  }

  /** Resolves when main has what was drawn and edited last. */
  async allSent(): Promise<void> {
    await this.editor.tools.settled()
    await this.editor.project.settled()
  }

  /** In the middle of a stroke or of a drag it is that which was not meant. */
  async undo(): Promise<void> {
    const { dragged, tools, project } = this.editor
    if (dragged) return dragged.giveUp()
    if (tools.inHand) return tools.giveUp()
    if (tools.withholdColor()) return
    await this.#afterDrawn(async () => {
      const step = project.status?.undo
      if (step) await this.#go(step, text.top.undone, () => project.undo())
    })
  }

  async redo(): Promise<void> {
    const { dragged, tools, project } = this.editor
    if (dragged || tools.inHand) return
    await this.#afterDrawn(async () => {
      const step = project.status?.redo
      if (step) await this.#go(step, text.top.redone, () => project.redo())
    })
  }

  /** Undoes or redoes until this many are done. */
  async goTo(position: number): Promise<void> {
    await this.afterAll(() => this.editor.project.goTo(position))
  }

  /**
   * After what was drawn and edited up to now, and not what is drawn while it waits for its turn: that is not what it
   * was meant for.
   */
  #afterDrawn(work: () => Promise<void>): Promise<void> {
    const drawn = this.editor.tools.drawn().then(() => this.editor.project.settled())
    return this.inOrder(async () => {
      await drawn
      await work()
    })
  }

  /** What it changes out of sight is said. */
  async #go(step: StepLabel, words: (step: string) => string, go: () => Promise<boolean>): Promise<void> {
    const { project, film: inView, playback, notices } = this.editor
    const { document: before } = project
    const view = inView && { clip: inView.id, frame: playback.frame }
    const done = await go()
    const { document: after } = project
    if (!done || !before || !after || !view) return
    // A film that has come back is what the step was about.
    const back = after.clips.find(({ id }) => !before.clips.some((clip) => clip.id === id))
    if (back) return void this.editor.files.show(back.id)
    const film = changedElsewhere(before, after, step, view)
    if (film === null) return
    const said = words(stepInWords(step))
    notices.tell(film === '' ? said : text.about(film, said))
  }
}
