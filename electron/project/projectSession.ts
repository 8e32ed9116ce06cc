/**
 * The project that is open: carries out edits, writes them down, and tells whoever listens. The main process holds one.
 * Edits are synchronous and come back at once; whatever touches the disk is done one after the other.
 */
import { randomUUID } from 'node:crypto'
import type { Finding } from '../contract/findings.ts'
import type { FoundShots } from '../contract/foundShots.ts'
import type { HistoryEntry, OpenManner, ProjectState, ProjectStatus, UnsavedProject } from '../contract/project.ts'
import type { ProjectCommand } from '../contract/projectCommands.ts'
import type { Clip, Project, ReplacedPictures } from '../contract/projectDocument.ts'
import type { ProjectEvents } from '../contract/projectEvents.ts'
import { noWords, sentence } from '../contract/sentence.ts'
import type { StepLabel } from '../contract/stepLabels.ts'
import { UserError, type UserErrorData } from '../contract/userError.ts'
import { coverageOf, reportChange } from './changeReport.ts'
import { locateFootage, type FootageState } from './footageLink.ts'
import { stateMark, type HistoryChange } from './history.ts'
import type { JournalHealth, JournalOwner } from './journal.ts'
import { foldersForKept, KeptEdits } from './keptEdits.ts'
import { keptProjects } from './keptProjects.ts'
import { assetsMissingIn, makeAt } from './moveProject.ts'
import { MovingAssets } from './movingAssets.ts'
import { ProjectOpener, type OpenProject } from './openProject.ts'
import { EXTENSION } from './projectFiles.ts'
import { withRelativePaths } from './projectFootage.ts'
import { entriesOf, nameOf, statusOf } from './projectStatus.ts'
import type { ProjectStore } from './projectStore.ts'
import { Recorder } from './recorder.ts'
import { changedFrames, changedNotice } from './replacedPictures.ts'
import { Rescue } from './rescue.ts'
import { cutsStep } from './shotCommands.ts'
import { truePath } from './truePath.ts'
import { holdsNoWork, UntitledProjects } from './untitled.ts'

export type ProjectEvent = {
  readonly [N in keyof ProjectEvents]: { readonly name: N; readonly payload: ProjectEvents[N] }
}[keyof ProjectEvents]

export interface SessionOptions {
  /** Folder of the program for projects without a name. */
  readonly untitledFolder: string
  /** Where edits are kept that a project's own disk does not take, instead of the usual places. */
  readonly keptFolders?: readonly string[]
  readonly emit: (event: ProjectEvent) => void
  /** The open project is about to be closed, or replaced by one that was found good. Work on it ends here, and is noted. */
  readonly beforeLeaving?: () => Promise<void>
}

export class ProjectSession {
  readonly #untitled: UntitledProjects
  readonly #kept: KeptEdits
  readonly #owner: JournalOwner
  readonly #opener: ProjectOpener
  #open: OpenProject | null = null
  #revision = 0
  #trouble: UserErrorData | null = null
  /** The artist has said that edits which can not be written may be lost. */
  #mayLose = false
  readonly #recorder = new Recorder(() => this.#open)
  readonly #rescue = new Rescue((from, why) => this.#bringToSafety(from, why))
  /** Ends when everything asked of the disk so far has. */
  #queue: Promise<unknown> = Promise.resolve()

  constructor(private readonly options: SessionOptions) {
    this.#kept = new KeptEdits(options.keptFolders ?? foldersForKept(options.untitledFolder))
    this.#untitled = new UntitledProjects(options.untitledFolder, this.#kept)
    this.#owner = { onHealth: (health, project) => this.#onHealth(health, project), kept: this.#kept }
    this.#opener = new ProjectOpener(this.#untitled, this.#owner)
  }

  get isOpen(): boolean {
    return this.#open !== null
  }

  /** True while an edit is open. */
  get isEditing(): boolean {
    return this.#open?.history.inTransaction ?? false
  }

  /** The document as it is now. Throws UserError while no project is open. */
  get project(): Project {
    return this.#current().history.project
  }

