/** Has finished exports looked through, all their files, and reports of that written. */
import { basename } from 'node:path'
import { canBeLookedThrough, filesOf, type LookedThrough, type QueuedExport } from '../../contract/exportQueue.ts'
import { foundIn, type Inspection } from '../../contract/inspection.ts'
import type { JobEntry } from '../../contract/jobs.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { toUserErrorData } from '../../contract/userError.ts'
import type { EngineClient } from '../../host/engineClient.ts'
import { writeReport, writeReportBeside, type PicturesOf } from '../../report/writeReport.ts'
import type { Language } from '../../text/language.ts'
import { exportGone, type ExportQueue } from '../queue/exportQueue.ts'
import type { Jobs } from './jobs.ts'

export class Inspecting {
  /** Files that were looked through, by the job. */
  readonly #files = new Map<string, string>()
  /** Exports that are being looked through. */
  readonly #running = new Set<string>()

  constructor(
    private readonly engine: EngineClient,
    private readonly jobs: Jobs,
    private readonly exports: ExportQueue,
    /** That of reports. */
    private readonly language: () => Language,
  ) {}

  /** To be told of the queue whenever it has changed: what is done and is to be looked through is. */
  follow(entries: readonly QueuedExport[]): void {
    for (const entry of entries) {
      const isWanted = canBeLookedThrough(entry) && entry.lookedThrough?.state === 'wanted'
      if (!isWanted || this.#running.has(entry.id)) continue
      this.#running.add(entry.id)
      void this.#lookThrough(entry, entry.lookedThrough!)
        .then((looked) => this.exports.noteLookedThrough(entry.id, looked))
        .finally(() => this.#running.delete(entry.id))
    }
  }

  /** File after file. Null where the artist breaks it off. */
  async #lookThrough(entry: QueuedExport, wanted: LookedThrough): Promise<LookedThrough | null> {
    const looked = { ...wanted, reports: [...wanted.reports], notes: [...wanted.notes] }
    for (const file of filesOf(entry)) {
      try {
        const job = await this.#inspect(entry, file)
        if (job.state === 'cancelled') return null
        const { inspection, error } = job
        if (!inspection) return failed(looked, error ? [error.message, error.advice] : [])
        looked.places += foundIn(inspection)
        if (wanted.as === 'report') {
          const report = await this.#reportBeside(file, inspection)
          if (typeof report === 'string') looked.reports.push(report)
          else looked.notes.push(report)
        }
      } catch (error) {
        const { message, advice } = toUserErrorData(error)
        return failed(looked, [message, advice])
      }
    }
    return { ...looked, state: 'done' }
  }

  /** Gives the job as it ended. Rejects with the UserError of a film that can not be opened. */
  async #inspect({ id: exported, clip, original }: QueuedExport, file: string): Promise<JobEntry> {
    const order = { footageId: '', path: file, ...(original !== undefined && { original }) }
    const job = await this.jobs.start({
      kind: 'inspect',
      clip,
      exported,
      reel: basename(file),
      begin: (jobId) => this.engine.call('startInspect', { jobId, ...order }),
    })
    this.#files.set(job, file)
    const ended = await this.jobs.ended(job)
    if (!ended) throw exportGone()
    return ended
  }

  /** Where it lies, or why there is none. */
  async #reportBeside(file: string, inspection: Inspection): Promise<string | Sentence> {
    try {
      return await writeReportBeside(file, inspection, this.#picturesOf(file), this.language())
    } catch (error) {
      const { message, advice } = toUserErrorData(error)
      return sentence`There is no report of “${basename(file)}”. ${message} ${advice}`
    }
  }

  #picturesOf(file: string): PicturesOf {
    return (frames) => this.engine.call('pictures', file, frames)
  }

  /** What was found, for a report. Throws UserError where it is not known any more. */
  of(job: string): { readonly inspection: Inspection; readonly file: string } {
    const inspection = this.jobs.entries.find((entry) => entry.id === job)?.inspection
    const file = this.#files.get(job)
    if (!inspection || file === undefined) throw exportGone()
    return { inspection, file }
  }

  /** Throws UserErrors where the film can not be read any more, and others where nothing can be written. */
  async write(job: string, target: string): Promise<void> {
    const { inspection, file } = this.of(job)
    await writeReport(target, inspection, this.#picturesOf(file), this.language())
  }
}

function failed(looked: LookedThrough, why: readonly Sentence[]): LookedThrough {
  return { ...looked, state: 'failed', notes: [...looked.notes, ...why] }
}
