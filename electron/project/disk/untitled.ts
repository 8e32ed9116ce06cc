/**
 * Projects that were never saved live in a folder of the program, complete with journal, until they are saved or
 * discarded.
 */
import { randomUUID } from 'node:crypto'
import { readdir, realpath } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { UnsavedProject } from '../../contract/project.ts'
import type { Project } from '../../contract/projectDocument.ts'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { PROJECT_ENDING } from '../../contract/fileEndings.ts'
import { makeFolder } from '../../system/makeFolder.ts'
import type { Step } from '../history.ts'
import type { KeptEdits } from './keptEdits.ts'
import { loadProject } from './loadProject.ts'
import { lockFile } from './projectFiles.ts'
import { ProjectLock } from './projectLock.ts'
import { removeProjectFiles } from './projectStore.ts'

/** What is in the history of a film that was opened, and no more. */
const OPENING: ReadonlySet<string> = new Set(['add-clip', 'set-cuts'])

/**
 * True where nothing would be lost with a project that was never saved: a film was opened, and perhaps colored, no
 * more. What the networks give by themselves is in the color cache, and shown when the film is opened again. Of several
 * films it is work to have them together, and in their order.
 */
export function holdsNoWork(project: Project, steps: readonly Step[]): boolean {
  return (
    project.clips.length <= 1 &&
    steps.every((step) => OPENING.has(step.label.kind)) &&
    steps.filter((step) => step.label.kind === 'add-clip').length <= 1 &&
    project.clips.every((clip) => Object.keys(clip.frames).length === 0)
  )
}

export class UntitledProjects {
  readonly #folder: string

  /** @param kept may hold edits that not even the program's folder could take */
  constructor(
    folder: string,
    private readonly kept: KeptEdits,
  ) {
    this.#folder = resolve(folder)
  }

  /** A path for a new one; the folder exists afterwards. */
  async newPath(): Promise<string> {
    await makeFolder(this.#folder)
    return join(this.#folder, `${randomUUID()}${PROJECT_ENDING}`)
  }

  async holds(path: string): Promise<boolean> {
    const folders = await Promise.all(
      [this.#folder, dirname(resolve(path))].map((folder) => realpath(folder).catch(() => folder)),
    )
    return folders[0] === folders[1]
  }

  /**
   * Those that hold work and that no program has open, the latest first. Those in which nothing was ever done are
   * removed; those that can not be read stay where they are and are not listed.
   */
  async list(): Promise<UnsavedProject[]> {
    const found: UnsavedProject[] = []
    for (const name of await readdir(this.#folder).catch(() => [])) {
      if (!name.endsWith(PROJECT_ENDING)) continue
      const path = join(this.#folder, name)
      const lock = await ProjectLock.take(lockFile(path), path).catch(() => null)
      if (!lock) continue
      try {
        const {
          project,
          state: { done, undone },
        } = await loadProject(path, this.kept)
        const steps = [...done, ...undone]
        if (holdsNoWork(project, steps)) await removeProjectFiles(path)
        else {
          found.push({
            path,
            title: project.title,
            clips: project.clips.length,
            films: project.clips.map((clip) => clip.footage.absolutePath),
            steps: done.length,
            kept: false,
            at: Math.max(0, ...steps.map((step) => step.at)),
          })
        }
      } catch {
        // Kept: a later version, or a person, may be able to read it.
      } finally {
        await lock.release()
      }
    }
    return found.sort((a, b) => b.at - a.at)
  }

  /** Throws UserError where it is open, or is none of these. */
  async discard(path: string): Promise<void> {
    if (!(await this.holds(path)) || !path.endsWith(PROJECT_ENDING)) {
      throw new UserError(
        'bad-argument',
        sentence`Only projects that were never saved can be discarded.`,
        sentence`Choose one from the list.`,
      )
    }
    const lock = await ProjectLock.take(lockFile(path), path)
    await removeProjectFiles(path)
    await lock.release()
  }
}
