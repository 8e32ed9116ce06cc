/** Main's answers to the window's project requests, over a session and the few things that only main can do. */
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { ReferenceOperation } from '../../contract/operations.ts'
import type { projectRequests } from '../../contract/project.ts'
import type { Clip, FootageLink } from '../../contract/projectDocument.ts'
import type { FootageInfo } from '../../contract/schemas.ts'
import { linkFootage } from '../films/footageLink.ts'
import { otherFilm } from '../films/otherFilm.ts'
import type { ProjectSession } from './projectSession.ts'

type ProjectRequests = typeof projectRequests
export type ProjectHandlers = {
  [N in keyof ProjectRequests]: (
    ...args: z.infer<ProjectRequests[N]['args']>
  ) => Promise<z.infer<ProjectRequests[N]['result']>> | z.infer<ProjectRequests[N]['result']>
}

export interface ProjectDesk {
  /** The system's dialog; null when closed. */
  readonly chooseProjectTarget: (suggestedName: string) => Promise<string | null>
  /** Throws UserError where the copy of a picture can not be used so; calls it by the name of the original. */
  readonly checkReference: (clip: string, path: string, copy: string, mode: ReferenceOperation['mode']) => Promise<void>
  /** Reads what a film is. Throws UserError where it is none. */
  readonly probe: (path: string) => Promise<ProbedFilm>
}

type ProbedFilm = Pick<FootageInfo, 'path' | 'frameCount' | 'rate' | 'rateFrom' | 'width' | 'height'>

async function linkTo(
  session: ProjectSession,
  { path, width, height }: Pick<ProbedFilm, 'path' | 'width' | 'height'>,
  before?: FootageLink,
): Promise<FootageLink> {
  return { ...(await linkFootage(path, session.path, before)), size: { width, height } }
}

/**
 * Adds a film to the open project; gives the clip's id. The engine says which file it is: of numbered pictures one may
 * be named by their pattern.
 */
export async function addFilm(
  session: ProjectSession,
  film: Pick<FootageInfo, 'path' | 'name' | 'frameCount' | 'rate' | 'width' | 'height'>,
): Promise<string> {
  const clip = randomUUID()
  const { name, frameCount, rate } = film
  session.apply({ type: 'add-clip', clip, name, footage: await linkTo(session, film), frameCount, rate })
  return clip
}

/** Owner of the edits that the window's page has open. A page that is loaded anew knows nothing of them any more. */
export const PAGE = 'page'

export function projectHandlers(session: ProjectSession, desk: ProjectDesk): ProjectHandlers {
  const ended = (edit: string | undefined): string[] => (edit === undefined ? session.openOf(PAGE) : [edit])
  return {
    projectState: () => session.state,
    newProject: () => session.new(),
    saveProject: ({ replaceChanged }) => session.save(replaceChanged),
    writeEdits: () => session.flush(),
    chooseProjectTarget: () => desk.chooseProjectTarget(session.state?.name ?? session.project.title),
    saveProjectAs: (path) => session.saveAs(path),
    closeProject: (unsaved) => session.close(unsaved),
    unsavedProjects: () => session.unsavedProjects(),
    discardUnsavedProject: (path) => session.discardUnsaved(path),

    editProject: (command, edit) => session.apply(command, edit),
    beginEdit: (label, edit) => session.begin(label, PAGE, edit),
    commitEdit: (edit) => ended(edit).forEach((each) => session.commit(each)),
    cancelEdit: (edit) => ended(edit).forEach((each) => session.cancel(each)),
    undoEdit: () => session.undo(),
    redoEdit: () => session.redo(),
    goToEdit: (position) => session.goTo(position),
    editHistory: () => session.steps,

    clipFootage: (clip) => session.footageOf(clip),
    async relinkClip({ clip, path, agreedTo }) {
      const film = await desk.probe(path)
      const { frameCount, rate, rateFrom } = film
      const clipNow = (): Clip | undefined => session.project.clips.find(({ id }) => id === clip)
      const footage = await linkTo(session, film, clipNow()?.footage)
      const before = clipNow()
      const other = before ? otherFilm(before, { footage, frameCount }) : null
      if (other && agreedTo !== frameCount) return other
      // What the artist said of pictures is true of them wherever they lie.
      const said = rateFrom && before?.artistRate
      session.apply({ type: 'relink-clip', clip, footage, frameCount, rate: said ?? rate })
      return null
    },
    async addPicture({ clip, path, mode }) {
      const asset = await session.assets.putFile(path)
      await desk.checkReference(clip, path, session.assets.pathOf(asset), mode)
      return asset
    },
  }
}
