/** The requests that take a path or give one, held to what the artist has named. All others pass as they are. */
import type { Handlers } from '../ipc.ts'
import type { GivenPaths } from './givenPaths.ts'

export function heldToGivenPaths(handlers: Handlers, given: GivenPaths): Handlers {
  return {
    ...handlers,
    chooseFootage: async () => given.give('read', await handlers.chooseFootage()),
    choosePicture: async () => given.give('read', await handlers.choosePicture()),
    takeLaunchFootage: async () => {
      const paths = await handlers.takeLaunchFootage()
      for (const path of paths) given.give('read', path)
      return paths
    },
    chooseExportTarget: async (wish) => given.give('export', await handlers.chooseExportTarget(wish)),
    chooseProjectTarget: async () => given.give('save', await handlers.chooseProjectTarget()),
    recentFootage: async () => {
      const recent = await handlers.recentFootage()
      for (const { path } of recent) given.give('read', path)
      return recent
    },
    unsavedProjects: async () => {
      const projects = await handlers.unsavedProjects()
      for (const { path } of projects) given.give('read', path)
      return projects
    },
    /** Where a film is that has changed: it may be taken all the same. */
    clipFootage: async (clip) => {
      const place = await handlers.clipFootage(clip)
      if (place.state !== 'missing') given.give('read', place.path)
      return place
    },

    /** Whoever names a folder means what lies in it. */
    filmsAmong: async (paths) => {
      for (const path of paths) given.demand('read', path)
      const films = await handlers.filmsAmong(paths)
      for (const path of films) given.give('read', path)
      return films
    },
    openPath: async (wish) => {
      given.demand('read', wish.path)
      return handlers.openPath(wish)
    },
    discardUnsavedProject: async (path) => {
      given.demand('read', path)
      return handlers.discardUnsavedProject(path)
    },
    relinkClip: async (wish) => {
      given.demand('read', wish.path)
      return handlers.relinkClip(wish)
    },
    pinPicture: async (picture) => {
      given.demand('read', picture.path)
      return handlers.pinPicture(picture)
    },
    pinLikePicture: async (picture) => {
      given.demand('read', picture.path)
      return handlers.pinLikePicture(picture)
    },
    addPicture: async (picture) => {
      given.demand('read', picture.path)
      return handlers.addPicture(picture)
    },
    orderExport: async (wish) => {
      given.demand('export', wish.target)
      return handlers.orderExport(wish)
    },
    saveProjectAs: async (path) => {
      given.demand('save', path)
      return handlers.saveProjectAs(path)
    },
    // Main itself puts films into a project, of a path that was given. Commands are carried out in the order in which
    // they arrive, so nothing here may wait.
    editProject: (command, edit) => {
      if (command.type === 'add-clip' || command.type === 'relink-clip')
        throw new Error(`the page may not name a film by '${command.type}'`)
      return handlers.editProject(command, edit)
    },
  }
}
