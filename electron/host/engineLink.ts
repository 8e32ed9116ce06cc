/** A running engine process as its owner sees it, whichever way it was started. */
import type { EngineSettings, FromEngine, ToEngine } from '../engine/protocol.ts'

export interface EngineLink {
  /** `port` is an Electron MessagePortMain; only a utility process can be handed one. */
  send(message: ToEngine, port?: unknown): void
  onMessage(listener: (message: FromEngine) => void): void
  /**
   * Called once, also where the process could not even be started. `reason` is for the log and the notice: an exit code
   * or a signal's name.
   */
  onExit(listener: (reason: string) => void): void
  kill(): void
  /** Known where the process is a plain child. */
  readonly pid?: number | undefined
}

/** Starts one engine process. Called again after a crash, with the settings that have changed since the first start. */
export type LaunchEngine = (changes: Partial<EngineSettings>) => EngineLink
