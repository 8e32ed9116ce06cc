/**
 * The project that is open: carries out edits, writes them down, and tells whoever listens. The main process holds one.
 * Edits are synchronous and come back at once; whatever touches the disk is done one after the other.
 */
import { randomUUID } from 'node:crypto'
import { basename, resolve } from 'node:path'
import type { Finding } from '../contract/findings.ts'
import type { ProjectCommand, ProjectCommandType } from '../contract/projectCommands.ts'
import type { HistoryEntry, ProjectState, ProjectStatus, UnsavedProject } from '../contract/project.ts'
import type { Clip, Project } from '../contract/projectDocument.ts'
import type { ProjectEvents } from '../contract/projectEvents.ts'
import type { StepLabel } from '../contract/stepLabels.ts'
import { sentence, type Sentence } from '../contract/sentence.ts'
import { UserError, type UserErrorData } from '../contract/userError.ts'
import { AssetFolder } from './assets.ts'
import { coverageOf, reportChange } from './changeReport.ts'
import { createProject } from './document.ts'
import { locateFootage, type FootageState } from './footageLink.ts'
import { EditHistory, newHistoryState, stateMark, type HistoryChange, type HistoryEvent, type HistoryState } from './history.ts'
import type { JournalHealth } from './journal.ts'
import { loadProject } from './loadProject.ts'
import { assetsFolder, EXTENSION } from './projectFiles.ts'
import { withFoundFootage, withRelativePaths } from './projectFootage.ts'
import { ProjectStore } from './projectStore.ts'
import { holdsNoWork, UntitledProjects } from './untitled.ts'

export type ProjectEvent = { readonly [N in keyof ProjectEvents]: { readonly name: N; readonly payload: ProjectEvents[N] } }[keyof ProjectEvents]

export interface SessionOptions {
  /** Folder of the program for projects without a name. */
  readonly untitledFolder: string
  readonly emit: (event: ProjectEvent) => void
  /** The open project is about to be closed, or replaced by one that was found good. Work on it ends here, and is noted. */
  readonly beforeLeaving?: () => Promise<void>
}

/** After these the journal does not wait. */
const URGENT: ReadonlySet<ProjectCommandType> = new Set(['pin', 'unpin', 'move-pin', 'copy-pin', 'add-clip'])
/** How often an open drag is written down; one that has become large less often, so that the journal does not grow by its square. */
const TENTATIVE_MS = 400
const TENTATIVE_BYTES_PER_MS = 250

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

export class ProjectSession {
  readonly #untitled: UntitledProjects
  #open: Open | null = null
  #revision = 0
  #trouble: UserErrorData | null = null
  #tentativeTimer: NodeJS.Timeout | null = null
  #tentativeDelay = TENTATIVE_MS
  /** While a project moves to another place: what is recorded in the old one meanwhile. */
  #alsoRecord: HistoryEvent[] | null = null
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

  /** Where the project's pictures and frozen colorings lie. */
  get assets(): AssetFolder {
    return this.#current().store.assets
  }

  /** The project file; for untitled projects the one in the program's folder. Films are linked relative to it. */
  get path(): string {
    return this.#current().store.path
  }

