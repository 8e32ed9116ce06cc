/** What the window is told of the open project beside its document. Pure. */
import { basename } from 'node:path'
import type { HistoryEntry, ProjectStatus } from '../../contract/project.ts'
import type { StepLabel } from '../../contract/stepLabels.ts'
import { PROJECT_ENDING } from '../../contract/fileEndings.ts'
import type { EditHistory } from '../history.ts'
import type { OpenProject } from './openProject.ts'

export function nameOf({ store, history, untitled }: Pick<OpenProject, 'store' | 'history' | 'untitled'>): string {
  return untitled ? history.project.title : basename(store.path, PROJECT_ENDING)
}

export function statusOf(
  open: OpenProject,
  { revision, trouble }: Pick<ProjectStatus, 'revision' | 'trouble'>,
): ProjectStatus {
  const { store, history, untitled, savedState } = open
  return {
    revision,
    path: untitled ? null : store.path,
    name: nameOf(open),
    saved: !history.inTransaction && savedState === history.mark,
    undo: history.done.at(-1)?.label ?? null,
    redo: history.undone.at(-1)?.label ?? null,
    position: history.done.length,
    steps: history.done.length + history.undone.length,
    trouble,
    unwritten: store.unwrittenEdits,
    kept: store.areKept,
  }
}

/** Steps oldest first; the undone ones follow the done ones. */
export function entriesOf({ done, undone }: EditHistory): HistoryEntry[] {
  const entry =
    (isDone: boolean) =>
    ({ label, at }: { label: StepLabel; at: number }): HistoryEntry => ({ label, at, done: isDone })
  return [...done.map(entry(true)), ...[...undone].reverse().map(entry(false))]
}
