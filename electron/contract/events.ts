/** What main tells the window without being asked. */
import type { EngineStatus, JobProgress } from './schemas.ts'

export interface Events {
  engineStatus: EngineStatus
  jobProgress: JobProgress
  /** Colorings of these frames are no longer up to date (a keyframe was changed). */
  coloringsStale: { footageId: string; from: number; to: number }
  /** A film was handed over by a second start of the program or by the system. */
  openRequested: { path: string }
}
export type EventName = keyof Events

export const eventNames = [
  'engineStatus',
  'jobProgress',
  'coloringsStale',
  'openRequested',
] as const satisfies readonly EventName[]
