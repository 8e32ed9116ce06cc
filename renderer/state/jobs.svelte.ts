/** Long work in the engine, as its progress messages tell it. */
import type { JobProgress } from '../../electron/contract/schemas.ts'

const ENDED = new Set(['done', 'cancelled', 'failed'])

export class Jobs {
  /** The newest message of each kind of job. */
  colorize = $state<JobProgress | null>(null)
  export = $state<JobProgress | null>(null)
  shots = $state<JobProgress | null>(null)

  receive(progress: JobProgress): void {
    this[progress.kind] = progress
  }

  get colorizing(): boolean {
    return this.colorize !== null && !ENDED.has(this.colorize.state)
  }

  get exporting(): boolean {
    return this.export !== null && !ENDED.has(this.export.state)
  }

  get findingShots(): boolean {
    return this.shots !== null && !ENDED.has(this.shots.state)
  }

  forget(footageId: string): void {
    if (this.colorize?.footageId === footageId) this.colorize = null
    if (this.export?.footageId === footageId) this.export = null
    if (this.shots?.footageId === footageId) this.shots = null
  }
}
