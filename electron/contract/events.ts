/** What main tells the window without being asked. */
import type { QueuedExport } from './exportQueue.ts'
import type { JobEntry } from './jobs.ts'
import type { Preferences } from './preferences.ts'
import { projectEventNames, type ProjectEvents } from './projectEvents.ts'
import type { EngineStatus, JobProgress } from './schemas.ts'
import type { UserErrorData } from './userError.ts'

export interface Events extends ProjectEvents {
  engineStatus: EngineStatus
  /**
   * One job has come further, 'footageId' being the clip that it is of. Its frames are told here alone; 'jobsChanged'
   * and 'exportsChanged' have the rest.
   */
  jobProgress: JobProgress
  /** All work on the open project's films, in order: whenever any of it has changed. */
  jobsChanged: JobEntry[]
  /** All exports, in order: whenever any of them has changed. */
  exportsChanged: QueuedExport[]
  /** These frames look different now, or are no longer up to date: their pictures have to be fetched again. */
  framesChanged: { clip: string; from: number; to: number }
  /** A clip's film was opened anew: it was away and is there again, or its file was replaced or written to. */
  filmBack: { clip: string }
  /** Films or projects were handed over by a second start of the program or by the system, and wait to be fetched. */
  openRequested: Record<string, never>
  preferencesChanged: Preferences
  /** Something went wrong that no request was waiting for. */
  trouble: UserErrorData
}
export type EventName = keyof Events

export const eventNames = [
  'engineStatus',
  'jobProgress',
  'jobsChanged',
  'exportsChanged',
  'framesChanged',
  'filmBack',
  'openRequested',
  'preferencesChanged',
  'trouble',
  ...projectEventNames,
] as const satisfies readonly EventName[]
