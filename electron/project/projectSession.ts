/**
 * The project that is open: carries out edits, writes them down, and tells whoever listens. The main process holds one.
 * Edits are synchronous and come back at once; whatever touches the disk is done one after the other.
 */
import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import type { Finding } from '../contract/findings.ts'
import type { FoundShots } from '../contract/foundShots.ts'
import type { AssetId } from '../contract/operations.ts'
import type { ProjectCommand, ProjectCommandType } from '../contract/projectCommands.ts'
import type { HistoryEntry, OpenManner, ProjectState, ProjectStatus, UnsavedProject } from '../contract/project.ts'
import type { Clip, Project, ReplacedPictures } from '../contract/projectDocument.ts'
import type { ProjectEvents } from '../contract/projectEvents.ts'
import type { StepLabel } from '../contract/stepLabels.ts'
import { noWords, sentence, type Sentence } from '../contract/sentence.ts'
import { UserError, type UserErrorCode, type UserErrorData } from '../contract/userError.ts'
import { AssetFolder } from './assets.ts'
import { coverageOf, reportChange } from './changeReport.ts'
import { createProject } from './document.ts'
import { locateFootage, type FootageState } from './footageLink.ts'
import { EditHistory, newHistoryState, stateMark, type HistoryChange, type HistoryEvent, type HistoryState } from './history.ts'
import type { JournalHealth } from './journal.ts'
import { loadProject } from './loadProject.ts'
import { MovingAssets } from './movingAssets.ts'
import { assetsFolder, EXTENSION } from './projectFiles.ts'
import { withFoundFootage, withRelativePaths } from './projectFootage.ts'
import { ProjectStore } from './projectStore.ts'
import { changedCount } from './replacedPictures.ts'
import { truePath } from './truePath.ts'
import { holdsNoWork, UntitledProjects } from './untitled.ts'

export type ProjectEvent = {
  readonly [N in keyof ProjectEvents]: { readonly name: N; readonly payload: ProjectEvents[N] }
}[keyof ProjectEvents]

export interface SessionOptions {
  /** Folder of the program for projects without a name. */
  readonly untitledFolder: string
  readonly emit: (event: ProjectEvent) => void
  /** The open project is about to be closed, or replaced by one that was found good. Work on it ends here, and is noted. */
  readonly beforeLeaving?: () => Promise<void>
}

/** After these the journal does not wait. */
const URGENT: ReadonlySet<ProjectCommandType> = new Set(['pin', 'unpin', 'move-pin', 'copy-pin', 'add-clip', 'add-lock'])
/** How often an open drag is written down; one that has become large less often, so that the journal does not grow by its square. */
const TENTATIVE_MS = 400
const TENTATIVE_BYTES_PER_MS = 250
/** How often it is tried to bring a project to safety. */
const RESCUE_MS = 3_000

const startsOf = (clip: Clip): number[] => clip.shots.map(({ from }) => from)

interface Open {
  readonly store: ProjectStore
  readonly history: EditHistory
  readonly untitled: boolean
  /** What the file holds (see stateMark); undefined where it must be written in any case. */
  savedState: string | undefined
  readonly notices: readonly Sentence[]
  readonly recovered: number
}

/** After these the project can not stay where it was. */
const LOST: ReadonlySet<UserErrorCode> = new Set(['project-gone', 'project-taken-over'])

/** What happened while the project was moving, and the document after it. */
interface Late {
  readonly events: readonly HistoryEvent[]
  readonly document: Project
}

export class ProjectSession {
  readonly #untitled: UntitledProjects
  #open: Open | null = null
  #revision = 0
  #trouble: UserErrorData | null = null
  /** The artist has said that edits which can not be written may be lost. */
  #mayLose = false
  #rescueTimer: NodeJS.Timeout | null = null
  #tentativeTimer: NodeJS.Timeout | null = null
  #tentativeDelay = TENTATIVE_MS
  /** While a project moves to another place: what is recorded in the old one meanwhile. */
  #alsoRecord: Late[] | null = null
  /** Ends when everything asked of the disk so far has. */
  #queue: Promise<unknown> = Promise.resolve()

  constructor(private readonly options: SessionOptions) {
    this.#untitled = new UntitledProjects(options.untitledFolder)
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
    const { history } = this.#current()
    const entry = (done: boolean) => ({ label, at }: { label: StepLabel; at: number }): HistoryEntry => ({ label, at, done })
    return [...history.done.map(entry(true)), ...[...history.undone].reverse().map(entry(false))]
  }

  /** Closes what is open (its unsaved edits stay in its journal) and begins a project that has no place yet. */
  new(title = 'Untitled'): Promise<ProjectState> {
    return this.#inTurn(async () => {
      const state = newHistoryState(createProject(randomUUID(), title))
      const store = await ProjectStore.create(await this.#untitled.newPath(), state, null, this.#onHealth)
      await this.#leave('keep')
      return this.#enter({
        store,
        history: this.#historyOf(state),
        untitled: true,
        savedState: stateMark(state),
        notices: [],
        recovered: 0,
      })
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
      const opened = await (how === 'copy'
        ? this.#openCopy(path, sentence`“${basename(path)}” is open elsewhere, so it was opened as a copy: save it in a place of your own.`)
        : this.#openStore(path, how === 'take-over'))
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
      this.#commitAll(true)
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
      this.#commitAll(true)
      await this.#moveTo(path, false)
      if (!untitled) {
        from.giveUpUnsaved()
        await from.close()
      } else if ((await this.#missingIn(this.#current().store, from)).length > 0) await from.close()
      // Only when everything is in the new place.
      else await from.remove()
    })
  }

