/**
 * Whether a step fits a document that is not quite the one it was made on, because an edit before it is lost. A patch
 * that merely can be applied may hit the wrong shot: places in lists are numbers. So a step fits where everything it
 * changes is as it was, and everything its ways lead through bears the names it bore. Pure.
 */
import { isDeepStrictEqual } from 'node:util'
import { applyPatches, enablePatches, type Patch } from 'immer'
import type { Project } from '../../contract/projectDocument.ts'
import { checkProject } from '../commands/invariants.ts'

enablePatches()

/**
 * The ids of all parts of a document that the patches reach into, from the outermost to the innermost, patch after
 * patch.
 */
export function namesAlong(document: Project, patches: readonly Pick<Patch, 'path'>[]): string[] {
  const names: string[] = []
  for (const { path } of patches) {
    let part: unknown = document
    for (const key of path.slice(0, -1)) {
      part = typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[key] : undefined
      if (typeof part === 'object' && part !== null && 'id' in part && typeof part.id === 'string') names.push(part.id)
    }
  }
  return names
}

/** A change with its way back, and the names its patches reach through (where they are known). */
export interface Change {
  readonly patches: readonly Patch[]
  readonly inverse: readonly Patch[]
  readonly through: readonly string[] | undefined
}

/** The document with the change; null where it does not fit. */
export function changedIfFit(document: Project, { patches, inverse, through }: Change): Project | null {
  try {
    const changed = applyPatches(document, patches)
    if (through && !isDeepStrictEqual(namesAlong(changed, patches), through)) return null
    if (!isDeepStrictEqual(applyPatches(changed, inverse), document)) return null
    return checkProject(changed)
  } catch {
    return null
  }
}
