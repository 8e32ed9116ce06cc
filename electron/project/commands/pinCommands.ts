/** Edits of pins, and of what the pass must leave alone. */
import type { CommandOf } from '../../contract/projectCommands.ts'
import type { Clip, FrameBase, FrameEdit, Project } from '../../contract/projectDocument.ts'
import type { StepLabel } from '../../contract/stepLabels.ts'
import { editFor, tidy } from './frameCommands.ts'
import { checkFrame, checkRange, findClip, findIndex, findPin, refuse } from './refusals.ts'
import { sentence } from '../../contract/sentence.ts'

export function pin(project: Project, { type, clip: id, frame, base, label }: CommandOf<'pin'>): StepLabel {
  const edit = editFor(findClip(project, id), frame)
  const coloring = base ?? edit.base
  if (coloring.kind === 'automatic') {
    refuse(
      sentence`Frame ${frame} has no coloring yet that could be pinned.`,
      sentence`Colorize it, or give it a colored picture, and pin it then.`,
    )
  }
  edit.base = coloring
  edit.pinned = true
  if (label) edit.label = label
  return { kind: type, frame }
}

export function unpin(project: Project, { type, clip: id, frame, keepColoring }: CommandOf<'unpin'>): StepLabel {
  const clip = findClip(project, id)
  const edit = findPin(clip, frame)
  edit.pinned = false
  // Its operations stay: they are the artist's work, and apply to the automatic coloring as well.
  if (!keepColoring) edit.base = { kind: 'automatic' }
  tidy(clip, frame)
  return { kind: type, frame }
}

/** Throws UserError 'edit-refused' where a pin that comes to a frame would take the place of a coloring there. */
export function checkPinnable(clip: Clip, frame: number): void {
  checkFrame(clip, frame)
  const edit = clip.frames[frame]
  if (edit?.pinned)
    refuse(sentence`Frame ${frame} is pinned already.`, sentence`Choose another frame, or unpin that one first.`)
  if (edit && edit.base.kind !== 'automatic')
    refuse(
      sentence`Frame ${frame} has a coloring of its own.`,
      sentence`Choose another frame, or clear that one first.`,
    )
}

/**
 * A coloring given for the new frame has the pin's operations in it already; the pin's own needs them still. What the
 * artist has drawn on the new frame stays on top.
 */
function pinAt(clip: Clip, to: number, source: FrameEdit, base: FrameBase | undefined, newId: () => string): void {
  checkPinnable(clip, to)
  if (base?.kind === 'automatic')
    refuse(sentence`A pin needs a coloring of its own.`, sentence`Colorize the frame first.`)
  const { operations, label = source.label } = editFor(clip, to)
  const brought = base ? [] : source.operations.map((operation) => ({ ...operation, id: newId() }))
  clip.frames[to] = {
    base: base ?? source.base,
    operations: [...brought, ...operations],
    pinned: true,
    ...(label === undefined ? {} : { label }),
  }
}

export function movePin(
  project: Project,
  { type, clip: id, from, to, base }: CommandOf<'move-pin'>,
  newId: () => string,
): StepLabel {
  const clip = findClip(project, id)
  const edit = findPin(clip, from)
  pinAt(clip, to, edit, base, newId)
  delete clip.frames[from]
  return { kind: type, frame: from, to }
}

export function copyPin(
  project: Project,
  { type, clip: id, from, to, base }: CommandOf<'copy-pin'>,
  newId: () => string,
): StepLabel {
  const clip = findClip(project, id)
  pinAt(clip, to, findPin(clip, from), base, newId)
  return { kind: type, frame: from, to }
}

/** Frames locked as a whole. */
export function lockedFrames(clip: Clip): { from: number; to: number }[] {
  return clip.locks.filter((lock) => lock.region === null).map(({ from, to }) => ({ from, to }))
}

export function addLock(project: Project, { type, clip: id, lock }: CommandOf<'add-lock'>): StepLabel {
  const clip = findClip(project, id)
  checkRange(clip, lock.from, lock.to)
  if (clip.locks.some((each) => each.id === lock.id)) {
    refuse(sentence`These frames are locked already.`, sentence`Change the lock that is there.`)
  }
  clip.locks.push({ ...lock, kept: [] })
  return { kind: type, frame: lock.from, to: lock.to }
}

export function removeLock(project: Project, { type, clip: id, lock: lockId }: CommandOf<'remove-lock'>): StepLabel {
  const clip = findClip(project, id)
  const [removed] = clip.locks.splice(findIndex(clip.locks, lockId, sentence`This lock is no longer there.`), 1)
  return { kind: type, frame: removed!.from, to: removed!.to }
}
