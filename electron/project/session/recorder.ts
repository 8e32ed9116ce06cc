/** Has what happens to the open project written down: where it is, and where it is moving to. */
import type { ProjectCommandType } from '../../contract/projectCommands.ts'
import type { Project } from '../../contract/projectDocument.ts'
import type { HistoryChange, HistoryEvent } from '../history.ts'
import type { OpenProject } from './openProject.ts'

/** After these the journal does not wait. */
const URGENT: ReadonlySet<ProjectCommandType> = new Set([
  'pin',
  'unpin',
  'move-pin',
  'copy-pin',
  'add-clip',
  'add-lock',
])
/**
 * How often an open drag is written down; one that has become large less often, so that the journal does not grow by
 * its square.
 */
const TENTATIVE_MS = 400
const TENTATIVE_BYTES_PER_MS = 250

/** What happened while the project was moving, and the document after it. */
export interface Late {
  readonly events: readonly HistoryEvent[]
  readonly document: Project
}

export class Recorder {
  #tentativeTimer: NodeJS.Timeout | null = null
  #tentativeDelay = TENTATIVE_MS
  /** While a project moves to another place: what is recorded in the old one meanwhile. */
  #late: Late[] | null = null

  constructor(private readonly current: () => OpenProject | null) {}

  record(change: HistoryChange, urgent = false): void {
    if (change.events.length === 0) return
    const isPressing = (event: HistoryEvent): boolean =>
      event.kind === 'found' || (event.kind === 'step' && URGENT.has(event.step.label.kind))
    this.#write(change.events, urgent || change.events.some(isPressing))
  }

  /** What is open is written down now and then, so that a crash costs little of a long drag. */
  tentativeSoon(): void {
    this.#tentativeTimer ??= setTimeout(() => {
      this.#tentativeTimer = null
      const event = this.current()?.history.tentative()
      if (!event) return
      this.#write([event], true)
      this.#tentativeDelay = Math.max(TENTATIVE_MS, JSON.stringify(event).length / TENTATIVE_BYTES_PER_MS)
    }, this.#tentativeDelay)
  }

  stopTentative(): void {
    if (this.#tentativeTimer) clearTimeout(this.#tentativeTimer)
    this.#tentativeTimer = null
    this.#tentativeDelay = TENTATIVE_MS
  }

  /** @param move is given what is recorded while it runs, growing, and takes it along in the end */
  async whileMoving<T>(move: (late: readonly Late[]) => Promise<T>): Promise<T> {
    const late: Late[] = []
    this.#late = late
    try {
      return await move(late)
    } finally {
      this.#late = null
    }
  }

  #write(events: readonly HistoryEvent[], urgent: boolean): void {
    const open = this.current()
    if (!open) return
    const document = open.history.own
    open.store.record(events, document, urgent)
    this.#late?.push({ events, document })
  }
}
