/** Undo and redo go by when things were done, not by where one looks: what changes out of sight is to be said. */
import type { Project } from '../../electron/contract/projectDocument.ts'
import { concernsFrame, type StepLabel } from '../../electron/contract/stepLabels.ts'

/** What is in view. */
export interface Place {
  readonly clip: string
  readonly frame: number
}

/**
 * The film that a step has changed where nobody sees it: its name where it is another than the one in view, an empty
 * text for another frame of the one in view. Null for what can be seen, and for films that have come or gone.
 */
export function changedElsewhere(before: Project, after: Project, step: StepLabel, view: Place): string | null {
  const now = new Map(after.clips.map((clip) => [clip.id, clip]))
  const changed = before.clips.filter(({ id }) => now.has(id)).filter((clip) => now.get(clip.id) !== clip)
  const [first] = changed
  if (!first) return null
  if (!changed.some(({ id }) => id === view.clip)) return first.name
  return concernsFrame(step, view.frame) ? null : ''
}
