/** What the window is told of the project that is open: each time with the number of the state it is in by then. */
import type { ProjectState, ProjectStatus } from '../../contract/project.ts'
import type { Project } from '../../contract/projectDocument.ts'
import type { ProjectEvents } from '../../contract/projectEvents.ts'
import type { UserErrorData } from '../../contract/userError.ts'
import { coverageOf, reportChange } from './changeReport.ts'
import type { HistoryChange } from '../history.ts'
import type { OpenProject } from './openProject.ts'
import { statusOf } from './projectStatus.ts'

export type ProjectEvent = {
  readonly [N in keyof ProjectEvents]: { readonly name: N; readonly payload: ProjectEvents[N] }
}[keyof ProjectEvents]

export class ProjectNews {
  /** Why the latest edits could not be written; null where they could. */
  trouble: UserErrorData | null = null
  #revision = 0

  constructor(private readonly emit: (event: ProjectEvent) => void) {}

  stateOf(open: OpenProject): ProjectState {
    const { project } = open.history
    return {
      ...this.#statusOf(open),
      project,
      coverage: project.clips.map(coverageOf),
      notices: [...open.notices],
      isCopy: open.isCopy && open.untitled,
      recovered: open.recovered,
    }
  }

  /** Another project is open. @returns its state */
  entered(open: OpenProject): ProjectState {
    this.trouble = null
    this.#revision++
    const state = this.stateOf(open)
    this.emit({ name: 'projectReplaced', payload: { state } })
    return state
  }

  /** None is open any more. */
  closed(): void {
    this.emit({ name: 'projectReplaced', payload: { state: null } })
  }

  /** The document is another than it was. */
  changed(open: OpenProject, before: Project, { patches }: HistoryChange): void {
    this.#revision++
    const report = reportChange(before, open.history.project)
    this.emit({ name: 'projectChanged', payload: { status: this.#statusOf(open), patches: [...patches], ...report } })
  }

  /** The document is as it was; where it is, what is written of it, or what troubles it is not. */
  statusChanged(open: OpenProject): void {
    this.#revision++
    this.emit({
      name: 'projectChanged',
      payload: { status: this.#statusOf(open), patches: [], coverage: [], concerned: [] },
    })
  }

  tell(notice: ProjectEvents['projectNotice']): void {
    this.emit({ name: 'projectNotice', payload: notice })
  }

  #statusOf(open: OpenProject): ProjectStatus {
    return statusOf(open, { revision: this.#revision, trouble: this.trouble })
  }
}
