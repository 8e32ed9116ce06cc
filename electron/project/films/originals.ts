/** The films and pictures that a project is made of, and its own files: what no export may be written over. */
import { isPicture } from '../../contract/fileEndings.ts'
import type { Originals } from '../../contract/originals.ts'
import { locateFootage } from './footageLink.ts'
import { assetsFolder, backupFile, journalFile, lockFile } from '../disk/projectFiles.ts'
import type { ProjectSession } from '../session/projectSession.ts'

/** A film that was moved is meant at both places: where it is now, and where it may come back to. */
export async function originalsOf({ project, path }: Pick<ProjectSession, 'project' | 'path'>): Promise<Originals> {
  const films = new Set<string>()
  for (const { footage } of project.clips) {
    films.add(footage.absolutePath)
    const found = await locateFootage(footage, path, { search: false })
    if (found.state !== 'missing') films.add(found.path)
  }
  return {
    files: [
      path,
      journalFile(path),
      backupFile(path),
      lockFile(path),
      ...[...films].filter((film) => !isPicture(film)),
    ],
    sequences: [...films].filter(isPicture),
    // Pinned pictures, reference pictures and frozen colors.
    folders: [assetsFolder(path)],
  }
}
