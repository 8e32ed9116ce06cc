/**
 * From a saved project and its journal to the project and its history as they were at the last record. Records may be
 * missing, anywhere: every step names the one it was made on, so it is known where the document is what it was, and
 * where it is not, a step is taken only if it fits (see stepFit.ts). Pure.
 *
 * Journals of before findings were told from steps hold what a pass had colored as steps of the kind 'record-pass',
 * which undo went through like any other. Such records are played as they were made; then those steps leave the
 * history, and what they had found stays.
 */
import { applyPatches, enablePatches } from 'immer'
import type { Project } from '../../contract/projectDocument.ts'
import {
  findingsOf,
  knownAtSaving,
  takenApart,
  withFinding,
  withFindings,
  type Findings,
  type SharedCuts,
} from '../findings.ts'
import { newHistoryState, stateMark, type HistoryState, type Step } from '../history.ts'
import { checkProject } from '../commands/invariants.ts'
import { isEdit, isPassStep, type JournalMark, type JournalRecord, type JournalTally } from './journalFormat.ts'
import { changedIfFit } from './stepFit.ts'

enablePatches()

/** A project as a file holds it. */
export interface SavedProject {
  readonly project: Project
  /** Clips whose shots were found, not made by the artist. */
  readonly foundCuts: readonly string[]
  /** See findings.ts. */
  readonly sharedCuts?: Readonly<Record<string, SharedCuts>>
}

export interface Replayed {
  readonly state: HistoryState
  /** As everybody sees it. */
  readonly project: Project
  /** What the saved project holds (see stateMark), and the last step of it; null where it holds none. */
  readonly savedState: string
  readonly savedStep: string | null
  /** Steps, undos and redos that were found beyond the saved document, and are in it now. */
  readonly recovered: number
  /** Steps that the saved document has and the one now has not, or the other way round: what all of it came to. */
  readonly brought: number
  /** Those of which the records are missing. */
  readonly lost: number
  /** Those that do not fit without the missing ones. */
  readonly unfit: number
  /** The undo history does not reach back to the beginning. */
  readonly shortened: boolean
  /**
   * A drag that the crash cut short, now the last step. The journal must be told, for it holds it as tentative only.
   */
  readonly adopted: Step | null
}

/** Records that are missing, numbers first .. seq, with so many edits among them. */
interface Gap {
  readonly kind: 'gap'
  readonly first: number
  readonly seq: number
  readonly edits: number
}
type Entry = JournalRecord | Gap

/** What is known of a journal. */
export interface JournalContent {
  readonly records: readonly JournalRecord[]
  readonly tally?: Pick<JournalTally, 'last' | 'edits'> | null
  readonly lastOld?: number
}

/** The records with what is missing before, between and after them; no gap reaches across the saved state. */
function withGaps(
  saved: JournalMark,
  records: readonly JournalRecord[],
  tally: JournalContent['tally'] | null,
): Entry[] {
  const entries: Entry[] = []
  let [seq, edits] = [0, 0]
  const missing = (to: number, editsThere: number): void => {
    if (to <= seq) return
    const gap = (end: number, count: number): void => {
      entries.push({ kind: 'gap', first: seq + 1, seq: end, edits: Math.max(0, count) })
      seq = end
    }
    const all = Math.max(0, editsThere - edits)
    if (seq < saved.sequence && saved.sequence < to) {
      const before = Math.min(all, saved.edits === undefined ? 0 : Math.max(0, saved.edits - edits))
      gap(saved.sequence, before)
      gap(to, all - before)
    } else gap(to, all)
    edits = editsThere
  }
  for (const record of records) {
    const editsHere = record.edit ?? edits + (isEdit(record) ? 1 : 0)
    missing(record.seq - 1, editsHere - (isEdit(record) ? 1 : 0))
    entries.push(record)
    seq = record.seq
    edits = editsHere
  }
  missing(Math.max(tally?.last ?? 0, saved.sequence), Math.max(edits, tally?.edits ?? 0))
  return entries
}

