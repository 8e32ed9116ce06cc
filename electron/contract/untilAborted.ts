/** What is waited for only as long as somebody wants it. */
import { cancelled } from './userError.ts'

/** Throws UserError 'cancelled' once the signal has aborted, whatever becomes of the work then. */
export async function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let stop: (() => void) | undefined
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(cancelled())
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([stopped, work])
  } finally {
    signal.removeEventListener('abort', stop!)
  }
}
