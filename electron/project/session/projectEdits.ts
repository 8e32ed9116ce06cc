/**
 * The project that is open, as it is edited: what the artist does and what the program finds out is carried out,
 * written down and told. All of it is synchronous and comes back at once; what touches the disk is the session's
 * (projectSession.ts).
 */
import { randomUUID } from 'node:crypto'
import type { Finding } from '../../contract/findings.ts'
import type { FoundShots } from '../../contract/foundShots.ts'
import type { HistoryEntry, ProjectState } from '../../contract/project.ts'
import type { ProjectCommand } from '../../contract/projectCommands.ts'
import type { Clip, Project, ReplacedPictures } from '../../contract/projectDocument.ts'
import { sentence } from '../../contract/sentence.ts'
import type { StepLabel } from '../../contract/stepLabels.ts'
import { UserError } from '../../contract/userError.ts'
import type { HistoryChange } from '../history.ts'
import type { OpenProject } from './openProject.ts'
import type { ProjectNews } from './projectNews.ts'
import { entriesOf } from './projectStatus.ts'
import { Recorder } from './recorder.ts'
import { changedFrames, changedNotice } from '../films/replacedPictures.ts'
import { cutsNotice } from '../commands/cutsByHand.ts'
import { cutsStep } from '../commands/shotCommands.ts'

export abstract class ProjectEdits {
  protected opened: OpenProject | null = null
  protected readonly recorder = new Recorder(() => this.opened)

  constructor(protected readonly news: ProjectNews) {}

  get isOpen(): boolean {
    return this.opened !== null
  }

  /** True while an edit is open. */
  get isEditing(): boolean {
    return this.opened?.history.inTransaction ?? false
  }

  /** The document as it is now. Throws UserError while no project is open. */
  get project(): Project {
    return this.current().history.project
  }

  get state(): ProjectState | null {
    return this.opened && this.news.stateOf(this.opened)
  }

  /** Steps oldest first; the undone ones follow the done ones. */
  get steps(): HistoryEntry[] {
    return entriesOf(this.current().history)
  }

  /**
   * An edit of the artist's: a step of its own, or a part of the open edit that is named. Throws UserError
   * 'edit-refused'; then nothing has changed.
   */
  apply(command: ProjectCommand, edit: string | null = null): void {
    const { history } = this.current()
    this.#change(() => history.apply(command, edit))
    if (history.inTransaction) this.recorder.tentativeSoon()
  }

  /**
   * Takes down what the program has found out by itself: no step, and nothing that could be redone is forgotten for it.
   */
  note(finding: Finding): void {
    this.#change(() => this.current().history.note(finding))
  }

  /**
   * Takes down which pictures of a clip's film are others than when it was linked; says so where those known are no
   * longer all.
   * @param files where the film's pictures lie, by frame
   */
  noteReplaced(clipId: string, replaced: readonly ReplacedPictures[], files: readonly string[]): void {
    const footage = this.project.clips.find((clip) => clip.id === clipId)?.footage
    const changed = changedFrames(footage?.replaced ?? [], replaced)
    if (!footage || changed.length === 0) return
    this.note({ kind: 'replaced', clip: clipId, film: footage.hash, pictures: [...replaced] })
    this.news.tell(changedNotice(changed, files))
  }

  /**
   * Takes down the cuts that were looked for. Where the artist has asked for them although there were cuts of their
   * own, those that are new become a step, and what has become of the cuts is said; what was done by hand stays.
   * @param before the clip when the search began
   */
  noteCuts(before: Clip, found: FoundShots): void {
    const clip = (): Clip | undefined => this.project.clips.find(({ id }) => id === before.id)
    const was = clip()
    this.note({ kind: 'cuts', clip: before.id, film: before.footage.hash, ...found })
    const now = clip()
    const step = now && cutsStep(before, now, found)
    if (step) this.apply(step)
    const isSameFilm = was?.footage.hash === before.footage.hash
    if (was && isSameFilm && before.cuts === 'edited') this.news.tell(cutsNotice(was, this.project))
  }

  /**
   * Opens an edit: all commands that name it become one step at its commit. @returns its name
   * @param owner for endOpenOf
   */
  begin(label: StepLabel | null = null, owner = '', edit: string = randomUUID()): string {
    this.current().history.begin(edit, label, owner)
    return edit
  }
  /** Of an edit that is over nothing happens. */
  commit(edit: string): void {
    this.#change(() => this.current().history.commit(edit))
  }
  /** Takes back what this edit did and nothing else. */
  cancel(edit: string): void {
    this.#change(() => this.current().history.cancel(edit))
  }
  /** What an owner that is gone (a page that was loaded anew, or has died) had begun counts as far as it had come. */
  endOpenOf(owner: string): void {
    if (this.opened) for (const edit of this.openOf(owner)) this.commit(edit)
  }
  openOf(owner: string): string[] {
    return this.current().history.openOf(owner)
  }
  undo(): void {
    this.#step(() => this.current().history.undo())
  }
  redo(): void {
    this.#step(() => this.current().history.redo())
  }
  goTo(position: number): void {
    this.#change(() => this.current().history.goTo(position))
  }

  protected current(): OpenProject {
    if (!this.opened)
      throw new UserError('bad-argument', sentence`No project is open.`, sentence`Open a film or a project first.`)
    return this.opened
  }

  /** What is open is written down anew: after a step the journal knows nothing of it. */
  #step(make: () => HistoryChange): void {
    this.#change(make)
    if (this.isEditing) this.recorder.tentativeSoon()
  }

  /** Makes a change, writes it down and tells of it. */
  #change(make: () => HistoryChange): void {
    const before = this.current().history.project
    const change = make()
    this.recorder.record(change)
    if (!this.current().history.inTransaction) this.recorder.stopTentative()
    this.news.changed(this.current(), before, change)
  }
}
