/**
 * The one list of long work: what waits, runs, is paused, or has ended and is still to be read. Nothing here does work.
 */
import { randomUUID } from 'node:crypto'
import { isOver, type JobEntry } from '../../contract/jobs.ts'
import type { JobProgress } from '../../contract/schemas.ts'

export type NewJob = Pick<JobEntry, 'clip' | 'reel' | 'kind'> & Partial<Pick<JobEntry, 'exported'>>

const NOTHING_DONE: JobEntry['progress'] = { done: 0, total: 0, framesPerSecond: 0, secondsLeft: null }

export class JobList {
  #entries: readonly JobEntry[] = []
  #nextOrder = 0

  /** @param onChange is told of every change with the whole list, in order */
  constructor(private readonly onChange: (entries: readonly JobEntry[]) => void) {}

  /** In order. */
  get entries(): readonly JobEntry[] {
    return this.#entries
  }

  /** What waits, runs or is paused: of a clip, or of all. */
  open(clip?: string): JobEntry[] {
    return this.#entries.filter((entry) => !isOver(entry) && (clip === undefined || entry.clip === clip))
  }

  find(id: string): JobEntry | undefined {
    return this.#entries.find((entry) => entry.id === id)
  }

  /** Puts work at the end of the list. */
  add(job: NewJob): JobEntry {
    const entry: JobEntry = {
      exported: null,
      ...job,
      id: randomUUID(),
      state: 'queued',
      order: this.#nextOrder++,
      progress: NOTHING_DONE,
      notes: [],
      inspection: null,
      error: null,
      told: false,
    }
    this.#set([...this.#entries, entry])
    return entry
  }

  /** Takes what the engine tells of a job. What is not in the list, or has ended, is not touched. */
  advance({ jobId, state, done, total, framesPerSecond, secondsLeft, notes, inspection, error }: JobProgress): void {
    const before = this.find(jobId)
    if (!before || isOver(before)) return
    const progress = { done, total, framesPerSecond, secondsLeft }
    this.#replace({
      ...before,
      state,
      progress,
      notes: notes ?? before.notes,
      inspection: inspection ?? before.inspection,
      error: error ?? null,
    })
  }

  /** Of work that the engine tells nothing of any more. What has ended is not touched. */
  setState(id: string, state: JobEntry['state']): void {
    const before = this.find(id)
    if (before && !isOver(before) && before.state !== state) this.#replace({ ...before, state })
  }

  /** The artist knows how these ended. Those with nothing to be looked at again leave the list. */
  markTold(ids: readonly string[]): void {
    const told = new Set(ids)
    const isKept = ({ kind, state, notes }: JobEntry): boolean =>
      kind === 'inspect' || state === 'failed' || notes.length > 0
    this.#set(
      this.#entries.flatMap((entry) =>
        !told.has(entry.id) || !isOver(entry) ? [entry] : isKept(entry) ? [{ ...entry, told: true }] : [],
      ),
    )
  }

  /** Takes out what has ended, all of it or what is named; what still runs stays. */
  clear(ids?: readonly string[]): void {
    this.#set(this.#entries.filter((entry) => !isOver(entry) || (ids !== undefined && !ids.includes(entry.id))))
  }

  /** Work that never began: the engine refused it. */
  withdraw(id: string): void {
    this.#set(this.#entries.filter((entry) => entry.id !== id))
  }

  #replace(entry: JobEntry): void {
    this.#set(this.#entries.map((each) => (each.id === entry.id ? entry : each)))
  }

  #set(entries: readonly JobEntry[]): void {
    this.#entries = entries
    this.onChange(entries)
  }
}
