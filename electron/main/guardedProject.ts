/** The window's project requests, as projectHandlers has them; those that would lose unwritten edits ask first. */
import type { ProjectHandlers } from '../project/projectHandlers.ts'
import type { UnwrittenEdits } from './unwrittenEdits.ts'

/** @param check rejects with a UserError where a path is no film: then nothing is linked with it */
export function guardedProject(
  handlers: ProjectHandlers,
  unwritten: UnwrittenEdits,
  check: (path: string) => Promise<unknown>,
): ProjectHandlers {
  return {
    ...handlers,
    newProject: () => unwritten.leaving(() => handlers.newProject()),
    closeProject: (unsaved) => unwritten.leaving(() => handlers.closeProject(unsaved)),
    async relinkClip(wish) {
      await check(wish.path)
      return handlers.relinkClip(wish)
    },
  }
}
