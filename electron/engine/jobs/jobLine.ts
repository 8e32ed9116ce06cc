/** The jobs that wait, run or are paused. */
import type { JobProgress } from '../../contract/schemas.ts'
import { toUserErrorData } from '../../contract/userError.ts'
import { endToGoOn } from '../writing/segments/segmentFolder.ts'
import { JobReport } from './jobReport.ts'
import { printTrace, traceWait } from './trace.ts'
import { Turns, type Ticket } from './turns.ts'

export interface JobContext {
  readonly signal: AbortSignal
  /** Awaited before each frame: lets messages in, waits while paused, throws when cancelled. */
  readonly turn: () => Promise<void>
  /** Waits for something that is not this job's to do, and lets others go before it. Throws when cancelled. */
  readonly aside: <T>(work: Promise<T>) => Promise<T>
}

export interface JobOrder {
  readonly jobId: string
  readonly kind: JobProgress['kind']
  readonly footageId: string
  /** Frames to be finished. */
  readonly total: number
  /** Somebody waits for it, so that it goes before all others. */
  readonly isAwaited?: boolean
  readonly run: (context: JobContext, report: JobReport) => Promise<void>
}

/**
 * The more patient let those before them that are asked for later: exports, and the looking through of what they have
 * written, fill a night, and what the artist does meanwhile is waited for.
 */
const PATIENCE: Readonly<Record<JobProgress['kind'], number>> = {
  colorize: 1,
  shots: 1,
  alike: 1,
  export: 2,
  inspect: 2,
}
const AWAITED = 0

interface Job {
  readonly ticket: Ticket
  readonly turns: Turns
  readonly abort: AbortController
  readonly report: JobReport
  readonly kind: JobProgress['kind']
  readonly footageId: string
  readonly ended: Promise<void>
}

export class JobLine {
  readonly #jobs = new Map<string, Job>()
  /** The networks work for one job at a time; looking films through is ffmpeg's work and does not wait for them. */
  readonly #turns = { networks: new Turns(), ffmpeg: new Turns() }

  constructor(private readonly send: (progress: JobProgress) => void) {}

  start({ jobId, kind, footageId, total, isAwaited = false, run }: JobOrder): void {
    const abort = new AbortController()
    const turns = kind === 'shots' || kind === 'inspect' ? this.#turns.ffmpeg : this.#turns.networks
    const ticket = turns.join(abort.signal, isAwaited ? AWAITED : PATIENCE[kind])
    const report = new JobReport({ jobId, kind, footageId }, total, this.send)
    const turn = async (): Promise<void> => {
      if (!ticket.paused && !turns.isFirst(ticket)) report.setState('queued')
      await ticket.wait()
      report.setState('running')
    }
    const aside = async <T>(other: Promise<T>): Promise<T> => {
      if (!ticket.paused) report.setState('queued')
      return ticket.aside(other)
    }
    const work = async (): Promise<void> => {
      try {
        await traceWait('all of it', () => run({ signal: abort.signal, turn, aside }, report))
        report.end('done')
      } catch (error) {
        if (abort.signal.aborted) report.end('cancelled')
        else report.end('failed', toUserErrorData(error))
      } finally {
        turns.leave(ticket)
        this.#jobs.delete(jobId)
        printTrace(`${kind} of ${footageId}`)
      }
    }
    this.#jobs.set(jobId, { ticket, turns, abort, report, kind, footageId, ended: work() })
  }

  /** What somebody is waiting to see goes before the next frames of all jobs. */
  giveWay(work: Promise<unknown>): void {
    for (const turns of Object.values(this.#turns)) turns.giveWay(work)
  }

  setPaused(jobId: string, paused: boolean): void {
    const job = this.#jobs.get(jobId)
    if (!job || job.ticket.paused === paused) return
    job.ticket.paused = paused
    job.report.setState(paused ? 'paused' : job.turns.isFirst(job.ticket) ? 'running' : 'queued')
  }

  /**
   * Resolves when the job has ended and has tidied up.
   * @param toGoOn what it has finished is left where the same job finds it when it is started again
   */
  async cancel(jobId: string, toGoOn = false): Promise<void> {
    const job = this.#jobs.get(jobId)
    if (job && toGoOn) endToGoOn(job.abort)
    else job?.abort.abort()
    await job?.ended
  }

  /** Resolves when the jobs of a kind have ended that a film has now. */
  async ended(kind: JobProgress['kind'], footageId: string): Promise<void> {
    const jobs = [...this.#jobs.values()].filter((job) => job.kind === kind && job.footageId === footageId)
    await Promise.all(jobs.map((job) => job.ended))
  }

  /** Ends all jobs of a film, or of all, to be gone on with. */
  async endAll(footageId?: string): Promise<void> {
    const ids = [...this.#jobs]
      .filter(([, job]) => footageId === undefined || job.footageId === footageId)
      .map(([id]) => id)
    await Promise.all(ids.map((id) => this.cancel(id, true)))
  }
}
