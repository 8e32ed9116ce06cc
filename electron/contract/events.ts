/** What main tells the window without being asked. */
import type { EngineStatus, JobProgress } from './schemas.ts'

/** Menu entries and shortcuts that main catches; the window carries them out. */
export type MenuCommand =
  | 'open'
  | 'export'
  | 'colorize'
  | 'cancel'
  | 'undo'
  | 'redo'
  | 'save'
  | 'save-as'
  | 'toggle-play'
  | 'zoom-in'
  | 'zoom-out'
  | 'zoom-fit'
  | 'command-palette'
  | 'shortcuts'

export interface Events {
  engineStatus: EngineStatus
  jobProgress: JobProgress
  /** Colorings of these frames are no longer up to date (a keyframe was changed). */
  coloringsStale: { footageId: string; from: number; to: number }
  /** A film was handed over by a second start of the program or by the system. */
  openRequested: { path: string }
  menuCommand: MenuCommand
}
export type EventName = keyof Events

export const eventNames = [
  'engineStatus',
  'jobProgress',
  'coloringsStale',
  'openRequested',
  'menuCommand',
] as const satisfies readonly EventName[]
