/**
 * The project and the way it came about. What the artist does are steps, each with the patches that lead forth and
 * back; one drag of a slider or one stroke is one step, however many commands it took. What the program finds out by
 * itself are findings (see findings.ts): in no step, passed over by undo, and no reason to forget what can be redone.
 * Pure: time and names are handed in.
 *
 * Several edits may be open at once (a drag of the artist's, and something that waits for the disk), each by its own
 * name. Until all of them have ended their commands are kept: whichever is given up, the others are made again without
 * it.
 */
import { applyPatches, enablePatches, freeze, produceWithPatches, type Patch } from 'immer'
import type { Finding } from '../contract/findings.ts'
import { joinedCommands } from '../contract/joinedCommands.ts'
import type { ProjectCommand } from '../contract/projectCommands.ts'
import type { Project } from '../contract/projectDocument.ts'
import type { StepLabel } from '../contract/stepLabels.ts'
import { sentence } from '../contract/sentence.ts'
import { UserError } from '../contract/userError.ts'
import { runCommand } from './commands/commands.ts'
import { differences } from './differences.ts'
import { withFinding, withFindings, type Findings } from './findings.ts'
import { checkChange } from './commands/invariants.ts'

enablePatches()

/** One step of the artist's. Its patches are of the artist's document alone. */
export interface Step {
  readonly id: string
  /** When it was finished, in ms since 1970. */
  readonly at: number
  readonly label: StepLabel
  readonly patches: readonly Patch[]
  readonly inverse: readonly Patch[]
}

/** What happened to the history; played one after the other these lead to the same history again. */
export type HistoryEvent =
  | { readonly kind: 'step'; readonly step: Step }
  /** What open edits have come to so far. Followed by their step, by 'cancel', or by a crash. */
  | { readonly kind: 'tentative'; readonly step: Step }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'found'; readonly id: string; readonly finding: Finding }

/** What changed in the project, for those who hold a copy of it; and what to write down. */
export interface HistoryChange {
  readonly patches: readonly Patch[]
  readonly events: readonly HistoryEvent[]
}

const NOTHING: HistoryChange = { patches: [], events: [] }

export interface HistorySources {
  readonly now: () => number
  /** Never gives the same twice within a project. */
  readonly newId: () => string
}

/** A history as it stands: everything needed to go on with it elsewhere. */
export interface HistoryState {
  /** The artist's document. */
  readonly own: Project
  readonly findings: Findings
  /** Oldest first. */
  readonly done: readonly Step[]
  /** The next one to redo last. */
  readonly undone: readonly Step[]
  /** Name of the last finding; null before the first. */
  readonly lastFinding: string | null
}

/** Of a project in whose file nothing is known of how it came about. */
export function newHistoryState(own: Project): HistoryState {
  return { own, findings: {}, done: [], undone: [], lastFinding: null }
}

/** Says whether two states of one history hold the same: by their last step and their last finding. */
export function stateMark({ done, lastFinding }: Pick<HistoryState, 'done' | 'lastFinding'>): string {
  return `${done.at(-1)?.id ?? ''} ${lastFinding ?? ''}`
}

interface OpenEdit {
  /** Whose it is: whoever goes away leaves nothing open. */
  readonly owner: string
  readonly given: StepLabel | null
}

/** A command of an open edit, and the names that it took. */
interface Made {
  readonly edit: string
  readonly command: ProjectCommand
  readonly ids: readonly string[]
}

export class EditHistory {
  /** The artist's document with what open edits have done to it, and without. */
  #own: Project
  #settled: Project
  #findings: Findings
  #project: Project
  #lastFinding: string | null
  readonly #done: Step[]
  #undone: Step[]
  readonly #open = new Map<string, OpenEdit>()
  /** Commands of open edits, in the order they were made. */
  #made: Made[] = []

  constructor(
    state: HistoryState,
    private readonly sources: HistorySources,
  ) {
    this.#own = this.#settled = freeze(state.own, true)
    this.#findings = freeze(state.findings, true)
    this.#project = withFindings(this.#own, this.#findings)
    this.#lastFinding = state.lastFinding
    this.#done = [...state.done]
    this.#undone = [...state.undone]
  }

