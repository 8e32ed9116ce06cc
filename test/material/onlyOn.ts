/** Tests of what only some systems have: on others they are left out, and are counted by themselves (build/checks). */
import type { TestOptions } from 'vitest'
import { onlyOnWords } from '../../build/checks/onlyOn.ts'

declare module 'vitest' {
  interface TaskMeta {
    onlyOn?: string
  }
}

/** What a test is given behind its name. @param systems by Node.js's names for them */
export function onlyOn(systems: readonly NodeJS.Platform[], why: string): TestOptions {
  return { skip: !systems.includes(process.platform), meta: { onlyOn: onlyOnWords(systems, why) } }
}

/** A disk is mounted that runs full. */
export const mountsDisk = onlyOn(['linux'], 'a disk that runs full is mounted')
/** A library is put before the system's, whose calls fail or end the program. */
export const faultsCalls = onlyOn(['linux'], 'calls of the system are made to fail')
