/**
 * Projects that hold work which no saved file has: those without a place, and those with edits that their own disk
 * could not take.
 */
import type { UnsavedProject } from '../../contract/project.ts'
import type { KeptEdits } from './keptEdits.ts'
import { keptProjects } from './keptProjects.ts'
import type { UntitledProjects } from './untitled.ts'

/** @param except the one that is open, if there is one */
export async function unsavedProjects(
  untitled: UntitledProjects,
  kept: KeptEdits,
  except: string | undefined,
): Promise<UnsavedProject[]> {
  const [elsewhere, withoutPlace] = await Promise.all([keptProjects(kept), untitled.list()])
  const known = new Set([except, ...withoutPlace.map(({ path }) => path)])
  return [...elsewhere.filter(({ path }) => !known.has(path)), ...withoutPlace]
}

/** Of a project that has a place only what is kept elsewhere is discarded. Throws UserError where it is open. */
export async function discardUnsaved(untitled: UntitledProjects, kept: KeptEdits, path: string): Promise<void> {
  const isKept = (await kept.list()).some((each) => each.path === path)
  if (isKept) await kept.discard(path)
  if (!isKept || (await untitled.holds(path))) await untitled.discard(path)
}