/** Takes out what was given up by closing without saving. */
function withoutReverted(entries: readonly Entry[]): Entry[] {
  const kept: Entry[] = []
  for (const entry of entries) {
    if (entry.kind !== 'revert') kept.push(entry)
    else {
      for (let last = kept.at(-1); last && last.seq > entry.to; last = kept.at(-1)) {
        kept.pop()
        if (last.kind === 'gap' && last.first <= entry.to) kept.push({ ...last, seq: entry.to, edits: 0 })
      }
    }
  }
  return kept
}

function findingsAtSaving(
  played: Findings,
  { own, findings: saved }: Pick<HistoryState, 'own' | 'findings'>,
): Findings {
  const findings = { ...played }
  for (const clip of own.clips) {
    const known = knownAtSaving(clip, findingsOf(played, clip.id), findingsOf(saved, clip.id))
    if (known.cuts || known.passes.length > 0 || Object.keys(known.locked).length > 0) findings[clip.id] = known
    else delete findings[clip.id]
  }
  return findings
}

/** A history being played: the stacks and findings, and the document from the saved state on. */
class Playback {
  readonly done: Step[] = []
  undone: Step[] = []
  unfit = 0
  recovered = 0
  shortened = false
  /**
   * Name of the step below the first of 'done'; null where that is the first of all, undefined where it is not known.
   */
  #base: string | null | undefined = null
  /** For each of 'done' whether the document was then what it had been. */
  readonly #firm: boolean[] = []
  /** What is missing may have changed what the next record builds on. */
  #doubtful = false
  #tentative: Step | null = null
  #findings: Findings = {}
  #lastFinding: string | null = null
  /** False while only the stacks are followed. */
  #changing = false
  /** Whether the saved document is the one that the records know. */
  #baseIsFirm = true

  /** @param trusting false to look at each step whether it fits, even where nothing seems to be missing */
  constructor(
    private own: Project,
    private readonly trusting: boolean,
  ) {}

  get state(): HistoryState {
    return {
      own: this.own,
      findings: this.#findings,
      done: [...this.done],
      undone: [...this.undone],
      lastFinding: this.#lastFinding,
    }
  }

