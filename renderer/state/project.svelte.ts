/** The project document as the window sees it: main holds the true one and tells each change as patches. */
import { applyPatches, enablePatches, type Patch } from 'immer'
import type { ClipCoverage, ProjectState, ProjectStatus } from '../../electron/contract/project.ts'
import type { ProjectCommand } from '../../electron/contract/projectCommands.ts'
import type { Clip, Project } from '../../electron/contract/projectDocument.ts'
import type { ProjectEvents } from '../../electron/contract/projectEvents.ts'
import type { RequestArgs, RequestName, RequestResult } from '../../electron/contract/requests.ts'
import type { StepLabel } from '../../electron/contract/stepLabels.ts'

enablePatches()

/** Asks main, as studio.ts does; tests answer themselves. */
export type Ask = <N extends RequestName>(name: N, ...args: RequestArgs<N>) => Promise<RequestResult<N>>

export class ProjectMirror {
  document = $state.raw<Project | null>(null)
  status = $state.raw<ProjectStatus | null>(null)
  coverage = $state.raw<ReadonlyMap<string, ClipCoverage>>(new Map())
  /** How often main has told of something. */
  #heard = 0
  /** Ends when everything asked so far was carried out: main does one edit after the other, in the order of asking. */
  #last: Promise<unknown> = Promise.resolve()

  /**
   * @param fail is told of edits that main refused
   * @param follow is called whenever the document has changed, by a message or because one was missed
   */
  constructor(
    private readonly ask: Ask,
    private readonly fail: (error: unknown) => void,
    private readonly follow: () => void = () => undefined,
  ) {}

  /** Undefined where it is in the project no more. */
  clip(id: string): Clip | undefined {
    return this.document?.clips.find((clip) => clip.id === id)
  }

  /** Asks main for where things stand: at the start, and when a message was missed. */
  async refresh(): Promise<ProjectState | null> {
    for (;;) {
      const heard = this.#heard
      const state = await this.ask('projectState')
      // A message that was sent later may have come first.
      if (heard !== this.#heard && !this.#isNewest(state)) continue
      this.replaced({ state })
      return state
    }
  }

  #isNewest(state: ProjectState | null): boolean {
    const [document, status] = [this.document, this.status]
    return state !== null && state.project.id === document?.id && status !== null && state.revision >= status.revision
  }

  replaced({ state }: ProjectEvents['projectReplaced']): void {
    this.#heard++
    if (!state) {
      this.document = null
      this.status = null
      this.coverage = new Map()
      return
    }
    const { project, coverage, notices: _notices, isCopy: _isCopy, recovered: _recovered, ...status } = state
    this.document = project
    this.status = status
    this.coverage = new Map(coverage.map((each) => [each.clip, each]))
  }

  /** @returns false where the message does not follow the last one known, so that all must be asked for anew */
  changed({ status, patches, coverage }: ProjectEvents['projectChanged']): boolean {
    this.#heard++
    const [document, before] = [this.document, this.status]
    // What 'refresh' brought may be newer than messages that were on their way.
    if (document && before && status.revision <= before.revision) return true
    if (!document || !before || status.revision !== before.revision + 1) {
      void this.refresh().then(this.follow).catch(this.fail)
      return false
    }
    if (patches.length > 0) this.document = applyPatches(document, patches as Patch[])
    this.status = status
    if (coverage.length > 0) {
      const clips = new Set(this.document?.clips.map((clip) => clip.id))
      this.coverage = new Map(
        [...this.coverage, ...coverage.map((each): [string, ClipCoverage] => [each.clip, each])].filter(([clip]) =>
          clips.has(clip),
        ),
      )
    }
    this.follow()
    return true
  }

  /**
   * All of these resolve when main has carried them out; what it refuses is told, and false.
   * @param edit the open edit that it is a part of; without one it is a step of its own
   */
  edit(command: ProjectCommand, edit?: string): Promise<boolean> {
    return this.#order(() => this.ask('editProject', command, edit))
  }

  /** What names this edit becomes one step of the history at its commit. */
  begin(edit: string, label: StepLabel | null = null): Promise<boolean> {
    return this.#order(() => this.ask('beginEdit', label, edit))
  }
  commit(edit: string): Promise<boolean> {
    return this.#order(() => this.ask('commitEdit', edit))
  }
  /** Takes back what the edit did, and nothing else. */
  cancel(edit: string): Promise<boolean> {
    return this.#order(() => this.ask('cancelEdit', edit))
  }
  undo(): Promise<boolean> {
    return this.#order(() => this.ask('undoEdit'))
  }
  redo(): Promise<boolean> {
    return this.#order(() => this.ask('redoEdit'))
  }
  goTo(position: number): Promise<boolean> {
    return this.#order(() => this.ask('goToEdit', position))
  }

  /** Requests of one window reach main in order; only their failures have to be gathered. */
  async #order(request: () => Promise<unknown>): Promise<boolean> {
    const asked = request()
    this.#last = Promise.allSettled([this.#last, asked])
    try {
      await asked
      return true
    } catch (error) {
      this.fail(error)
      return false
    }
  }

  /** Resolves when no edit is on its way. */
  async settled(): Promise<void> {
    await this.#last
  }
}
