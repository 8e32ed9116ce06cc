/** How a project comes to be open: made anew, opened where it is, or as a copy where nothing may be written beside it. */
import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { sentence, type Sentence } from '../contract/sentence.ts'
import { UserError } from '../contract/userError.ts'
import { AssetFolder } from './assets.ts'
import { createProject } from './document.ts'
import { EditHistory, newHistoryState, stateMark, type HistoryState } from './history.ts'
import type { JournalHealth } from './journal.ts'
import { loadProject } from './loadProject.ts'
import { assetsFolder } from './projectFiles.ts'
import { withFoundFootage } from './projectFootage.ts'
import { ProjectStore } from './projectStore.ts'
import type { UntitledProjects } from './untitled.ts'

export interface OpenProject {
  readonly store: ProjectStore
  readonly history: EditHistory
  readonly untitled: boolean
  /** What the file holds (see stateMark); undefined where it must be written in any case. */
  savedState: string | undefined
  readonly notices: readonly Sentence[]
  readonly recovered: number
}

export class ProjectOpener {
  constructor(
    private readonly untitled: UntitledProjects,
    private readonly onHealth: (health: JournalHealth) => void,
  ) {}

  /** A project that has no place yet. */
  async fresh(title: string): Promise<OpenProject> {
    const state = newHistoryState(createProject(randomUUID(), title))
    const store = await ProjectStore.create(await this.untitled.newPath(), state, null, this.onHealth)
    return { store, history: historyOf(state), untitled: true, savedState: stateMark(state), notices: [], recovered: 0 }
  }

  /** In its place; as a copy where nothing may be written there. Throws UserError. */
  async inPlace(path: string, takeOver: boolean): Promise<OpenProject> {
    const untitled = await this.untitled.holds(path)
    try {
      const { store, loaded, notices } = await ProjectStore.open(path, this.onHealth, takeOver)
      const history = historyOf({ ...loaded.state, own: await withFoundFootage(loaded.state.own, store.path) })
      return { store, history, untitled, savedState: loaded.savedState, notices, recovered: loaded.recovered }
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== 'target-not-writable') throw error
      return this.#copy(
        path,
        sentence`You may not write beside “${basename(path)}”, so it was opened as a copy: save it in a place of your own.`,
      )
    }
  }

  /** A copy of a project that somebody else has open. Throws UserError. */
  asCopy(path: string): Promise<OpenProject> {
    return this.#copy(path, sentence`“${basename(path)}” is open elsewhere, so it was opened as a copy: save it in a place of your own.`)
  }

  /** As a project without a place, with all that can be read; nothing is written where it is. */
  async #copy(path: string, why: Sentence): Promise<OpenProject> {
    const { state: asItWas, notices, recovered } = await loadProject(path)
    const state = { ...asItWas, own: await withFoundFootage(asItWas.own, path) }
    const assets = new AssetFolder(assetsFolder(path))
    const store = await ProjectStore.create(await this.untitled.newPath(), state, assets, this.onHealth)
    return { store, history: historyOf(state), untitled: true, savedState: undefined, notices: [...notices, why], recovered }
  }
}

function historyOf(state: HistoryState): EditHistory {
  return new EditHistory(state, { now: Date.now, newId: randomUUID })
}