  /** Makes the project anew at 'path', complete, and goes on there. The place it comes from is left as it is. */
  async #moveTo(path: string, untitled: boolean): Promise<void> {
    const open = this.#current()
    // What is open goes on being open, and becomes a step in the new place.
    const { state } = open.history
    // Edits made while the files are being written belong to the new place, too.
    const late: Late[] = []
    this.#alsoRecord = late
    try {
      const store = await ProjectStore.create(
        path,
        { ...state, own: await withRelativePaths(state.own, path) },
        open.store.assets,
        this.#onHealth,
      )
      await this.#bringAssets(open.store, store)
      for (const { events, document } of late) store.record(events, document, true)
      this.#open = { ...open, store, untitled, savedState: untitled ? undefined : stateMark(state) }
      this.#trouble = null
      this.#emitStatus()
    } finally {
      this.#alsoRecord = null
    }
  }

  /** Pictures that were put meanwhile come along: until none is missing, and none was put while that was looked at. */
  async #bringAssets(from: ProjectStore, to: ProjectStore): Promise<void> {
    const tried = new Set<string>()
    for (;;) {
      const puts = this.assets.puts
      const missing = (await this.#missingIn(to, from)).filter((id) => !tried.has(id))
      if (missing.length === 0 && puts === this.assets.puts) return
      await to.assets.copyFrom(from.assets, missing)
      for (const id of missing) tried.add(id)
    }
  }

  /** Pictures that the second place has and the first lacks. */
  async #missingIn(to: ProjectStore, from: ProjectStore): Promise<AssetId[]> {
    return to.assets.missing(await from.assets.list())
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
    if (history.inTransaction) this.#writeTentativeSoon()
  }

  /** Takes down what the program has found out by itself: no step, and nothing that could be redone is forgotten for it. */
  note(finding: Finding): void {
    this.#change(() => this.#current().history.note(finding))
  }

  /** Takes down which pictures of a clip's film are others than when it was linked; says so where those known are no longer all. */
  noteReplaced(clipId: string, replaced: readonly ReplacedPictures[]): void {
    const footage = this.project.clips.find((clip) => clip.id === clipId)?.footage
    const count = changedCount(footage?.replaced ?? [], replaced)
    if (!footage || count === 0) return
    this.note({ kind: 'replaced', clip: clipId, film: footage.hash, pictures: [...replaced] })
    this.options.emit({
      name: 'projectNotice',
      payload: {
        message:
          count === 1
            ? sentence`One picture of this film has changed since.`
            : sentence`${count} pictures of this film have changed since.`,
        advice: sentence`Frames that were colored from them are out of date: color them anew. All others keep their colors.`,
      },
    })
  }

  /**
   * Takes down the cuts that were looked for. Where the artist has asked for them although there were cuts of their own, they
   * become a step; cuts that were touched since the search began stay as they are.
   * @param before the clip when the search began
   */
  noteCuts(before: Clip, found: FoundShots): void {
    this.note({ kind: 'cuts', clip: before.id, film: before.footage.hash, ...found })
    const now = this.project.clips.find((clip) => clip.id === before.id)
    const untouched =
      now && now.footage.hash === before.footage.hash && now.cuts === before.cuts && `${startsOf(now)}` === `${startsOf(before)}`
    if (untouched && `${startsOf(now)}` !== `${[0, ...found.at]}`) {
      const { at, transitions, colored } = found
      this.apply({ type: 'set-cuts', clip: before.id, cuts: at, transitions, colored, source: 'automatic' })
    }
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

  unsavedProjects(): Promise<UnsavedProject[]> {
    return this.#untitled.list()
  }

  discardUnsaved(path: string): Promise<void> {
    return this.#inTurn(() => this.#untitled.discard(path))
  }

  #current(): Open {
    if (!this.#open) throw new UserError('bad-argument', sentence`No project is open.`, sentence`Open a film or a project first.`)
    return this.#open
  }

  #historyOf(state: HistoryState): EditHistory {
    return new EditHistory(state, { now: Date.now, newId: randomUUID })
  }

  async #openStore(path: string, takeOver: boolean): Promise<Open> {
    const untitled = await this.#untitled.holds(path)
    try {
      const { store, loaded, notices } = await ProjectStore.open(path, this.#onHealth, takeOver)
      const history = this.#historyOf({ ...loaded.state, own: await withFoundFootage(loaded.state.own, store.path) })
      return { store, history, untitled, savedState: loaded.savedState, notices, recovered: loaded.recovered }
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== 'target-not-writable') throw error
      return this.#openCopy(
        path,
        sentence`You may not write beside “${basename(path)}”, so it was opened as a copy: save it in a place of your own.`,
      )
    }
  }

  /** As a project without a place, with all that can be read; nothing is written where it is. */
  async #openCopy(path: string, why: Sentence): Promise<Open> {
    const { state: asItWas, notices, recovered } = await loadProject(path)
    const state = { ...asItWas, own: await withFoundFootage(asItWas.own, path) }
    const store = await ProjectStore.create(await this.#untitled.newPath(), state, new AssetFolder(assetsFolder(path)), this.#onHealth)
    return { store, history: this.#historyOf(state), untitled: true, savedState: undefined, notices: [...notices, why], recovered }
  }

  #enter(open: Open): ProjectState {
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
    const isUnwanted = ({ untitled, history }: Open): boolean =>
      untitled && (unsaved === 'give-up' || holdsNoWork(history.project, [...history.done, ...history.undone]))
    // Before any work is ended, and again when that has been noted.
    if (unsaved === 'keep' && !isUnwanted(this.#open)) await this.#checkWritten(this.#open)
    await this.options.beforeLeaving?.()
    const open = this.#current()
    this.#record(open.history.commitAll(), true)
    const unwanted = isUnwanted(open)
    if (unsaved === 'keep' && !unwanted) await this.#checkWritten(open)
    this.#stopTentative()
    if (this.#rescueTimer) clearTimeout(this.#rescueTimer)
    this.#rescueTimer = null
    this.#open = null
    if (unwanted) return open.store.remove()
    if (unsaved === 'give-up') open.store.giveUpUnsaved()
    await open.store.close()
  }

  async #checkWritten(open: Open): Promise<void> {
    const trouble = await this.#unwrittenTrouble(open)
    if (trouble) throw trouble
  }

  async #unwrittenTrouble({ store }: Open): Promise<UserError | null> {
    if (this.#mayLose || (await store.flush())) return null
    const count = Math.max(1, store.unwrittenEdits)
    const { name } = this.#status(this.#current())
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
    this.#record(change)
    if (!this.#current().history.inTransaction) this.#stopTentative()
    this.#emitChange(before, change)
  }

  #commitAll(urgent: boolean): void {
    this.#record(this.#current().history.commitAll(), urgent)
  }

  #record(change: HistoryChange, urgent = false): void {
    if (change.events.length === 0) return
    const pressing =
      urgent || change.events.some((event) => event.kind === 'found' || (event.kind === 'step' && URGENT.has(event.step.label.kind)))
    const { store, history } = this.#current()
    store.record(change.events, history.own, pressing)
    this.#alsoRecord?.push({ events: change.events, document: history.own })
  }

  #writeTentativeSoon(): void {
    this.#tentativeTimer ??= setTimeout(() => {
      this.#tentativeTimer = null
      const open = this.#open
      const event = open?.history.tentative()
      if (!open || !event) return
      open.store.record([event], open.history.own, true)
      this.#alsoRecord?.push({ events: [event], document: open.history.own })
      this.#tentativeDelay = Math.max(TENTATIVE_MS, JSON.stringify(event).length / TENTATIVE_BYTES_PER_MS)
    }, this.#tentativeDelay)
  }

  #stopTentative(): void {
    if (this.#tentativeTimer) clearTimeout(this.#tentativeTimer)
    this.#tentativeTimer = null
    this.#tentativeDelay = TENTATIVE_MS
  }

  readonly #onHealth = (health: JournalHealth): void => {
    this.#trouble = health.ok ? null : health.error.toData()
    if (!this.#open) return
    this.#emitStatus()
    if (!health.ok && LOST.has(health.error.code)) void this.#rescue(health.error)
  }

  /** The place of the project is lost: it goes on as one without a place, in the program's folder, with everything. */
  async #rescue(why: UserError): Promise<void> {
    const from = this.#open?.store
    if (!from) return
    try {
      await this.#inTurn(async () => {
        if (this.#open?.store !== from) return
        await this.#moveTo(await this.#untitled.newPath(), true)
        await from.abandon()
        this.options.emit({ name: 'projectNotice', payload: { message: why.said, advice: why.advice } })
      })
    } catch {
      // The trouble goes on being shown, and the project stays as it is in memory.
      this.#rescueTimer ??= setTimeout(() => {
        this.#rescueTimer = null
        if (this.#open?.store === from) void this.#rescue(why)
      }, RESCUE_MS)
    }
  }

  #status({ store, history, untitled, savedState }: Open): ProjectStatus {
    const last = history.done.at(-1)
    return {
      revision: this.#revision,
      path: untitled ? null : store.path,
      name: untitled ? history.project.title : basename(store.path, EXTENSION),
      saved: !history.inTransaction && savedState === history.mark,
      undo: last?.label ?? null,
      redo: history.undone.at(-1)?.label ?? null,
      position: history.done.length,
      steps: history.done.length + history.undone.length,
      trouble: this.#trouble,
      unwritten: this.unwrittenEdits,
    }
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
