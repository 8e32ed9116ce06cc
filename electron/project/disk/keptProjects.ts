/** Projects whose own disk could not take their last edits, as the start of the program offers them. */
import { basename } from 'node:path'
import type { UnsavedProject } from '../../contract/project.ts'
import { PROJECT_ENDING } from '../../contract/fileEndings.ts'
import type { KeptEdits, KeptProject } from './keptEdits.ts'
import { loadProject } from './loadProject.ts'

export async function keptProjects(kept: KeptEdits): Promise<UnsavedProject[]> {
  return Promise.all((await kept.list()).map((each) => offered(each, kept)))
}

/** One whose disk is away is named all the same. */
async function offered({ path, edits, at }: KeptProject, kept: KeptEdits): Promise<UnsavedProject> {
  const loaded = await loadProject(path, kept).catch(() => null)
  const films = loaded?.project.clips.map((clip) => clip.footage.absolutePath) ?? []
  return { path, title: basename(path, PROJECT_ENDING), clips: films.length, films, steps: edits, kept: true, at }
}
