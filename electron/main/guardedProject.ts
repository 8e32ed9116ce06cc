/** The window's project requests, as projectHandlers has them; those that would end an export ask first. */
import { isSameRate } from '../contract/frameRate.ts'
import { filmOf, type Project } from '../contract/projectDocument.ts'
import type { ProjectHandlers } from '../project/projectHandlers.ts'
import type { ProjectSession } from '../project/projectSession.ts'
import type { EndGuard } from './jobs/endGuard.ts'

/** Clips that are no longer there afterwards, or that show another film. */
function clipsLost(before: Project, after: Project): string[] {
  const films = new Map(after.clips.map((clip) => [clip.id, clip]))
  return before.clips
    .filter((clip) => {
      const film = films.get(clip.id)
      return !film || filmOf(film.footage) !== filmOf(clip.footage) || !isSameRate(film.artistRate, clip.artistRate)
    })
    .map(({ id }) => id)
}

/** @param check rejects with a UserError where a path is no film: then nobody is asked to give anything up for it */
export function guardedProject(
  handlers: ProjectHandlers,
  session: ProjectSession,
  guard: EndGuard,
  check: (path: string) => Promise<unknown>,
): ProjectHandlers {
  const lostBy = (after: Project): string[] => clipsLost(session.project, after)
  return {
    ...handlers,
    newProject: () => guard.leaving(() => handlers.newProject()),
    openProject: (path) =>
      session.isOpen && session.path === path
        ? handlers.openProject(path)
        : guard.leaving(() => handlers.openProject(path)),
    closeProject: (unsaved) => guard.leaving(() => handlers.closeProject(unsaved)),
    async relinkClip(wish) {
      await check(wish.path)
      await guard.removing(
        () => [wish.clip],
        () => handlers.relinkClip(wish),
      )
    },
    // Main carries out the window's edits in the order in which they arrive: only what must be asked about may wait.
    editProject: (command, edit) =>
      command.type === 'remove-clip' || command.type === 'relink-clip' || command.type === 'set-rate'
        ? guard.removing(
            () => [command.clip],
            () => handlers.editProject(command, edit),
          )
        : handlers.editProject(command, edit),
    undoEdit: () =>
      guard.removing(
        () => lostBy(session.preview('undo')),
        () => handlers.undoEdit(),
      ),
    redoEdit: () =>
      guard.removing(
        () => lostBy(session.preview('redo')),
        () => handlers.redoEdit(),
      ),
    goToEdit: (position) =>
      guard.removing(
        () => lostBy(session.preview(position)),
        () => handlers.goToEdit(position),
      ),
  }
}
