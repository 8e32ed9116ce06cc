/**
 * The start of the window: where things stand in main, what the program was started with, and what was in view before
 * the page was loaded anew.
 */
import type { Events } from '../../electron/contract/events.ts'
import type { Project } from '../../electron/contract/projectDocument.ts'
import { ask, onStudio } from '../studio.ts'
import { inWords } from '../text/sentences.ts'
import type { Editor } from './editor.svelte.ts'
import { lastView } from './lastView.ts'

/** What is asked for once, and told by main from then on. */
type Asked = 'engineStatus' | 'jobsChanged' | 'exportsChanged'

export class Startup {
  /** What main has told of. */
  readonly #heard = new Set<Asked>()
  /** What was named at starts of the program is opened behind this. */
  #launched: Promise<void> = Promise.resolve()

  /** @param take is called with where each stands, whenever that changes */
  constructor(
    private readonly editor: Pick<Editor, 'attempt' | 'files' | 'film' | 'notices' | 'playback' | 'project'>,
    private readonly take: { readonly [N in Asked]: (told: Events[N]) => void },
  ) {}

  /** @returns the functions that end it */
  listen(): (() => void)[] {
    return [this.#hear('engineStatus'), this.#hear('jobsChanged'), this.#hear('exportsChanged')]
  }

  async begin(): Promise<void> {
    const { files, project } = this.editor
    await this.editor.attempt(async () => {
      await this.#learn('engineStatus', ask('engineStatus'))
      await this.#learn('jobsChanged', ask('jobs'))
      void this.editor.attempt(() => this.#beginWithExports())
      await files.refreshRecent()
      const state = await project.refresh()
      if (!(await this.openLaunched())) await this.showLastView(state?.project ?? null)
    })
  }

  async #beginWithExports(): Promise<void> {
    await this.#learn('exportsChanged', ask('exports'))
    for (const { message, advice } of await ask('takeExportNotices'))
      this.editor.notices.warn(inWords(message), inWords(advice))
  }

  #hear<N extends Asked>(name: N): () => void {
    return onStudio(name, (told) => {
      this.#heard.add(name)
      this.take[name](told)
    })
  }

  /** Takes where something stands, unless main has told of it since: that is newer. */
  async #learn<N extends Asked>(name: N, asked: Promise<Events[N]>): Promise<void> {
    const told = await asked
    if (!this.#heard.has(name)) this.take[name](told)
  }

  /**
   * Opens what was named at a start of the program, each after what was named before.
   * @returns whether there was any
   */
  async openLaunched(): Promise<boolean> {
    const before = this.#launched
    let isAny = false
    this.#launched = before.then(async () => {
      await this.editor.attempt(async () => {
        const paths = await ask('takeLaunchFootage')
        isAny = paths.length > 0
        if (isAny) await this.editor.files.openAll(await ask('filmsAmong', paths))
      })
    })
    await this.#launched
    return isAny
  }

  /** A page that was loaded anew shows what was in view before; else the first clip. */
  async showLastView(project: Project | null): Promise<void> {
    const last = lastView()
    const clip = project?.clips.find(({ id }) => id === last?.clip) ?? project?.clips[0]
    if (!clip) return
    await this.editor.files.show(clip.id)
    if (last?.clip === clip.id && this.editor.film?.id === clip.id) this.editor.playback.seek(last.frame)
  }
}
