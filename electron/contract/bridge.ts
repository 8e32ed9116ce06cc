/** What the preload puts into the page as `window.studio`: one function per request, and the events. */
import type { EventName, Events } from './events.ts'
import type { RequestArgs, RequestName, RequestResult } from './requests.ts'
import type { Outcome } from './userError.ts'

/** The channel by which the preload tells main of dropped files. */
export const DROPPED = 'dropped'

export type StudioRequests = {
  [N in RequestName]: (...args: RequestArgs<N>) => Promise<Outcome<RequestResult<N>>>
}

export interface StudioBridge extends StudioRequests {
  /** @returns the function that ends the subscription */
  on<N extends EventName>(name: N, listener: (payload: Events[N]) => void): () => void
  /**
   * Path of a file that was dropped on the window, which may be asked for from then on; empty for what is no file on
   * disk.
   */
  pathForFile(file: File): Promise<string>
}
