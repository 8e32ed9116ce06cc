/** The window's project requests, as projectHandlers has them; those that would lose unwritten edits ask first. */
import type { ProjectHandlers } from '../project/session/projectHandlers.ts'
import type { UnwrittenEdits } from './unwrittenEdits.ts'

/**
 * @param check rejects with a UserError where a path is no film: then nothing is linked with it
 * @param onLinked is told of a clip that the artist has linked anew
 */
export function guardedProject(
  handlers: ProjectHandlers,
  unwritten: UnwrittenEdits,
  check: (path: string) => Promise<unknown>,
  onLinked: (clip: string) => void,
): ProjectHandlers {
  return {
    ...handlers,
    newProject: () => unwritten.leaving(() => handlers.newProject()),
    closeProject: (unsaved) => unwritten.leaving(() => handlers.closeProject(unsaved)),
    async relinkClip(wish) {
      await check(wish.path)
      const other = await handlers.relinkClip(wish)
      if (!other) onLinked(wish.clip)
      return other
    },
  }
}
