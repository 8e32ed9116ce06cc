/**
 * From a saved project and its journal to the project and its history as they were at the last record. Pure.
 *
 * Journals of before findings were told from steps hold what a pass had colored as steps of the kind 'record-pass', which
 * undo went through like any other. Such records are played as they were made; then those steps leave the history, and
 * what they had found stays.
 */
import { applyPatches, enablePatches } from 'immer'
import type { Project } from '../contract/projectDocument.ts'
import { findingsOf, takenApart, withFinding, withFindings, type Findings } from './findings.ts'
import { newHistoryState, stateMark, type HistoryState, type Step } from './history.ts'
import { checkProject } from './invariants.ts'
import { isPassStep, type JournalRecord } from './journalFormat.ts'
import { carveOut, mergeResults } from './ranges.ts'

enablePatches()

/** A project as a file holds it. */
export interface SavedProject {
  readonly project: Project
  /** Clips whose shots were found, not made by the artist. */
  readonly foundCuts: readonly string[]
}

export interface Replayed {
  readonly state: HistoryState
  /** As everybody sees it. */
  readonly project: Project
  /** What the saved project holds (see stateMark). */
  readonly savedState: string
  /** Steps, undos and redos that were found beyond the saved project. */
  readonly recovered: number
  /** The last record that could be used; those after it did not fit. */
  readonly lastSequence: number
  readonly complete: boolean
  /** A drag that the crash cut short, now the last step. The journal must be told, for it holds it as tentative only. */
  readonly adopted: Step | null
}

/** Takes out what was given up by closing without saving. */
function withoutReverted(records: readonly JournalRecord[]): JournalRecord[] {
  const kept: JournalRecord[] = []
  for (const record of records) {
    if (record.kind !== 'revert') kept.push(record)
    else while (kept.length > 0 && kept.at(-1)!.seq > record.to) kept.pop()
  }
  return kept
}

/** What the file says of its own clips counts; of what they do not show, and of clips that it lacks, the journal knows. */
function findingsAtSaving(played: Findings, { own, findings: saved }: Pick<HistoryState, 'own' | 'findings'>): Findings {
  const findings = { ...played }
  for (const { id, frameCount } of own.clips) {
    const [noted, known] = [findingsOf(saved, id), findingsOf(played, id)]
    const beyondTheEnd = carveOut(known.passes, [{ from: 0, to: frameCount }])
    const passes = mergeResults([...noted.passes, ...beyondTheEnd])
    const cuts = noted.cuts ?? known.cuts
    if (cuts || passes.length > 0) findings[id] = { passes, cuts }
    else delete findings[id]
  }
  return findings
}

/** A history being played. */
class Playback {
  readonly done: Step[] = []
  undone: Step[] = []
  #own: Project
  #findings: Findings = {}
  #lastFinding: string | null = null
  #tentative: Step | null = null

  constructor(own: Project) {
    this.#own = own
  }

  get state(): HistoryState {
    return { own: this.#own, findings: this.#findings, done: [...this.done], undone: [...this.undone], lastFinding: this.#lastFinding }
  }

  /** With applying = false only the stacks move and findings gather: the document holds these records already. */
  play(record: JournalRecord, applying: boolean): void {
    if (record.kind === 'found') {
      this.#findings = withFinding(this.#findings, record.finding)
      this.#lastFinding = record.id
      return
    }
    this.#tentative = null
    if (record.kind === 'step') {
      if (applying) this.#own = applyPatches(this.#own, record.step.patches)
      this.done.push(record.step)
      this.undone = []
    } else if (record.kind === 'tentative') {
      this.#tentative = record.step
    } else if (record.kind === 'undo' || record.kind === 'redo') {
      const [from, to] = record.kind === 'undo' ? [this.done, this.undone] : [this.undone, this.done]
      const step = from.at(-1)
      if (!step) throw new Error(`nothing to ${record.kind} at record ${record.seq}`)
      if (applying) this.#own = applyPatches(this.#own, record.kind === 'undo' ? step.inverse : step.patches)
      from.pop()
      to.push(step)
    }
  }

  /** The saved project as it is: what follows is to be applied to it. */
  begin({ own, findings }: Pick<HistoryState, 'own' | 'findings'>): void {
    this.#own = own
    this.#findings = findingsAtSaving(this.#findings, { own, findings })
  }

  /** Old records end here: passes are no steps any more. */
  leaveOldRecords(asOneProject: boolean): void {
    for (const steps of [this.done, this.undone]) {
      const kept = steps.filter((step) => !isPassStep(step))
      steps.splice(0, steps.length, ...kept)
    }
    if (asOneProject) this.begin(takenApart(this.#own, []))
  }

  /** A drag that the crash cut short counts as far as it had come. */
  finish(): Step | null {
    const step = this.#tentative
    if (!step) return null
    this.#tentative = null
    this.#own = applyPatches(this.#own, step.patches)
    this.done.push(step)
    this.undone = []
    return step
  }
}

/**
 * Plays the records up to 'savedSequence' for the history only, and the others into the project. Records that do not
 * fit are left out, with all after them. Throws an Error where the records can not have led to the saved project: fewer
 * than it holds, or not a history at all.
 * @param lastOld number of the last record made while passes were steps; 0 where there is none
 */
export function replay(saved: SavedProject, savedSequence: number, records: readonly JournalRecord[], lastOld = 0): Replayed {
  const kept = withoutReverted(records)
  if ((records.at(-1)?.seq ?? 0) < savedSequence) throw new Error('the journal ends before the project was saved')
  const before = kept.filter((record) => record.seq <= savedSequence)
  const after = kept.filter((record) => record.seq > savedSequence)
  const apart = takenApart(saved.project, saved.foundCuts)
  // While old records are still to be applied the document carries its passes within itself, as they expect.
  const oldFollow = savedSequence < lastOld

  const attempt = (count: number): Replayed => {
    const playback = new Playback(saved.project)
    let old = lastOld > 0
    const play = (record: JournalRecord, applying: boolean): void => {
      if (old && record.seq > lastOld) playback.leaveOldRecords(applying && oldFollow)
      old &&= record.seq <= lastOld
      playback.play(record, applying)
    }
    for (const record of before) play(record, false)
    if (!oldFollow) playback.begin(apart)
    const savedState = stateMark({ ...playback.state, done: playback.done.filter((step) => !isPassStep(step)) })
    for (const record of after.slice(0, count)) play(record, true)
    if (old) playback.leaveOldRecords(oldFollow)
    const adopted = playback.finish()
    const { state } = playback
    const project = withFindings(state.own, state.findings)
    if (after.length > 0) checkProject(project)
    const counted = after.slice(0, count).filter(({ kind }) => kind === 'step' || kind === 'undo' || kind === 'redo').length
    const complete = count === after.length
    const lastSequence = complete ? (records.at(-1)?.seq ?? savedSequence) : (after[count - 1]?.seq ?? savedSequence)
    return { state, project, savedState, recovered: counted + (adopted ? 1 : 0), lastSequence, complete, adopted }
  }

  try {
    return attempt(after.length)
  } catch {
    // The longest beginning that makes sense. Each is tried as a whole, so search for its length by halves.
    let good = 0
    let bad = after.length
    while (bad - good > 1) {
      const middle = (good + bad) >> 1
      try {
        attempt(middle)
        good = middle
      } catch {
        bad = middle
      }
    }
    return attempt(good)
  }
}

/** A project without a journal. */
export function withoutHistory({ project, foundCuts }: SavedProject): HistoryState {
  const { own, findings } = takenApart(project, foundCuts)
  return { ...newHistoryState(own), findings }
}
