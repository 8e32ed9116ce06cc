/** From a path to a clip that can be looked at: projects, films that belong to one, and films that are new. */
import { basename, extname, resolve } from 'node:path'
import type { OpenManner } from '../contract/project.ts'
import { isProject } from '../contract/fileEndings.ts'
import type { ProjectSession } from '../project/session/projectSession.ts'
import type { RecentFootageList } from './recentFootage.ts'

export interface OpeningContext {
  readonly session: ProjectSession
  readonly recent: RecentFootageList
  /** Adds a film to the open project. Throws UserError where it is none; gives the clip's id. */
  readonly addClip: (path: string) => Promise<string>
  /** Throws UserError where the path is no film. */
  readonly check: (path: string) => Promise<unknown>
  /**
   * Does what leaves the open project. Rejects with UserError 'cancelled' where the artist would rather stay; then
   * nothing was done.
   */
  readonly leaving: <T>(work: () => Promise<T>) => Promise<T>
  /** Ends when nothing is left that leaves a project. */
  readonly settled: () => Promise<void>
}

export { isProject }

/** The clip to look at; null for a project without any. Throws UserError; what was open then stays open. */
export async function openPath(
  context: OpeningContext,
  asked: string,
  newProject: boolean,
  how: OpenManner = 'own',
): Promise<string | null> {
  const path = resolve(asked)
  // A film that is opened while its predecessor's project is being closed does not go into that one.
  await context.settled()
  if (isProject(path)) return openProject(context, path, how)
  const { session, recent } = context
  if (session.isOpen && !newProject) {
    const present = session.project.clips.find((clip) => clip.footage.absolutePath === path)
    if (present) return present.id
    const clip = await context.addClip(path)
    await recent.add(path)
    return clip
  }
  const earlier = newProject
    ? undefined
    : (await session.unsavedProjects()).find(({ films }) => films.length === 1 && films[0] === path)
  if (earlier) {
    const clip = await openProject(context, earlier.path, 'own')
    await recent.add(path)
    return clip
  }
  return openAsNew(context, path)
}

async function openProject(
  { session, recent, leaving }: OpeningContext,
  path: string,
  how: OpenManner,
): Promise<string | null> {
  if (session.isOpen && session.path === path) return session.project.clips[0]?.id ?? null
  const { project, path: saved } = await leaving(() => session.open(path, how))
  if (saved) await recent.add(saved)
  return project.clips[0]?.id ?? null
}

async function openAsNew({ session, recent, addClip, check, leaving }: OpeningContext, path: string): Promise<string> {
  // A film that can't be read must not cost the project that is open.
  await check(path)
  await leaving(() => session.new(basename(path, extname(path))))
  const clip = await addClip(path)
  await recent.add(path)
  return clip
}
