/**
 * Messages between the engine and whoever owns it (the main process, or the command line). The engine runs as an
 * Electron utility process or as a plain Node child; both carry structured clones. Requests are answered by id.
 */
import type { EngineInfo, ExportFormatId, FootageInfo, FrameRange, JobProgress, Keyframe } from '../contract/schemas.ts'
import type { Outcome, UserErrorData } from '../contract/userError.ts'

export interface EngineCalls {
  info: { args: []; result: EngineInfo }
  /** The owner chooses the id, so that after a crash a new engine can be given the same films under the same ids. */
  openFootage: { args: [path: string, footageId: string]; result: FootageInfo }
  closeFootage: { args: [footageId: string]; result: void }
  setKeyframes: { args: [footageId: string, keyframes: Keyframe[]]; result: void }
  coloredRanges: { args: [footageId: string]; result: FrameRange[] }
  startColorize: { args: [job: { jobId: string; footageId: string; range?: FrameRange }]; result: void }
  startExport: {
    args: [job: { jobId: string; footageId: string; target: string; format: ExportFormatId; range?: FrameRange; overwrite: boolean }]
    result: void
  }
  pauseJob: { args: [jobId: string]; result: void }
  resumeJob: { args: [jobId: string]; result: void }
  /** Resolves when the job has ended and its temporary files are gone. */
  cancelJob: { args: [jobId: string]; result: void }
  /** Ends all jobs tidily; the process exits by itself afterwards. */
  shutdown: { args: []; result: void }
}
export type EngineCallName = keyof EngineCalls

export interface EngineCallMessage<N extends EngineCallName = EngineCallName> {
  readonly type: 'call'
  readonly id: number
  readonly name: N
  readonly args: EngineCalls[N]['args']
}
/** Carries a MessagePort beside it: the window's line for pixels (contract/frames.ts). */
export interface EngineFramesPortMessage {
  readonly type: 'framesPort'
}
export type ToEngine = EngineCallMessage | EngineFramesPortMessage

export type FromEngine =
  | { readonly type: 'ready' }
  | { readonly type: 'answer'; readonly id: number; readonly outcome: Outcome<unknown> }
  | { readonly type: 'progress'; readonly progress: JobProgress }
  | { readonly type: 'stale'; readonly footageId: string; readonly from: number; readonly to: number }
  | { readonly type: 'fatal'; readonly error: UserErrorData }

/** What the owner tells the engine at the start, as environment variables (they reach both kinds of process). */
export interface EngineSettings {
  /** Folder of the color cache. */
  readonly COLORNN_CACHE: string
  /** Folder that holds the weights (models/weights). */
  readonly COLORNN_WEIGHTS: string
  /** Bytes the color cache may take. */
  readonly COLORNN_CACHE_LIMIT: string
}
