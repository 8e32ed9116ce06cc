/**
 * Gives what happened the numbers and names by which a damaged journal is put together again: which record, how many
 * edits so far, which step lies below, which one was undone.
 */
import type { Project } from '../../contract/projectDocument.ts'
import type { HistoryEvent } from '../history.ts'
import { isEdit, type JournalMark, type JournalRecord } from './journalFormat.ts'
import { namesAlong } from './stepFit.ts'

export class JournalNumbers {
  readonly #done: string[]
  #undone: string[]

  /** @param done ids of the steps done, oldest first; undone: the next one to redo last */
  constructor(
    readonly journal: string,
    private sequence = 0,
    private edits = 0,
    done: readonly string[] = [],
    undone: readonly string[] = [],
  ) {
    this.#done = [...done]
    this.#undone = [...undone]
  }

  /** How far the journal has come. */
  get mark(): Required<JournalMark> {
    return { journal: this.journal, sequence: this.sequence, edits: this.edits, step: this.#done.at(-1) ?? null }
  }

  /** @param document the artist's, with or without the event */
  next(event: HistoryEvent, document: Project): JournalRecord {
    if (isEdit(event)) this.edits++
    const frame = { seq: ++this.sequence, journal: this.journal, edit: this.edits }
    if (event.kind === 'step') {
      const after = this.#done.at(-1) ?? null
      this.#done.push(event.step.id)
      this.#undone = []
      return { ...event, ...frame, after, through: namesAlong(document, event.step.patches) }
    }
    if (event.kind === 'undo' || event.kind === 'redo') {
      const [from, to] = event.kind === 'undo' ? [this.#done, this.#undone] : [this.#undone, this.#done]
      const of = from.pop()!
      to.push(of)
      return { ...event, ...frame, of }
    }
    return { ...event, ...frame }
  }

  /** Everything after record 'to' was given up. Nothing can follow but another opening. */
  revert(to: number): JournalRecord {
    return { kind: 'revert', seq: ++this.sequence, journal: this.journal, edit: this.edits, to }
  }
}
