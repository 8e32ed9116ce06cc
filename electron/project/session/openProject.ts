/**
 * How a project comes to be open: made anew, opened where it is, or as a copy where nothing may be written beside it.
 */
import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { AssetFolder } from '../disk/assets.ts'
import { createProject } from '../document.ts'
import { EditHistory, newHistoryState, stateMark, type HistoryState } from '../history.ts'
import type { JournalOwner } from '../disk/journal.ts'
import { loadProject } from '../disk/loadProject.ts'
import { assetsFolder } from '../disk/projectFiles.ts'
import { withFoundFootage } from '../films/projectFootage.ts'
import { ProjectStore } from '../disk/projectStore.ts'
import type { UntitledProjects } from '../disk/untitled.ts'

export interface OpenProject {
  readonly store: ProjectStore
  readonly history: EditHistory
  readonly untitled: boolean
  /** What the file holds (see stateMark); undefined where it must be written in any case. */
  savedState: string | undefined
  readonly notices: readonly Sentence[]
  /** The last of these says why it is a copy without a place. */
  readonly isCopy: boolean
  readonly recovered: number
}

export class ProjectOpener {
  constructor(
    private readonly untitled: UntitledProjects,
    private readonly owner: JournalOwner,
  ) {}

  /** A project that has no place yet. */
  async fresh(title: string): Promise<OpenProject> {
    const state = newHistoryState(createProject(randomUUID(), title))
    const store = await ProjectStore.create(await this.untitled.newPath(), state, null, this.owner)
    const asNew = { untitled: true, savedState: stateMark(state), notices: [], isCopy: false, recovered: 0 }
    return { store, history: historyOf(state), ...asNew }
  }

  /** In its place; as a copy where nothing may be written there. Throws UserError. */
  async inPlace(path: string, takeOver: boolean): Promise<OpenProject> {
    const untitled = await this.untitled.holds(path)
    try {
      const { store, loaded, notices } = await ProjectStore.open(path, this.owner, takeOver)
      const history = historyOf({ ...loaded.state, own: await withFoundFootage(loaded.state.own, store.path) })
      const { savedState, recovered } = loaded
      return { store, history, untitled, savedState, notices, isCopy: false, recovered }
    } catch (error) {
      const why = error instanceof UserError ? whyCopied(error, basename(path)) : null
      if (!why) throw error
      return this.#copy(path, why)
    }
  }

  /** A copy of a project that somebody else has open. Throws UserError. */
  asCopy(path: string): Promise<OpenProject> {
    return this.#copy(
      path,
      sentence`“${basename(path)}” is open elsewhere, so it was opened as a copy: save it in a place of your own.`,
    )
  }

  /** As a project without a place, with all that can be read; nothing is written where it is. */
  async #copy(path: string, why: Sentence): Promise<OpenProject> {
    const { state: asItWas, notices, recovered } = await loadProject(path, this.owner.kept)
    const state = { ...asItWas, own: await withFoundFootage(asItWas.own, path) }
    const assets = new AssetFolder(assetsFolder(path))
    const store = await ProjectStore.create(await this.untitled.newPath(), state, assets, this.owner)
    return {
      store,
      history: historyOf(state),
      untitled: true,
      savedState: undefined,
      notices: [...notices, why],
      isCopy: true,
      recovered,
    }
  }
}

/** Null where a project that can not be opened in its place is not to be opened at all. */
function whyCopied({ code }: UserError, name: string): Sentence | null {
  if (code === 'target-not-writable') {
    return sentence`You may not write beside “${name}”, so it was opened as a copy: save it in a place of your own.`
  }
  if (code !== 'disk-full') return null
  return sentence`The disk that holds “${name}” is full, so it was opened as a copy: save it in another place.`
}

function historyOf(state: HistoryState): EditHistory {
  return new EditHistory(state, { now: Date.now, newId: randomUUID })
}
