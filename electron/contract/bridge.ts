/** What the preload puts into the page as `window.studio`: one function per request, and the events. */
import type { EventName, Events } from './events.ts'
import type { RequestArgs, RequestName, RequestResult } from './requests.ts'
import type { Outcome } from './userError.ts'

/** The channel by which the preload tells main of dropped files. */
export const DROPPED = 'dropped'

/** How many events a page has been sent since it first asked; 'page' is the name that its preload gave itself. */
export interface SentEvents {
  readonly page: string
  readonly count: number
}

/** What main answers to a request of the preload. */
export interface Answer<T> {
  readonly outcome: Outcome<T>
  /** The events that were sent before, and that the page is to have heard of first. */
  readonly sent: number
}

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
