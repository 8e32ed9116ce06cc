/**
 * Carries out the list of work on the open project's films in the engine, and owns it: whoever would end work asks here
 * whether there is any, and ends it here. What is to be done with a job's outcome comes along with the order.
 */
import type { AlikeFrame } from '../../contract/alike.ts'
import { isOver, type JobEntry } from '../../contract/jobs.ts'
import type { FrameRange, JobProgress, JobState } from '../../contract/schemas.ts'
import type { Sentence } from '../../contract/sentence.ts'
import { cancelled } from '../../contract/userError.ts'
import type { EngineClient } from '../../host/engineClient.ts'
import { unite } from '../../contract/ranges.ts'
import { JobList, type NewJob } from './jobList.ts'

/** How a job ended, and the frames that it has finished by then. */
export interface Outcome {
  readonly state: JobState
  readonly finished: readonly FrameRange[]
  /** Of a search for shots that look like pins: what it has found. */
  readonly alike: readonly AlikeFrame[]
}

export interface JobOrder extends NewJob {
  /** Has the engine begin it. Rejects with a UserError where it refuses; then the job is in no list. */
  readonly begin: (jobId: string) => Promise<unknown>
  /** Takes what came of it, however it ended; the job counts as at work until this resolves. */
  readonly finish?: (outcome: Outcome) => Promise<void>
  /**
   * Instead of that, where what is said of the end is true only when its outcome was taken: the entry is over then,
   * with these sentences before those of the engine. Null where nothing was taken, since it was cancelled meanwhile.
   */
  readonly conclude?: (outcome: Outcome, ending: Ending) => Promise<readonly Sentence[] | null>
}

/** Work that is left to main when the engine's has ended: it can be paused and cancelled all the same. */
export interface Ending {
  /** Aborts when the artist does not want it any more, or the program ends. */
  readonly signal: AbortSignal
  /** Awaited before each step: waits while paused. Throws UserError 'cancelled' once the signal has aborted. */
  readonly turn: () => Promise<void>
}

interface Work {
  readonly finish: JobOrder['finish']
  readonly conclude: JobOrder['conclude']
  /** What came of it is being taken. */
  isEnding: boolean
  readonly abort: AbortController
  /** The engine is told, and main minds it where the engine's part is over. */
  isPaused: boolean
  /** Lets it go on that waits while paused. */
  wake: () => void
  finished: FrameRange[]
  /** A frame of those that it has finished last. */
  latest: number | null
  /** Null where the engine has refused it. */
  readonly ended: Promise<JobEntry | null>
  readonly end: (job: JobEntry | null) => void
}

export interface JobListeners {
  readonly onChange: (entries: readonly JobEntry[]) => void
  /** Of this clip something has ended, and what came of it was taken. */
  readonly onEnded: (clip: string) => void
  /** Something of an outcome that could not be taken, with nobody waiting for it. */
  readonly onTrouble: (error: unknown) => void
}

export class Jobs {
  readonly #list: JobList
  readonly #work = new Map<string, Work>()

  constructor(
    private readonly engine: Pick<EngineClient, 'call'>,
    private readonly listeners: JobListeners,
  ) {
    this.#list = new JobList(listeners.onChange)
  }

  /** All there is, in order. */
  get entries(): readonly JobEntry[] {
    return this.#list.entries
  }

  /** What waits, runs or is paused: of a clip, or of all. */
  open(clip?: string): JobEntry[] {
    return this.#list.open(clip)
  }

