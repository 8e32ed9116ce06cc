/** Has finished exports looked through, and reports of that written. */
import type { Inspection } from '../../contract/inspection.ts'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { EngineClient } from '../../host/engineClient.ts'
import type { ProjectSession } from '../../project/projectSession.ts'
import { placesToShow, reportHtml } from '../../report/reportHtml.ts'
import { writeAtomic } from '../../system/writeAtomic.ts'
import type { Language } from '../../text/language.ts'
import type { ClipDesk } from '../clipDesk.ts'
import type { ExportQueue } from '../queue/exportQueue.ts'
import type { Jobs } from './jobs.ts'

export class Inspecting {
  /** Files that were looked through, by the job. */
  readonly #files = new Map<string, string>()

  constructor(
    private readonly engine: EngineClient,
    private readonly session: ProjectSession,
    private readonly clips: ClipDesk,
    private readonly jobs: Jobs,
    private readonly exports: ExportQueue,
  ) {}

  /**
   * Gives the job's id. A film of the open project is compared with its original.
   * @param id of an export that is done
   */
  async start(id: string): Promise<string> {
    const done = this.exports.entries.find((entry) => entry.id === id && entry.state === 'done')
    if (!done) throw gone()
    const isOurs = this.session.isOpen && this.session.project.clips.some((clip) => clip.id === done.clip)
    const original = isOurs ? (await this.clips.info(done.clip)).path : undefined
    const path = done.target
    const job = await this.jobs.start({
      kind: 'inspect',
      clip: isOurs ? done.clip : '',
      reel: done.file,
      begin: (jobId) =>
        this.engine.call('startInspect', { jobId, footageId: '', path, ...(original !== undefined && { original }) }),
    })
    this.#files.set(job, path)
    return job
  }

  /** What was found, for a report. Throws UserError where it is not known any more. */
  of(job: string): { readonly inspection: Inspection; readonly file: string } {
    const inspection = this.jobs.entries.find((entry) => entry.id === job)?.inspection
    const file = this.#files.get(job)
    if (!inspection || file === undefined) throw gone()
    return { inspection, file }
  }

  /** Throws UserErrors where the film can not be read any more, and the system's where nothing can be written. */
  async write(job: string, target: string, language: Language): Promise<void> {
    const { inspection, file } = this.of(job)
    const frames = placesToShow(inspection)
    const pictures = await this.engine.call('pictures', file, frames)
    const shown = new Map(frames.flatMap((frame, n) => (pictures[n] ? [[frame, pictures[n]] as const] : [])))
    await writeAtomic(target, reportHtml(inspection, shown, language, new Date()))
  }
}

function gone(): UserError {
  return new UserError(
    'not-found',
    sentence`This export is no longer in the list.`,
    sentence`Look a film through with “npm run inspect” instead.`,
  )
}