  /** Only the stacks and findings: the document holds this record already. */
  recall(entry: Entry): void {
    if (entry.kind === 'gap') this.#doubtful = true
    else if (entry.kind === 'found') this.#find(entry)
    else if (entry.kind === 'step') {
      if (!this.#standsOn(entry.after)) this.#forget(entry.after)
      this.#push(entry.step, true)
    } else if (entry.kind === 'undo') {
      const at = this.#placeOf(this.done, entry.of)
      if (at === null) this.undone = []
      else {
        const certain = at === this.done.length - 1 && !this.#doubtful
        const [step] = this.done.splice(at)
        this.#firm.length = at
        this.undone = certain ? [...this.undone, step!] : [step!]
      }
      this.#doubtful ||= at === null
    } else if (entry.kind === 'redo') {
      const step = this.#redoable(entry.of)
      if (step) {
        this.undone.pop()
        this.done.push(step)
        this.#firm.push(true)
      } else {
        this.#forget(entry.of)
        this.undone = []
      }
    }
  }

  /**
   * All before is in the saved document.
   * @param step the last one done there, where that is known
   * @param changed somebody else has changed the document since
   */
  begin(step: string | null | undefined, changed: boolean): void {
    if (this.#doubtful && !this.#standsOn(step)) this.#forget(step)
    if (changed) {
      this.#forget(this.done.at(-1)?.id ?? step)
      this.#baseIsFirm = false
    }
    this.#changing = true
  }

  /** The saved project as it is: what follows is to be applied to it. */
  apply({ own, findings }: Pick<HistoryState, 'own' | 'findings'>): void {
    this.own = own
    this.#findings = findingsAtSaving(this.#findings, { own, findings })
  }

  /** Old records end here: passes are no steps any more. */
  leaveOldRecords(asOneProject: boolean): void {
    const firm = this.done
      .map((step, index) => [step, this.#firm[index] ?? true] as const)
      .filter(([step]) => !isPassStep(step))
    this.done.splice(0, this.done.length, ...firm.map(([step]) => step))
    this.#firm.splice(0, this.#firm.length, ...firm.map(([, each]) => each))
    this.undone = this.undone.filter((step) => !isPassStep(step))
    if (asOneProject) this.apply(takenApart(this.own, []))
  }

  /** Changes the document as well. */
  play(entry: Entry): void {
    if (entry.kind === 'found') this.#find(entry)
    else if (entry.kind === 'gap') {
      this.#doubtful = true
      this.#tentative = null
    } else if (entry.kind === 'tentative') {
      this.#tentative = entry.step
    } else {
      this.#tentative = null
      if (entry.kind === 'step') this.#step(entry)
      else if (entry.kind === 'undo') this.#undo(entry.of)
      else if (entry.kind === 'redo') this.#redo(entry.of)
    }
  }

  /** A drag that the crash cut short counts as far as it had come. */
  finish(): Step | null {
    const step = this.#tentative
    if (!step) return null
    this.#tentative = null
    if (!this.#change(step, undefined)) return null
    this.#push(step, this.#isFirm && !this.#doubtful)
    return step
  }

  #find({ id, finding }: Extract<JournalRecord, { kind: 'found' }>): void {
    this.#findings = withFinding(this.#findings, finding)
    this.#lastFinding = id
  }

  get #isFirm(): boolean {
    return this.#firm.at(-1) ?? this.#baseIsFirm
  }

  #step({ step, after, through }: Extract<JournalRecord, { kind: 'step' }>): void {
    const known = this.#standsOn(after)
    if (!this.#change(step, through, known)) return
    this.#push(step, known && this.#isFirm)
  }

  #undo(of: string | undefined): void {
    const at = this.#placeOf(this.done, of)
    if (at === null) {
      // What was undone is not there: it is missing, or did not fit. Then there is nothing to take back.
      this.undone = []
      this.#doubtful = true
      if (of === undefined) this.unfit++
      else this.recovered++
      return
    }
    const certain = at === this.done.length - 1
    const step = this.done[at]!
    if (!this.#takeBack(at)) this.unfit++
    else {
      this.undone = certain ? [...this.undone, step] : [step]
      this.recovered++
    }
  }

  #redo(of: string | undefined): void {
    const step = this.#redoable(of)
    if (!step || !this.#change(step, undefined, true)) {
      if (!step) this.unfit++
      this.undone = []
      this.#doubtful = true
      return
    }
    this.undone.pop()
    this.done.push(step)
    this.#firm.push(this.#isFirm)
  }

  #redoable(of: string | undefined): Step | null {
    const step = this.undone.at(-1)
    return step && !(of === undefined ? this.#doubtful : step.id !== of) ? step : null
  }

  /** Makes a change if it can be trusted or fits; counts it. */
  #change(step: Step, through: readonly string[] | undefined, known = !this.#doubtful): boolean {
    if (known && this.#isFirm && this.trusting) this.own = applyPatches(this.own, step.patches)
    else {
      const changed = changedIfFit(this.own, { ...step, through })
      if (!changed) {
        this.unfit++
        this.#doubtful = true
        return false
      }
      this.own = changed
    }
    this.recovered++
    return true
  }

  #push(step: Step, firm: boolean): void {
    this.done.push(step)
    this.#firm.push(firm)
    this.undone = []
    this.#doubtful = false
  }

  /**
   * Whether the step 'after' is the last one done, once those are taken back that must have been undone by what is
   * missing. Without a name it is believed where nothing is missing.
   */
  #standsOn(after: string | null | undefined): boolean {
    if (after === undefined) return !this.#doubtful
    const at = after === null || after === this.#base ? (this.#base === after ? 0 : null) : this.#indexAfter(after)
    if (at === null) return false
    if (at < this.done.length) {
      if (!this.#takeBack(at)) return false
      this.undone = []
    }
    this.#doubtful = false
    return true
  }

  #indexAfter(id: string): number | null {
    if (this.done.at(-1)?.id === id) return this.done.length
    const at = this.done.findIndex((step) => step.id === id)
    return at < 0 ? null : at + 1
  }

