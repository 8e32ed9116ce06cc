/** What the page itself did not expect is written down by main, among the reports of crashes. */
import { ask } from './studio.ts'

const LONGEST_MESSAGE = 1000
const LONGEST_STACK = 10_000

function tell(error: unknown, message: string): void {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  // Where that fails as well there is nobody left to tell.
  void ask('notePageError', {
    message: message.slice(0, LONGEST_MESSAGE),
    stack: stack.slice(0, LONGEST_STACK),
  }).catch(() => undefined)
}

/** From now on. */
export function tellOfErrors(): void {
  window.addEventListener('error', ({ error, message }) => tell(error, message))
  window.addEventListener('unhandledrejection', ({ reason }) => tell(reason, String(reason)))
}
