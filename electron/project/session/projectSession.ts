/**
 * The project that is open, on the disk: opened, saved, moved, brought to safety and closed, one after the other. What
 * is done to it is in projectEdits.ts. The main process holds one.
 */
import { dirname } from 'node:path'
import { UNTITLED, type OpenManner, type ProjectState, type UnsavedProject } from '../../contract/project.ts'
import { noWords, sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { PROJECT_ENDING } from '../../contract/fileEndings.ts'
import { locateFootage, type FootageState } from '../films/footageLink.ts'
import { stateMark } from '../history.ts'
import type { JournalHealth, JournalOwner } from '../disk/journal.ts'
import { foldersForKept, KeptEdits } from '../disk/keptEdits.ts'
import { fetchLostAssets, lostAssets } from '../disk/lostAssets.ts'
import { assetsMissingIn, makeAt } from '../disk/moveProject.ts'
import { MovingAssets } from '../disk/movingAssets.ts'
import { ProjectOpener, type OpenProject } from './openProject.ts'
import { ProjectEdits } from './projectEdits.ts'
import { withRelativePaths } from '../films/projectFootage.ts'
import { ProjectNews, type ProjectEvent } from './projectNews.ts'
import { nameOf } from './projectStatus.ts'
import type { ProjectStore } from '../disk/projectStore.ts'
import { isRenamed } from '../disk/renamedProject.ts'
import { Rescue } from '../disk/rescue.ts'
import { truePath } from '../disk/truePath.ts'
import { discardUnsaved, unsavedProjects } from '../disk/unsavedProjects.ts'
import { holdsNoWork, UntitledProjects } from '../disk/untitled.ts'

export type { ProjectEvent }

export interface SessionOptions {
  /** Folder of the program for projects without a name. */
  readonly untitledFolder: string
  /** Where edits are kept that a project's own disk does not take, instead of the usual places. */
  readonly keptFolders?: readonly string[]
  readonly emit: (event: ProjectEvent) => void
  /**
   * The open project is about to be closed, or replaced by one that was found good. Work on it ends here, and is noted.
   */
  readonly beforeLeaving?: () => Promise<void>
}

export class ProjectSession extends ProjectEdits {
  readonly #untitled: UntitledProjects
  readonly #kept: KeptEdits
  readonly #owner: JournalOwner
  readonly #opener: ProjectOpener
  /** The artist has said that edits which can not be written may be lost. */
  #mayLose = false
  readonly #rescue = new Rescue((from, why) => this.#bringToSafety(from, why))
  /** Project files whose pictures could not all be brought along, the latest last; empty where none is missing. */
  #lacking: string[] = []
  /** Ends when everything asked of the disk so far has. */
  #queue: Promise<unknown> = Promise.resolve()

  constructor(private readonly options: SessionOptions) {
    super(new ProjectNews(options.emit))
    this.#kept = new KeptEdits(options.keptFolders ?? foldersForKept(options.untitledFolder))
    this.#untitled = new UntitledProjects(options.untitledFolder, this.#kept)
    this.#owner = { onHealth: (health, project) => this.#onHealth(health, project), kept: this.#kept }
    this.#opener = new ProjectOpener(this.#untitled, this.#owner)
  }

  /** The project's pictures and frozen colorings. Those put while the project moves to another place move along. */
  readonly assets = new MovingAssets(() => this.current().store.assets)

  /** Edits that no disk holds yet. */
  get unwrittenEdits(): number {
    return this.opened?.store.unwrittenEdits ?? 0
  }

  /** Whether they come back even after a crash, since another folder keeps them. */
  get areUnwrittenKept(): boolean {
    return this.opened?.store.areKept ?? true
  }

  /** The project file; for untitled projects the one in the program's folder. Films are linked relative to it. */
  get path(): string {
    return this.current().store.path
  }

  /** Where another place for the project is looked for first: where it has its own, else beside its film. */
  get folderForSaving(): string | null {
    const beside = this.state?.path ?? this.project.clips[0]?.footage.absolutePath
    return beside === undefined ? null : dirname(beside)
  }

  /** Closes what is open (its unsaved edits stay in its journal) and begins a project that has no place yet. */
  new(title: string = UNTITLED): Promise<ProjectState> {
    return this.#inTurn(async () => {
      const opened = await this.#opener.fresh(title)
      await this.#leave('keep')
      return this.#enter(opened)
    })
  }

  /**
   * Closes what is open and opens another project, with what a crash has left unsaved. A project in a place where
   * nothing may be written opens as an untitled copy. Throws UserError ('project-in-use' where it is open elsewhere,
   * unless it is opened as a copy or taken over); then what was open stays open.
   */
  open(file: string, how: OpenManner = 'own'): Promise<ProjectState> {
    return this.#inTurn(async () => {
      const path = await truePath(file)
      if (this.opened && this.opened.store.path === path) return this.state!
      // Its own file under another name: what lies beside the old name comes along once nobody holds it.
      if (this.opened && (await isRenamed(this.opened.store, path))) await this.#leave('keep')
      const opened = await (how === 'copy'
        ? this.#opener.asCopy(path)
        : this.#opener.inPlace(path, how === 'take-over'))
      await this.#leave('keep')
      this.#lacking = [path]
      const lost = await this.#fetchLost(opened)
      const notices = lost ? [sentence`${lost.message} ${lost.advice}`, ...opened.notices] : opened.notices
      return this.#enter({ ...opened, notices })
    })
  }

  /**
   * False where the project has no place (any more). Throws UserError where it can not be written, or was changed by
   * another program ('project-changed', unless that is to be replaced); nothing is lost then.
   */
  async save(replaceChanged = false): Promise<boolean> {
    // Looks whether everything is still where it was; what is not has been brought to safety before the next turn.
    await this.flush()
    return this.#inTurn(async () => {
      const open = this.current()
      if (open.untitled) return false
      this.recorder.record(this.current().history.commitAll(), true)
      const { state } = open.history
      const { position } = open.store
      const keptAs = await open.store.save(
        { ...state, own: await withRelativePaths(state.own, open.store.path) },
        position,
        replaceChanged,
      )
      if (keptAs !== null) {
        this.news.tell({ message: sentence`What another program had written is kept as “${keptAs}”.`, advice: noWords })
      }
      open.savedState = stateMark(state)
      this.news.statusChanged(open)
      await this.#tellLost()
      return true
    })
  }

  /** Saves in another place and goes on there. The project it was stays as it was last saved. */
  async saveAs(target: string): Promise<void> {
    const path = await truePath(target.endsWith(PROJECT_ENDING) ? target : `${target}${PROJECT_ENDING}`)
    if (path === this.current().store.path) return void (await this.save(true))
    return this.#inTurn(async () => {
      const { store: from, untitled } = this.current()
      this.recorder.record(this.current().history.commitAll(), true)
      await this.#moveTo(path, false)
      if (!untitled) {
        from.giveUpUnsaved()
        await from.close()
      } else if ((await assetsMissingIn(this.current().store, from)).length > 0) await from.close()
      // Only when everything is in the new place.
      else await from.remove()
    })
  }

  /** Makes the project anew at 'path', complete, and goes on there. The place it comes from is left as it is. */
  async #moveTo(path: string, untitled: boolean): Promise<void> {
    const open = this.current()
    // What is open goes on being open, and becomes a step in the new place.
    const { state } = open.history
    const move = { from: open.store, state, assets: this.assets, owner: this.#owner }
    // Edits made while the files are being written belong to the new place, too.
    await this.recorder.whileMoving(async (late) => {
      const store = await makeAt(path, move)
      for (const { events, document } of late) store.record(events, document, true)
      this.opened = { ...open, store, untitled, savedState: untitled ? undefined : stateMark(state) }
      this.news.trouble = null
      this.news.statusChanged(this.opened)
    })
    this.#lacking.push(open.store.path)
    await this.#tellLost()
  }

  /** Brings over what pictures can be found that the project lacks; says how many stay missing, null for none. */
  async #fetchLost({ store, history }: OpenProject): Promise<ReturnType<typeof lostAssets> | null> {
    if (this.#lacking.length === 0) return null
    const count = await fetchLostAssets(store.assets, history.state, [store.path, ...this.#lacking])
    if (count > 0) return lostAssets(count, this.#lacking.at(-1)!)
    this.#lacking = []
    return null
  }

  async #tellLost(): Promise<void> {
    const lost = await this.#fetchLost(this.current())
    if (lost) this.news.tell(lost)
  }

  /**
   * 'keep' leaves unsaved edits in the journal, 'give-up' goes back to the saved file. An untitled project given up is
   * gone.
   */
  close(unsaved: 'keep' | 'give-up'): Promise<void> {
    return this.#inTurn(async () => {
      await this.#leave(unsaved)
      this.news.closed()
    })
  }

  /** Resolves to true when all that was done so far is on the disk, in the place where the project is. */
  async flush(): Promise<boolean> {
    return this.opened ? this.opened.store.flush() : true
  }

  /**
   * UserError 'edits-unwritten' where leaving the project would lose edits that nobody has given up; null where it
   * would not.
   */
  async unwrittenTrouble(): Promise<UserError | null> {
    return this.opened ? this.#unwrittenTrouble(this.opened) : null
  }

  /** Until another project is opened, edits that can not be written are no reason to stay. The artist was asked. */
  loseUnwritten(): void {
    this.#mayLose = true
  }

  /** Where the film of a clip is. Throws UserError where there is no such clip. */
  footageOf(clipId: string): Promise<FootageState> {
    const { store, history } = this.current()
    const clip = history.project.clips.find((each) => each.id === clipId)
    if (!clip)
      throw new UserError('not-found', sentence`This clip is no longer in the project.`, sentence`Choose another one.`)
    return locateFootage(clip.footage, store.path, { search: true })
  }

  /**
   * Projects without a place that hold work, and those with edits that their own disk could not take. Whoever looks at
   * one holds its lock meanwhile: two that ask at once, or ask and open, would take each other for another program.
   */
  unsavedProjects(): Promise<UnsavedProject[]> {
    return this.#inTurn(() => unsavedProjects(this.#untitled, this.#kept, this.opened?.store.path))
  }

  discardUnsaved(path: string): Promise<void> {
    return this.#inTurn(() => discardUnsaved(this.#untitled, this.#kept, path))
  }

  #enter(open: OpenProject): ProjectState {
    this.opened = open
    this.#mayLose = false
    return this.news.entered(open)
  }

  /** Throws UserError 'edits-unwritten', and stays, where edits would be lost that nobody has given up. */
  async #leave(unsaved: 'keep' | 'give-up'): Promise<void> {
    if (!this.opened) return
    const isUnwanted = ({ untitled, history }: OpenProject): boolean =>
      untitled && (unsaved === 'give-up' || holdsNoWork(history.project, [...history.done, ...history.undone]))
    // Before any work is ended, and again when that has been noted.
    if (unsaved === 'keep' && !isUnwanted(this.opened)) await this.#checkWritten(this.opened)
    await this.options.beforeLeaving?.()
    const open = this.current()
    this.recorder.record(open.history.commitAll(), true)
    const unwanted = isUnwanted(open)
    if (unsaved === 'keep' && !unwanted) await this.#checkWritten(open)
    this.recorder.stopTentative()
    this.#rescue.stop()
    this.opened = null
    this.#lacking = []
    if (unwanted) return open.store.remove()
    if (unsaved === 'give-up') open.store.giveUpUnsaved()
    await open.store.close()
  }

  async #checkWritten(open: OpenProject): Promise<void> {
    const trouble = await this.#unwrittenTrouble(open)
    if (trouble) throw trouble
  }

  async #unwrittenTrouble({ store }: OpenProject): Promise<UserError | null> {
    if (this.#mayLose) return null
    // What is done while the disk is being written to has to get there as well.
    while (await store.flush()) if (store.unwrittenEdits === 0) return null
    const count = Math.max(1, store.unwrittenEdits)
    const ofNobody = this.current().untitled && nameOf(this.current()) === UNTITLED
    const name = ofNobody ? sentence`Untitled` : nameOf(this.current())
    return new UserError(
      'edits-unwritten',
      count === 1
        ? sentence`One edit of “${name}” could not be written.`
        : sentence`${count} edits of “${name}” could not be written.`,
      this.news.trouble?.advice ?? sentence`Save the project in another folder.`,
      this.news.trouble?.detail,
    )
  }

  #onHealth(health: JournalHealth, project: string): void {
    // Of a place that was left nothing matters any more.
    if (this.opened?.store.path !== project) return
    this.news.trouble = health.ok ? null : health.error.toData()
    this.news.statusChanged(this.opened)
    if (!health.ok && this.#rescue.isNeededAfter(health.error)) void this.#rescue.begin(this.opened.store, health.error)
  }

  /** The place of the project is lost: it goes on as one without a place, in the program's folder, with everything. */
  #bringToSafety(from: ProjectStore, why: UserError): Promise<void> {
    return this.#inTurn(async () => {
      if (this.opened?.store !== from) return
      await this.#moveTo(await this.#untitled.newPath(), true)
      await from.abandon()
      this.news.tell({ message: why.said, advice: why.advice, untilSaved: true })
    })
  }

  /** One after the other; a failure of one does not stop the next. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work, work)
    this.#queue = turn.catch(() => undefined)
    return turn
  }
}