  get state(): ProjectState | null {
    const open = this.#open
    if (!open) return null
    const { project } = open.history
    return { ...this.#status(open), project, coverage: project.clips.map(coverageOf), notices: [...open.notices], recovered: open.recovered }
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
      return this.#enter({ store, history: this.#historyOf(state), untitled: true, savedState: stateMark(state), notices: [], recovered: 0 })
    })
  }

  /**
   * Closes what is open and opens another project, with what a crash has left unsaved. A project in a place where nothing
   * may be written opens as an untitled copy. Throws UserError; then what was open stays open.
   */
  open(file: string): Promise<ProjectState> {
    const path = resolve(file)
    return this.#inTurn(async () => {
      if (this.#open && this.#open.store.path === path) return this.state!
      const opened = await this.#openStore(path)
      await this.#leave('keep')
      return this.#enter(opened)
    })
  }

  /** False where the project has no place yet. Throws UserError where it can not be written; nothing is lost then. */
  save(): Promise<boolean> {
    return this.#inTurn(async () => {
      const open = this.#current()
      if (open.untitled) return false
      this.#commitAll(true)
      const { state } = open.history
      const { position } = open.store
      await open.store.save({ ...state, own: await withRelativePaths(state.own, open.store.path) }, position)
      open.savedState = stateMark(state)
      this.#emitStatus()
      return true
    })
  }

  /** Saves in another place and goes on there. The project it was stays as it was last saved. */
  saveAs(target: string): Promise<void> {
    const path = resolve(target.endsWith(EXTENSION) ? target : `${target}${EXTENSION}`)
    if (path === this.#current().store.path) return this.save().then(() => undefined)
    return this.#inTurn(async () => {
      const open = this.#current()
      this.#commitAll(true)
      const { state } = open.history
      // Edits made while the files are being written belong to the new place, too.
      const late: HistoryEvent[] = []
      this.#alsoRecord = late
      try {
        const store = await ProjectStore.create(path, { ...state, own: await withRelativePaths(state.own, path) }, open.store.assets, this.#onHealth)
        store.record(late, true)
        this.#open = { ...open, store, untitled: false, savedState: stateMark(state) }
        this.#trouble = null
      } finally {
        this.#alsoRecord = null
      }
      await (open.untitled ? open.store.remove() : open.store.close({ giveUpUnsaved: true }))
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
    if (history.inTransaction) this.#writeTentativeSoon()
  }

  /** Takes down what the program has found out by itself: no step, and nothing that could be redone is forgotten for it. */
  note(finding: Finding): void {
    this.#change(() => this.#current().history.note(finding))
  }

  /**
   * Takes down the cuts that were looked for. Where the artist has asked for them although there were cuts of their own, they
   * become a step; cuts that were touched since the search began stay as they are.
   * @param before the clip when the search began
   * @param at first frames of all shots but the first, ascending
   */
  noteCuts(before: Clip, at: readonly number[]): void {
    this.note({ kind: 'cuts', clip: before.id, film: before.footage.hash, at: [...at] })
    const now = this.project.clips.find((clip) => clip.id === before.id)
    const untouched = now && now.footage.hash === before.footage.hash && now.cuts === before.cuts && `${startsOf(now)}` === `${startsOf(before)}`
    if (untouched && `${startsOf(now)}` !== `${[0, ...at]}`) this.apply({ type: 'set-cuts', clip: before.id, cuts: [...at], source: 'automatic' })
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

  /** Resolves to true when all that was done so far is on the disk. */
  async flush(): Promise<boolean> {
    return this.#open ? this.#open.store.flush() : true
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

  async #openStore(path: string): Promise<Open> {
    const untitled = this.#untitled.holds(path)
    try {
      const { store, loaded, notices } = await ProjectStore.open(path, this.#onHealth)
      const history = this.#historyOf({ ...loaded.state, own: await withFoundFootage(loaded.state.own, store.path) })
      return { store, history, untitled, savedState: loaded.savedState, notices, recovered: loaded.recovered }
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== 'target-not-writable') throw error
      const { state: asItWas, notices, recovered } = await loadProject(path)
      const state = { ...asItWas, own: await withFoundFootage(asItWas.own, path) }
      const store = await ProjectStore.create(await this.#untitled.newPath(), state, new AssetFolder(assetsFolder(path)), this.#onHealth)
      const copied = sentence`You may not write beside “${basename(path)}”, so it was opened as a copy: save it in a place of your own.`
      return { store, history: this.#historyOf(state), untitled: true, savedState: undefined, notices: [...notices, copied], recovered }
    }
  }

  #enter(open: Open): ProjectState {
    this.#open = open
    this.#trouble = null
    this.#revision++
    const state = this.state!
    this.options.emit({ name: 'projectReplaced', payload: { state } })
    return state
  }

  async #leave(unsaved: 'keep' | 'give-up'): Promise<void> {
    if (!this.#open) return
    await this.options.beforeLeaving?.()
    const open = this.#current()
    this.#record(open.history.commitAll(), true)
    this.#stopTentative()
    this.#open = null
    const untouched = holdsNoWork(open.history.project, [...open.history.done, ...open.history.undone])
    if (open.untitled && (unsaved === 'give-up' || untouched)) await open.store.remove()
    else await open.store.close({ giveUpUnsaved: unsaved === 'give-up' })
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
    const pressing = urgent || change.events.some((event) => event.kind === 'found' || (event.kind === 'step' && URGENT.has(event.step.label.kind)))
    this.#current().store.record(change.events, pressing)
    this.#alsoRecord?.push(...change.events)
  }

  #writeTentativeSoon(): void {
    this.#tentativeTimer ??= setTimeout(() => {
      this.#tentativeTimer = null
      const event = this.#open?.history.tentative()
      if (!event) return
      this.#open?.store.record([event], true)
      this.#alsoRecord?.push(event)
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
    if (this.#open) this.#emitStatus()
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