  /** The project's pictures and frozen colorings. Those put while the project moves to another place move along. */
  readonly assets = new MovingAssets(() => this.#current().store.assets)

  /** Edits that no disk holds yet. */
  get unwrittenEdits(): number {
    return this.#open?.store.unwrittenEdits ?? 0
  }

  /** Whether they come back even after a crash, since another folder keeps them. */
  get areUnwrittenKept(): boolean {
    return this.#open?.store.areKept ?? true
  }

  /** The project file; for untitled projects the one in the program's folder. Films are linked relative to it. */
  get path(): string {
    return this.#current().store.path
  }

  get state(): ProjectState | null {
    const open = this.#open
    if (!open) return null
    const { project } = open.history
    return {
      ...this.#status(open),
      project,
      coverage: project.clips.map(coverageOf),
      notices: [...open.notices],
      recovered: open.recovered,
    }
  }

  /** Steps oldest first; the undone ones follow the done ones. */
  get steps(): HistoryEntry[] {
    return entriesOf(this.#current().history)
  }

  /** Closes what is open (its unsaved edits stay in its journal) and begins a project that has no place yet. */
  new(title = 'Untitled'): Promise<ProjectState> {
    return this.#inTurn(async () => {
      const opened = await this.#opener.fresh(title)
      await this.#leave('keep')
      return this.#enter(opened)
    })
  }

  /**
   * Closes what is open and opens another project, with what a crash has left unsaved. A project in a place where nothing
   * may be written opens as an untitled copy. Throws UserError ('project-in-use' where it is open elsewhere, unless it is
   * opened as a copy or taken over); then what was open stays open.
   */
  open(file: string, how: OpenManner = 'own'): Promise<ProjectState> {
    return this.#inTurn(async () => {
      const path = await truePath(file)
      if (this.#open && this.#open.store.path === path) return this.state!
      const opened = await (how === 'copy' ? this.#opener.asCopy(path) : this.#opener.inPlace(path, how === 'take-over'))
      await this.#leave('keep')
      return this.#enter(opened)
    })
  }

