/**
 * The project and the way it came about: every step with the patches that lead forth and back, without limit. One drag of
 * a slider or one stroke is one step, however many commands it took. Pure: time and names are handed in.
 */
import { applyPatches, enablePatches, freeze, produceWithPatches, type Patch } from 'immer'
import type { ProjectCommand } from '../contract/projectCommands.ts'
import type { Project } from '../contract/projectDocument.ts'
import type { StepLabel } from '../contract/stepLabels.ts'
import { runCommand } from './commands.ts'

enablePatches()

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
  /** What a drag has come to so far. Followed by its step, by 'cancel', or by a crash. */
  | { readonly kind: 'tentative'; readonly step: Step }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }

/** What changed in the document, for those who hold a copy of it; and what to write down. */
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

/** One drag, between begin and commit. */
interface Transaction {
  readonly base: Project
  readonly given: StepLabel | null
  label: StepLabel | null
  patches: Patch[]
  inverse: Patch[]
}

export class EditHistory {
  #project: Project
  #done: Step[]
  #undone: Step[]
  #transaction: Transaction | null = null

  /** done: oldest first; undone: the next one to redo last. Both must fit the project as it is. */
  constructor(
    project: Project,
    private readonly sources: HistorySources,
    done: readonly Step[] = [],
    undone: readonly Step[] = [],
  ) {
    this.#project = freeze(project, true)
    this.#done = [...done]
    this.#undone = [...undone]
  }

  get project(): Project {
    return this.#project
  }
  get done(): readonly Step[] {
    return this.#done
  }
  get undone(): readonly Step[] {
    return this.#undone
  }
  get inTransaction(): boolean {
    return this.#transaction !== null
  }

  /** Throws UserError 'edit-refused'; then nothing has changed. */
  apply(command: ProjectCommand): HistoryChange {
    const edited = runCommand(this.#project, command, this.sources.newId)
    if (edited.patches.length === 0) return NOTHING
    this.#project = edited.project
    const transaction = this.#transaction
    if (transaction) {
      transaction.label = edited.label
      transaction.patches.push(...edited.patches)
      transaction.inverse.unshift(...edited.inverse)
      return { patches: edited.patches, events: [] }
    }
    return { patches: edited.patches, events: this.#push(edited.label, edited.patches, edited.inverse) }
  }

  /** All commands up to commit become one step. Without a label it takes that of its last command. */
  begin(label: StepLabel | null = null): HistoryChange {
    const before = this.commit()
    this.#transaction = { base: this.#project, given: label, label: null, patches: [], inverse: [] }
    return before
  }

  commit(): HistoryChange {
    const transaction = this.#transaction
    if (!transaction) return NOTHING
    const squashed = squash(transaction)
    this.#transaction = null
    if (!squashed) return { patches: [], events: transaction.patches.length > 0 ? [{ kind: 'cancel' }] : [] }
    return { patches: [], events: this.#push(squashed.label, squashed.patches, squashed.inverse) }
  }

  /** Puts everything back to where 'begin' was called. */
  cancel(): HistoryChange {
    const transaction = this.#transaction
    if (!transaction) return NOTHING
    this.#transaction = null
    this.#project = transaction.base
    return { patches: transaction.inverse, events: [{ kind: 'cancel' }] }
  }

  /** The open drag as a step that would hold it; null where there is none or it has changed nothing. */
  tentative(): HistoryEvent | null {
    const squashed = this.#transaction && squash(this.#transaction)
    return squashed ? { kind: 'tentative', step: { id: this.sources.newId(), at: this.sources.now(), ...squashed } } : null
  }

  /** Does nothing where there is nothing to undo. An open drag is finished first, and is what is undone. */
  undo(): HistoryChange {
    const { events } = this.commit()
    const step = this.#done.at(-1)
    if (!step) return { patches: [], events }
    this.#project = applyPatches(this.#project, step.inverse)
    this.#done.pop()
    this.#undone.push(step)
    return { patches: step.inverse, events: [...events, { kind: 'undo' }] }
  }

  redo(): HistoryChange {
    const { events } = this.commit()
    const step = this.#undone.at(-1)
    if (!step) return { patches: [], events }
    this.#project = applyPatches(this.#project, step.patches)
    this.#undone.pop()
    this.#done.push(step)
    return { patches: step.patches, events: [...events, { kind: 'redo' }] }
  }

  /** Undoes or redoes until 'position' steps are done. */
  goTo(position: number): HistoryChange {
    const wanted = Math.min(Math.max(0, position), this.#done.length + this.#undone.length)
    const first = this.commit()
    const patches: Patch[] = []
    const events = [...first.events]
    while (this.#done.length !== wanted) {
      const change = this.#done.length > wanted ? this.undo() : this.redo()
      patches.push(...change.patches)
      events.push(...change.events)
    }
    return { patches, events }
  }

  /** The project as 'undo', 'redo' or 'goTo' a position would leave it. Nothing changes. */
  preview(move: 'undo' | 'redo' | number): Project {
    const trial = new EditHistory(this.#project, this.sources, this.#done, this.#undone)
    if (typeof move === 'number') trial.goTo(move)
    else trial[move]()
    return trial.project
  }

  #push(label: StepLabel, patches: readonly Patch[], inverse: readonly Patch[]): HistoryEvent[] {
    const step: Step = { id: this.sources.newId(), at: this.sources.now(), label, patches, inverse }
    this.#done.push(step)
    this.#undone = []
    return [{ kind: 'step', step }]
  }
}

/** A drag of a hundred moves needs no more room than its last; null where it led back to the start. */
function squash({ base, given, label, patches }: Transaction): Pick<Step, 'label' | 'patches' | 'inverse'> | null {
  if (!label) return null
  const [, forth, back] = produceWithPatches(base, (draft) => {
    applyPatches(draft, patches)
  })
  return forth.length === 0 ? null : { label: given ?? label, patches: forth, inverse: back }
}
