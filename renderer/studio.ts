/** The page's side of the contract: the preload's functions, with outcomes turned back into values and errors. */
import type { StudioBridge } from '../electron/contract/bridge.ts'
import type { RequestArgs, RequestName, RequestResult } from '../electron/contract/requests.ts'
import { UserError, type Outcome } from '../electron/contract/userError.ts'

declare global {
  interface Window {
    readonly studio: StudioBridge
  }
}

/** @throws UserError with the sentence to show */
export async function ask<N extends RequestName>(name: N, ...args: RequestArgs<N>): Promise<RequestResult<N>> {
  const call = window.studio[name] as unknown as (...args: unknown[]) => Promise<Outcome<RequestResult<N>>>
  // What is left out at the end stays left out: as JSON it would be null.
  const given: unknown[] = [...args]
  while (given.length > 0 && given.at(-1) === undefined) given.pop()
  // State proxies can't be cloned across the bridge; requests are plain data.
  const plain = JSON.parse(JSON.stringify(given)) as unknown[]
  const outcome = await call(...plain)
  if (outcome.ok) return outcome.value
  throw UserError.from(outcome.error)
}

export const onStudio: StudioBridge['on'] = (name, listener) => window.studio.on(name, listener)