  /** Something of the clip is still to be done or to be written down, so that its film must stay open. */
  isBusy(clip: string): boolean {
    return this.entries.some((entry) => entry.clip === clip && this.#work.has(entry.id))
  }

  /** The job has not ended yet, or what came of it was not taken. */
  isUnderWay(id: string): boolean {
    return this.#work.has(id)
  }

  /** Resolves with the job's id when the engine has taken it. */
  async start({ begin, finish, conclude, ...job }: JobOrder): Promise<string> {
    const { id } = this.#list.add(job)
    let end: Work['end'] = () => undefined
    const ended = new Promise<JobEntry | null>((resolve) => (end = resolve))
    const abort = new AbortController()
    const idle = { isEnding: false, isPaused: false, wake: () => undefined, finished: [], latest: null }
    this.#work.set(id, { ...idle, finish, conclude, abort, ended, end })
    try {
      await begin(id)
    } catch (error) {
      // Where the engine has told of its end already, that is what counts.
      if (this.#work.delete(id)) this.#list.withdraw(id)
      // Others may have found it in the list by then, and wait for it.
      end(null)
      throw error
    }
    return id
  }

  /** The frames that a job under way has finished by now. */
  finishedBy(id: string): readonly FrameRange[] {
    return this.#work.get(id)?.finished ?? []
  }

  /** What it has finished by now was taken: from here on only what comes after counts as finished. */
  takenUpTo(id: string): void {
    const work = this.#work.get(id)
    if (work) work.finished = []
  }

  /** A frame near which the job is at work; undefined before it has finished one. */
  placeOf(id: string): number | undefined {
    return this.#work.get(id)?.latest ?? undefined
  }

  /**
   * Resolves when the job has ended and its outcome was taken; at once where that is so, with null where it is not
   * known, or the engine has refused it.
   */
  async ended(id: string): Promise<JobEntry | null> {
    return (await this.#work.get(id)?.ended) ?? this.#list.find(id) ?? null
  }

  /** To be told of every progress message of the engine. */
  follow(progress: JobProgress): void {
    const work = this.#work.get(progress.jobId)
    if (!work || work.isEnding) return
    work.finished = unite([...work.finished, ...progress.finished])
    work.latest = progress.finished.at(-1)?.from ?? work.latest
    if (isOver(progress)) void this.#end(work, progress)
    else this.#list.advance(progress)
  }

  async #end(work: Work, progress: JobProgress): Promise<void> {
    const { jobId: id, state, notes = [] } = progress
    const outcome = { state, finished: work.finished, alike: progress.alike ?? [] }
    work.isEnding = true
    // Without that nothing may come between: the window is told of the entry first, then of the engine's message.
    const said = await work.conclude?.(outcome, this.#endingOf(id, work)).catch(this.listeners.onTrouble)
    const ended = said === null ? 'cancelled' : state
    this.#list.advance({ ...progress, state: ended, notes: [...(said ?? []), ...notes] })
    const job = this.#list.find(id) ?? null
    await work.finish?.(outcome).catch(this.listeners.onTrouble)
    this.#work.delete(id)
    work.end(job)
    if (job) this.listeners.onEnded(job.clip)
  }

  #endingOf(id: string, work: Work): Ending {
    const { signal } = work.abort
    return {
      signal,
      turn: async () => {
        while (work.isPaused && !signal.aborted) {
          this.#list.setState(id, 'paused')
          await new Promise<void>((resolve) => (work.wake = resolve))
        }
        if (signal.aborted) throw cancelled()
        this.#list.setState(id, 'running')
      },
    }
  }

  async pause(id: string): Promise<void> {
    await this.#setPaused(id, true)
  }

  async resume(id: string): Promise<void> {
    await this.#setPaused(id, false)
  }

  async #setPaused(id: string, isPaused: boolean): Promise<void> {
    const work = this.#work.get(id)
    if (work) work.isPaused = isPaused
    try {
      await this.engine.call(isPaused ? 'pauseJob' : 'resumeJob', id)
    } finally {
      // By the engine's answer its part may be over, which then does not mind it.
      if (work?.isEnding && work.conclude && !work.abort.signal.aborted) {
        this.#list.setState(id, work.isPaused ? 'paused' : 'running')
        work.wake()
      }
    }
  }

  /** Resolves when it has ended, its temporary files are gone and what it had finished is noted. */
  async cancel(id: string): Promise<void> {
    const work = this.#work.get(id)
    if (!work) return
    work.abort.abort()
    work.wake()
    await this.engine.call('cancelJob', id)
    await this.#work.get(id)?.ended
  }

  /** The same for all of these; what the engine can't answer any more has ended as well. */
  async cancelAll(jobs: readonly JobEntry[] = this.open()): Promise<void> {
    await Promise.all(jobs.map(({ id }) => this.cancel(id).catch(() => undefined)))
  }

  /** The artist knows how these ended. */
  markTold(ids: readonly string[]): void {
    this.#list.markTold(ids)
  }

  /** Takes out what has ended: all of it, or what is named. */
  clear(ids?: readonly string[]): void {
    this.#list.clear(ids)
  }
}