  #placeOf(steps: readonly Step[], of: string | undefined): number | null {
    const isLast = of === undefined ? !this.#doubtful : steps.at(-1)?.id === of
    const at = isLast ? steps.length - 1 : of === undefined ? -1 : steps.findIndex((step) => step.id === of)
    return at < 0 ? null : at
  }

  /** Takes back the steps from 'at' on, if they can be. */
  #takeBack(at: number): boolean {
    let { own } = this
    for (let index = this.done.length - 1; index >= at && this.#changing; index--) {
      const { patches, inverse } = this.done[index]!
      if (this.#firm[index] && this.trusting) own = applyPatches(own, inverse)
      else {
        const back = changedIfFit(own, { patches: inverse, inverse: patches, through: undefined })
        if (!back) return false
        own = back
      }
    }
    this.own = own
    this.done.length = at
    this.#firm.length = at
    return true
  }

  /** The history begins anew above a step that is not known. */
  #forget(base: string | null | undefined): void {
    this.done.length = 0
    this.#firm.length = 0
    this.#base = base
    this.#doubtful = false
    this.shortened = true
  }
}

/**
 * Plays the records up to 'mark' for the history only, and the others into the project. Never throws: what does not fit
 * is left out and counted.
 *
 * @param records by rising sequence number
 * @param tally how far the journal had come; null where that is not known
 * @param lastOld number of the last record made while passes were steps; 0 where there is none
 * @param changed the project is the saved one as somebody else has changed it
 */
export function replay(
  saved: SavedProject,
  mark: JournalMark,
  { records, tally = null, lastOld = 0 }: JournalContent,
  changed = false,
): Replayed {
  const entries = withoutReverted(withGaps(mark, records, tally))
  const before = entries.filter((entry) => entry.seq <= mark.sequence)
  const after = entries.filter((entry) => entry.seq > mark.sequence)
  const lost = after.reduce((sum, entry) => sum + (entry.kind === 'gap' ? entry.edits : 0), 0)
  const apart = takenApart(saved.project, saved.foundCuts, saved.sharedCuts)
  // While old records are still to be applied the document carries its passes within itself, as they expect.
  const oldFollow = mark.sequence < lastOld

  const attempt = (trusting: boolean): Replayed => {
    const playback = new Playback(saved.project, trusting)
    for (const entry of before) playback.recall(entry)
    playback.begin(mark.step, changed)
    if (!oldFollow) {
      if (lastOld > 0) playback.leaveOldRecords(false)
      playback.apply(apart)
    }
    const done = playback.done.filter((step) => !isPassStep(step))
    const savedState = stateMark({ ...playback.state, done })
    for (const entry of after) playback.play(entry)
    if (oldFollow) playback.leaveOldRecords(true)
    const adopted = playback.finish()
    const { state, recovered, unfit, shortened } = playback
    const project = withFindings(state.own, state.findings)
    if (after.length > 0) checkProject(project)
    const [was, is] = [new Set(done.map(({ id }) => id)), new Set(state.done.map(({ id }) => id))]
    return {
      state,
      project,
      brought: [...was].filter((id) => !is.has(id)).length + [...is].filter((id) => !was.has(id)).length,
      savedState,
      savedStep: done.at(-1)?.id ?? null,
      recovered,
      lost,
      unfit,
      shortened,
      adopted,
    }
  }

  try {
    return attempt(true)
  } catch {
    // Nothing seems to be missing, and yet the records do not fit: each is looked at.
    return attempt(false)
  }
}

/** A project without a journal. */
export function withoutHistory({ project, foundCuts, sharedCuts }: SavedProject): HistoryState {
  const { own, findings } = takenApart(project, foundCuts, sharedCuts)
  return { ...newHistoryState(own), findings }
}
