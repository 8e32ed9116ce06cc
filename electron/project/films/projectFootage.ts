/** The links of all of a project's clips to their films, adjusted to where project and films lie now. */
import { stat } from 'node:fs/promises'
import type { FootageLink, Project } from '../../contract/projectDocument.ts'
import { locateFootage, rebase } from './footageLink.ts'

async function mapFootage(project: Project, adjust: (link: FootageLink) => Promise<FootageLink>): Promise<Project> {
  return {
    ...project,
    clips: await Promise.all(project.clips.map(async (clip) => ({ ...clip, footage: await adjust(clip.footage) }))),
  }
}

/**
 * Films that were moved along with the project at 'path' are known by their new place from now on, runs by each of
 * their pictures.
 */
export function withFoundFootage(project: Project, path: string): Promise<Project> {
  return mapFootage(project, async (link) => {
    const found = await locateFootage(link, path, { search: false })
    if (found.state !== 'found') return link
    const known = link.pictures === undefined && found.run ? { ...link, pictures: found.run.pictures } : link
    return found.moved ? rebase({ ...known, absolutePath: found.path }, path) : known
  })
}

/** The project as its file at 'path' should hold it. A film that is not there keeps the way it was last known by. */
export function withRelativePaths(project: Project, path: string): Promise<Project> {
  return mapFootage(project, async (link) =>
    (await stat(link.absolutePath).catch(() => null)) ? rebase(link, path) : link,
  )
}
