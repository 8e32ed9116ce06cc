/** Brings a project to safety whose place is lost; tried again for as long as that fails. */
import type { UserError, UserErrorCode } from '../../contract/userError.ts'
import type { ProjectStore } from './projectStore.ts'

/** How often it is tried. */
const RESCUE_MS = 3_000
/** After these the project can not stay where it was. */
const LOST: ReadonlySet<UserErrorCode> = new Set(['project-gone', 'project-taken-over'])

export class Rescue {
  #timer: NodeJS.Timeout | null = null

  /** @param move takes the project of this store elsewhere, if it is open still. Rejects where that fails. */
  constructor(private readonly move: (from: ProjectStore, why: UserError) => Promise<void>) {}

  isNeededAfter(trouble: UserError): boolean {
    return LOST.has(trouble.code)
  }

  async begin(from: ProjectStore, why: UserError): Promise<void> {
    try {
      await this.move(from, why)
    } catch {
      // The trouble goes on being shown, and the project stays as it is in memory.
      this.#timer ??= setTimeout(() => {
        this.#timer = null
        void this.begin(from, why)
      }, RESCUE_MS)
    }
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }
}