  /** The artist's document, without open edits. */
  get own(): Project {
    return this.#settled
  }
  /** As everybody sees it: the artist's document and the findings. */
  get project(): Project {
    return this.#project
  }
  get done(): readonly Step[] {
    return this.#done
  }
  get undone(): readonly Step[] {
    return this.#undone
  }
  /** See stateMark. */
  get mark(): string {
    return stateMark({ done: this.#done, lastFinding: this.#lastFinding })
  }
  /** True while an edit is open. */
  get inTransaction(): boolean {
    return this.#open.size > 0
  }

  /** Without open edits. */
  get state(): HistoryState {
    return {
      own: this.#settled,
      findings: this.#findings,
      done: [...this.#done],
      undone: [...this.#undone],
      lastFinding: this.#lastFinding,
    }
  }

  /**
   * A step of its own; with 'edit' a part of that open edit. An edit that is over takes no more: its commands are steps
   * of their own then. Throws UserError 'edit-refused'; then nothing has changed.
   */
  apply(command: ProjectCommand, edit: string | null = null): HistoryChange {
    if (edit !== null && this.#open.has(edit)) return this.#run(edit, command)
    if (this.#open.size > 0) return this.#applyBesideOpen(command)
    const { project, label, patches, inverse } = runCommand(this.#own, command, this.sources.newId, this.#project)
    // What a command puts in place of the very same is no step: its undo would do nothing that can be seen.
    if (patches.length === 0 || differences(this.#own, project).length === 0) return NOTHING
    this.#own = this.#settled = project
    const step: Step = { id: this.sources.newId(), at: this.sources.now(), label, patches, inverse }
    return { patches: this.#layFindings(), events: this.#push(step) }
  }

  /** Takes down what the program has found. Never touches a step, and no open edit. */
  note(finding: Finding): HistoryChange {
    const id = this.sources.newId()
    this.#findings = withFinding(this.#findings, finding)
    this.#lastFinding = id
    return { patches: this.#layFindings(), events: [{ kind: 'found', id, finding }] }
  }

  /** Opens an edit: all commands that name it become one step at its commit, labelled so, or by the last of them. */
  begin(edit: string, label: StepLabel | null = null, owner = ''): void {
    if (!this.#open.has(edit)) this.#open.set(edit, { owner, given: label })
  }

  /** Of an edit that is over, or was never opened, nothing happens. */
  commit(edit: string): HistoryChange {
    return this.#end(edit, true)
  }

  /** Takes back what the edit did, and nothing else. Of an edit that is over nothing is taken back. */
  cancel(edit: string): HistoryChange {
    return this.#end(edit, false)
  }

  commitAll(): HistoryChange {
    return joined([...this.#open.keys()].map((edit) => this.commit(edit)))
  }

  openOf(owner: string): string[] {
    return [...this.#open].filter(([, edit]) => edit.owner === owner).map(([edit]) => edit)
  }

  /** Open edits as a step that would hold them; null where there is none or they have changed nothing. */
  tentative(): HistoryEvent | null {
    if (this.#made.length === 0) return null
    const made = this.#replayed(this.#settled, this.#made)
    const step = this.#stepOf(made, null)
    return step && { kind: 'tentative', step }
  }

  /**
   * Takes the last step back; does nothing where there is none. Open edits stay open: an undo that had to wait was
   * meant for what is done, and not for what was begun since. Whoever means an open edit cancels that.
   */
  undo(): HistoryChange {
    const step = this.#done.at(-1)
    if (!step) return NOTHING
    const patches = this.#move(step.inverse)
    this.#done.pop()
    this.#undone.push(step)
    return { patches, events: [{ kind: 'undo' }] }
  }

  redo(): HistoryChange {
    const step = this.#undone.at(-1)
    if (!step) return NOTHING
    const patches = this.#move(step.patches)
    this.#undone.pop()
    this.#done.push(step)
    return { patches, events: [{ kind: 'redo' }] }
  }

  /** Undoes or redoes until 'position' steps are done, open edits among them: they are finished first. */
  goTo(position: number): HistoryChange {
    const wanted = Math.min(Math.max(0, position), this.#done.length + this.#undone.length)
    const changes = [this.commitAll()]
    while (this.#done.length !== wanted) changes.push(this.#done.length > wanted ? this.undo() : this.redo())
    return joined(changes)
  }

  /** As an edit that is open for this one command. */
  #applyBesideOpen(command: ProjectCommand): HistoryChange {
    const alone = this.sources.newId()
    this.begin(alone)
    try {
      return joined([this.#run(alone, command), this.commit(alone)])
    } finally {
      this.#open.delete(alone)
    }
  }

  #push(step: Step): HistoryEvent[] {
    this.#done.push(step)
    this.#undone = []
    return [{ kind: 'step', step }]
  }

  #run(edit: string, command: ProjectCommand): HistoryChange {
    const ids: string[] = []
    const newId = (): string => {
      const id = this.sources.newId()
      ids.push(id)
      return id
    }
    const edited = runCommand(this.#own, command, newId, this.#project)
    if (edited.patches.length === 0) return NOTHING
    const last = this.#made.at(-1)
    const both = last?.edit === edit ? joinedCommands(last.command, command) : null
    if (both) this.#made[this.#made.length - 1] = { edit, command: both, ids: last!.ids }
    else this.#made.push({ edit, command, ids })
    this.#own = edited.project
    return { patches: this.#layFindings(), events: [] }
  }

  #end(edit: string, keep: boolean): HistoryChange {
    const open = this.#open.get(edit)
    if (!open) return NOTHING
    this.#open.delete(edit)
    const itsOwn = this.#made.filter((made) => made.edit === edit)
    if (itsOwn.length === 0) return NOTHING
    const others = this.#made.filter((made) => made.edit !== edit)
    this.#made = others
    let events: HistoryEvent[] = [{ kind: 'cancel' }]
    if (keep) {
      const made = this.#replayed(this.#settled, itsOwn)
      const step = this.#stepOf(made, open.given)
      if (step) events = this.#push(step)
      // What was found since may have left no sense in a command: the document is what its step says, as for the
      // journal.
      this.#settled = made.own
    }
    this.#own = others.length === 0 ? this.#settled : this.#replayed(this.#settled, others).own
    return { patches: this.#layFindings(), events }
  }

  /** Makes commands again, with the names that they took. One that makes no sense any more is left out. */
  #replayed(from: Project, commands: readonly Made[]): Replayed {
    let own = from
    let label: StepLabel | null = null
    const patches: Patch[] = []
    for (const { command, ids } of commands) {
      const names = ids[Symbol.iterator]()
      try {
        const edited = runCommand(
          own,
          command,
          () => names.next().value ?? this.sources.newId(),
          withFindings(own, this.#findings),
        )
        own = edited.project
        // What goes on with an object that was just made is a part of its making.
        if (label?.kind !== 'add-operation') label = edited.label
        patches.push(...edited.patches)
      } catch (error) {
        if (!(error instanceof UserError)) throw error
      }
    }
    return { from, own, label, patches }
  }

  /** A drag of a hundred moves needs no more room than its last; null where it led back to the start. */
  #stepOf({ from, label, patches }: Replayed, given: StepLabel | null): Step | null {
    if (!label) return null
    const [, forth, back] = produceWithPatches(from, (draft) => {
      applyPatches(draft, patches)
    })
    return forth.length === 0
      ? null
      : { id: this.sources.newId(), at: this.sources.now(), label: given ?? label, patches: forth, inverse: back }
  }

  /** Along a step. Throws UserError 'damaged' where it does not fit; then nothing has changed. */
  #move(patches: readonly Patch[]): Patch[] {
    const before = [this.#own, this.#project, this.#settled] as const
    try {
      const settled = applyPatches(this.#settled, patches)
      checkChange(this.#settled, settled)
      this.#settled = settled
      this.#own = this.#made.length === 0 ? settled : this.#replayed(settled, this.#made).own
      return this.#layFindings()
    } catch (error) {
      ;[this.#own, this.#project, this.#settled] = before
      throw new UserError(
        'damaged',
        sentence`This step can not be undone or redone: the history of the project was damaged.`,
        sentence`Go on from here; everything you see is kept. Save the project under a new name if you want to be sure.`,
        error instanceof Error ? error.message : undefined,
      )
    }
  }

  /** Lays the findings over the artist's document; gives the patches that lead there from the project before. */
  #layFindings(): Patch[] {
    const before = this.#project
    const now = withFindings(this.#own, this.#findings)
    const patches = differences(before, now)
    if (patches.length > 0) this.#project = now
    return patches
  }
}

interface Replayed {
  readonly from: Project
  readonly own: Project
  readonly label: StepLabel | null
  readonly patches: readonly Patch[]
}

function joined(changes: readonly HistoryChange[]): HistoryChange {
  return { patches: changes.flatMap(({ patches }) => patches), events: changes.flatMap(({ events }) => events) }
}
