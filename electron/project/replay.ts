/** From a saved document and its journal to the document and history as they were at the last record. Pure. */
import { applyPatches, enablePatches } from 'immer'
import type { Project } from '../contract/projectDocument.ts'
import type { Step } from './history.ts'
import { checkProject } from './invariants.ts'
import type { JournalRecord } from './journalFormat.ts'

enablePatches()

export interface Replayed {
  readonly project: Project
  readonly done: readonly Step[]
  readonly undone: readonly Step[]
  /** The last step that the saved document holds; null where it holds none. */
  readonly savedStep: string | null
  /** Steps, undos and redos that were found beyond the saved document. */
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

/** A history being played: the stacks, and the document from the saved state on. */
class Playback {
  readonly done: Step[] = []
  undone: Step[] = []
  #tentative: Step | null = null

  constructor(public project: Project) {}

  /** With applying = false only the stacks move: the document holds these records already. */
  play(record: JournalRecord, applying: boolean): void {
    this.#tentative = null
    if (record.kind === 'step') {
      if (applying) this.project = applyPatches(this.project, record.step.patches)
      this.done.push(record.step)
      this.undone = []
    } else if (record.kind === 'tentative') {
      this.#tentative = record.step
    } else if (record.kind === 'undo' || record.kind === 'redo') {
      const [from, to] = record.kind === 'undo' ? [this.done, this.undone] : [this.undone, this.done]
      const step = from.at(-1)
      if (!step) throw new Error(`nothing to ${record.kind} at record ${record.seq}`)
      if (applying) this.project = applyPatches(this.project, record.kind === 'undo' ? step.inverse : step.patches)
      from.pop()
      to.push(step)
    }
  }

  /** A drag that the crash cut short counts as far as it had come. */
  finish(): Step | null {
    const step = this.#tentative
    if (!step) return null
    this.#tentative = null
    this.project = applyPatches(this.project, step.patches)
    this.done.push(step)
    this.undone = []
    return step
  }
}

/**
 * Plays the records up to 'savedSequence' for the history only, and the others into the document. Records that do not
 * fit are left out, with all after them. Throws an Error where the records can not have led to the saved document: fewer
 * than it holds, or not a history at all.
 */
export function replay(saved: Project, savedSequence: number, records: readonly JournalRecord[]): Replayed {
  const kept = withoutReverted(records)
  if ((records.at(-1)?.seq ?? 0) < savedSequence) throw new Error('the journal ends before the project was saved')
  const before = kept.filter((record) => record.seq <= savedSequence)
  const after = kept.filter((record) => record.seq > savedSequence)

  const attempt = (count: number): Replayed => {
    const playback = new Playback(saved)
    for (const record of before) playback.play(record, false)
    const savedStep = playback.done.at(-1)?.id ?? null
    for (const record of after.slice(0, count)) playback.play(record, true)
    const adopted = playback.finish()
    const project = after.length > 0 ? checkProject(playback.project) : saved
    const counted = after.slice(0, count).filter(({ kind }) => kind !== 'tentative' && kind !== 'cancel').length
    const complete = count === after.length
    const lastSequence = complete ? (records.at(-1)?.seq ?? savedSequence) : (after[count - 1]?.seq ?? savedSequence)
    return { project, done: playback.done, undone: playback.undone, savedStep, recovered: counted + (adopted ? 1 : 0), lastSequence, complete, adopted }
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
