/** What main tells the window without being asked. */
import type { Preferences } from './preferences.ts'
import { projectEventNames, type ProjectEvents } from './projectEvents.ts'
import type { EngineStatus, JobProgress } from './schemas.ts'
import type { UserErrorData } from './userError.ts'

export interface Events extends ProjectEvents {
  engineStatus: EngineStatus
  jobProgress: JobProgress
  /** These frames look different now, or are no longer up to date: their pictures have to be fetched again. */
  framesChanged: { clip: string; from: number; to: number }
  /** A film or project was handed over by a second start of the program or by the system. */
  openRequested: { path: string }
  preferencesChanged: Preferences
  /** Something went wrong that no request was waiting for. */
  trouble: UserErrorData
}
export type EventName = keyof Events

export const eventNames = [
  'engineStatus',
  'jobProgress',
  'framesChanged',
  'openRequested',
  'preferencesChanged',
  'trouble',
  ...projectEventNames,
] as const satisfies readonly EventName[]