  /**
   * False where the project has no place (any more). Throws UserError where it can not be written, or was changed by another
   * program ('project-changed', unless that is to be replaced); nothing is lost then.
   */
  async save(replaceChanged = false): Promise<boolean> {
    // Looks whether everything is still where it was; what is not has been brought to safety before the next turn.
    await this.flush()
    return this.#inTurn(async () => {
      const open = this.#current()
      if (open.untitled) return false
      this.#recorder.record(this.#current().history.commitAll(), true)
      const { state } = open.history
      const { position } = open.store
      const keptAs = await open.store.save({ ...state, own: await withRelativePaths(state.own, open.store.path) }, position, replaceChanged)
      if (keptAs !== null) {
        this.options.emit({
          name: 'projectNotice',
          payload: { message: sentence`What another program had written is kept as “${keptAs}”.`, advice: noWords },
        })
      }
      open.savedState = stateMark(state)
      this.#emitStatus()
      return true
    })
  }

  /** Saves in another place and goes on there. The project it was stays as it was last saved. */
  async saveAs(target: string): Promise<void> {
    const path = await truePath(target.endsWith(EXTENSION) ? target : `${target}${EXTENSION}`)
    if (path === this.#current().store.path) return void (await this.save(true))
    return this.#inTurn(async () => {
      const { store: from, untitled } = this.#current()
      this.#recorder.record(this.#current().history.commitAll(), true)
      await this.#moveTo(path, false)
      if (!untitled) {
        from.giveUpUnsaved()
        await from.close()
      } else if ((await assetsMissingIn(this.#current().store, from)).length > 0) await from.close()
      // Only when everything is in the new place.
      else await from.remove()
    })
  }

  /** Makes the project anew at 'path', complete, and goes on there. The place it comes from is left as it is. */
  #moveTo(path: string, untitled: boolean): Promise<void> {
    const open = this.#current()
    // What is open goes on being open, and becomes a step in the new place.
    const { state } = open.history
    const move = { from: open.store, state, assets: this.assets, owner: this.#owner }
    // Edits made while the files are being written belong to the new place, too.
    return this.#recorder.whileMoving(async (late) => {
      const store = await makeAt(path, move)
      for (const { events, document } of late) store.record(events, document, true)
      this.#open = { ...open, store, untitled, savedState: untitled ? undefined : stateMark(state) }
      this.#trouble = null
      this.#emitStatus()
    })
  }

  /** 'keep' leaves unsaved edits in the journal, 'give-up' goes back to the saved file. An untitled project given up is gone. */
  close(unsaved: 'keep' | 'give-up'): Promise<void> {
    return this.#inTurn(async () => {
      await this.#leave(unsaved)
      this.options.emit({ name: 'projectReplaced', payload: { state: null } })
    })
  }

  /**
   * An edit of the artist's: a step of its own, or a part of the open edit that is named. Throws UserError 'edit-refused';
   * then nothing has changed.
   */
  apply(command: ProjectCommand, edit: string | null = null): void {
    const { history } = this.#current()
    this.#change(() => history.apply(command, edit))
    if (history.inTransaction) this.#recorder.tentativeSoon()
  }

  /** Takes down what the program has found out by itself: no step, and nothing that could be redone is forgotten for it. */
  note(finding: Finding): void {
    this.#change(() => this.#current().history.note(finding))
  }

  /**
   * Takes down which pictures of a clip's film are others than when it was linked; says so where those known are no longer all.
   * @param files where the film's pictures lie, by frame
   */
  noteReplaced(clipId: string, replaced: readonly ReplacedPictures[], files: readonly string[]): void {
    const footage = this.project.clips.find((clip) => clip.id === clipId)?.footage
    const changed = changedFrames(footage?.replaced ?? [], replaced)
    if (!footage || changed.length === 0) return
    this.note({ kind: 'replaced', clip: clipId, film: footage.hash, pictures: [...replaced] })
    this.options.emit({ name: 'projectNotice', payload: changedNotice(changed, files) })
  }

  /**
   * Takes down the cuts that were looked for. Where the artist has asked for them although there were cuts of their own, they
   * become a step; cuts that were touched since the search began stay as they are.
   * @param before the clip when the search began
   */
  noteCuts(before: Clip, found: FoundShots): void {
    this.note({ kind: 'cuts', clip: before.id, film: before.footage.hash, ...found })
    const now = this.project.clips.find((clip) => clip.id === before.id)
    const step = now && cutsStep(before, now, found)
    if (step) this.apply(step)
  }

  /**
   * Opens an edit: all commands that name it become one step at its commit. @returns its name
   * @param owner for endOpenOf
   */
  begin(label: StepLabel | null = null, owner = '', edit: string = randomUUID()): string {
    this.#current().history.begin(edit, label, owner)
    return edit
  }
  /** Of an edit that is over nothing happens. */
  commit(edit: string): void {
    this.#change(() => this.#current().history.commit(edit))
  }
  /** Takes back what this edit did and nothing else. */
  cancel(edit: string): void {
    this.#change(() => this.#current().history.cancel(edit))
  }
  /** What an owner that is gone (a page that was loaded anew, or has died) had begun counts as far as it had come. */
  endOpenOf(owner: string): void {
    if (this.#open) for (const edit of this.openOf(owner)) this.commit(edit)
  }
  openOf(owner: string): string[] {
    return this.#current().history.openOf(owner)
  }
  undo(): void {
    this.#change(() => this.#current().history.undo())
  }
  redo(): void {
    this.#change(() => this.#current().history.redo())
  }
  goTo(position: number): void {
    this.#change(() => this.#current().history.goTo(position))
  }

  /** The project as 'undo', 'redo' or 'goTo' a position would leave it. Nothing changes. */
  preview(move: 'undo' | 'redo' | number): Project {
    return this.#current().history.preview(move)
  }

  /** Resolves to true when all that was done so far is on the disk, in the place where the project is. */
  async flush(): Promise<boolean> {
    return this.#open ? this.#open.store.flush() : true
  }

  /** UserError 'edits-unwritten' where leaving the project would lose edits that nobody has given up; null where it would not. */
  async unwrittenTrouble(): Promise<UserError | null> {
    return this.#open ? this.#unwrittenTrouble(this.#open) : null
  }

  /** Until another project is opened, edits that can not be written are no reason to stay. The artist was asked. */
  loseUnwritten(): void {
    this.#mayLose = true
  }

  /** Where the film of a clip is. Throws UserError where there is no such clip. */
  footageOf(clipId: string): Promise<FootageState> {
    const { store, history } = this.#current()
    const clip = history.project.clips.find((each) => each.id === clipId)
    if (!clip) throw new UserError('bad-argument', sentence`This clip is no longer in the project.`, sentence`Choose another one.`)
    return locateFootage(clip.footage, store.path, { search: true })
  }

  /**
   * Projects without a place that hold work, and those with edits that their own disk could not take. Whoever looks at one holds
   * its lock meanwhile: two that ask at once, or ask and open, would take each other for another program.
   */
  unsavedProjects(): Promise<UnsavedProject[]> {
    return this.#inTurn(async () => {
      const [kept, untitled] = await Promise.all([keptProjects(this.#kept), this.#untitled.list()])
      const known = new Set([this.#open?.store.path, ...untitled.map(({ path }) => path)])
      return [...kept.filter(({ path }) => !known.has(path)), ...untitled]
    })
  }

  /** Of a project that has a place only what is kept elsewhere is discarded. */
  discardUnsaved(path: string): Promise<void> {
    return this.#inTurn(async () => {
      const isKept = (await this.#kept.list()).some((each) => each.path === path)
      if (isKept) await this.#kept.discard(path)
      if (!isKept || (await this.#untitled.holds(path))) await this.#untitled.discard(path)
    })
  }

  #current(): OpenProject {
    if (!this.#open) throw new UserError('bad-argument', sentence`No project is open.`, sentence`Open a film or a project first.`)
    return this.#open
  }

  #enter(open: OpenProject): ProjectState {
    this.#open = open
    this.#trouble = null
    this.#mayLose = false
    this.#revision++
    const state = this.state!
    this.options.emit({ name: 'projectReplaced', payload: { state } })
    return state
  }

  /** Throws UserError 'edits-unwritten', and stays, where edits would be lost that nobody has given up. */
  async #leave(unsaved: 'keep' | 'give-up'): Promise<void> {
    if (!this.#open) return
    const isUnwanted = ({ untitled, history }: OpenProject): boolean =>
      untitled && (unsaved === 'give-up' || holdsNoWork(history.project, [...history.done, ...history.undone]))
    // Before any work is ended, and again when that has been noted.
    if (unsaved === 'keep' && !isUnwanted(this.#open)) await this.#checkWritten(this.#open)
    await this.options.beforeLeaving?.()
    const open = this.#current()
    this.#recorder.record(open.history.commitAll(), true)
    const unwanted = isUnwanted(open)
    if (unsaved === 'keep' && !unwanted) await this.#checkWritten(open)
    this.#recorder.stopTentative()
    this.#rescue.stop()
    this.#open = null
    if (unwanted) return open.store.remove()
    if (unsaved === 'give-up') open.store.giveUpUnsaved()
    await open.store.close()
  }

  async #checkWritten(open: OpenProject): Promise<void> {
    const trouble = await this.#unwrittenTrouble(open)
    if (trouble) throw trouble
  }

  async #unwrittenTrouble({ store }: OpenProject): Promise<UserError | null> {
    if (this.#mayLose || (await store.flush())) return null
    const count = Math.max(1, store.unwrittenEdits)
    const name = nameOf(this.#current())
    return new UserError(
      'edits-unwritten',
      count === 1 ? sentence`One edit of “${name}” could not be written.` : sentence`${count} edits of “${name}” could not be written.`,
      this.#trouble?.advice ?? sentence`Save the project in another folder.`,
      this.#trouble?.detail,
    )
  }

  /** Makes a change, writes it down and tells of it. */
  #change(make: () => HistoryChange): void {
    const before = this.#current().history.project
    const change = make()
    this.#recorder.record(change)
    if (!this.#current().history.inTransaction) this.#recorder.stopTentative()
    this.#emitChange(before, change)
  }

  #onHealth(health: JournalHealth, project: string): void {
    // Of a place that was left nothing matters any more.
    if (this.#open?.store.path !== project) return
    this.#trouble = health.ok ? null : health.error.toData()
    this.#emitStatus()
    if (!health.ok && this.#rescue.isNeededAfter(health.error)) void this.#rescue.begin(this.#open.store, health.error)
  }

  /** The place of the project is lost: it goes on as one without a place, in the program's folder, with everything. */
  #bringToSafety(from: ProjectStore, why: UserError): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#open?.store !== from) return
      await this.#moveTo(await this.#untitled.newPath(), true)
      await from.abandon()
      this.options.emit({ name: 'projectNotice', payload: { message: why.said, advice: why.advice } })
    })
  }

  #status(open: OpenProject): ProjectStatus {
    return statusOf(open, { revision: this.#revision, trouble: this.#trouble })
  }

  #emitStatus(): void {
    const open = this.#open
    if (!open) return
    this.#revision++
    this.options.emit({ name: 'projectChanged', payload: { status: this.#status(open), patches: [], coverage: [], concerned: [] } })
  }

  #emitChange(before: Project, { patches }: HistoryChange): void {
    const open = this.#current()
    this.#revision++
    const report = reportChange(before, open.history.project)
    this.options.emit({ name: 'projectChanged', payload: { status: this.#status(open), patches: [...patches], ...report } })
  }

  /** One after the other; a failure of one does not stop the next. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work, work)
    this.#queue = turn.catch(() => undefined)
    return turn
  }
}
