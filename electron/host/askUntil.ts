/** Asks the engine what it may take long to answer, for as long as the answer is wanted. */
import { randomUUID } from 'node:crypto'
import { untilAborted } from '../contract/untilAborted.ts'
import { cancelled } from '../contract/userError.ts'
import type { EngineClient } from './engineClient.ts'

/**
 * Throws UserError 'cancelled' as soon as the signal has aborted; then the engine gives the question up.
 * @param ask takes the name that the question has for the engine
 */
export async function askUntil<T>(
  signal: AbortSignal,
  engine: Pick<EngineClient, 'call'>,
  ask: (asked: string) => Promise<T>,
): Promise<T> {
  if (signal.aborted) throw cancelled()
  const asked = randomUUID()
  // An engine that is gone answers nothing any more.
  const giveUp = (): void => void engine.call('giveUp', asked).catch(() => undefined)
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    return await untilAborted(signal, ask(asked))
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}
